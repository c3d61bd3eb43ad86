import Clearcoat
import SystemPackage

/// What this process needs of memory, program text and shared libraries included.
public enum ProcessMemory {
    /// The most that was held at one time so far (Linux's `VmHWM`), in bytes; nil where the system does not
    /// tell.
    public static var peakBytes: Int? { bytes(of: "VmHWM:") }

    /// What is held now (`VmRSS`), in bytes; nil where the system does not tell.
    public static var bytes: Int? { bytes(of: "VmRSS:") }

    private static func bytes(of name: String) -> Int? {
        guard let status = try? FileContents.read("/proc/self/status", limit: 1 << 16) else { return nil }
        for line in status.split(separator: UInt8(ascii: "\n")) where line.starts(with: name.utf8) {
            // VmHWM:     61234 kB
            let fields = String(decoding: line, as: UTF8.self).split { " \t".contains($0) }
            return fields.count > 1 ? Int(fields[1]).map { $0 * 1024 } : nil
        }
        return nil
    }
}
