import Clearcoat
import ClearcoatImage
import ClearcoatReports
import ClearcoatService
import SystemPackage

/// Pictures as files in, records out: everything between, as the commands do it.
struct Throughput {
    /// Works by the built-in recipe.
    let jobs: Int

    /// Inspects the same bytes `count` times and makes a line of JSON of each.
    func fromMemory(_ jpeg: [UInt8], count: Int) async throws {
        var options = InspectorOptions(jobs: jobs)
        options.keepsPictures = false
        let inspector = Inspector(options: options)
        let captures = (0..<count).map { Capture(id: "\($0).jpg", source: .bytes(jpeg)) }
        for await outcome in inspector.outcomes(of: captures) {
            switch outcome {
            case .inspected(let record, _): discard(try RecordCoder.line(record))
            case .failed(let failure): throw BenchmarkError.failed("\(failure)")
            }
        }
    }

    /// Inspects the files of a folder into a results directory.
    func fromFiles(in folder: FilePath, to output: FilePath, drawingPictures: Bool) async throws {
        var options = BatchRun.Options()
        options.drawsPictures = drawingPictures
        let batch = try BatchRun(
            inspector: Inspector(options: InspectorOptions(jobs: jobs)),
            output: output.string,
            options: options
        )
        let result = try await batch.run(on: InputListing(of: [folder], excluding: output))
        if result.progress.failed > 0 { throw BenchmarkError.failed("\(result.progress.failed) files") }
    }
}

/// Why there is no measurement.
public enum BenchmarkError: Error, Sendable, Hashable {
    /// Work that was timed did not succeed.
    case failed(String)
    /// There is nothing to time.
    case emptyPicture
}

extension BenchmarkError: CustomStringConvertible {
    /// One sentence for the operator.
    public var description: String {
        switch self {
        case .failed(let what): "the benchmark could not inspect its own pictures: \(what)"
        case .emptyPicture: "the picture has no pixels"
        }
    }
}
