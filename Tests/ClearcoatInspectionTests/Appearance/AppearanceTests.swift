import ClearcoatImage
import ClearcoatInspection
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct AppearanceTests {
    /// A picture of 16 bits from a formula for brightness.
    private func picture(_ width: Int, _ height: Int, _ brightness: (Double, Double) -> Double) -> Image<
        UInt16
    > {
        var samples: [UInt16] = []
        samples.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                samples.append(UInt16(min(max(brightness(Double(x), Double(y)) + 0.5, 0), 65535)))
            }
        }
        return Image(width: width, height: height, samples: samples)
    }

    private func appearance(
        _ image: Image<UInt16>,
        _ recipe: Recipe = Recipe(),
        mmPerPixel: Double? = nil,
        bandHeight: Int = 64
    ) async throws -> [Appearance] {
        let scale = mmPerPixel.flatMap { PhysicalScale(mmPerPixel: $0) }
        let inspection = try Inspection(recipe: recipe, scale: scale, bandHeight: bandHeight)
        return try await inspection.run(on: .uint16(image)).appearance
    }

    /// Normal noise of one percent.
    private func noisy(_ width: Int = 512, _ height: Int = 512, share: Double = 0.01) -> (Double, Double) ->
        Double
    {
        var generator = SplitMix64(seed: 5)
        let noise = (0..<width * height).map { _ in
            (0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() }
        }
        return { x, y in 1 + share * noise[Int(y) * width + Int(x)] }
    }

    /// The picture of `Tests/Oracles/inspection/appearance.py`, which prints these numbers.
    @Test func agreesWithSciPy() async throws {
        let waves: [(Double, Double, Double, Double)] = [
            (0.010, 12, 0.3, 0.1), (0.012, 19, 1.1, 1.2), (0.015, 31, 2.0, 2.3), (0.011, 45, 2.7, 0.4),
            (0.014, 66, 0.8, 1.9), (0.013, 90, 1.7, 2.8), (0.010, 24, 2.3, 0.9), (0.012, 120, 0.1, 1.4),
        ]
        let image = picture(1024, 768) { x, y in
            let u = x / 1024 - 0.5
            let v = y / 768 - 0.5
            let light = 1 + 0.12 * u - 0.1 * v - 0.2 * u * u - 0.15 * v * v + 0.05 * u * v
            let clouds =
                0.012 * cos(2 * .pi * (x + 0.4 * y) / 300) * cos(2 * .pi * (y - 0.3 * x) / 260)
            let wave = waves.reduce(0.0) { sum, wave in
                sum + wave.0 * cos(2 * .pi * (x * cos(wave.2) + y * sin(wave.2)) / wave.1 + wave.3)
            }
            let mixed = (UInt64(x) &* 73_856_093) ^ (UInt64(y) &* 19_349_663)
            let noise = (Double(((mixed &* 2_654_435_761) >> 16) % 1024) / 1023 - 0.5) * 0.02
            return 40000 * light * (1 + clouds) * (1 + wave + noise)
        }
        let whole = try await appearance(image, mmPerPixel: 0.08)[0]
        #expect(whole.zone == nil && whole.areaPx == 1024 * 768)
        // Here the light is estimated, there it is known: nearly the same for waves that are short beside the
        // window of the estimate.
        let expected = [(0.7924, 0.01), (1.1316, 0.01), (1.2415, 0.02), (1.1577, 0.05)]
        for (band, (contrast, tolerance)) in zip(whole.bands, expected) {
            #expect(abs(band.contrastPercent / contrast - 1) < tolerance, "\(band)")
        }
        #expect(abs(try #require(whole.wavinessPercent) / 2.089 - 1) < 0.04)
        #expect(whole.wavinessPx[0] == 12.5 && whole.wavinessMm?[0] == 1)
        #expect(whole.squarePx == 64)
        #expect(abs(try #require(whole.mottlingPercent) / 0.7873 - 1) < 0.01)
        #expect(abs(try #require(whole.unevennessPercent) / 15.62 - 1) < 0.01)
    }

    /// A wave of one wavelength has the root mean square a/√2; a mean magnitude says it within 13 %, and the bands
    /// weigh it within 7 %.
    @Test(arguments: [20.0, 30, 45, 64, 90])
    func measuresTheContrastOfAWave(wavelength: Double) async throws {
        let image = picture(768, 768) { x, y in
            30000 * (1 + 0.02 * cos(2 * .pi * (0.8 * x + 0.6 * y) / wavelength))
        }
        let waviness = try #require(try await appearance(image)[0].wavinessPercent)
        #expect(abs(waviness / 1.414 - 1) < 0.2, "\(waviness) %")
    }

    @Test func theStrengthOfTheLightChangesNothing() async throws {
        let paint = noisy()
        func image(_ level: Double) -> Image<UInt16> {
            picture(512, 512) { x, y in
                level * paint(x, y) * (1 + 0.02 * cos(x / 5) + 0.01 * cos(y / 40) * cos(x / 35))
            }
        }
        let bright = try await appearance(image(50000))[0]
        let dim = try await appearance(image(12500))[0]
        #expect(bright.bands.count == dim.bands.count && bright.bands.count > 3)
        for (one, two) in zip(bright.bands, dim.bands) {
            #expect(abs(one.contrastPercent / two.contrastPercent - 1) < 0.01)
        }
        for measure in [\Appearance.wavinessPercent, \.mottlingPercent, \.unevennessPercent] {
            let one = try #require(bright[keyPath: measure])
            let two = try #require(dim[keyPath: measure])
            #expect(abs(one / two - 1) < 0.01, "\(one) and \(two)")
        }
    }

    /// Samples of coarse levels lie elsewhere on a turned picture, so nearly the same.
    @Test func aQuarterTurnChangesNothing() async throws {
        let paint = noisy()
        let upright = picture(512, 512) { x, y in
            30000 * paint(x, y) * (1 + 0.02 * cos(x / 5) + 0.01 * cos(y / 30) * cos(x / 35))
        }
        var samples: [UInt16] = []
        for y in 0..<512 { for x in 0..<512 { samples.append(upright[y, 511 - x]) } }
        let turned = Image(width: 512, height: 512, samples: samples)
        let one = try await appearance(upright)[0]
        let two = try await appearance(turned)[0]
        for (left, right) in zip(one.bands, two.bands) {
            #expect(abs(left.contrastPercent / right.contrastPercent - 1) < 0.08, "\(left) \(right)")
        }
        for measure in [\Appearance.wavinessPercent, \.mottlingPercent, \.unevennessPercent] {
            let left = try #require(one[keyPath: measure])
            let right = try #require(two[keyPath: measure])
            #expect(abs(left / right - 1) < 0.05, "\(left) and \(right)")
        }
    }

    /// White noise halves from band to band: what is left at 16 px and more is its floor.
    @Test func plainPaintGivesTheNoiseFloor() async throws {
        let paint = noisy()
        let whole = try await appearance(picture(512, 512) { x, y in 30000 * paint(x, y) })[0]
        #expect(whole.bands[0].contrastPercent < 0.3)
        for (finer, coarser) in zip(whole.bands, whole.bands.dropFirst()) {
            #expect(abs(coarser.contrastPercent / finer.contrastPercent - 0.5) < 0.15, "\(finer) \(coarser)")
        }
        #expect(try #require(whole.wavinessPercent) < 0.15)
        #expect(try #require(whole.mottlingPercent) < 0.03)
        #expect(try #require(whole.unevennessPercent) < 0.1)
    }

    @Test func theHeightOfBandsChangesNothing() async throws {
        let paint = noisy(300, 260)
        let image = picture(300, 260) { x, y in 30000 * paint(x, y) * (1 + 0.05 * cos(x / 9)) }
        let zones = Recipe.zonesOfHalves(300, 260)
        let one = try await appearance(image, zones, bandHeight: 64)
        #expect(one.count == 3)
        // The last column and row of cells end before their middle.
        #expect(one[1].areaPx + one[2].areaPx == one[0].areaPx && one[0].areaPx == 300 * 260)
        for height in [1, 7, 1000] {
            #expect(try await appearance(image, zones, bandHeight: height) == one)
        }
    }

    /// Waves and clouds in the left half only, more light in the right: each zone has its own.
    @Test func everyZoneHasItsOwn() async throws {
        let paint = noisy(1024, 512)
        let image = picture(1024, 512) { x, y in
            let wave = x < 512 ? 0.03 * cos(y / 5) + 0.02 * cos(y / 40) * cos(x / 45) : 0
            return 30000 * paint(x, y) * (1 + wave)
        }
        let surfaces = try await appearance(image, .zonesOfHalves(1024, 512))
        #expect(surfaces.map(\.zone) == [nil, "left", "right"])
        #expect(surfaces.map(\.areaPx) == [524_288, 262_144, 262_144])
        let waviness = surfaces.compactMap(\.wavinessPercent)
        #expect(waviness.count == 3 && waviness[1] > 2 && waviness[2] < 0.2, "\(waviness)")
        let mottling = surfaces.compactMap(\.mottlingPercent)
        #expect(mottling.count == 3 && mottling[1] > 5 * mottling[2], "\(mottling)")
    }

    /// A few spots are defects, not texture.
    @Test func defectsDoNotCount() async throws {
        let paint = noisy()
        let clean = try await appearance(picture(512, 512) { x, y in 30000 * paint(x, y) })[0]
        let spotted = try await appearance(
            picture(512, 512) { x, y in
                let isSpot = [(100.0, 90.0), (300, 200), (420, 410)].contains { px, py in
                    (x - px) * (x - px) + (y - py) * (y - py) < 144
                }
                return 30000 * paint(x, y) * (isSpot ? 0.6 : 1)
            }
        )[0]
        for (one, two) in zip(clean.bands.prefix(3), spotted.bands) {
            #expect(two.contrastPercent < 1.25 * one.contrastPercent, "\(one) \(two)")
        }
        #expect(try #require(spotted.mottlingPercent) < 0.06)
    }

    @Test func whatIsTooSmallIsNotMeasured() async throws {
        let paint = noisy(64, 40)
        let whole = try await appearance(picture(64, 40) { x, y in 30000 * paint(x, y) })[0]
        #expect(whole.mottlingPercent == nil && whole.unevennessPercent == nil)
        let tiny = try await appearance(picture(9, 3) { _, _ in 30000 })[0]
        #expect(tiny.bands.isEmpty && tiny.wavinessPercent == nil && tiny.wavinessPx == [])
        // Wavelengths of 1 to 10 mm are longer than any that is measured.
        let fine = try await appearance(picture(512, 512) { _, _ in 30000 }, mmPerPixel: 0.001)[0]
        #expect(fine.wavinessPercent == nil && fine.bands.count > 3)
    }

    @Test func otherWavelengthsFollowFromTheBands() async throws {
        let paint = noisy()
        let image = picture(512, 512) { x, y in 30000 * paint(x, y) * (1 + 0.04 * cos(x / 5)) }
        let whole = try await appearance(image, mmPerPixel: 0.1)[0]
        let own = try #require(whole.wavinessPercent)
        let range = try #require(whole.wavinessMm)
        #expect(
            abs(try #require(whole.waviness(of: range[0]...range[1], millimetres: true)) / own - 1) < 0.01
        )
        // The wave is 31 px long.
        let long = try #require(whole.waviness(of: 60...110, millimetres: false))
        #expect(long < 0.35 * own)
        #expect(whole.waviness(of: 1...12, millimetres: false) == nil, "finer than any band")
        #expect(whole.waviness(of: 20...5000, millimetres: false) == nil, "coarser than any band")
    }
}

extension Recipe {
    fileprivate static func zonesOfHalves(_ width: Double, _ height: Double) -> Recipe {
        func box(_ from: Double, _ to: Double) -> Polygon {
            Polygon(corners: [
                Point(x: from, y: 0), Point(x: to, y: 0), Point(x: to, y: height), Point(x: from, y: height),
            ])
        }
        var recipe = Recipe()
        recipe.zones = [
            Zone(name: "left", polygon: box(0, width / 2)),
            // What it shares with the first belongs to the first.
            Zone(name: "right", polygon: box(0.4 * width, width)),
        ]
        return recipe
    }
}
