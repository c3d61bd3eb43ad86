public import Clearcoat
import ClearcoatInspection
public import ClearcoatTraining

/// Inspects pictures of which it is known what they show, and matches what is found with what is there.
public struct ExampleRun: Sendable {
    private let inspector: Inspector
    private let pictures: [TruthPicture]

    /// A run over pictures.
    ///
    /// - Parameter inspector: its recipe says what is found; what it keeps of pictures is not needed.
    public init(_ inspector: Inspector, over pictures: [TruthPicture]) {
        self.inspector = inspector
        self.pictures = pictures
    }

    /// Inspects all pictures.
    ///
    /// - Parameters:
    ///   - report: told how far it has come, and what is wrong with a picture that is left out.
    /// - Returns: the examples, in the order of the pictures whatever the number of jobs.
    public func examples(
        reporting report: (_ progress: BatchProgress, _ problem: String?) -> Void
    ) async -> TrainingExamples {
        var examples = TrainingExamples()
        var progress = BatchProgress(total: pictures.count)
        let start = ContinuousClock.now
        for await outcome in inspector.outcomes(of: pictures.map(\.capture)) {
            var problem: String?
            switch outcome {
            case .inspected(let record, _):
                let size = (record.capture.width, record.capture.height)
                progress.megapixels += Double(size.0 * size.1) / 1e6
                do {
                    let truth = try pictures[progress.done].truth.labels(width: size.0, height: size.1)
                    examples.add(record.findings, of: truth)
                } catch {
                    problem = "\(error)"
                }
            case .failed(let failure): problem = "\(failure)"
            }
            progress.done += 1
            if problem != nil { progress.failed += 1 }
            progress.elapsed = ContinuousClock.now - start
            report(progress, problem)
        }
        return examples
    }
}
