import ClearcoatImage

/// The place inside `0 ..< count` that stands for `index`, by reflection that does not repeat the
/// edge: `… 2 1 [0 1 2 … n-2 n-1] n-2 …`, the border rule of this room (OpenCV: BORDER_REFLECT_101).
///
/// Works at any distance, since a kernel may be larger than the image; a single sample stands for
/// everything.
///
/// - Precondition: `count > 0`.
package func mirrored(_ index: Int, count: Int) -> Int {
    if index >= 0 && index < count { return index }
    if count == 1 { return 0 }
    let period = 2 * (count - 1)
    let place = ((index % period) + period) % period
    return place < count ? place : period - place
}

/// Fills the `radius` elements on either side of a row that starts at `padded[radius]`, by reflection.
func mirrorEnds<Element>(of padded: inout MutableSpan<Element>, radius: Int, width: Int) {
    for distance in 1..<radius + 1 {
        padded[radius - distance] = padded[radius + mirrored(-distance, count: width)]
        padded[radius + width - 1 + distance] =
            padded[radius + mirrored(width - 1 + distance, count: width)]
    }
}

extension Image {
    /// The rows a kernel is asked for: all of them unless told otherwise.
    ///
    /// - Precondition: `rows` lies inside the image.
    func checked(rows: Range<Int>?) -> Range<Int> {
        guard let rows else { return 0..<height }
        precondition(rows.lowerBound >= 0 && rows.upperBound <= height, "rows \(rows) of \(height)")
        return rows
    }
}
