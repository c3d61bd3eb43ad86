import ClearcoatCodecs
import ClearcoatImage
import ClearcoatService
import SystemPackage

/// What `clearcoat inspect` needs of memory, seen from outside.
///
/// The command runs as a process of its own, and Linux's count of the most memory it ever held
/// (`VmHWM`, program text and shared libraries included) is read every two milliseconds until it ends.
struct MemoryUse {
    /// The command.
    let program: FilePath
    /// Pictures at a time.
    let jobs: Int

    /// Inspects the files of a folder.
    ///
    /// - Returns: the most memory so far each time it grew, with the number of records written by then.
    func peaks(inspecting folder: FilePath, to output: FilePath, drawingPictures: Bool) throws -> [Growth] {
        var arguments = ["inspect", folder.string, "--output", output.string, "--jobs", String(jobs)]
        if !drawingPictures { arguments.append("--no-pictures") }
        let records = output.appending("records")
        var peaks: [Growth] = []
        let status = try ChildProcess(program, arguments).wait { process in
            guard let bytes = ProcessMemory.peakBytes(of: process), bytes > peaks.last?.bytes ?? 0 else {
                return
            }
            peaks.append(Growth(bytes: bytes, records: WorkFolder.fileCount(in: records)))
        }
        guard status == 0, !peaks.isEmpty else {
            throw BenchmarkError.failed("clearcoat inspect ended with status \(status ?? -1)")
        }
        return peaks
    }

    /// A new highest use of memory.
    struct Growth {
        /// The most bytes held so far.
        var bytes: Int
        /// How many pictures were done by then.
        var records: Int
    }
}
