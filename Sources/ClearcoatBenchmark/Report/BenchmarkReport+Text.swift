extension BenchmarkReport: CustomStringConvertible {
    /// Tables for a reader.
    public var description: String {
        ([
            "\(width) x \(height) gray, \(cores) cores; best of the rounds (median)",
            "",
            Self.columns("operation", "threads", "ms", "(median)", "MP/s"),
        ]
            + operations.map(\.line) + (inspection.map { ["", $0.line] } ?? [])
            + ["", Self.columns("JPEG to record", "jobs", "ms", "(median)", "MP/s")]
            + throughput.map(\.line)
            + ["", Self.columns("memory of inspect", "jobs", "MB", "(at 1/10)", "target")]
            + memory.map(\.line))
            .joined(separator: "\n") + "\n"
    }

    fileprivate static func columns(_ name: String, _ rest: String...) -> String {
        name.padded(to: 30) + rest.map { $0.padded(to: -11) }.joined()
    }
}

extension OperationResult {
    fileprivate var line: String {
        BenchmarkReport.columns(
            sharing == .copies ? name + " (a picture each)" : name,
            String(threads),
            (timing.best * 1000).oneDecimal,
            "(\((timing.median * 1000).oneDecimal))",
            megapixelsPerSecond.oneDecimal
        )
    }
}

extension RatioResult {
    fileprivate var line: String {
        let middle = "\(quartiles.lowerBound.oneDecimal) to \(quartiles.upperBound.oneDecimal)"
        return
            "inspect takes \(median.oneDecimal) times as long as chain (in turns, one thread; half of the rounds \(middle); "
            + "target \(Self.target.oneDecimal))"
    }
}

extension ThroughputResult {
    fileprivate var line: String {
        BenchmarkReport.columns(
            "\(route.rawValue), \(images) pictures",
            String(jobs),
            (timing.best * 1000).oneDecimal,
            "(\((timing.median * 1000).oneDecimal))",
            megapixelsPerSecond.oneDecimal
        )
    }
}

extension MemoryResult {
    fileprivate var line: String {
        let size = (Double(pixelCount) / 1e6).oneDecimal
        return BenchmarkReport.columns(
            "\(images) x \(size) MP\(drawsPictures ? ", pictures" : "")",
            String(jobs),
            (Double(peakBytes) / 1e6).oneDecimal,
            "(\((Double(earlyBytes) / 1e6).oneDecimal))",
            (Double(targetBytes) / 1e6).oneDecimal
        )
    }
}

extension Double {
    /// With one digit after the point.
    fileprivate var oneDecimal: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    /// Filled up with spaces behind, or before for a negative width.
    fileprivate func padded(to width: Int) -> String {
        let space = String(repeating: " ", count: max(0, abs(width) - count))
        return width < 0 ? space + self : self + space
    }
}
