public import ClearcoatImage

/// Smooths with the 5x5 binomial kernel, the Gaussian of about one pixel sigma that every step of the
/// line starts with.
///
/// Weights [1 4 6 4 1]/16 in both directions, summed exactly in integers and rounded once, halves up:
/// `(sum + 128) / 256`. Beyond the border: mirrored without repeating the edge. Equal in every bit to
/// `cv2.GaussianBlur(image, (5, 5), 0)`.
///
/// - Parameters:
///   - image: 8 or 16 bits.
///   - rows: compute these rows only (their neighbours are read from `image`); nil for all. The
///     result has `rows.count` rows and does not depend on how an image is cut into bands.
/// - Complexity: O(*n*) in pixels; one new image.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func gaussian5<Element: GraySample>(
    _ image: Image<Element>,
    rows: Range<Int>? = nil
) -> Image<Element> {
    let rows = image.checked(rows: rows)
    let width = image.width
    var result = [Element](repeating: 0, count: width * rows.count)
    guard !result.isEmpty else { return Image(width: width, height: rows.count, samples: result) }

    var sums = [Element.WeightedSum](repeating: 0, count: width + 4)
    var columns = sums.mutableSpan
    var output = result.mutableSpan
    for y in rows {
        gaussian5Columns(of: image, around: y, into: &columns)
        gaussian5Row(columns, into: &output, at: (y - rows.lowerBound) * width, width: width)
    }
    return Image(width: width, height: rows.count, samples: result)
}

/// The vertical half for row `y`, with two mirrored places at either end.
@inline(__always)
func gaussian5Columns<Element: GraySample>(
    of image: Image<Element>,
    around y: Int,
    into sums: inout MutableSpan<Element.WeightedSum>
) {
    func row(_ y: Int) -> Range<Int> { image.row(mirrored(y, count: image.height)) }
    let samples = image.samples.span
    gaussian5Columns(
        samples.extracting(row(y - 2)),
        samples.extracting(row(y - 1)),
        samples.extracting(row(y)),
        samples.extracting(row(y + 1)),
        samples.extracting(row(y + 2)),
        into: &sums
    )
    mirrorEnds(of: &sums, radius: 2, width: image.width)
}

/// Weights 1 4 6 4 1 down each column, into `sums[2...]`.
@inline(__always)
private func gaussian5Columns<Element: GraySample>(
    _ first: Span<Element>,
    _ second: Span<Element>,
    _ third: Span<Element>,
    _ fourth: Span<Element>,
    _ fifth: Span<Element>,
    into sums: inout MutableSpan<Element.WeightedSum>
) {
    typealias Sum = Element.WeightedSum
    for x in 0..<third.count {
        let outer = Sum(truncatingIfNeeded: first[x]) &+ Sum(truncatingIfNeeded: fifth[x])
        let inner = Sum(truncatingIfNeeded: second[x]) &+ Sum(truncatingIfNeeded: fourth[x])
        let middle = Sum(truncatingIfNeeded: third[x])
        sums[x &+ 2] = outer &+ 4 &* (inner &+ middle) &+ 2 &* middle
    }
}

/// The horizontal half, with the one rounding: from sums padded by two on either side.
@inline(__always)
func gaussian5Row<Element: GraySample>(
    _ sums: borrowing MutableSpan<Element.WeightedSum>,
    into output: inout MutableSpan<Element>,
    at base: Int,
    width: Int
) {
    for x in 0..<width {
        let outer = sums[x] &+ sums[x &+ 4]
        let inner = sums[x &+ 1] &+ sums[x &+ 3]
        let middle = sums[x &+ 2]
        let sum = outer &+ 4 &* (inner &+ middle) &+ 2 &* middle
        output[base &+ x] = Element(truncatingIfNeeded: (sum &+ 128) &>> 8)
    }
}
