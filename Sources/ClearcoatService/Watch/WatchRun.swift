public import Clearcoat
public import ClearcoatInspection
public import ClearcoatReports
import FoundationEssentials
import Synchronization
public import SystemPackage

/// Inspects what arrives in a folder, until it is told to stop.
///
/// A file is inspected once, however often it is announced. When its content is replaced later, it is
/// inspected again, and the new outcome, record or failure, takes the place of the old one: there is always
/// one for each name, in the records as in the run's own files. Outcomes of files that are moved away stay.
///
/// A restart goes on with the results that are there. Files whose record is newer than the last change, by the
/// same recipe and version, are not inspected again; those that failed before are tried once more.
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
            for: RunDescription(of: inspector, drawsPictures: drawsPictures),
            continuing: true
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
    ///   - ticks: when to bring `records.ndjson`, `summary.json` and the like up to date while running, if
    ///     anything happened. Ticks that come too thick for the time that takes are passed over.
    ///   - interval: how often to look for files that nobody announces: links, and what other machines write
    ///     to a network share. Such a file is taken when it is found unchanged twice.
    ///   - report: called for each file in the order of arrival.
    /// - Throws: `ResultsError` when results cannot be written, `Errno` when the folder cannot be watched
    ///   or is gone, `CancellationError`.
    @discardableResult
    public func run(
        stop: StopSignal,
        ticks: some AsyncSequence<Void, Never> & Sendable,
        listingEvery interval: Duration = .seconds(30),
        report: (Event) -> Void = { _ in }
    ) async throws -> RunSummary {
        try await run(events: Inotify(listingEvery: interval), stop: stop, ticks: ticks, report: report)
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
        let places = WatchPlaces(try await results.takeUpEarlierResults())
        let files = DropDirectory(drop, excluding: output, events: events, stop: stop)
        let workers = inspector.options.jobs
        let steps = OrderedMap(files, workers: workers, inFlight: workers + 2) {
            await step($0, places)
        }
        let writer = Task {
            var pace = Pace()
            for await _ in ticks where pace.allows && news.take() {
                try await pace.timing { try await results.finish(.running) }
            }
        }
        defer { writer.cancel() }

        var megapixels = 0.0
        var lost: Errno?
        var impossible: ResultsError?
        do throws(Errno) {
            for try await step in steps {
                // What is in flight is waited for: the process may end as soon as the error is known, and must not
                // take a writer along between a hidden file and its final name.
                if impossible != nil { continue }
                switch step {
                case .nothing: continue
                case .impossible(let error):
                    impossible = error
                    stop.raise()
                    continue
                case .inspected(let record):
                    megapixels += Double(record.capture.width * record.capture.height) / 1e6
                    report(.inspected(record))
                case .known(let id):
                    report(.known(id: id))
                    continue
                case .failed(let failure): report(.failed(failure))
                }
                news.arrive()
            }
        } catch {
            lost = error
        }
        if let impossible {
            writer.cancel()
            _ = try? await writer.value
            throw impossible
        }
        try Task.checkCancellation()
        writer.cancel()
        try await writer.value
        let summary = try await results.finish(.complete, timings: clock.timings(megapixels: megapixels))
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

    private func step(_ file: DropFile, _ places: WatchPlaces) async -> Step {
        do throws(ResultsError) {
            let path = try CapturePath(bytes: file.relative.bytes)
            let capture = Capture(file: file.path, id: path.id)
            let place = places.place(of: path.id, arrival: file.order)
            let earlier = (try? results.existingRecord(of: path)).flatMap { record in
                record.isMade(by: inspector) && results.hasPicture(of: path) ? record : nil
            }
            if file.isNew, let earlier, earlier.isNewer(than: file.state) { return .known(id: path.id) }
            do {
                let loaded = try inspector.load(capture)
                if let earlier, earlier.isRight(for: loaded, by: inspector) {
                    return file.isNew ? .known(id: path.id) : .nothing
                }
                let outcome = await inspector.inspect(loaded)
                // Replaced in the meantime: it is announced again, and that outcome is the one that counts.
                if let now = FileState(of: file.path), !now.hasSameContent(as: file.state) { return .nothing }
                return try await write(outcome, at: place, path)
            } catch let error as ResultsError {
                throw error
            } catch {
                let failure = CaptureFailure(of: capture, error)
                switch failure.code {
                // Gone, or being written to: then it is announced again. A link to nothing is still there.
                case .notFound where FileState(of: file.path) == nil, .changed: return .nothing
                default: return try await write(.failed(failure), at: place, path)
                }
            }
        } catch {
            return .impossible(error)
        }
    }

    private func write(_ outcome: Outcome, at place: Int, _ path: CapturePath) async throws(ResultsError)
        -> Step
    {
        switch try await results.write(outcome, at: place, replacingRecordAt: path) {
        case .success(let record): .inspected(record)
        case .failure(let failure): failure.code == .cancelled ? .nothing : .failed(failure)
        }
    }
}

/// Keeps the time that goes into writing all results anew to a twentieth, however many there are.
private struct Pace {
    private var next = ContinuousClock.now

    var allows: Bool { .now >= next }

    mutating func timing(_ work: () async throws -> Void) async throws {
        let start = ContinuousClock.now
        try await work()
        let end = ContinuousClock.now
        next = end + (end - start) * 20
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
