/// The highest value within `radius` columns and rows, clipped at the border, of a row-major plane.
///
/// The maximum over 1, 2, 4 … neighbours comes from two of the one before; the window from the two
/// largest that fit it, which overlap.
///
/// - Complexity: O(*n* log `radius`), without a branch.
package func localMaxima(of values: [Float], width: Int, radius: Int) -> [Float] {
    guard width > 0, radius > 0 else { return values }
    let height = values.count / width
    let window = 2 * radius + 1
    // With -infinity between rows, before the first and behind the last, every window is whole.
    let outerWidth = width + radius
    var across = [Float](repeating: -.infinity, count: outerWidth * height + radius)
    for y in 0..<height {
        copy(values.span.extracting(y * width..<(y + 1) * width), into: &across, at: y * outerWidth + radius)
    }
    takeMaximum(over: window, of: &across, stride: 1)
    var down = [Float](repeating: -.infinity, count: width * (height + 2 * radius))
    for y in 0..<height {
        let start = y * outerWidth
        copy(across.span.extracting(start..<start + width), into: &down, at: (y + radius) * width)
    }
    takeMaximum(over: window, of: &down, stride: width)
    down.removeLast(down.count - width * height)
    return down
}

/// Replaces each value by the highest of the `window` from it on, `stride` apart, as far as there are any.
private func takeMaximum(over window: Int, of values: inout [Float], stride: Int) {
    // SAFETY: any bits are a number, and every place is written before it is read.
    var higher = unsafe [Float](unsafeUninitializedCapacity: values.count) { $1 = values.count }
    func take(_ offset: Int) {
        takeHigher(values.span, offset: offset * stride, into: &higher)
        swap(&values, &higher)
    }
    var reached = 1
    while 2 * reached <= window {
        take(reached)
        reached *= 2
    }
    if reached < window { take(window - reached) }
}

/// Writes the higher of each value and the one `offset` places further on, where there is one.
private func takeHigher(_ values: Span<Float>, offset: Int, into higher: inout [Float]) {
    precondition(higher.count == values.count && offset >= 0)
    let inner = max(values.count - offset, 0)
    var higher = higher.mutableSpan
    // SAFETY: both are of one length, and a place of the inner part has one `offset` further on.
    for place in 0..<inner {
        let here = unsafe values[unchecked: place]
        let ahead = unsafe values[unchecked: place &+ offset]
        unsafe higher[unchecked: place] = ahead > here ? ahead : here
    }
    for place in inner..<values.count { unsafe higher[unchecked: place] = values[unchecked: place] }
}
