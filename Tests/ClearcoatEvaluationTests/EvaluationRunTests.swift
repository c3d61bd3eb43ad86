import Clearcoat
import ClearcoatCodecs
import ClearcoatEvaluation
import ClearcoatFileTestSupport
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import SystemPackage
import Testing

/// Whole data sets, small ones.
@Suite struct EvaluationRunTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Paint with a dark square, or without.
    private func picture(_ seed: UInt64, square: Rectangle?) throws -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        var image = Image(
            width: 160,
            height: 120,
            samples: (0..<160 * 120).map { _ in UInt8(150 + generator.next() % 7) }
        )
        if let square { for y in square.rows { for x in square.columns { image[x, y] = 70 } } }
        return try ImageEncoder.png(image)
    }

    private func mask(_ square: Rectangle?, width: Int = 160, height: Int = 120) throws -> [UInt8] {
        var image = Image<UInt8>(width: width, height: height, filledWith: 0)
        if let square { for y in square.rows { for x in square.columns { image[x, y] = 255 } } }
        return try ImageEncoder.png(image)
    }

    private let place = Rectangle(x: 60, y: 40, width: 8, height: 8)

    private func folders() throws {
        for index in 0..<4 {
            try folder.write(picture(UInt64(index), square: nil), to: "set/test/good/\(index).png")
            try folder.write(picture(UInt64(10 + index), square: place), to: "set/test/spot/\(index).png")
            try folder.write(mask(place), to: "set/ground_truth/spot/\(index)_mask.png")
        }
        try folder.write(picture(1, square: nil), to: "set/train/good/0.png")
    }

    private func evaluate(_ name: String = "set", jobs: Int = 2, earlier: ResultsReader? = nil) async throws
        -> Evaluation
    {
        let inspector = Inspector(options: InspectorOptions(jobs: jobs))
        let dataset = try Dataset(at: folder[name])
        return try await EvaluationRun(inspector: inspector, earlier: earlier).run(on: dataset, name: name)
    }

    @Test func easyDefectsAreFoundAndCleanPaintIsClean() async throws {
        try folders()
        let evaluation = try await evaluate()
        #expect(
            evaluation.dataset.scored == 8 && evaluation.dataset.good == 4 && evaluation.dataset.defects == 4
        )
        #expect(evaluation.failures.isEmpty)
        #expect(evaluation.detection.found.count == 4)
        #expect(evaluation.detection.falseAlarms.perImage.count == 0)
        #expect(evaluation.detection.falseAlarms.perSquareMetre == nil)
        #expect(
            evaluation.pictures.all.auroc == 1 && evaluation.pictures.byLabel["spot"]?.averagePrecision == 1
        )
        #expect(evaluation.verdicts.escape.count == 0 && evaluation.verdicts.overkill.count == 0)
        let pixels = try #require(evaluation.pixels)
        #expect(pixels.score == .response)
        #expect(try #require(pixels.all).auroc > 0.99 && pixels.all?.defects == 4)
        #expect(try #require(pixels.iouOfFindings) > 0.5)
        #expect(evaluation.classes?.rows["spot"]?.values.reduce(0, +) == 4)
        let sizes = try #require(evaluation.sizes?.stated)
        #expect(sizes.count == 4 && abs(sizes.bias) < 2 && sizes.unit == "px")
        #expect(evaluation.detection.curves.first?.problem == .tooFewHits)
    }

    @Test func sameBytesForAnyNumberOfJobs() async throws {
        try folders()
        let one = try EvaluationFiles.json(try await evaluate(jobs: 1))
        #expect(try EvaluationFiles.json(try await evaluate(jobs: 5)) == one)
    }

    @Test func nothingIsLeftOutInSilence() async throws {
        try folders()
        try folder.write([1, 2, 3], to: "set/test/spot/8.png")
        try folder.write(picture(30, square: place), to: "set/test/spot/9.png")
        try folder.write(mask(place, width: 100, height: 120), to: "set/ground_truth/spot/9_mask.png")
        try folder.write(picture(31, square: place), to: "set/test/spot/unmarked.png")
        try folder.write(picture(32, square: place), to: "set/test/spot/empty.png")
        try folder.write(mask(nil), to: "set/ground_truth/spot/empty_mask.png")
        try folder.write(mask(place), to: "set/ground_truth/spot/alone_mask.png")
        let evaluation = try await evaluate()
        #expect(evaluation.dataset.listed == 12 && evaluation.dataset.scored == 10)
        #expect(evaluation.dataset.defectiveWithoutPlace == 2 && evaluation.dataset.defects == 4)
        let names = evaluation.failures.map(\.name)
        #expect(names == ["ground_truth", "test/spot/8.png", "test/spot/9.png"])
        #expect(evaluation.failures[2].message.contains("100 x 120"))
        // What nobody marked is no false alarm.
        #expect(evaluation.detection.falseAlarms.perImage.count == 0)
    }

    @Test func recordsOfEarlierResultsGiveTheSameCounts() async throws {
        try folders()
        let fresh = try await evaluate()
        for picture in try Dataset(at: folder["set"]).pictures.dropLast() {
            let outcome = await Inspector().inspect(Capture(file: picture.path, id: picture.id))
            guard case .inspected(let record, _) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            try folder.write(RecordCoder.file(record), to: "results/records/\(picture.id).json")
        }
        let evaluation = try await evaluate(earlier: ResultsReader(at: folder["results"].string))
        #expect(evaluation.dataset.scored == 7)
        #expect(evaluation.failures.map(\.message) == ["the results have no record of it"])
        #expect(evaluation.detection.found.count == 3 && evaluation.pixels?.score == .marks)
        #expect(evaluation.recipes == fresh.recipes)
    }

    @Test func masksBesideImages() async throws {
        try folder.write(picture(1, square: place), to: "set/images/a.png")
        try folder.write(mask(place), to: "set/masks/a.png")
        try folder.write(picture(2, square: nil), to: "set/images/b.png")
        try folder.write(mask(nil), to: "set/masks/b_mask.png")
        try folder.write(picture(3, square: nil), to: "set/images/c.png")
        let evaluation = try await evaluate()
        #expect(evaluation.dataset.layout == .masks)
        #expect(evaluation.dataset.good == 1 && evaluation.dataset.defective == 1)
        #expect(evaluation.failures.map(\.name) == ["images/c.png"])
        #expect(evaluation.detection.found.count == 1)
    }

    @Test func coco() async throws {
        try folder.write(picture(1, square: place), to: "set/images/a.png")
        try folder.write(picture(2, square: place), to: "set/images/b.png")
        try folder.write(picture(3, square: place), to: "set/images/c.png")
        try folder.write(picture(4, square: nil), to: "set/images/d.png")
        let before = 60 * 120 + 40
        let column = "8,112,"
        let runs = "\(before),\(String(repeating: column, count: 7))8,\(160 * 120 - before - 7 * 120 - 8)"
        let json = """
            {"images":[{"id":1,"file_name":"a.png"},{"id":2,"file_name":"b.png"},{"id":3,"file_name":"../c.png"},
            {"id":4,"file_name":"d.png"}],"categories":[{"id":5,"name":"inclusion"}],
            "annotations":[{"image_id":1,"category_id":5,"segmentation":[[60,40,68,40,68,48,60,48]]},
            {"image_id":2,"category_id":5,"segmentation":{"counts":[\(runs)],"size":[120,160]}},
            {"image_id":3,"category_id":5,"bbox":[60,40,8,8]}]}
            """
        try folder.write(Array(json.utf8), to: "set/truth.json")
        let evaluation = try await evaluate()
        #expect(evaluation.dataset.layout == .coco && evaluation.dataset.defects == 3)
        #expect(evaluation.dataset.good == 1 && evaluation.failures.isEmpty)
        #expect(evaluation.detection.byClass["inclusion"]?.count == 3)
        // The three ways to say it mean the same 64 pixels.
        #expect(evaluation.pixels?.all?.defectPixels == 192)
        #expect(evaluation.classes?.right != nil)
    }

    @Test func whatIsNoDataSetIsRefused() throws {
        #expect(throws: DatasetError.self) { try Dataset(at: folder["nowhere"]) }
        try folder.write([1], to: "odd/notes.txt")
        #expect(throws: DatasetError.self) { try Dataset(at: folder["odd"]) }
        try folder.write([1], to: "bad.json")
        #expect(throws: DatasetError.self) { try Dataset(at: folder["bad.json"]) }
    }

    @Test func theFilesOfOthersAreNotReplaced() async throws {
        try folders()
        let evaluation = try await evaluate()
        let output = folder["out"].string
        try EvaluationFiles.refuseForeignFiles(in: output)
        try EvaluationFiles.write(evaluation, to: output)
        try EvaluationFiles.refuseForeignFiles(in: output)
        let page = String(decoding: try folder.contents(of: "out")["evaluation.html"] ?? [], as: UTF8.self)
        #expect(page.contains("Evaluation of <bdi>set</bdi>") && !page.contains("://"))
        try folder.write(Array("mine".utf8), to: "out/evaluation.json")
        #expect(throws: ResultsError.self) { try EvaluationFiles.refuseForeignFiles(in: output) }
    }

    @Test func capturesOfOnePartAgree() async throws {
        for part in ["a", "b", "c"] {
            for capture in 0..<3 {
                let square =
                    part == "c" ? nil : Rectangle(x: 50, y: 50, width: part == "a" ? 8 : 14, height: 8)
                try folder.write(
                    picture(UInt64(capture + 1), square: square),
                    to: "parts/\(part)/\(capture).png"
                )
            }
        }
        try folder.write(picture(9, square: nil), to: "parts/once/0.png")
        let study = try await RepeatRun(inspector: Inspector(), folder: folder["parts"]).run(name: "parts")
        #expect(study.partRule == .folder && study.parts.count == 3)
        #expect(study.agreeing.count == 3 && study.fleissKappa == 1)
        #expect(study.foundEveryTime.count == 2 && study.foundEveryTime.total == 2)
        #expect(try #require(study.sizes).percentGRR < 30)
        #expect(study.failures.map(\.name) == ["once"])
        #expect(throws: DatasetError.self) {
            try RepeatRun(inspector: Inspector(), folder: folder["nowhere"])
        }
    }
}
