import ClearcoatImage
import ClearcoatInspection
import ClearcoatTestSupport
import Testing

@Suite struct PixelAreaTests {
    private static func mask(_ width: Int, _ height: Int, _ isSet: (Int, Int) -> Bool) -> AreaMask {
        var samples: [UInt8] = []
        for y in 0..<height { for x in 0..<width { samples.append(isSet(x, y) ? 255 : 0) } }
        return AreaMask(
            path: "m.png",
            sha256: "00",
            picture: .uint8(Image(width: width, height: height, samples: samples))
        )
    }

    /// The definition, pixel by pixel: outside of the picture the mask goes on with its outermost pixels.
    @Test(arguments: 0..<60 as Range<UInt64>)
    func marginsAreDistances(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let width = 1 + Int(generator.next() % 14), height = 1 + Int(generator.next() % 12)
        let set = (0..<width * height).map { _ in generator.next() % 5 == 0 }
        let margin = [-3.0, -2.2, -1, 1, 1.5, 2, 4.3][Int(generator.next() % 7)]
        func isSet(_ x: Int, _ y: Int) -> Bool {
            set[min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)]
        }
        let area = Area(mask: Self.mask(width, height, isSet), margin: Length(margin, .pixels))
        let pixels = area.pixels(width: width, height: height, scale: nil)
        let reach = Int(abs(margin)) + 1
        for y in 0..<height {
            for x in 0..<width {
                var near: [Bool] = []
                for dy in -reach...reach {
                    for dx in -reach...reach where Double(dx * dx + dy * dy) <= margin * margin {
                        near.append(isSet(x + dx, y + dy))
                    }
                }
                let expected = margin > 0 ? near.contains(true) : !near.contains(false)
                #expect(pixels.contains(x: x, y: y) == expected, "seed \(seed): \(x), \(y) by \(margin)")
            }
        }
    }

    @Test func bothMeansWhereTheyOverlap() {
        let left = Self.mask(10, 10) { x, _ in x < 5 }
        let top = Polygon(corners: [
            Point(x: -1, y: -1), Point(x: 20, y: -1), Point(x: 20, y: 3), Point(x: -1, y: 3),
        ])
        let both = Area(polygon: top, mask: left).pixels(width: 10, height: 10, scale: nil)
        #expect(both.pixelCount == 15)
        #expect(both.contains(x: 4, y: 2) && !both.contains(x: 5, y: 2) && !both.contains(x: 4, y: 3))
        let grown = Area(polygon: top, mask: left, margin: Length(0.2, .millimetres))
        #expect(
            grown.pixels(width: 10, height: 10, scale: PhysicalScale(mmPerPixel: 0.1)).contains(x: 6, y: 2)
        )
        #expect(!grown.pixels(width: 10, height: 10, scale: nil).contains(x: 6, y: 2))
    }

    @Test func aMaskOfAnotherSizeNamesBoth() throws {
        var recipe = Recipe()
        recipe.zones = [Zone(name: "A", area: Area(mask: Self.mask(10, 8) { _, _ in true }))]
        #expect(
            throws: InspectionError.maskSize(
                owner: "zone \"A\"",
                mask: "m.png (10 x 8 px)",
                picture: "12 x 8 px"
            )
        ) { try RecipeOverlay(fitting: recipe, calibration: nil, width: 12, height: 8) }
    }

    @Test func densityCountsOverTheZoneWithoutWhatIsIgnored() throws {
        var recipe = Recipe()
        // 60 x 100 px of zone A at 0.1 mm a pixel: 60 mm², of which a half is ignored.
        recipe.zones = [
            Zone(
                name: "A",
                polygon: Polygon(corners: [
                    Point(x: 0, y: 0), Point(x: 60, y: 0), Point(x: 60, y: 100), Point(x: 0, y: 100),
                ])
            )
        ]
        recipe.ignore = [
            Area(
                polygon: Polygon(corners: [
                    Point(x: 0, y: 50), Point(x: 200, y: 50), Point(x: 200, y: 100), Point(x: 0, y: 100),
                ])
            )
        ]
        let scale = PhysicalScale(mmPerPixel: 0.1)
        func verdict(_ bound: Double, _ unit: Limit.Density.Unit) throws -> (Verdict, [String]) {
            recipe.limits = [Limit(zone: "A", density: .init(.above(bound), per: unit), verdict: .reject)]
            var findings = try [1, 2, 3].map {
                try Finding.sample($0, .inclusion, sizePx: 4, x: Double(10 * $0), y: 20, scale: scale)
            }
            let result = judge(findings: &findings, quality: try .sample(), recipe: recipe, scale: scale)
            return (result.verdict, result.reasons)
        }
        // Three on 30 mm² are 10 on a cm².
        #expect(try verdict(9.9, .squareCentimetre).0 == .reject)
        #expect(try verdict(10.1, .squareCentimetre).0 == .accept)
        #expect(try verdict(999, .megapixel).0 == .reject)
        #expect(try verdict(1001, .megapixel).0 == .accept)
        #expect(
            try verdict(9, .squareCentimetre).1 == [
                "3 findings (1, 2, 3) together exceed the limit 'any finding in zone A, > 9 per cm2': 10 per cm2 → reject"
            ]
        )
    }

    @Test func areReadAndWritten() throws {
        let mask = Self.mask(4, 4) { x, _ in x > 1 }
        let yaml = """
            zones:
              - { name: A, mask: zones/a.png, margin: -2 px }
            ignore:
              - { polygon: [[0, 0], [9, 0], [0, 9]], margin: 5 px }
              - [[0, 0], [9, 0], [0, 9]]
            limits:
              - { zone: A, density: "> 5 per dm2", verdict: reject }
              - { verdict: rework }
            """
        func load(_ path: String) throws(AreaMaskError) -> AreaMask {
            guard path == "zones/a.png" || path == "m.png" else { throw AreaMaskError("no such file") }
            return mask
        }
        let recipe = try Recipe(yaml: yaml, file: "r", loadMask: load)
        #expect(recipe.zones[0].area == Area(mask: mask, margin: Length(-2, .pixels)))
        #expect(recipe.ignore[0].margin == Length(5, .pixels) && recipe.ignore[1].plainPolygon != nil)
        #expect(recipe.limits[0].density == .init(.above(5), per: .squareDecimetre))
        #expect(recipe.placesInMillimetres == ["limits[1].density"])
        #expect(try Recipe(yaml: recipe.yaml, file: "r", loadMask: load) == recipe)
        #expect(recipe.yaml.contains("sha256: \"00\""))
        let changed = recipe.yaml.replacing("sha256: \"00\"", with: "sha256: \"11\"")
        #expect(
            Recipe.check(yaml: changed, file: "r", loadMask: load).map(\.message).contains {
                $0.contains("has changed: its SHA-256 is 00, not 11")
            }
        )
        #expect(
            Recipe.check(yaml: "zones: [ { name: A, mask: b.png } ]", file: "r", loadMask: load).first?
                .message
                == "zones[1].mask: b.png: no such file"
        )
        #expect(
            Recipe.check(yaml: "zones: [ { name: A } ]", file: "r").first?.message
                == "zones[1] does not say where it is; give it a polygon, a mask or both"
        )
    }
}
