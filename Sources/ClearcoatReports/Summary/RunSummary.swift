public import ClearcoatInspection

/// What came out of a run, in numbers: `summary.json`.
public struct RunSummary: Sendable, Hashable, Codable {
    /// The version of this file's format. Within it, keys are only ever added.
    public var schemaVersion = 1
    /// The program.
    public var generator: InspectionRecord.Generator
    /// The recipe.
    public var recipe: InspectionRecord.RecipeIdentity
    /// How far the run has come. Written before anything else and last of all, so that results which are
    /// not the whole of one run never say `complete`.
    public var state = RunState.running
    /// Whether annotated pictures were drawn.
    public var pictures: Bool
    /// How many inputs there were.
    public var files = Files()
    /// Captures by verdict; every verdict is there.
    public var verdicts = Dictionary(uniqueKeysWithValues: Verdict.allCases.map { ($0.rawValue, 0) })
    /// What was found.
    public var findings = Findings()
    /// Candidates that were looked at and not kept, by reason.
    public var candidatesDropped: [String: Int] = [:]
    /// Sizes of the findings.
    public var sizes = Sizes()
    /// Inputs that could not be inspected, by code.
    public var failures: [String: Int] = [:]
    /// Pixels of all captures, in millions.
    public var megapixels = 0.0
    /// When and how long. Absent in reproducible results.
    public var timings: RunTimings?

    /// Inputs: what goes in comes out as a record or a failure.
    public struct Files: Sendable, Hashable, Codable {
        /// All inputs: `inspected + failed`.
        public var total = 0
        /// Those with a record.
        public var inspected = 0
        /// Those in `failures.ndjson`.
        public var failed = 0
        /// Those with a record by another recipe or version than the run's: a watch keeps them when the
        /// picture itself is gone.
        public var earlierRecipes = 0
    }

    /// Numbers of findings.
    public struct Findings: Sendable, Hashable, Codable {
        /// All findings.
        public var total = 0
        /// By class.
        public var byClass: [String: Int] = [:]
        /// By zone; outside of all zones is `(none)`.
        public var byZone: [String: Int] = [:]
        /// By severity.
        public var bySeverity: [String: Int] = [:]
        /// By class, then by zone.
        public var byClassAndZone: [String: [String: Int]] = [:]
    }

    /// Sizes of findings (see ``Feature/size``).
    public struct Sizes: Sendable, Hashable, Codable {
        /// In pixels, of all findings.
        @Nullable public var px: SizeStatistics?
        /// In millimetres, of those in calibrated captures.
        @Nullable public var mm: SizeStatistics?
    }

    /// What a finding outside of all zones is counted under.
    public static let noZone = "(none)"
}

/// How far the run has come that wrote some results.
public enum RunState: String, Sendable, Hashable, Codable {
    /// It goes on, or it failed or was killed.
    case running
    /// It was asked to stop before everything was done; `inspect --resume` does the rest.
    case stopped
    /// Everything is done.
    case complete
}

/// The sizes of many findings in a few numbers.
public struct SizeStatistics: Sendable, Hashable, Codable {
    /// How many.
    public var count: Int
    /// The smallest.
    public var minimum: Double
    /// Half are not larger; right to within 0.8 %.
    public var median: Double
    /// 95 % are not larger; right to within 0.8 %.
    public var percentile95: Double
    /// The largest.
    public var maximum: Double
    /// Counts by magnitude, two classes an octave.
    public var histogram: [SizeHistogram.Bar]

    /// The numbers of a histogram; nil without any size.
    public init?(_ histogram: SizeHistogram) {
        guard let minimum = histogram.minimum, let maximum = histogram.maximum,
            let median = histogram.quantile(0.5), let high = histogram.quantile(0.95)
        else { return nil }
        count = histogram.count
        self.minimum = minimum
        self.median = median
        percentile95 = high
        self.maximum = maximum
        self.histogram = histogram.bars
    }
}

extension RunSummary {
    /// The values of `summary.json`.
    package var members: [String: JSONValue] {
        get throws {
            guard case .object(let members) = try JSONTreeEncoder.tree(of: self) else { return [:] }
            return members
        }
    }

    /// The bytes of `summary.json`.
    var file: [UInt8] {
        get throws(ResultsError) {
            do {
                return try JSONWriter.pretty(JSONTreeEncoder.tree(of: self))
            } catch {
                throw .record(path: ResultsLayout.summary, .malformed("\(error)"))
            }
        }
    }
}

/// Counts records and failures as they arrive. The result does not depend on their order.
public struct RunTally: Sendable {
    private var summary: RunSummary
    private var sizesPx = SizeHistogram()
    private var sizesMm = SizeHistogram()
    private var pixels = 0

    /// Nothing counted yet.
    public init(of run: RunDescription) {
        summary = RunSummary(generator: run.generator, recipe: run.recipe, pictures: run.drawsPictures)
    }

    /// Counts a record.
    public mutating func add(_ record: InspectionRecord) {
        summary.files.total += 1
        summary.files.inspected += 1
        if record.recipe != summary.recipe || record.generator != summary.generator {
            summary.files.earlierRecipes += 1
        }
        summary.verdicts[record.verdict.rawValue, default: 0] += 1
        pixels += record.capture.width * record.capture.height
        for finding in record.findings { add(finding) }
        for candidate in record.candidatesDropped {
            summary.candidatesDropped[candidate.reason.rawValue, default: 0] += 1
        }
    }

    /// Counts an input that could not be inspected.
    public mutating func add(_ failure: InspectionFailure) {
        summary.files.total += 1
        summary.files.failed += 1
        summary.failures[failure.code, default: 0] += 1
    }

    /// The numbers so far.
    public func summary(_ state: RunState = .running, timings: RunTimings? = nil) -> RunSummary {
        var result = summary
        result.state = state
        result.megapixels = Double(pixels) / 1e6
        result.sizes = RunSummary.Sizes(px: SizeStatistics(sizesPx), mm: SizeStatistics(sizesMm))
        result.timings = timings
        return result
    }

    private mutating func add(_ finding: Finding) {
        let name = finding.class.rawValue
        let zone = finding.zone ?? RunSummary.noZone
        summary.findings.total += 1
        summary.findings.byClass[name, default: 0] += 1
        summary.findings.byZone[zone, default: 0] += 1
        summary.findings.bySeverity[finding.severity.rawValue, default: 0] += 1
        summary.findings.byClassAndZone[name, default: [:]][zone, default: 0] += 1
        sizesPx.add(finding.sizePx)
        if let size = finding.sizeMm { sizesMm.add(size) }
    }
}
