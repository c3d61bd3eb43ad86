import ClearcoatImage
import ClearcoatInspection
import Foundation
import Testing

@Suite struct ClassifierModelTests {
    @Test func treesVoteTogether() throws {
        let model = try ClassifierModel.sample()
        // First tree 0 and 1, second 0.25 and 0.75.
        #expect(model.votes([9, -1]) == [0.125, 0.875])
        #expect(model.votes([9, 1]) == [0.375, 0.625])
        let probabilities = model.probabilities([9, -1])
        #expect(abs(probabilities[1] - 0.875) < 1e-12)
        #expect(abs(probabilities[0] + probabilities[1] - 1) < 1e-12)
    }

    @Test func calibrationTurnsVotesIntoProbabilities() throws {
        let model = try ClassifierModel.sample(slope: 2, offset: 0.5)
        // Odds 7 squared times e^0.5 for the scratch; then over the sum with the inclusion's 0.125.
        let odds = 49 * exp(0.5)
        let scratch = odds / (1 + odds)
        #expect(abs(model.probabilities([9, -1])[1] - scratch / (scratch + 0.125)) < 1e-12)
        // Nothing is impossible, and nothing overflows.
        let extreme = try ClassifierModel.sample(slope: 20, offset: -50)
        let sure = extreme.probabilities([1, 0])
        #expect(sure.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(sure[0] + sure[1] - 1) < 1e-12)
    }

    @Test func contributionsSumToTheVote() throws {
        let model = try ClassifierModel.sample()
        for values in [[9, -1], [9, 1], [2, 0]] as [[Double]] {
            let contributions = model.contributions(values, toClass: 1)
            let start = model.trees.reduce(0) { $0 + $1.share(of: 1, at: 0) } / 2
            #expect(abs(contributions.reduce(0, +) - (model.votes(values)[1] - start)) < 1e-12)
        }
        // Dark speaks for the scratch: 7 of 8 at the question, all of 6 after it, in one of two trees.
        #expect(abs(model.contributions([9, -1], toClass: 1)[1] - (1 - 7.0 / 8) / 2) < 1e-12)
    }

    @Test func theFileReadsBack() throws {
        let model = try ClassifierModel.sample(slope: 1.25, offset: -0.5)
        let text = try model.json()
        #expect(try ClassifierModel(json: Array(text.utf8)) == model)
        #expect(text.contains("\"elongation <= 4 ? 1 : 2\",\"inclusion 8\",\"polarity <= -0.5 ? 3 : 4\""))
    }

    /// What is replaced in a good file, by what, and what the message says.
    @Test(
        arguments: [
            (
                "\"schemaVersion\":1", "\"schemaVersion\":2",
                "a classifier of version 2; this program reads version 1"
            ),
            ("\"schemaVersion\":1", "\"version\":1", "\"schemaVersion\" is missing"),
            ("\"kind\":\"forest\"", "\"kind\":\"net\"", "kind is \"net\", not \"forest\""),
            (
                "\"classes\":[\"inclusion\"", "\"classes\":[\"dirt\"",
                "classes name \"dirt\", which is no defect class"
            ),
            ("\"classes\":[\"inclusion\",", "\"classes\":[", "calibration is not of the model's classes"),
            (
                "\"inputs\":[\"elongation\"", "\"inputs\":[\"weight\"",
                "inputs name \"weight\", which is not measured"
            ),
            (
                "\"inputs\":[\"elongation\"", "\"inputs\":[\"elongation\",\"elongation\"",
                "inputs are not at least one, each once"
            ),
            ("\"slope\":1.25", "\"slope\":1e9", "calibration of scratch has a slope outside 0 .. 20"),
            ("\"slope\":1.25", "\"slope\":\"steep\"", "\"calibration[1].slope\" has the wrong type"),
            ("\"rows\":[]", "\"rows\":[{\"class\":\"dent\",\"counts\":[1]}]", "has an impossible value"),
            ("\"trees\":[", "\"trees\":[[],", "tree 0 has no nodes"),
            ("\"trees\":[", "\"trees\":[7,", "\"trees[0]\" has the wrong type"),
            ("inclusion 8", "inclusion 8, inclusion 9", "tree 0, node 1 is neither a question nor counts"),
            ("inclusion 8", "dent 8", "tree 0, node 1 is neither a question nor counts"),
            ("inclusion 8", "inclusion 99999999999999999999", "tree 0, node 1 is neither"),
            (
                "inclusion 8", "inclusion 2000000000",
                "tree 0, node 1 counts no findings, or an impossible number"
            ),
            ("inclusion 8", "", "tree 0, node 1 is neither"),
            ("elongation <= 4 ? 1", "elongation <= nan ? 1", "tree 0, node 0 is no question such as"),
            ("elongation <= 4 ? 1", "elongation <= 1e999 ? 1", "tree 0, node 0 is no question such as"),
            (
                "elongation <= 4 ? 1", "size <= 4 ? 1",
                "asks for \"size\", which is none of the model's inputs"
            ),
            ("elongation <= 4 ? 1", "elongation <= 4 ? 0", "tree 0, node 0 goes on to 0"),
            ("elongation <= 4 ? 1", "elongation <= 4 ? 4", "tree 0, node 1 is reached from no other"),
        ]
    )
    func aBrokenFileIsRefused(part: String, replacement: String, message: String) throws {
        let good = try ClassifierModel.sample(slope: 1.25).json()
        let range = try #require(good.range(of: part))
        let bad = good.replacingCharacters(in: range, with: replacement)
        let error = #expect(throws: ClassifierModelError.self) { try ClassifierModel(json: Array(bad.utf8)) }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains(message), "\(text)")
        #expect(text.contains("clearcoat train"))
    }

    @Test func whatIsNoModelIsRefused() {
        let deep = String(repeating: "[", count: 100_000)
        for text in ["", "{", "[]", "null", "\u{0}", "{\"schemaVersion\":1e99}", deep] {
            #expect(throws: ClassifierModelError.self) { try ClassifierModel(json: Array(text.utf8)) }
        }
    }

    /// Cut short anywhere it throws; with any byte changed it throws or gives a model that can be asked.
    @Test func damagedFilesNeverStopTheProgram() throws {
        let good = Array(try ClassifierModel.sample().json().utf8)
        for count in good.indices {
            #expect(throws: ClassifierModelError.self) {
                try ClassifierModel(json: Array(good.prefix(count)))
            }
        }
        var generator = SplitMix64(seed: 4)
        for _ in 0..<2000 {
            var bytes = good
            for _ in 0...Int(generator.next() % 2) {
                bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(
                    truncatingIfNeeded: generator.next() % 96 + 32
                )
            }
            guard let model = try? ClassifierModel(json: bytes) else { continue }
            let probabilities = model.probabilities(model.inputs.map { _ in generator.nextUnit() * 10 })
            #expect(abs(probabilities.reduce(0, +) - 1) < 1e-9)
        }
    }
}
