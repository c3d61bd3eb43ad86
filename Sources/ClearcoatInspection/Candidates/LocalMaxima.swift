/// The highest value within `radius` columns and rows, clipped at the border, of a row-major plane.
///
/// The maximum over 1, 2, 4 … neighbours comes from two of the one before; the window from the two
/// largest that fit it, which overlap.
///
/// - Complexity: O(*n* log `radius`), without a branch.
package func localMaxima(of values: [Float], width: Int, radius: Int) -> [Float] {
    guard width > 0, radius > 0 else { return values }
    let height = values.count / width
    // With -infinity on all sides, every window is whole.
    let outerWidth = width + 2 * radius
    var padded = [Float](repeating: -.infinity, count: outerWidth * (height + 2 * radius))
    for y in 0..<height {
        let start = (y + radius) * outerWidth + radius
        padded.replaceSubrange(start..<start + width, with: values[y * width..<(y + 1) * width])
    }
    takeMaximum(over: 2 * radius + 1, of: &padded, stride: 1)
    takeMaximum(over: 2 * radius + 1, of: &padded, stride: outerWidth)
    var result: [Float] = []
    result.reserveCapacity(values.count)
    for y in 0..<height { result += padded[y * outerWidth..<y * outerWidth + width] }
    return result
}

/// Replaces each value by the highest of the `window` from it on, `stride` apart, as far as there are any.
private func takeMaximum(over window: Int, of values: inout [Float], stride: Int) {
    var reached = 1
    while 2 * reached <= window {
        takeHigher(&values, offset: reached * stride)
        reached *= 2
    }
    if reached < window { takeHigher(&values, offset: (window - reached) * stride) }
}

/// Replaces each value by the higher of it and the one `offset` places further on.
private func takeHigher(_ values: inout [Float], offset: Int) {
    var span = values.mutableSpan
    guard offset < span.count else { return }
    for index in 0..<span.count &- offset {
        // Forwards: what is read lies ahead of what is written.
        let ahead = span[index &+ offset]
        span[index] = ahead > span[index] ? ahead : span[index]
    }
}
