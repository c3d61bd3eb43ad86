/// The middle value, the lower one of the two for an even count; nil when there is none.
package func median<Value: Comparable>(of values: [Value]) -> Value? { quantile(0.5, of: values) }

/// The value below which the share `level` of `values` lies, without interpolation; nil when there is
/// none.
///
/// - Complexity: O(*n*) on average: only as much is put in order as must be.
/// - Reference: C. A. R. Hoare, "Algorithm 65: Find", Communications of the ACM 4 (1961).
@inline(__always)
package func quantile<Value: Comparable>(_ level: Double, of values: [Value]) -> Value? {
    guard !values.isEmpty else { return nil }
    var values = values
    let rank = Int(level * Double(values.count - 1))
    var low = 0
    var high = values.count - 1
    while low < high {
        let pivot = values[low + (high - low) / 2]
        var i = low
        var j = high
        while i <= j {
            while values[i] < pivot { i += 1 }
            while pivot < values[j] { j -= 1 }
            if i <= j {
                values.swapAt(i, j)
                i += 1
                j -= 1
            }
        }
        if rank <= j { high = j } else if rank >= i { low = i } else { break }
    }
    return values[rank]
}

/// The standard deviation of the bulk of `values`, from their median absolute deviation; 0 for none.
///
/// - Reference: P. J. Huber, E. M. Ronchetti, "Robust Statistics", 2nd ed., Wiley 2009, 5.1: for a
///   normal distribution the deviation is 1.4826 times the median absolute deviation.
package func robustSpread(of values: [Float]) -> Float {
    guard let middle = median(of: values) else { return 0 }
    return 1.4826 * (median(of: values.map { abs($0 - middle) }) ?? 0)
}
