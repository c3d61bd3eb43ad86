import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports

/// A painted panel with made-up defects, and its record, for drawing on.
struct SyntheticPanel {
    var image: GrayImage
    var record: InspectionRecord
    var areas: RunDescription.Areas

    /// A panel of a size.
    ///
    /// - Parameters:
    ///   - shade: of the paint, as a share of full scale.
    ///   - count: of defects.
    init(
        width: Int,
        height: Int,
        shade: Double,
        count: Int,
        is16Bit: Bool = false,
        calibrated: Bool = true,
        seed: UInt64
    ) throws {
        var generator = SplitMix64(seed: seed)
        let maximum = is16Bit ? 65535.0 : 255.0
        var light = [Double](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width {
                let gradient = 0.85 + 0.3 * Double(x) / Double(width)
                light[y * width + x] = shade * gradient * (1 + 0.02 * (generator.nextUnit() - 0.5))
            }
        }
        let zones = [
            Zone(name: "A", polygon: Self.polygon([(0, 0), (0.6, 0), (0.5, 1), (0, 1)], width, height)),
            Zone(name: "B", polygon: Self.polygon([(0.6, 0), (1, 0), (1, 0.7), (0.55, 0.7)], width, height)),
        ]
        areas = RunDescription.Areas(
            zones: zones,
            ignore: [
                Area(
                    polygon: Self.polygon(
                        [(0.7, 0.75), (0.95, 0.75), (0.9, 0.97), (0.75, 0.95)],
                        width,
                        height
                    )
                )
            ]
        )
        let unit = Double(max(width, height)) / 1000
        var findings: [JSONValue] = []
        for id in 1...max(1, count) where count > 0 {
            let shape = Shape.random(unit: unit, width: width, height: height, using: &generator)
            shape.paint(on: &light, width: width, height: height)
            let verdict = [Verdict.reject, .rework, nil].randomElement(using: &generator) ?? nil
            findings.append(
                SyntheticRecords.finding(
                    id,
                    class: shape.name,
                    zone: "A",
                    box: shape.box,
                    contour: shape.contour,
                    calibrated: calibrated,
                    verdict: verdict,
                    using: &generator
                )
            )
        }
        let glare = Rectangle(x: width / 20, y: height * 8 / 10, width: width / 8, height: height / 8)
        let edge = Rectangle(x: width / 3, y: height / 20, width: width / 6, height: height / 4)
        record = try SyntheticRecords.record(
            id: "line 1/Tür_links/capture_000123.png",
            width: width,
            height: height,
            calibrated: calibrated,
            verdict: count > 0 ? .reject : .accept,
            findings: findings,
            excluded: [
                SyntheticRecords.excludedArea(.glare, box: glare, areaPx: Double(glare.pixelCount)),
                SyntheticRecords.excludedArea(.longEdge, box: edge, areaPx: 30),
            ],
            using: &generator
        )
        image =
            is16Bit
            ? .uint16(
                Image(
                    width: width,
                    height: height,
                    samples: light.map { UInt16(min(max($0, 0), 1) * maximum * 0.06) }
                )
            )
            : .uint8(
                Image(
                    width: width,
                    height: height,
                    samples: light.map { UInt8(min(max($0, 0), 1) * maximum) }
                )
            )
    }

    private static func polygon(_ corners: [(Double, Double)], _ width: Int, _ height: Int) -> Polygon {
        Polygon(corners: corners.map { Point(x: $0.0 * Double(width - 1), y: $0.1 * Double(height - 1)) })
    }

    /// A spot or a scratch.
    private struct Shape {
        var name: DefectClass
        var contour: [[Double]]
        var box: Rectangle

        static func random(unit: Double, width: Int, height: Int, using generator: inout SplitMix64) -> Shape
        {
            let x = generator.nextUnit() * Double(width - 20) + 10
            let y = generator.nextUnit() * Double(height - 20) + 10
            let isScratch = generator.nextUnit() < 0.3
            var points: [[Double]] = []
            if isScratch {
                let dx = (generator.nextUnit() - 0.5) * 240 * unit
                let dy = (generator.nextUnit() - 0.5) * 160 * unit
                points = [[x, y - 2], [x + dx, y + dy - 2], [x + dx, y + dy + 1], [x, y + 1]]
            } else {
                let radius = (2 + generator.nextUnit() * generator.nextUnit() * 24) * unit.squareRoot()
                for (cosine, sine) in [
                    (1.0, 0.0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7),
                ] {
                    let wobble = radius * (0.8 + 0.4 * generator.nextUnit())
                    points.append([x + cosine * wobble, y + sine * wobble])
                }
            }
            points = points.map {
                [min(max($0[0], 0), Double(width - 1)), min(max($0[1], 0), Double(height - 1))]
            }
            let xs = points.map { $0[0] }
            let ys = points.map { $0[1] }
            let box = Rectangle(
                columns: Int(xs.min() ?? 0)..<Int(xs.max() ?? 0) + 1,
                rows: Int(ys.min() ?? 0)..<Int(ys.max() ?? 0) + 1
            )
            return Shape(name: isScratch ? .scratch : .inclusion, contour: points, box: box)
        }

        func paint(on light: inout [Double], width: Int, height: Int) {
            for y in box.rows {
                for x in box.columns where Polygons.contains(contour, x: Double(x), y: Double(y)) {
                    light[y * width + x] *= 0.55
                }
            }
        }
    }
}

/// Polygons by the book.
enum Polygons {
    /// Whether a place is inside, by counting the edges to its right.
    static func contains(_ corners: [[Double]], x: Double, y: Double) -> Bool {
        var isInside = false
        for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) where (a[1] > y) != (b[1] > y) {
            if x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) { isInside.toggle() }
        }
        return isInside
    }
}
