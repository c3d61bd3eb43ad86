import ClearcoatImage
import ClearcoatInspection
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Paint with flakes that shine, and what is seen of it without them.
@Suite struct FlakesTests {
    private static let width = 800, height = 800

    /// Independent noise, and bright points blurred by a lens over about three samples.
    private func paint(flakeShare: Double, brightness: Double = 1000, bandHeight: Int = 800) -> BandedPlane {
        var generator = SplitMix64(seed: 11)
        var values = (0..<Self.width * Self.height).map { _ in
            60 * (0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() }
        }
        for y in 1..<Self.height - 1 {
            for x in 1..<Self.width - 1 where generator.nextUnit() < flakeShare {
                let light = brightness * generator.nextUnit()
                for dy in -1...1 {
                    for dx in -1...1 {
                        let share = [1, 0.6, 0.25][abs(dx) + abs(dy)]
                        values[(y + dy) * Self.width + x + dx] += light * share
                    }
                }
            }
        }
        let samples = values.map { Int16(min(max($0.rounded(), -8191), 8191)) }
        let bands = stride(from: 0, to: Self.height, by: bandHeight).map {
            Array(samples[$0 * Self.width..<min($0 + bandHeight, Self.height) * Self.width])
        }
        return BandedPlane(width: Self.width, height: Self.height, bandHeight: bandHeight, bands: bands)
    }

    private func with(_ plane: BandedPlane, disk diameter: Int, contrast: Int16) -> BandedPlane {
        var samples = plane.samples
        for y in 0..<Self.height {
            for x in 0..<Self.width {
                let far = (2 * x - 480) * (2 * x - 480) + (2 * y - 480) * (2 * y - 480)
                if far < diameter * diameter { samples[y * Self.width + x] += contrast }
            }
        }
        return BandedPlane(
            width: Self.width,
            height: Self.height,
            bandHeight: Self.height,
            bands: [samples]
        )
    }

    private func skewness(_ plane: BandedPlane) async throws -> Double {
        let pyramid = try await Pyramid(plane, levelCount: 4, with: SerialBands())
        return try await BandCovariance(
            of: plane,
            around: pyramid.surrounds(of: 0),
            level: 0,
            with: SerialBands()
        ).skewness
    }

    @Test func flakesMakeThePaintLopsided() async throws {
        #expect(try await skewness(paint(flakeShare: 0)) < 0.05)
        for share in [0.02, 0.06] {
            #expect(try await skewness(paint(flakeShare: share)) > Pyramid.leastFlakeSkewness)
        }
    }

    /// A few defects are not the paint, however bright.
    @Test func brightDefectsDoNot() async throws {
        var samples = paint(flakeShare: 0).samples
        for y in 0..<Self.height {
            for x in 0..<Self.width where x % 120 < 6 && y % 120 < 6 { samples[y * Self.width + x] = 6000 }
        }
        let plane = BandedPlane(
            width: Self.width,
            height: Self.height,
            bandHeight: Self.height,
            bands: [samples]
        )
        #expect(abs(try await skewness(plane)) < 0.1)
    }

    @Test func aPictureTooSmallToTellHasNone() async throws {
        let samples = [Int16](paint(flakeShare: 0.05).samples.prefix(Self.width * 120))
        let plane = BandedPlane(width: Self.width, height: 120, bandHeight: 120, bands: [samples])
        #expect(try await skewness(plane) == 0)
    }

    @Test func level0StaysAndTheOthersKeepTheirMean() async throws {
        let plane = paint(flakeShare: 0.04)
        let whole = try await Pyramid(plane, levelCount: 4, with: SerialBands())
        let flakeless = try await whole.withoutFlakes(with: SerialBands())
        #expect(flakeless.levels.count == 4 && flakeless.levels[0] == plane)
        func mean(_ plane: BandedPlane) -> Double {
            let samples = plane.samples
            return samples.reduce(0) { $0 + Double($1) } / Double(samples.count)
        }
        for level in 1..<4 { #expect(abs(mean(flakeless.levels[level]) - mean(whole.levels[level])) < 4) }
    }

    /// What is not judged is 0 and has no edge: the paint beside it is as bright as before on the average.
    @Test func whatIsNotJudgedStaysZero() async throws {
        var samples = paint(flakeShare: 0.04).samples
        for y in 0..<Self.height { for x in 0..<Self.width / 2 { samples[y * Self.width + x] = 0 } }
        let plane = BandedPlane(
            width: Self.width,
            height: Self.height,
            bandHeight: Self.height,
            bands: [samples]
        )
        let level = try await Pyramid(plane, levelCount: 2, with: SerialBands())
            .withoutFlakes(with: SerialBands()).levels[1]
        for y in 0..<level.height { for x in 0..<Self.width / 4 - 4 { #expect(level[x, y] == 0) } }
    }

    @Test func aWeakLargeSpotStandsOutFurther() async throws {
        let paint = paint(flakeShare: 0.02, brightness: 4000)
        func quality(_ pyramid: Pyramid, _ clean: Pyramid) async throws -> Double {
            let spot = try await pyramid.response(2, bandHeight: 64, with: SerialBands()).plane
            let response = try await clean.response(2, bandHeight: 64, with: SerialBands()).plane
            let highest = response.samples.max() ?? 0
            return Double(spot[60, 60]) / Double(highest)
        }
        let spot = with(paint, disk: 12, contrast: 300)
        let whole = try await Pyramid(spot, levelCount: 5, with: SerialBands())
        let clean = try await Pyramid(paint, levelCount: 5, with: SerialBands())
        let before = try await quality(whole, clean)
        let after = try await quality(
            whole.withoutFlakes(with: SerialBands()),
            clean.withoutFlakes(with: SerialBands())
        )
        #expect(after > 1.3 * before)
    }

    @Test(arguments: [1, 7, 64, 500]) func bandsCannotBeSeenInTheResult(bandHeight: Int) async throws {
        let one = try await Pyramid(paint(flakeShare: 0.04), levelCount: 3, with: SerialBands())
            .withoutFlakes(with: SerialBands())
        let two = try await Pyramid(
            paint(flakeShare: 0.04, bandHeight: min(bandHeight, Self.height)),
            levelCount: 3,
            with: SerialBands()
        ).withoutFlakes(with: SerialBands())
        for level in 0..<3 {
            #expect(one.levels[level].samples == two.levels[level].samples)
        }
    }
}
