import Clearcoat
import SystemPackage

/// What a process needs of memory, program text and shared libraries included.
public enum ProcessMemory {
    /// The most that this one held at one time so far (Linux's `VmHWM`), in bytes; nil where the system does
    /// not tell.
    public static var peakBytes: Int? { bytes(of: "VmHWM:", process: "self") }

    /// What this one holds now (`VmRSS`), in bytes; nil where the system does not tell.
    public static var bytes: Int? { bytes(of: "VmRSS:", process: "self") }

    /// ``peakBytes`` of another process; nil once it has ended.
    public static func peakBytes(of process: Int32) -> Int? { bytes(of: "VmHWM:", process: "\(process)") }

    private static func bytes(of name: String, process: String) -> Int? {
        let file = FilePath("/proc/\(process)/status")
        guard let status = try? FileContents.read(file, limit: 1 << 16) else { return nil }
        for line in status.split(separator: UInt8(ascii: "\n")) where line.starts(with: name.utf8) {
            // VmHWM:     61234 kB
            let fields = String(decoding: line, as: UTF8.self).split { " \t".contains($0) }
            return fields.count > 1 ? Int(fields[1]).map { $0 * 1024 } : nil
        }
        return nil
    }
}
