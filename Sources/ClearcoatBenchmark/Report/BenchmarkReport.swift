/// What a benchmark measured.
public struct BenchmarkReport: Sendable, Hashable {
    /// Columns of the picture.
    public var width: Int
    /// Rows of the picture.
    public var height: Int
    /// How many cores this process may use.
    public var cores: Int
    /// Times of the operations and of the reference chain.
    public var operations: [OperationResult] = []
    /// An inspection beside the reference chain; nil when it was not measured.
    public var inspection: RatioResult?
    /// What the reference chain found.
    package var components: [Component] = []
    /// From files to records.
    public var throughput: [ThroughputResult] = []
    /// What that needs of memory.
    public var memory: [MemoryResult] = []

    /// Nothing measured yet.
    public init(width: Int, height: Int, cores: Int) {
        self.width = width
        self.height = height
        self.cores = cores
    }
}

/// The speed of one operation on one thread, or on all cores.
public struct OperationResult: Sendable, Hashable {
    /// How an operation uses several cores.
    public enum Sharing: String, Sendable, Hashable {
        /// It runs on one thread.
        case none
        /// Each core works on its rows of the picture.
        case bands
        /// Each core works on a picture of its own, since the work cannot be cut.
        case copies
    }

    /// Which operation.
    public var name: String
    /// Threads at work.
    public var threads: Int
    /// How they share the work.
    public var sharing: Sharing
    /// All pixels worked on in a round.
    public var pixelCount: Int
    /// How long a round took.
    public var timing: Timing

    /// Millions of pixels in a second, in the best round.
    public var megapixelsPerSecond: Double { Double(pixelCount) / 1e6 / timing.best }

    /// A result from its parts.
    public init(name: String, threads: Int, sharing: Sharing, pixelCount: Int, timing: Timing) {
        self.name = name
        self.threads = threads
        self.sharing = sharing
        self.pixelCount = pixelCount
        self.timing = timing
    }
}

/// How many times as long as the reference chain an inspection takes, both on one thread and in turns: what a machine
/// that runs at two speeds can say of the work.
public struct RatioResult: Sendable, Hashable {
    /// The rounds, the smallest ratio first. At least one.
    private let ratios: [Double]

    /// The rounds in any order.
    ///
    /// - Precondition: there is at least one.
    public init(ratios: [Double]) {
        precondition(!ratios.isEmpty, "no round was timed")
        self.ratios = ratios.sorted()
    }

    /// How many rounds there were.
    public var rounds: Int { ratios.count }

    /// The middle round, the lower one of two.
    public var median: Double { ratios[(rounds - 1) / 2] }

    /// The middle half of the rounds, or a little more.
    public var quartiles: ClosedRange<Double> {
        ratios[rounds / 4]...ratios[rounds - 1 - rounds / 4]
    }

    /// What the median is meant not to exceed.
    public static let target = 6.0
}

/// The speed from JPEGs to records.
public struct ThroughputResult: Sendable, Hashable {
    /// Where the bytes come from and what is written.
    public enum Route: String, Sendable, Hashable, CaseIterable {
        /// Bytes in memory to a line of JSON in memory.
        case memory
        /// Files to a results directory without pictures.
        case files
        /// Files to a results directory with an annotated picture each.
        case pictures
    }

    /// Where the bytes come from and what is written.
    public var route: Route
    /// Pictures at a time.
    public var jobs: Int
    /// How many pictures in a round.
    public var images: Int
    /// All pixels in a round.
    public var pixelCount: Int
    /// How long a round took.
    public var timing: Timing

    /// Millions of pixels in a second, in the best round.
    public var megapixelsPerSecond: Double { Double(pixelCount) / 1e6 / timing.best }

    /// The speed that two cores are meant to reach, in megapixels a second.
    public var target: Double { route == .pictures ? 40 : 100 }

    /// A result from its parts.
    public init(route: Route, jobs: Int, images: Int, pixelCount: Int, timing: Timing) {
        self.route = route
        self.jobs = jobs
        self.images = images
        self.pixelCount = pixelCount
        self.timing = timing
    }
}

/// The most memory that `clearcoat inspect` held at one time.
public struct MemoryResult: Sendable, Hashable {
    /// Pixels of one picture.
    public var pixelCount: Int
    /// How many pictures were inspected.
    public var images: Int
    /// Pictures at a time.
    public var jobs: Int
    /// Whether annotated pictures were written.
    public var drawsPictures: Bool
    /// The most bytes held when a tenth of the pictures were done.
    public var earlyBytes: Int
    /// The most bytes held at all.
    public var peakBytes: Int

    /// What it is meant not to exceed: 60 MB, and 8 bytes for a pixel and job.
    public var targetBytes: Int { 60_000_000 + 8 * pixelCount * jobs }

    /// A result from its parts.
    public init(
        pixelCount: Int,
        images: Int,
        jobs: Int,
        drawsPictures: Bool,
        earlyBytes: Int,
        peakBytes: Int
    ) {
        self.pixelCount = pixelCount
        self.images = images
        self.jobs = jobs
        self.drawsPictures = drawsPictures
        self.earlyBytes = earlyBytes
        self.peakBytes = peakBytes
    }
}
