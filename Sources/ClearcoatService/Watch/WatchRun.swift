public import Clearcoat
public import ClearcoatInspection
public import ClearcoatReports
import FoundationEssentials
import Synchronization
public import SystemPackage

/// Inspects what arrives in a folder, until it is told to stop.
///
/// A file is inspected once, however often it is announced. When its content is replaced later, it is
/// inspected again: its record is replaced, and `records.ndjson`, which is the log of the run, has both.
/// After a restart, files whose record is newer than the last change are not inspected again; those that
/// failed before are tried once more.
public struct WatchRun: Sendable {
    private let inspector: Inspector
    private let results: ResultsDirectory
    private let drop: FilePath
    private let output: FilePath

    /// Watches the folder `drop`, with its subfolders but without `output`, which is made and locked.
    ///
    /// - Throws: `ResultsError` when the results directory cannot be written.
    public init(
        inspector: Inspector,
        drop: FilePath,
        output: FilePath,
        drawsPictures: Bool = true
    ) throws(ResultsError) {
        var options = inspector.options
        options.keepsPictures = drawsPictures
        self.inspector = Inspector(recipe: inspector.recipe, options: options)
        self.drop = drop
        self.output = output
        results = try ResultsDirectory(
            at: output.string,
            for: RunDescription(of: inspector, drawsPictures: drawsPictures)
        )
    }

    /// What is reported of each file.
    public enum Event: Sendable {
        /// Inspected.
        case inspected(InspectionRecord)
        /// Could not be inspected.
        case failed(CaptureFailure)
        /// Recorded by an earlier run.
        case known(id: String)
    }

    /// Runs until `stop` is raised or the folder is gone; then finishes what is in flight and writes the
    /// summary.
    ///
    /// - Parameters:
    ///   - ticks: when to bring `records.ndjson`, `summary.json` and the like up to date while running.
    ///   - report: called for each file in the order of arrival.
    /// - Throws: `ResultsError` when results cannot be written, `Errno` when the folder cannot be watched
    ///   or is gone, `CancellationError`.
    @discardableResult
    public func run(
        stop: StopSignal,
        ticks: some AsyncSequence<Void, Never> & Sendable,
        report: (Event) -> Void = { _ in }
    ) async throws -> RunSummary {
        try await run(events: Inotify(), stop: stop, ticks: ticks, report: report)
    }

    /// The same with another source of events.
    package func run(
        events: any FolderEvents,
        stop: StopSignal,
        ticks: some AsyncSequence<Void, Never> & Sendable,
        report: (Event) -> Void = { _ in }
    ) async throws -> RunSummary {
        let clock = RunClock()
        let news = News()
        let files = DropDirectory(drop, excluding: output, events: events, stop: stop)
        let workers = inspector.options.jobs
        let steps = OrderedMap(files, workers: workers, inFlight: workers + 2) { await step($0) }
        let writer = Task {
            for await _ in ticks where news.take() { try await results.finish() }
        }
        defer { writer.cancel() }

        var megapixels = 0.0
        var lost: Errno?
        var impossible: ResultsError?
        do throws(Errno) {
            run: for try await step in steps {
                switch step {
                case .nothing: continue
                case .impossible(let error):
                    impossible = error
                    break run
                case .inspected(let record):
                    megapixels += Double(record.capture.width * record.capture.height) / 1e6
                    report(.inspected(record))
                case .known(let id): report(.known(id: id))
                case .failed(let failure): report(.failed(failure))
                }
                news.arrive()
            }
        } catch {
            lost = error
        }
        if let impossible { throw impossible }
        try Task.checkCancellation()
        writer.cancel()
        try await writer.value
        let summary = try await results.finish(timings: clock.timings(megapixels: megapixels))
        if let lost { throw lost }
        return summary
    }
}

extension WatchRun {
    /// What became of one file.
    private enum Step: Sendable {
        case inspected(InspectionRecord)
        case known(id: String)
        case failed(CaptureFailure)
        /// Nothing to say: it is gone, inspected already, or will be announced again.
        case nothing
        /// The results cannot be written, so nothing more can be done.
        case impossible(ResultsError)
    }

    private func step(_ file: DropFile) async -> Step {
        do throws(ResultsError) {
            let path = try CapturePath(bytes: file.relative.bytes)
            let capture = Capture(file: file.path, id: path.id)
            let earlier = try? results.existingRecord(of: path)
            if file.isNew, let earlier, earlier.isMade(by: inspector), earlier.isNewer(than: file.state) {
                try await results.include(earlier, at: file.order)
                return .known(id: path.id)
            }
            do {
                let loaded = try inspector.load(capture)
                if let earlier, earlier.isRight(for: loaded, by: inspector) {
                    guard file.isNew else { return .nothing }
                    try await results.include(earlier, at: file.order)
                    return .known(id: path.id)
                }
                let outcome = await inspector.inspect(loaded)
                // Replaced in the meantime: it is announced again, and that outcome is the one that counts.
                if let now = FileState(of: file.path), !now.hasSameContent(as: file.state) { return .nothing }
                return try await write(outcome, at: file.order)
            } catch let error as ResultsError {
                throw error
            } catch {
                let failure = CaptureFailure(of: capture, error)
                return failure.code == .notFound
                    ? .nothing : try await write(.failed(failure), at: file.order)
            }
        } catch {
            return .impossible(error)
        }
    }

    private func write(_ outcome: Outcome, at order: Int) async throws(ResultsError) -> Step {
        switch try await results.write(outcome, at: order) {
        case .success(let record): .inspected(record)
        case .failure(let failure): failure.code == .cancelled ? .nothing : .failed(failure)
        }
    }
}

extension InspectionRecord {
    /// Whether the record was begun after the file changed last; false when it does not say when.
    fileprivate func isNewer(than file: FileState) -> Bool {
        guard let timings, let start = try? Date(timings.startedAt, strategy: .iso8601) else { return false }
        return start.timeIntervalSince1970 > Double(file.changed.seconds + 1)
    }
}

/// Whether there is something that the results' own files do not say yet.
private final class News: Sendable {
    private let isThere = Atomic<Bool>(false)

    func arrive() { isThere.store(true, ordering: .relaxed) }

    func take() -> Bool { isThere.exchange(false, ordering: .relaxed) }
}
