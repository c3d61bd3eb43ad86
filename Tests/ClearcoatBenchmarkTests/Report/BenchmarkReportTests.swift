import ClearcoatBenchmark
import ClearcoatReports
import Testing

struct BenchmarkReportTests {
    static var report: BenchmarkReport {
        var report = BenchmarkReport(width: 2000, height: 1000, cores: 2)
        report.operations = [
            OperationResult(
                name: "sobel",
                threads: 2,
                sharing: .bands,
                pixelCount: 2_000_000,
                timing: Timing(seconds: [0.004, 0.002, 0.003])
            )
        ]
        report.inspection = RatioResult(ratios: [6, 5.25, 9, 5])
        report.throughput = [
            ThroughputResult(
                route: .pictures,
                jobs: 2,
                images: 5,
                pixelCount: 10_000_000,
                timing: Timing(seconds: [0.2])
            )
        ]
        report.memory = [
            MemoryResult(
                pixelCount: 2_000_000,
                images: 5,
                jobs: 2,
                drawsPictures: true,
                earlyBytes: 50_000_000,
                peakBytes: 60_000_000
            )
        ]
        return report
    }

    @Test func jsonSaysEveryMeasurementWithItsUnit() throws {
        let expected: JSONValue = [
            "image": ["width": 2000, "height": 1000],
            "cores": 2,
            "operations": [
                [
                    "name": "sobel", "threads": 2, "sharing": "bands", "bestMs": .number(2),
                    "medianMs": .number(3), "rounds": 3, "megapixelsPerSecond": .number(1000),
                ]
            ],
            "inspectionToChain": [
                "median": .number(5.25), "lowerQuartile": .number(5.25), "upperQuartile": .number(6),
                "rounds": 4,
                "target": .number(6),
            ],
            "components": [],
            "throughput": [
                [
                    "route": "pictures", "jobs": 2, "images": 5, "bestMs": .number(200),
                    "medianMs": .number(200), "rounds": 1, "megapixelsPerSecond": .number(50),
                    "targetOnTwoCores": .number(40),
                ]
            ],
            "memory": [
                [
                    "pixelsPerImage": 2_000_000, "images": 5, "jobs": 2, "pictures": true,
                    "earlyBytes": 50_000_000, "peakBytes": 60_000_000, "targetBytes": 92_000_000,
                ]
            ],
        ]
        #expect(Self.report.json == expected)
    }

    @Test func textHasALineForEveryMeasurement() {
        let lines = Self.report.description.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("sobel") && $0.hasSuffix(" 1000.0") && $0.contains("(3.0)") })
        #expect(
            lines.contains {
                $0.hasPrefix("inspect takes 5.3 times") && $0.hasSuffix("5.3 to 6.0; target 6.0)")
            }
        )
        #expect(lines.contains { $0.hasPrefix("pictures, 5 pictures") && $0.hasSuffix(" 50.0") })
        #expect(lines.contains { $0.hasPrefix("5 x 2.0 MP, pictures") && $0.hasSuffix(" 92.0") })
    }
}
