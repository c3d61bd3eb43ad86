import Clearcoat
import ClearcoatCodecs
public import ClearcoatImage
import ClearcoatInspection
import SystemPackage

/// Times everything that an inspection is made of, and the whole of it.
///
/// One warm-up, then rounds; the best says what the work costs, the median what it cost here. Nothing else
/// should run on the machine at the same time.
public struct Benchmark: Sendable {
    /// What is measured, and how long.
    public struct Options: Sendable, Hashable {
        /// Rounds of each measurement, unless they take longer than two seconds.
        public var rounds = 12
        /// Whether whole runs from files to records are timed.
        public var measuresThroughput = true
        /// Whether the command's need of memory is measured.
        public var measuresMemory = true
        /// Pictures in a run from files to records.
        public var images = 8
        /// Small pictures in the run that shows whether memory grows with their number.
        public var smallImages = 500

        /// Everything.
        public init() {}
    }

    private let options: Options
    private let image: Image<UInt8>
    private let report: @Sendable (String) -> Void

    /// A benchmark on `image`.
    ///
    /// - Parameter report: told what is being measured.
    /// - Throws: ``BenchmarkError/emptyPicture``.
    public init(
        on image: Image<UInt8>,
        options: Options = Options(),
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(BenchmarkError) {
        if image.isEmpty { throw .emptyPicture }
        self.options = options
        self.image = image
        self.report = report
    }

    /// The picture that the targets speak of, 4096 x 3000 pixels; takes some seconds to render.
    public static func standardPicture() -> Image<UInt8> { BenchmarkPicture.render() }

    /// A picture with 8 bits, as the benchmark takes it: the upper 8 of 16.
    public static func eightBits(_ picture: GrayImage) -> Image<UInt8> { BenchmarkPicture.eightBits(picture) }

    /// Measures.
    ///
    /// - Parameter program: the path of the command `clearcoat`, whose memory is measured.
    /// - Throws: ``BenchmarkError`` or what the system answers when files cannot be written.
    public func run(program: String) async throws -> BenchmarkReport {
        let cores = Cores.available
        var result = BenchmarkReport(width: image.width, height: image.height, cores: cores)
        report("the reference chain")
        let chain = ComponentChain(on: SerialBands(), bandCount: 1)
        result.components = try await chain.components(of: image)
        result.operations = try await timeChain(cores: cores)
        let operations = try Operations(image: image, sparse: try await chain.mask(of: image)).all()
        for operation in operations {
            report(operation.name)
            result.operations += try await time(operation, cores: cores)
        }
        report("an inspection beside the reference chain")
        result.inspection = try await compareInspection()
        guard options.measuresThroughput || options.measuresMemory else { return result }
        try await WorkFolder.with { folder in
            let jpeg = try ImageEncoder.jpeg(image, quality: 90)
            let large = try folder.pictures("large", count: options.images) { _ in jpeg }
            if options.measuresThroughput {
                result.throughput = try await timeThroughput(jpeg, files: large, in: folder)
            }
            if options.measuresMemory {
                result.memory = try await measureMemory(FilePath(program), large: large, in: folder)
            }
        }
        return result
    }

    private var timer: RoundTimer { RoundTimer(rounds: options.rounds, seconds: 2) }
}

// MARK: - Operations

extension Benchmark {
    private func timeChain(cores: Int) async throws -> [OperationResult] {
        let serial = ComponentChain(on: SerialBands(), bandCount: 1)
        var results = [
            OperationResult(
                name: "chain",
                threads: 1,
                sharing: .none,
                pixelCount: image.samples.count,
                timing: try await timer.time { discard(try await serial.components(of: image)) }
            )
        ]
        if cores > 1 {
            let parallel = ComponentChain(on: allCores(cores), bandCount: cores * Self.bandsPerCore)
            results.append(
                OperationResult(
                    name: "chain",
                    threads: cores,
                    sharing: .bands,
                    pixelCount: image.samples.count,
                    timing: try await timer.time { discard(try await parallel.components(of: image)) }
                )
            )
        }
        return results
    }

    private func compareInspection() async throws -> RatioResult {
        let chain = ComponentChain(on: SerialBands(), bandCount: 1)
        let inspection = Operations.inspection(of: image)
        let ratios = try await timer.ratios(of: inspection.whole) {
            discard(try await chain.components(of: image))
        }
        return RatioResult(ratios: ratios)
    }

    /// One thread first, then all cores.
    private func time(_ operation: Operation, cores: Int) async throws -> [OperationResult] {
        var result = OperationResult(
            name: operation.name,
            threads: 1,
            sharing: .none,
            pixelCount: operation.pixelCount,
            timing: try await timer.time { try await operation.whole() }
        )
        guard cores > 1 else { return [result] }
        let single = result
        result.threads = cores
        if let band = operation.band {
            let bands = rowBands(height: operation.height, count: cores * Self.bandsPerCore)
            let scheduler = allCores(cores)
            result.sharing = .bands
            result.timing = try await timer.time {
                _ = try await scheduler.map(bands.count) { band(bands[$0]) }
            }
        } else {
            result.sharing = .copies
            result.pixelCount *= cores
            result.timing = try await timer.time {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<cores { group.addTask { try await operation.whole() } }
                    try await group.waitForAll()
                }
            }
        }
        return [single, result]
    }

    /// More bands than cores, so that a core which is held up does not hold up the others.
    private static let bandsPerCore = 4

    private func allCores(_ count: Int) -> TaskGroupBands {
        let cores = Cores(count: count)
        cores.occupy()  // by the task that asks
        return TaskGroupBands(cores: cores)
    }
}

// MARK: - Whole runs

extension Benchmark {
    /// One job, and as many as there are cores.
    private var jobCounts: [Int] { Cores.available > 1 ? [1, Cores.available] : [1] }

    private func timeThroughput(
        _ jpeg: [UInt8],
        files: FilePath,
        in folder: WorkFolder
    ) async throws -> [ThroughputResult] {
        let timer = RoundTimer(rounds: 3, seconds: 0)
        let count = options.images
        var results: [ThroughputResult] = []
        for jobs in jobCounts {
            let work = Throughput(jobs: jobs)
            for route in ThroughputResult.Route.allCases {
                report("JPEG to record, \(route.rawValue), \(jobs) at a time")
                var pictureCount = 0
                let timing = try await timer.time {
                    if route == .memory { return try await work.fromMemory(jpeg, count: count) }
                    try await folder.withResults { results in
                        let draws = route == .pictures
                        try await work.fromFiles(in: files, to: results, drawingPictures: draws)
                        pictureCount = WorkFolder.fileCount(in: results.appending("annotated"))
                    }
                }
                // A run that should have drawn and did not says nothing of drawing.
                if route == .pictures && pictureCount == 0 { continue }
                results.append(
                    ThroughputResult(
                        route: route,
                        jobs: jobs,
                        images: count,
                        pixelCount: count * image.samples.count,
                        timing: timing
                    )
                )
            }
        }
        return results
    }

    private func measureMemory(
        _ program: FilePath,
        large: FilePath,
        in folder: WorkFolder
    ) async throws -> [MemoryResult] {
        let small = Rectangle(x: 0, y: 0, width: min(640, image.width), height: min(480, image.height))
        let files = try folder.pictures("small", count: options.smallImages) { index in
            let x = index * 37 % (image.width - small.width + 1)
            let y = index * 53 % (image.height - small.height + 1)
            let part = Rectangle(x: x, y: y, width: small.width, height: small.height)
            return try ImageEncoder.jpeg(image.cropped(to: part), quality: 90)
        }
        var results: [MemoryResult] = []
        for jobs in jobCounts {
            for (pictures, count, pixels, draws) in [
                (large, options.images, image.samples.count, false),
                (large, options.images, image.samples.count, true),
                (files, options.smallImages, small.pixelCount, false),
            ] {
                report("memory of \(count) pictures, \(jobs) at a time")
                let peaks = try await folder.withResults { results in
                    try MemoryUse(program: program, jobs: jobs)
                        .peaks(inspecting: pictures, to: results, drawingPictures: draws)
                }
                results.append(
                    MemoryResult(
                        pixelCount: pixels,
                        images: count,
                        jobs: jobs,
                        drawsPictures: draws,
                        earlyBytes: peaks.last { $0.records <= max(count / 10, jobs) }?.bytes ?? 0,
                        peakBytes: peaks.last?.bytes ?? 0
                    )
                )
            }
        }
        return results
    }
}
