import ClearcoatImage
import ClearcoatInspection
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Lines in white noise, weaker than the noise in every pixel.
@Suite struct RidgesTests {
    private static let width = 640
    private static let height = 480

    /// Mid gray with noise of 4 levels, and a line of `contrast` levels through the middle.
    private func picture(angle: Double, contrast: Double, isBroken: Bool = false, seed: UInt64) -> GrayImage {
        var generator = SplitMix64(seed: seed)
        func normal() -> Double {
            (0..<12).reduce(-6.0) { sum, _ in sum + Double(generator.next() >> 11) / Double(1 << 53) }
        }
        let direction = (x: cos(angle), y: sin(angle))
        var samples: [UInt8] = []
        samples.reserveCapacity(Self.width * Self.height)
        for y in 0..<Self.height {
            for x in 0..<Self.width {
                let dx = Double(x) - 320
                let dy = Double(y) - 240
                let across = abs(dx * direction.y - dy * direction.x)
                let along = dx * direction.x + dy * direction.y
                let isGap = isBroken && Int((along + 200) / 20) % 4 == 3
                let share = abs(along) <= 150 && !isGap ? max(0, 1.5 - across) / 1.5 : 0
                samples.append(UInt8(min(max(128 + 4 * normal() + contrast * share, 0), 255)))
            }
        }
        return .uint8(Image(width: Self.width, height: Self.height, samples: samples))
    }

    @Test(arguments: [0.05, 0.4, 0.79, 1.2, 1.57, 1.9, 2.36, 2.9])
    func aLineBelowTheNoiseIsFoundInEveryDirection(angle: Double) async throws {
        let content = try await Inspection(recipe: Recipe()).run(
            on: picture(angle: angle, contrast: -5, seed: 7)
        )
        let finding = try #require(content.findings.first)
        #expect(content.findings.count == 1)
        #expect(finding.polarity == .dark)
        #expect(finding.explanation.detection.detector == "ridge")
        #expect(abs(finding.lengthPx - 300) < 60)
        #expect(finding.widthPx < 8)
        let orientation = try #require(finding.explanation.features["orientation"])
        let difference = abs(orientation - angle * 180 / .pi).truncatingRemainder(dividingBy: 180)
        #expect(min(difference, 180 - difference) < 3)
        #expect(try #require(finding.explanation.detection.nfa) < 0.1)
    }

    @Test func aBrokenLineIsOneFinding() async throws {
        let content = try await Inspection(recipe: Recipe()).run(
            on: picture(angle: 0.3, contrast: 9, isBroken: true, seed: 11)
        )
        #expect(content.findings.count == 1)
        #expect(try #require(content.findings.first).lengthPx > 230)
    }

    /// Somewhere between found and not seen at all, a line is told as a near miss.
    @Test func aLineThatNearlyStandsOutIsANearMiss() async throws {
        var nearMisses = 0
        for step in 0..<10 {
            let content = try await Inspection(recipe: Recipe()).run(
                on: picture(angle: 0.4, contrast: -4 + 0.25 * Double(step), seed: 7)
            )
            let lines = content.candidatesDropped.filter {
                $0.detection.detector == "ridge" && $0.reason == .belowThreshold
            }
            for line in lines {
                #expect(
                    line.reason == .belowThreshold && line.text.hasPrefix("below the threshold: response ")
                )
                #expect(line.detection.margin < 0 && line.detection.margin >= -0.1501)
                #expect(line.conditions.map(\.margin) == [line.detection.margin])
                #expect(try #require(line.detection.nfa) > 0.1)
            }
            let planted = lines.filter { line in
                line.polarity == .dark && line.boundingBox.contains(x: 320, y: 240) && line.sizePx > 60
            }
            if planted.isEmpty { continue }
            nearMisses += 1
            #expect(planted.count == 1 && content.findings.isEmpty, "step \(step)")
        }
        #expect(nearMisses > 0)
    }

    @Test func noiseHasNoLines() async throws {
        for seed in 1...8 {
            let content = try await Inspection(recipe: Recipe()).run(
                on: picture(angle: 0, contrast: 0, seed: UInt64(100 + seed))
            )
            #expect(content.findings.isEmpty)
        }
    }

    /// A row of spots is spots, not a line.
    @Test(arguments: 5...12)
    func spotsInARowAreNoLine(seed: Int) async throws {
        var samples = picture(angle: 0, contrast: 0, seed: UInt64(seed)).eightBit
        for spot in 0..<6 {
            for y in 237...243 { for x in 0..<7 { samples[y * Self.width + 100 + 80 * spot + x] = 60 } }
        }
        let content = try await Inspection(recipe: Recipe()).run(
            on: .uint8(Image(width: Self.width, height: Self.height, samples: samples))
        )
        #expect(content.findings.count == 6)
        #expect(content.findings.allSatisfy { $0.explanation.detection.detector == "blob" })
    }
}

extension GrayImage {
    fileprivate var eightBit: [UInt8] {
        if case .uint8(let image) = self { image.samples } else { [] }
    }
}
