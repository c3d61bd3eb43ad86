import Clearcoat
import ClearcoatImage
import ClearcoatInspection
import ClearcoatSimulator
import SystemPackage
import Testing

/// The findings in the shipped files of the sample panels, held against what the simulator planted.
@Suite struct SamplePanelsTests {
    /// One planted defect that must be found, and the finding at its place.
    private struct Match {
        let panel: String
        let truth: TrueDefect
        let finding: Finding?
        let mmPerPixel: Double

        /// Size as limits speak of it: the length of elongated defects, else the diameter of the same area.
        /// Which of them, the truth alone decides.
        var trueSize: Double { isElongated ? truth.lengthMm / mmPerPixel : diameter(Double(truth.areaPx)) }

        func size(of finding: Finding) -> Double {
            isElongated ? finding.lengthPx : diameter(finding.areaPx)
        }

        private var isElongated: Bool { truth.lengthMm >= 3 * truth.widthMm }

        private func diameter(_ area: Double) -> Double { 2 * (area / .pi).squareRoot() }
    }

    private func results() async throws -> (matches: [Match], falseFindings: [String: [Finding]]) {
        let inspector = Inspector()
        let folder = FilePath(#filePath).removingLastComponent().appending("../../SampleImages")
        var matches: [Match] = []
        var falseFindings: [String: [Finding]] = [:]
        for sample in SamplePanels.all {
            let panel = render(sample.description, seed: sample.seed)
            let file = folder.appending(sample.fileName)
            let outcome = await inspector.inspect(Capture(id: sample.fileName, source: .file(file)))
            guard case .inspected(let record, _) = outcome else {
                Issue.record("\(sample.fileName): \(outcome)")
                continue
            }
            var explained = Set<Int>()
            for truth in panel.truth.defects {
                let here = record.findings.filter { isAt($0, truth) }
                explained.formUnion(here.map(\.id))
                guard truth.mustBeFound(mmPerPixel: panel.truth.mmPerPixel) else { continue }
                let best = here.min { distance($0, truth) < distance($1, truth) }
                matches.append(
                    Match(
                        panel: sample.fileName,
                        truth: truth,
                        finding: best,
                        mmPerPixel: panel.truth.mmPerPixel
                    )
                )
            }
            falseFindings[sample.fileName] = record.findings.filter { !explained.contains($0.id) }
        }
        return (matches, falseFindings)
    }

    private func distance(_ finding: Finding, _ truth: TrueDefect) -> Double {
        Point(x: finding.centroid.x, y: finding.centroid.y)
            .distance(to: Point(x: truth.centroid.x, y: truth.centroid.y))
    }

    private func isAt(_ finding: Finding, _ truth: TrueDefect) -> Bool {
        let trueBox = truth.boundingBox.expanded(by: 2)
        let box = finding.boundingBox.expanded(by: 2)
        return trueBox.contains(x: Int(finding.centroid.x), y: Int(finding.centroid.y))
            || (box.contains(x: Int(truth.centroid.x), y: Int(truth.centroid.y))
                && !box.intersection(trueBox).isEmpty)
    }

    @Test func plantedDefectsAreFoundAndCleanPanelsAreClean() async throws {
        let (matches, falseFindings) = try await results()
        #expect(matches.count > 40)
        var rightClass = 0
        for match in matches {
            let place = "\(match.panel): \(match.truth.defectClass) at \(match.truth.centroid)"
            guard let finding = match.finding else {
                Issue.record("\(place) is missed")
                continue
            }
            let size = match.size(of: finding)
            #expect(abs(size / match.trueSize - 1) <= 0.2, "\(place): \(size) for \(match.trueSize)")
            #expect(finding.polarity.rawValue == match.truth.polarity.rawValue, "\(place)")
            if finding.class.rawValue == match.truth.defectClass.rawValue { rightClass += 1 }
        }
        #expect(rightClass * 10 >= matches.count * 8, "\(rightClass) classes of \(matches.count) are right")
        let clean = SamplePanels.clean.flatMap { falseFindings[$0.fileName] ?? [] }
        #expect(clean.count <= 1, "\(clean.map(\.boundingBox))")
        let falseOnDefective = falseFindings.values.reduce(0) { $0 + $1.count } - clean.count
        #expect(falseOnDefective <= 3, "\(falseFindings.mapValues { $0.map(\.boundingBox) })")
    }
}
