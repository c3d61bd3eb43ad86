extension Array where Element: BitwiseCopyable {
    /// What `map` gives, for long arrays of numbers: `map` asks at each of them whether there is room for one more, which
    /// keeps the compiler from vectorising it.
    @inline(__always)
    func mapped<Result: BitwiseCopyable>(_ transform: (Element) -> Result) -> [Result] {
        // SAFETY: every place is written, below, before it is read, and what it holds needs no end.
        var result = unsafe [Result](unsafeUninitializedCapacity: count) { $1 = count }
        var out = result.mutableSpan
        let values = span
        // SAFETY: both are of one length.
        for place in 0..<values.count {
            unsafe out[unchecked: place] = transform(values[unchecked: place])
        }
        return result
    }

    /// The same of each value and that of `others` in the same place.
    @inline(__always)
    func mapped<Other: BitwiseCopyable, Result: BitwiseCopyable>(
        with others: [Other],
        _ transform: (Element, Other) -> Result
    ) -> [Result] {
        precondition(others.count == count, "\(others.count) values for \(count)")
        // SAFETY: every place is written, below, before it is read, and what it holds needs no end.
        var result = unsafe [Result](unsafeUninitializedCapacity: count) { $1 = count }
        var out = result.mutableSpan
        let values = span
        let others = others.span
        // SAFETY: all are of one length.
        for place in 0..<values.count {
            unsafe out[unchecked: place] = transform(values[unchecked: place], others[unchecked: place])
        }
        return result
    }
}

extension Float {
    /// Whether it is a number, unlike what stands for something that is not known. `isNaN` looks at the bits instead,
    /// which takes several times as long.
    @inline(__always) var isKnown: Bool { self == self }
}
