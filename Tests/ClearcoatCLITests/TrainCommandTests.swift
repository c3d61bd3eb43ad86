import ClearcoatFileTestSupport
import ClearcoatInspection
import ClearcoatReports
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat train", .timeLimit(.minutes(watchdogMinutes)))
struct TrainCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder[name].string }

    private func simulate(_ name: String, count: Int, seed: String) throws {
        let run = try CommandRun(
            list: ["simulate", "--output", path(name), "--count", "\(count)", "--seed", seed, "--clean", "0"]
                + ["--surface", "smoothLight", "--width", "640", "--height", "480", "--defects", "14"]
        )
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test("a model is trained, tested, the same twice, and names findings when a recipe says so")
    func trainAndUse() throws {
        try simulate("panels", count: 4, seed: "18")
        try simulate("others", count: 1, seed: "17")
        let arguments = ["train", path("panels"), "--test", path("others"), "--seed", "4", "--output"]
        let run = try CommandRun(list: arguments + [path("m.json")])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("cross-validation: right class by the model"))
        #expect(run.output.contains("\(path("others")): right class by the model"))
        #expect(run.output.contains("is \\ called"))
        let again = try CommandRun(list: arguments + [path("n.json"), "--jobs", "1"])
        #expect(again.output == run.output)
        let files = try folder.contents()
        let bytes = try #require(files["m.json"])
        #expect(files["n.json"] == bytes)
        let model = try ClassifierModel(json: bytes)
        #expect(try ClassifierCoder.file(model) == bytes)
        #expect(model.training.seed == 4 && model.training.tests.count == 1)

        try folder.write(Array("classifier: { model: m.json, minConfidence: 0.2 }\n".utf8), to: "hood.yaml")
        #expect(try CommandRun("recipe", "check", path("hood.yaml")).status == 0)
        let inspect = ["inspect", path("others/panel-0001.png"), "--ndjson", "--reproducible"]
        let plain = try CommandRun(list: inspect)
        let named = try CommandRun(list: inspect + ["--recipe", path("hood.yaml")])
        #expect(named.status == 0, "\(named.errors)")
        #expect(RecordSchema.violations(in: Array(named.output.utf8)) == [])
        let record = try RecordCoder.record(from: Array(named.output.utf8))
        let rules = try RecordCoder.record(from: Array(plain.output.utf8))
        // Judging the record again asks the model as the inspection did.
        try folder.write(Array(named.output.utf8), to: "named.ndjson")
        let same = try CommandRun("rejudge", path("named.ndjson"), "--recipe", path("hood.yaml"))
        #expect(
            same.status == 0 && same.output == "" && same.errors.contains(": no verdict flips\n"),
            "\(same.errors)"
        )
        #expect(!record.findings.isEmpty)
        #expect(rules.findings.allSatisfy { $0.explanation.classification.model == nil })
        for (finding, old) in zip(record.findings, rules.findings) {
            let opinion = try #require(finding.explanation.classification.model)
            #expect(opinion.ruleClass == old.class)
            #expect(finding.class == (opinion.decides ? opinion.class : old.class))
            #expect(finding.vda16 == finding.class.vda16)
            // The record alone tells what the model was asked, and what it answered.
            var features = FeatureVector()
            for feature in Feature.allCases {
                features[feature] = finding.explanation.features[feature.rawValue] ?? 0
            }
            let most = model.probabilities(model.values(features, finding.polarity)).max() ?? 0
            #expect(abs(most - opinion.probability) < 1e-4)
            if opinion.decides { #expect(finding.confidence == opinion.probability) }
        }
    }

    @Test("nothing is learnt from nothing, and what is no model is not replaced")
    func refused() throws {
        try folder.makeFolder("empty")
        let empty = try CommandRun("train", path("empty"), "--output", path("m.json"))
        #expect(empty.status == 2)
        #expect(empty.errors.contains("no pictures with known defects"))
        #expect(empty.errors.contains("no finding lies on a known defect"))
        #expect(try folder.contents().isEmpty)
        try folder.write(Array("mine".utf8), to: "m.json")
        let foreign = try CommandRun("train", path("empty"), "--output", path("m.json"))
        #expect(foreign.status == 74)
        #expect(foreign.errors.contains("was not written by clearcoat train"))
        #expect(try folder.contents() == ["m.json": Array("mine".utf8)])
        #expect(try CommandRun("train", "--output", path("m.json")).status == 64)
    }

    @Test("a recipe with a classifier that cannot be used is a bad recipe, with the reason")
    func badClassifier() throws {
        try folder.write(Array("classifier: gone.json\n".utf8), to: "r.yaml")
        let check = try CommandRun("recipe", "check", path("r.yaml"))
        #expect(check.status == 65)
        #expect(check.output.contains("r.yaml: error: classifier") && check.output.contains("gone.json"))
        let inspect = try CommandRun("inspect", path("x.png"), "--ndjson", "--recipe", path("r.yaml"))
        #expect(inspect.status == 65)
        #expect(inspect.errors.contains("gone.json"))
    }
}
