public import ClearcoatImage

/// The mean over a window around each pixel, rounded to the nearest grey level.
///
/// Both sides of the window are odd, so a mean never lies half way between two levels and "nearest"
/// needs no rule for ties. Beyond the border: mirrored without repeating the edge, also where the
/// window is larger than the image. For 8 bits equal in every bit to `cv2.blur`; for 16 bits OpenCV
/// divides in single precision and may be one level off.
///
/// - Parameters:
///   - image: 8 or 16 bits.
///   - width: columns of the window, odd.
///   - height: rows of the window, odd.
///   - rows: compute these rows only; nil for all. The result does not depend on how an image is cut
///     into bands.
/// - Precondition: the largest sum of a window fits in 32 bits (a window of 65,536 pixels at 16 bits).
/// - Complexity: O(*n*) in pixels whatever the window, plus O(`height` · width of the image) once.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func box<Element: GraySample>(
    _ image: Image<Element>,
    width: Int,
    height: Int,
    rows: Range<Int>? = nil
) -> Image<Element> {
    precondition(width > 0 && height > 0 && width & height & 1 == 1, "a box of \(width) x \(height)")
    precondition(width * height * Int(Element.max) <= Int(UInt32.max), "a box of \(width) x \(height)")
    let rows = image.checked(rows: rows)
    var result = [Element](repeating: 0, count: image.width * rows.count)
    guard !result.isEmpty else { return Image(width: image.width, height: rows.count, samples: result) }

    var columns = ColumnSums(image, height: height, reach: width / 2, at: rows.lowerBound)
    var windows = [UInt32](repeating: 0, count: image.width)
    var sums = windows.mutableSpan
    var output = result.mutableSpan
    for y in rows {
        if y > rows.lowerBound { columns.slide(to: y, in: image) }
        windowSums(of: columns.padded.span, width: width, into: &sums)
        let base = (y - rows.lowerBound) * image.width
        if width * height <= largestSinglePrecisionArea && Element.max == 255 {
            roundedMeans(of: sums.span, times: 1 / Float(width * height), into: &output, at: base)
        } else {
            roundedMeans(of: sums.span, times: 1 / Double(width * height), into: &output, at: base)
        }
    }
    return Image(width: image.width, height: rows.count, samples: result)
}

/// Up to this window, an 8-bit mean in single precision rounds as the exact one does.
///
/// The exact mean is at least 1/(2 · area) away from a tie, and the computed one at most 255 · 2⁻²³ =
/// 0.00003 away from it (factor and product are each rounded once, by 2⁻²⁴ of their value): less
/// than 1/(2 · area) up to an area of 16,000. A sum up to there is an exact `Float`.
private let largestSinglePrecisionArea = 8192

/// What a window's rows add up to in each column, padded for the windows that hang over the sides.
///
/// `padded[reach + x]` is the sum for column `x`.
struct ColumnSums {
    private(set) var padded: [UInt32]
    private let radius: Int
    private let reach: Int

    /// The sums over the `height` rows around row `y`.
    init<Element: GraySample>(_ image: Image<Element>, height: Int, reach: Int, at y: Int) {
        padded = [UInt32](repeating: 0, count: image.width + 2 * reach)
        let radius = height / 2
        self.radius = radius
        self.reach = reach
        var sums = padded.mutableSpan
        for offset in -radius...radius {
            let row = image.samples.span.extracting(image.row(mirrored(y + offset, count: image.height)))
            for x in 0..<row.count { sums[reach &+ x] &+= UInt32(truncatingIfNeeded: row[x]) }
        }
        mirrorEnds(of: &sums, radius: reach, width: image.width)
    }

    /// Moves from the rows around `y - 1` to those around `y`.
    mutating func slide<Element: GraySample>(to y: Int, in image: Image<Element>) {
        let samples = image.samples.span
        let entering = samples.extracting(image.row(mirrored(y + radius, count: image.height)))
        let leaving = samples.extracting(image.row(mirrored(y - radius - 1, count: image.height)))
        let reach = reach
        var sums = padded.mutableSpan
        for x in 0..<entering.count {
            sums[reach &+ x] &+=
                UInt32(truncatingIfNeeded: entering[x]) &- UInt32(truncatingIfNeeded: leaving[x])
        }
        mirrorEnds(of: &sums, radius: reach, width: image.width)
    }
}

/// The sum over every `width` neighbouring columns, by adding what enters and taking what leaves.
@inline(__always)
private func windowSums(of columns: Span<UInt32>, width: Int, into windows: inout MutableSpan<UInt32>) {
    var sum: UInt32 = 0
    for x in 0..<width { sum &+= columns[x] }
    windows[0] = sum
    for x in 1..<windows.count {
        sum &+= columns[x &+ width &- 1] &- columns[x &- 1]
        windows[x] = sum
    }
}

// Adding 2²³ (2⁵² in double precision) pushes everything below the units out of the significand,
// which rounds to the nearest integer and leaves it in the low bits: unlike a conversion, which must
// check its range, this is a form the compiler vectorises.

@inline(__always)
private func roundedMeans<Element: GraySample>(
    of windows: Span<UInt32>,
    times factor: Float,
    into output: inout MutableSpan<Element>,
    at base: Int
) {
    for x in 0..<windows.count {
        let mean = Float(Int32(truncatingIfNeeded: windows[x])) * factor
        output[base &+ x] = Element(truncatingIfNeeded: (mean + 0x1p23).bitPattern)
    }
}

@inline(__always)
private func roundedMeans<Element: GraySample>(
    of windows: Span<UInt32>,
    times factor: Double,
    into output: inout MutableSpan<Element>,
    at base: Int
) {
    for x in 0..<windows.count {
        let mean = Double(windows[x]) * factor
        output[base &+ x] = Element(truncatingIfNeeded: (mean + 0x1p52).bitPattern)
    }
}
