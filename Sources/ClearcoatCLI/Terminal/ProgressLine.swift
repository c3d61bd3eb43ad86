import ClearcoatInspection
import ClearcoatService

/// A line on the terminal that says how far a batch has come; silent where standard error is no terminal.
struct ProgressLine {
    private let isVisible: Bool
    private var lastDrawn: Duration?
    private static let barWidth = 24

    /// A line that is not drawn yet.
    init(isVisible: Bool = StandardError.isTerminal) { self.isVisible = isVisible }

    /// Draws the line anew, at most ten times a second.
    mutating func show(_ progress: BatchProgress) {
        guard isVisible else { return }
        if let lastDrawn, progress.elapsed - lastDrawn < .milliseconds(100), progress.done != progress.total {
            return
        }
        lastDrawn = progress.elapsed
        StandardError.write("\r\u{1B}[K" + Self.text(of: progress))
    }

    /// Says above the line what is wrong.
    mutating func complain(_ message: String) {
        clear()
        StandardError.complain(message)
    }

    /// Takes the line away.
    mutating func clear() {
        if isVisible && lastDrawn != nil { StandardError.write("\r\u{1B}[K") }
        lastDrawn = nil
    }

    /// `[#####···] 12/64 files  11 records  1 failure  187.5 MP/s  84 MB  0:03 left`
    static func text(of progress: BatchProgress, memory: Int? = ProcessMemory.peakBytes) -> String {
        var parts: [String] = []
        if let total = progress.total, total > 0 {
            let filled = barWidth * progress.done / total
            let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: barWidth - filled)
            parts.append("[\(bar)] \(progress.done)/\(total) files")
        } else {
            parts.append("\(counted(progress.done, "file"))")
        }
        parts.append(counted(progress.done - progress.failed, "record"))
        if progress.failed > 0 { parts.append(counted(progress.failed, "failure")) }
        parts.append("\(progress.megapixelsPerSecond.oneDecimal) MP/s")
        if let memory { parts.append(memory.megabytes) }
        if let remaining = progress.remaining, progress.done != progress.total {
            parts.append("\(remaining.clock) left")
        }
        return parts.joined(separator: "  ")
    }
}

extension Int {
    /// So many bytes in millions of them, rounded up: `84 MB`.
    var megabytes: String { "\((self + 999_999) / 1_000_000) MB" }
}

extension Double {
    /// With one digit after the point.
    var oneDecimal: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}

extension Duration {
    /// Minutes and seconds, or hours, minutes and seconds: `0:07`, `1:02:33`.
    var clock: String {
        let seconds = Int((self / .seconds(1)).rounded(.up))
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let hours = seconds / 3600
        let minutes = seconds / 60 % 60
        return hours > 0
            ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }
}
