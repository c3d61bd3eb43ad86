public import ClearcoatImage

/// The edges of a picture, one pixel wide: 255 on an edge, else 0.
///
/// 1. The gradient by the 3x3 Sobel kernels, beyond the border the nearest pixel inside; its magnitude
///    is |x| + |y|, and 0 outside the image.
/// 2. Of the pixels whose magnitude is above `low`, those stay that are not exceeded along the gradient,
///    which is rounded to the nearest eighth of a turn.
/// 3. Of these, the ones that hang together, over the eight neighbours, with one whose magnitude is above
///    `high`.
///
/// At 8 bits equal in every bit to `cv2.Canny(image, low, high)` with its defaults (3x3, L1 norm), its
/// rules for ties included; at 16 bits the same definition. Smooth the picture first: see
/// ``gaussian5(_:rows:)``.
///
/// - Parameters:
///   - image: 8 or 16 bits.
///   - low: in eighths of a grey level per pixel, not negative; strictly above counts.
///   - high: likewise; the two change places when `low` is larger.
/// - Complexity: O(*n*) in pixels; stretches of 64 pixels in which no neighbours differ by more than
///   `low`/6 cost next to nothing.
/// - Reference: J. Canny, "A computational approach to edge detection", IEEE Transactions on Pattern
///   Analysis and Machine Intelligence 8(6), 1986.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func canny<Element: GraySample>(_ image: Image<Element>, low: Int, high: Int) -> Mask {
    let edges = findEdges(of: image, low: low, high: high, rows: 0..<image.height)
    return spread(edges.strong, over: edges.all).expanded()
}

/// The pixels that may be edges: what ``canny(_:low:high:)`` knows before it follows connections.
package struct EdgeCandidates: Sendable, Hashable {
    /// Largest along the gradient, and above the lower threshold.
    package var all: BitMask
    /// Those above the higher threshold.
    package var strong: BitMask

    /// No candidates.
    package init(width: Int, height: Int) {
        all = BitMask(width: width, height: height)
        strong = all
    }
}

/// Steps 1 and 2 of ``canny(_:low:high:)`` for some rows; the result has `rows.count` rows and does not
/// depend on how an image is cut into bands.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
package func edgeCandidates<Element: GraySample>(
    of image: Image<Element>,
    low: Int,
    high: Int,
    rows: Range<Int>
) -> EdgeCandidates {
    findEdges(of: image, low: low, high: high, rows: image.checked(rows: rows))
}

@inline(__always)
private func findEdges<Element: GraySample>(
    of image: Image<Element>,
    low: Int,
    high: Int,
    rows: Range<Int>
) -> EdgeCandidates {
    var candidates = EdgeCandidates(width: image.width, height: rows.count)
    guard image.width > 0 && !rows.isEmpty else { return candidates }

    var finder = EdgeFinder<Element>(width: image.width, height: image.height, low: low, high: high)
    var ring = RowRing<Element>(width: image.width, capacity: 5)
    var loaded = max(rows.lowerBound - 2, 0)
    for y in rows {
        while loaded < min(y + 3, image.height) {
            ring.load(image, row: loaded)
            loaded += 1
        }
        finder.find(row: y, in: ring, into: &candidates, at: y - rows.lowerBound)
    }
    return candidates
}
