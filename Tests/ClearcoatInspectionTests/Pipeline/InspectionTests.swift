import ClearcoatImage
import ClearcoatInspection
import Foundation
import Testing

/// Whole inspections of pictures small enough to be drawn here, whose answer is known by construction.
@Suite struct InspectionTests {
    /// Gray paint with noise of two gray levels under a slanting light, and what `draw` adds, in gray levels.
    private func panel(
        _ width: Int = 320,
        _ height: Int = 240,
        seed: UInt64 = 1,
        drawing draw: (Double, Double) -> Double = { _, _ in 0 }
    ) -> Image<UInt8> {
        var generator = SplitMix64(seed: seed)
        var samples: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let light = 140 + 0.1 * Double(x) - 0.08 * Double(y)
                let noise = 2 * (0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() }
                samples.append(UInt8(max(0, min(255, light + noise + draw(Double(x), Double(y))))))
            }
        }
        return Image(width: width, height: height, samples: samples)
    }

    /// A disc with an edge as soft as a lens leaves it.
    private func disc(_ x: Double, _ y: Double, _ radius: Double, _ height: Double) -> (Double, Double) ->
        Double
    {
        { px, py in
            let distance = Point(x: px, y: py).distance(to: Point(x: x, y: y))
            return height * min(max(radius + 0.5 - distance, 0), 1)
        }
    }

    private func inspect(_ image: Image<UInt8>, _ recipe: Recipe = Recipe()) async throws -> InspectionContent
    {
        try await Inspection(recipe: recipe).run(on: .uint8(image))
    }

    @Test func cleanPaintIsAccepted() async throws {
        for seed in 1...5 {
            let content = try await inspect(panel(seed: UInt64(seed)))
            #expect(content.findings.isEmpty)
            #expect(content.verdict == .accept)
            #expect(content.reasons.isEmpty)
        }
    }

    @Test(arguments: [(4.0, -40.0), (4.0, 40.0), (8.0, -25.0), (8.0, 25.0), (20.0, -16.0), (40.0, 16.0)])
    func aDiscIsFoundWhereItIsWithItsSizeAndPolarity(diameter: Double, height: Double) async throws {
        let content = try await inspect(panel(drawing: disc(150.3, 121.6, diameter / 2, height)))
        let finding = try #require(content.findings.first)
        #expect(content.findings.count == 1)
        #expect(abs(finding.centroid.x - 150.3) < 0.5 && abs(finding.centroid.y - 121.6) < 0.5)
        #expect(abs(finding.sizePx / diameter - 1) < 0.2, "size \(finding.sizePx)")
        #expect(abs(finding.sizePx - diameter) <= finding.sizeUncertaintyPx)
        #expect(finding.polarity == (height < 0 ? .dark : .bright))
        #expect(finding.contrast.sign == (height < 0 ? .minus : .plus))
        #expect(finding.explanation.detection.margin > 0)
        #expect(content.verdict != .accept && !content.reasons.isEmpty)
    }

    @Test func twoNeighboursAreTwoFindings() async throws {
        let left = disc(140, 120, 4, -40)
        let right = disc(160, 120, 4, -40)
        let content = try await inspect(panel { left($0, $1) + right($0, $1) })
        #expect(content.findings.count == 2)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func aBrokenScratchIsOneFindingWithItsWholeLength(seed: UInt64) async throws {
        let content = try await inspect(
            panel(seed: seed) { x, y in
                let along = (x - 160) * 0.8 + (y - 120) * 0.6
                let across = abs((y - 120) * 0.8 - (x - 160) * 0.6)
                let isBroken = along > -12 && along < 8
                return abs(along) < 70 && !isBroken ? -35 * max(0, min(1, 1.6 - across)) : 0
            }
        )
        let finding = try #require(content.findings.first)
        #expect(content.findings.count == 1)
        #expect(finding.class == .scratch)
        #expect(abs(finding.lengthPx / 140 - 1) < 0.1)
        #expect(abs(finding.explanation.features["orientation", default: 0] - 36.87) < 3)
        // The outline goes around all pieces.
        let xs = finding.contour.map { $0[0] }
        #expect(abs((xs.min() ?? 0) - Double(finding.boundingBox.x)) <= 1)
        #expect(abs((xs.max() ?? 0) - Double(finding.boundingBox.columns.upperBound - 1)) <= 1)
    }

    @Test func aCraterIsOneFindingOfBothPolarities() async throws {
        let rim = disc(150, 110, 9, 25)
        let pit = disc(150, 110, 5, -65)
        let content = try await inspect(panel { rim($0, $1) + pit($0, $1) })
        let finding = try #require(content.findings.first)
        #expect(content.findings.count == 1)
        #expect(finding.class == .crater)
        #expect(finding.polarity == .mixed)
        #expect(abs(finding.sizePx / 18 - 1) < 0.2)
    }

    @Test func aStyleLineIsExcludedWithAReasonAndAScratchIsNot() async throws {
        let content = try await inspect(
            panel(400, 300) { x, y in
                let step = 30 / (1 + exp2(-(y - 150 - 0.1 * x)))
                let isScratch = abs(y - 60) < 1 && x > 100 && x < 220
                return step + (isScratch ? -35 : 0)
            }
        )
        #expect(content.findings.map(\.class) == [.scratch])
        #expect(content.excluded.contains { $0.reason == .longEdge })
        for area in content.excluded {
            // The outline fills its box: its true shape, not the box itself.
            let xs = area.contour.map { $0[0] }, ys = area.contour.map { $0[1] }
            #expect(xs.min() == Double(area.boundingBox.x) && ys.min() == Double(area.boundingBox.y))
            #expect(xs.max() == Double(area.boundingBox.x + area.boundingBox.width - 1))
            #expect(ys.max() == Double(area.boundingBox.y + area.boundingBox.height - 1))
        }
        let dropped = content.candidatesDropped.filter { $0.reason == .longEdge }
        #expect(!dropped.isEmpty && dropped.allSatisfy { !$0.conditions.isEmpty })
        #expect(dropped.allSatisfy { $0.text.contains("an edge from ") })
    }

    /// Dark on one side and hardly to be seen on the other: what is seen is followed all the way round.
    @Test(.timeLimit(.minutes(1))) func aSoftRingIsNoLineAcrossThePicture() async throws {
        let image = panel(800, 800) { x, y in
            let distance = Point(x: x, y: y).distance(to: Point(x: 400, y: 400)) - 100
            let angle = atan2(y - 400, x - 400)
            let depth = 6 + 14 * exp(-(angle / 0.35) * (angle / 0.35))
            return -depth * exp(-(distance / 4) * (distance / 4))
        }
        let content = try await inspect(image)
        #expect(content.verdict != .accept)
        // Its strongest part, to the right, is found, and nothing that does not belong to it.
        #expect(content.findings.contains { $0.centroid.x > 470 && abs($0.centroid.y - 400) < 50 })
        #expect(content.findings.allSatisfy { hypot($0.centroid.x - 400, $0.centroid.y - 400) < 110 })
    }

    @Test func onlyTheAskedPolarityIsFound() async throws {
        let image = panel { disc(90, 90, 5, -40)($0, $1) + disc(200, 150, 5, 40)($0, $1) }
        var recipe = Recipe()
        recipe.surface.polarity = .dark
        let content = try await inspect(image, recipe)
        #expect(content.findings.map(\.polarity) == [.dark])
        #expect(content.candidatesDropped.contains { $0.reason == .polarity })
    }

    @Test func whatIsIgnoredIsNotFoundAndDoesNotBleed() async throws {
        var recipe = Recipe()
        let corners = [(60.0, 60.0), (140, 60), (140, 140), (60, 140)].map { Point(x: $0.0, y: $0.1) }
        recipe.ignore = [Area(polygon: Polygon(corners: corners))]
        // Black where ignored; a defect just beside it.
        let image = panel { x, y in
            let isIgnored = x >= 60 && x < 140 && y >= 60 && y < 140
            return isIgnored ? -200 : disc(160, 100, 4, -40)(x, y)
        }
        let content = try await inspect(image, recipe)
        #expect(content.findings.count == 1)
        #expect(abs((content.findings.first?.centroid.x ?? 0) - 160) < 1)
        #expect(content.excluded.map(\.reason) == [.ignored])
    }

    @Test func smallSpotsAreDroppedWithTheirMargin() async throws {
        var recipe = Recipe()
        recipe.detect.minimumSize = Length(10, .pixels)
        let content = try await inspect(panel(drawing: disc(150, 120, 3, -50)), recipe)
        #expect(content.findings.isEmpty)
        let drop = try #require(content.candidatesDropped.first { $0.reason == .tooSmall })
        #expect((drop.conditions.first?.margin ?? 0) < 0)
    }

    @Test(arguments: [UInt8(0), 77, 255]) func aPictureWithoutSignalCannotBeJudged(level: UInt8) async throws
    {
        let content = try await inspect(Image(width: 200, height: 150, filledWith: level))
        #expect(content.verdict == .cannotJudge)
        #expect(!content.reasons.isEmpty)
    }

    @Test(arguments: [(0, 0), (0, 5), (1, 1), (3, 2), (8, 8), (9, 300), (300, 9), (17, 33)])
    func picturesOfAnySizeGetAVerdict(width: Int, height: Int) async throws {
        let content = try await inspect(panel(width, height))
        #expect(width * height > 0 || content.verdict == .cannotJudge)
    }

    @Test func sixteenBitsGiveTheSameFindingsAsEight() async throws {
        let eight = panel { disc(90, 90, 5, -40)($0, $1) + disc(200, 150, 8, 30)($0, $1) }
        let sixteen = Image(
            width: eight.width,
            height: eight.height,
            samples: eight.samples.map { UInt16($0) * 257 }
        )
        let one = try await inspect(eight)
        let two = try await Inspection(recipe: Recipe()).run(on: .uint16(sixteen))
        #expect(one.findings.map(\.boundingBox) == two.findings.map(\.boundingBox))
        #expect(one.findings.map(\.class) == two.findings.map(\.class))
    }

    @Test func millimetresWithoutAScaleAreRefused() throws {
        var recipe = Recipe()
        recipe.limits = [Limit(size: .above(0.5, .millimetres), verdict: .reject)]
        #expect(throws: InspectionError.self) { try Inspection(recipe: recipe) }
        let scale = try #require(PhysicalScale(mmPerPixel: 0.1))
        _ = try Inspection(recipe: recipe, scale: scale)
    }

    @Test(arguments: [1, 16, 37, 1000]) func theBandHeightCannotBeSeenInTheResult(bandHeight: Int)
        async throws
    {
        let image = panel { disc(90, 90, 5, -40)($0, $1) + disc(200, 150, 20, 12)($0, $1) }
        let expected = try await inspect(image)
        let content = try await Inspection(recipe: Recipe(), bandHeight: bandHeight)
            .run(on: .uint8(image), bands: ShuffledBands())
        #expect(content == expected)
    }

    @Test func theTraceShowsTheSameResultAndEveryStage() async throws {
        let image = panel(drawing: disc(90, 90, 5, -40))
        let trace = try await Inspection(recipe: Recipe()).trace(on: .uint8(image))
        #expect(trace.content == (try await inspect(image)))
        let names = trace.stages.map(\.name)
        #expect(Set(names).count == names.count)
        for stage in ["judged", "illumination", "flattened", "response-1px", "candidates"] {
            #expect(names.contains(stage))
        }
    }
}

/// Runs the pieces in another order than asked.
private struct ShuffledBands: BandScheduler {
    func map<Result: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Int) -> Result
    ) async throws -> [Result] {
        let order = (0..<count).sorted { ($0 * 7919) % 101 < ($1 * 7919) % 101 }
        let results = Dictionary(uniqueKeysWithValues: order.map { ($0, body($0)) })
        return (0..<count).compactMap { results[$0] }
    }
}

private func exp2(_ value: Double) -> Double {
    // e^x by its series on a reduced argument; good to many digits for the arguments used here.
    let clamped = max(-40, min(40, value)) / 64
    var term = 1.0
    var sum = 1.0
    for n in 1...12 {
        term *= clamped / Double(n)
        sum += term
    }
    return (0..<6).reduce(sum) { result, _ in result * result }
}
