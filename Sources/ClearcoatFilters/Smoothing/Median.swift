public import ClearcoatImage

/// How large the window of a median is.
public enum MedianSize: Sendable, Hashable, CaseIterable {
    /// 3 columns by 3 rows: removes single dead or hot pixels.
    case three
    /// 5 columns by 5 rows.
    case five
}

/// The middle one of the samples around each pixel, in order of brightness.
///
/// Beyond the border: mirrored without repeating the edge, as everywhere in this room. OpenCV repeats
/// the edge here, so `cv2.medianBlur` is equal in every bit inside, and may differ in the outermost
/// pixel (3) or two (5).
///
/// - Parameters:
///   - image: 8 or 16 bits.
///   - size: of the window.
///   - rows: compute these rows only; nil for all. The result does not depend on how an image is cut
///     into bands.
/// - Complexity: O(*n*) in pixels; no branches, so the same for every picture.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func median<Element: GraySample>(
    _ image: Image<Element>,
    size: MedianSize,
    rows: Range<Int>? = nil
) -> Image<Element> {
    let rows = image.checked(rows: rows)
    var result = [Element](repeating: 0, count: image.width * rows.count)
    if !result.isEmpty {
        var output = result.mutableSpan
        switch size {
        case .three: median3(image, rows: rows, into: &output)
        case .five: median5(image, rows: rows, into: &output)
        }
    }
    return Image(width: image.width, height: rows.count, samples: result)
}

/// Columns are put in order once for the three windows that share them; the median of nine is then the
/// middle of the largest low, the middle middle and the smallest high.
@inline(__always)
private func median3<Element: GraySample>(
    _ image: Image<Element>,
    rows: Range<Int>,
    into output: inout MutableSpan<Element>
) {
    let width = image.width
    let empty = [Element](repeating: 0, count: width + 2)
    var (lows, middles, highs) = (empty, empty, empty)
    let samples = image.samples.span
    var low = lows.mutableSpan
    var middle = middles.mutableSpan
    var high = highs.mutableSpan
    for y in rows {
        let above = samples.extracting(image.row(mirrored(y - 1, count: image.height)))
        let row = samples.extracting(image.row(y))
        let below = samples.extracting(image.row(mirrored(y + 1, count: image.height)))
        for x in 0..<row.count {
            let smaller = min(above[x], row[x])
            let larger = max(above[x], row[x])
            low[x &+ 1] = min(smaller, below[x])
            middle[x &+ 1] = max(smaller, min(larger, below[x]))
            high[x &+ 1] = max(larger, below[x])
        }
        mirrorEnds(of: &low, radius: 1, width: width)
        mirrorEnds(of: &middle, radius: 1, width: width)
        mirrorEnds(of: &high, radius: 1, width: width)
        let base = (y - rows.lowerBound) * width
        for x in 0..<width {
            output[base &+ x] = middleOf(
                max(low[x], max(low[x &+ 1], low[x &+ 2])),
                middleOf(middle[x], middle[x &+ 1], middle[x &+ 2]),
                min(high[x], min(high[x &+ 1], high[x &+ 2]))
            )
        }
    }
}

/// The one of three that is neither smallest nor largest.
@inline(__always)
func middleOf<Element: Comparable>(_ a: Element, _ b: Element, _ c: Element) -> Element {
    max(min(a, b), min(max(a, b), c))
}
