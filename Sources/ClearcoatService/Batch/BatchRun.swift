public import Clearcoat
import ClearcoatImage
import ClearcoatInspection
public import ClearcoatReports
import SystemPackage

/// Inspects a list of captures into a results directory.
///
/// Records and pictures are written where captures are inspected, many at a time; what is written does
/// not depend on how many.
public struct BatchRun: Sendable {
    private let inspector: Inspector
    private let results: ResultsDirectory
    private let options: Options

    /// What a batch does besides inspecting.
    public struct Options: Sendable {
        /// Whether the picture with its findings drawn on it is written too.
        public var drawsPictures = true
        /// Whether captures are skipped whose record of an earlier run is still right: same bytes, same
        /// recipe, same version, and the picture is there.
        public var resumes = false

        /// Pictures, and nothing skipped.
        public init() {}
    }

    /// A batch into the results directory at `path`, which is made and locked.
    ///
    /// - Throws: `ResultsError` when the directory cannot be written.
    public init(
        inspector: Inspector,
        output path: String,
        options: Options = Options()
    ) throws(ResultsError) {
        var inspectorOptions = inspector.options
        inspectorOptions.keepsPictures = options.drawsPictures
        self.inspector = Inspector(recipe: inspector.recipe, options: inspectorOptions)
        self.options = options
        results = try ResultsDirectory(
            at: path,
            for: RunDescription(of: inspector, drawsPictures: options.drawsPictures)
        )
    }
}

extension BatchRun {
    /// Inspects everything that was listed and writes the run's own files. Afterwards the results are those
    /// of this run alone: records and pictures that an earlier run left are removed, unless `stop` was raised
    /// before everything was done, so that a run which resumes can still use them.
    ///
    /// - Parameters:
    ///   - stop: raised, nothing new is begun; what is in flight is finished and the summary written.
    ///   - report: called after each capture, in the order of the names; with its failure if it failed.
    /// - Throws: `ResultsError` when results cannot be written, and `CancellationError`. Either way no
    ///   file stands half-written under its name.
    public func run(
        on listing: InputListing,
        stop: StopSignal = StopSignal(),
        report: (BatchProgress, CaptureFailure?) -> Void = { _, _ in }
    ) async throws -> BatchResult {
        let clock = RunClock()
        var state = BatchProgress(total: listing.captures.count)
        var reused = 0
        var redone = 0
        for (index, failure) in listing.failures.enumerated() {
            try await results.write(failure.line, at: listing.captures.count + index)
        }

        // Raised when nothing more can be written. What is in flight is waited for: the process may end as soon as the
        // error is known, and must not take a writer along between a hidden file and its final name.
        let halt = StopSignal()
        var impossible: ResultsError?
        let inputs = StoppableSequence(
            StoppableSequence(Array(listing.captures.enumerated()), stop: stop),
            stop: halt
        )
        let workers = inspector.options.jobs
        let steps = OrderedMap(AsyncCaptures(inputs), workers: workers, inFlight: workers + 2) {
            (index, capture) in
            await step(capture, at: index)
        }
        for await step in steps {
            var failure: CaptureFailure?
            switch step {
            case .inspected(let pixels, let isRedone):
                state.megapixels += Double(pixels) / 1e6
                redone += isRedone ? 1 : 0
            case .reused: reused += 1
            case .failed(let why): failure = why
            case .impossible(let error):
                impossible = impossible ?? error
                halt.raise()
            }
            if impossible != nil { continue }
            state.done += 1
            state.failed += failure == nil ? 0 : 1
            state.elapsed = clock.elapsed
            report(state, failure)
        }
        if let impossible { throw impossible }
        try Task.checkCancellation()

        let isComplete = state.done == listing.captures.count
        let summary = try await results.finish(
            isComplete ? .complete : .stopped,
            timings: clock.timings(megapixels: state.megapixels)
        )
        return BatchResult(
            summary: summary,
            progress: state,
            reused: reused,
            redone: redone,
            removed: await results.removedCount,
            ignored: listing.ignored,
            repeated: listing.repeated,
            isComplete: isComplete
        )
    }

    /// What became of one capture, without what was written already.
    private enum Step: Sendable {
        /// Inspected; again, when an earlier run's record was not right any more.
        case inspected(pixels: Int, isRedone: Bool)
        case reused
        case failed(CaptureFailure)
        /// The results cannot be written, so nothing more can be done.
        case impossible(ResultsError)
    }

    private func step(_ capture: Capture, at order: Int) async -> Step {
        do throws(ResultsError) {
            do {
                let loaded = try inspector.load(capture)
                var isRedone = false
                if options.resumes, let path = try? CapturePath(id: capture.id),
                    let record = try? results.existingRecord(of: path)
                {
                    if record.isRight(for: loaded, by: inspector), results.hasPicture(of: path) {
                        try await results.include(record, at: order)
                        return .reused
                    }
                    isRedone = true
                }
                return try await write(inspector.inspect(loaded), at: order, isRedone: isRedone)
            } catch let error as ResultsError {
                throw error
            } catch {
                return try await write(.failed(CaptureFailure(of: capture, error)), at: order)
            }
        } catch {
            return .impossible(error)
        }
    }

    private func write(
        _ outcome: Outcome,
        at order: Int,
        isRedone: Bool = false
    ) async throws(ResultsError) -> Step {
        switch try await results.write(outcome, at: order) {
        case .success(let record):
            .inspected(pixels: record.capture.width * record.capture.height, isRedone: isRedone)
        case .failure(let failure): .failed(failure)
        }
    }
}

/// What a batch came to.
public struct BatchResult: Sendable {
    /// What `summary.json` says.
    public let summary: RunSummary
    /// The last progress.
    public let progress: BatchProgress
    /// Captures whose record of an earlier run was kept, when resuming.
    public let reused: Int
    /// Captures whose record of an earlier run was not right any more, when resuming.
    public let redone: Int
    /// Records and pictures of earlier runs that were removed, since this run has none of their names.
    public let removed: Int
    /// Files in the input folders that are no images.
    public let ignored: Int
    /// How often a file was named again that was named already.
    public let repeated: Int
    /// Whether every capture was done; false after a stop.
    public let isComplete: Bool
}
