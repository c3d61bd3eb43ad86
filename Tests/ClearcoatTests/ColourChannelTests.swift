import Clearcoat
import ClearcoatCodecs
import ClearcoatImage
import ClearcoatInspection
import ClearcoatSimulator
import SystemPackage
import Testing

/// Places that are as light as the paint and of another colour.
@Suite struct ColourChannelTests {
    /// Gray paint as a colour camera sees it, with defects.
    private func panel(
        _ paint: PanelPreset = .smoothLight,
        seed: UInt64 = 1,
        defects: [PlantedDefect] = []
    ) throws -> (image: RGBImage<UInt8>, gray: GrayImage, truth: GroundTruth) {
        var panel = paint.panel(
            name: "colour",
            seed: seed,
            width: 640,
            height: 480,
            mmPerPixel: 0.1,
            camera: PanelCamera(isColour: true)
        )
        panel.defects = defects
        let rendered = render(panel, seed: seed)
        guard case .rgb8(let image) = rendered.pixels else { throw NoColour() }
        return (image, rendered.pixels.gray, rendered.truth)
    }

    private struct NoColour: Error {}

    private func stain(_ sizeMm: Double, red: Double, on paint: PanelPreset = .smoothLight) -> PlantedDefect {
        PlantedDefect(
            .stain,
            xMm: 30,
            yMm: 22,
            lengthMm: sizeMm,
            widthMm: sizeMm,
            contrast: 0,
            tint: paint.surface.tint(red: red),
            edgeMm: 0.3
        )
    }

    @Test(arguments: [(2.0, 0.2), (4, 0.1), (8, 0.08)])
    func aStainOfEqualLightnessIsFoundByItsColourAlone(sizeMm: Double, red: Double) async throws {
        let (image, gray, truth) = try panel(defects: [stain(sizeMm, red: red)])
        let blind = try await Inspector().inspect(gray)
        #expect(blind.findings.isEmpty, "\(blind.findings.map(\.explanation.text))")
        let content = try await Inspector().inspect(gray, colour: ColourCells(of: image))
        #expect(content.findings.count == 1, "\(content.findings.map(\.explanation.text))")
        let finding = try #require(content.findings.first)
        let place = try #require(truth.defects.first)
        #expect(abs(finding.centroid.x - 300) < 8 && abs(finding.centroid.y - 220) < 8)
        let diameter = 2 * (Double(place.areaPx) / .pi).squareRoot()
        #expect(abs(finding.sizePx / diameter - 1) < 0.35, "\(finding.sizePx) px, truly \(diameter) px")
        let detection = finding.explanation.detection
        #expect(detection.channels == ["colour"] && (detection.nfa ?? 1) < 0.1 && detection.margin > 0)
        #expect(try #require(detection.colourDifference) > 1)
        #expect(finding.explanation.text.hasPrefix("spot of another colour"))
        #expect(content.verdict != .accept)
    }

    @Test func theRecipeCanLeaveColoursUnlookedAt() async throws {
        let (image, gray, _) = try panel(defects: [stain(4, red: 0.15)])
        var recipe = try Recipe(yaml: "detect: { colour: false }", file: "r.yaml")
        #expect(!recipe.detect.usesColour && recipe.yaml.contains("colour: false"))
        #expect(try Recipe(yaml: recipe.yaml, file: "r.yaml") == recipe)
        let content = try await Inspector(recipe: recipe).inspect(gray, colour: ColourCells(of: image))
        #expect(content == (try await Inspector(recipe: recipe).inspect(gray)))
        recipe.detect.usesColour = true
        #expect(recipe == Recipe())
    }

    /// A dark speck in colour paint differs in colour as well: still one finding.
    @Test func whatBothChannelsSeeIsOneFinding() async throws {
        let speck = PlantedDefect(
            .inclusion,
            xMm: 30,
            yMm: 22,
            lengthMm: 1.2,
            widthMm: 1.2,
            contrast: -0.4,
            tint: LinearColour(red: 0.3, green: 0, blue: -0.2)
        )
        let (image, gray, _) = try panel(defects: [speck])
        let content = try await Inspector().inspect(gray, colour: ColourCells(of: image))
        #expect(content.findings.count == 1)
        let detection = try #require(content.findings.first?.explanation.detection)
        #expect(detection.channels == ["luminance", "colour"] && detection.colourDifference != nil)
    }

    @Test func shadeIsNoColour() async throws {
        let shade = PlantedDefect(.stain, xMm: 30, yMm: 22, lengthMm: 5, widthMm: 5, contrast: -0.3)
        let (image, gray, _) = try panel(.red, defects: [shade])
        let content = try await Inspector().inspect(gray, colour: ColourCells(of: image))
        #expect(content.findings.count == 1)
        #expect(content.findings.first?.explanation.detection.channels?.first == "luminance")
    }

    @Test(arguments: PanelPreset.allCases)
    func cleanPaintHasNoColouredPlaces(paint: PanelPreset) async throws {
        var findings = 0
        for seed in 1...3 as ClosedRange<UInt64> {
            let (image, gray, _) = try panel(paint, seed: seed)
            let content = try await Inspector().inspect(gray, colour: ColourCells(of: image))
            findings += content.findings.count { $0.explanation.detection.channels == ["colour"] }
        }
        #expect(findings == 0)
    }

    @Test func survivesJPEG() async throws {
        let bytes = { (image: RGBImage<UInt8>) in
            try ImageEncoder.jpeg(image, quality: 85)
        }
        let clean = try bytes(panel().image)
        let stained = try bytes(panel(defects: [stain(4, red: 0.15)]).image)
        func findings(_ bytes: [UInt8]) async throws -> [Finding] {
            let outcome = await Inspector().inspect(Capture(id: "a.jpg", source: .bytes(bytes)))
            guard case .inspected(let record, _) = outcome else { throw NoColour() }
            return record.findings
        }
        #expect(try await findings(clean).isEmpty)
        let found = try await findings(stained)
        #expect(found.count == 1 && found.first?.explanation.detection.channels == ["colour"])
    }

    /// Around a stain on lively paint the response swings back; that is no second stain.
    @Test func aStainHasNoEchoBesideIt() async throws {
        let folder = FilePath(#filePath).removingLastComponent().appending("../../SampleImages")
        let bytes = try FileContents.read(folder.appending("clean-red-door.jpg"), limit: 1 << 24)
        guard case .uint8(let clean) = try ImageDecoder().decodeColor(bytes).pixels else { throw NoColour() }
        func stained(_ plane: Image<UInt8>, by change: Double) -> Image<UInt8> {
            var plane = plane
            for y in 410..<490 {
                for x in 660..<740 {
                    let distance = Point(x: Double(x), y: Double(y)).distance(to: Point(x: 700, y: 450))
                    let share = min(max((30 - distance) / 8, 0), 1)
                    plane[x, y] = UInt8(min(max(Double(plane[x, y]) + share * change + 0.5, 0), 255))
                }
            }
            return plane
        }
        // As much luma lost in red as is gained in green.
        let image = RGBImage(
            red: stained(clean.red, by: -9.4),
            green: stained(clean.green, by: 4.8),
            blue: clean.blue
        )
        let jpeg = try ImageEncoder.jpeg(image, quality: 92)
        let outcome = await Inspector().inspect(Capture(id: "a.jpg", source: .bytes(jpeg)))
        guard case .inspected(let record, _) = outcome else { throw NoColour() }
        #expect(record.findings.map(\.explanation.detection.channels) == [["colour"]])
        #expect(record.findings.allSatisfy { abs($0.sizePx - 52) < 8 })
    }

    @Test func theHeightOfBandsAndJobsChangeNothing() async throws {
        let (image, gray, _) = try panel(defects: [stain(3, red: 0.15)])
        let cells = ColourCells(of: image)
        let one = try await Inspection(recipe: Recipe()).run(on: gray, colour: cells)
        for height in [5, 33, 1000] {
            #expect(
                try await Inspection(recipe: Recipe(), bandHeight: height).run(on: gray, colour: cells) == one
            )
        }
        var options = InspectorOptions()
        options.jobs = 3
        #expect(try await Inspector(options: options).inspect(gray, colour: cells) == one)
    }

    @Test func grayPicturesSayNothingOfColour() async throws {
        let (_, gray, _) = try panel(defects: [
            PlantedDefect(.inclusion, xMm: 30, yMm: 22, lengthMm: 1.2, widthMm: 1.2, contrast: -0.4)
        ])
        let content = try await Inspector().inspect(gray)
        #expect(content.findings.first?.explanation.detection.channels == nil && !content.findings.isEmpty)
    }
}
