public import ClearcoatImage

/// How brightness rises at each pixel, by the Sobel kernels, in eighths of a grey level per pixel.
///
/// ```
///      -1 0 1          -1 -2 -1
///  x:  -2 0 2      y:   0  0  0      beyond the border: mirrored without repeating the edge
///      -1 0 1           1  2  1
/// ```
///
/// Exact: no result can overflow. Equal in every bit to `cv2.Sobel` with a 3x3 kernel.
///
/// - Parameters:
///   - image: 8 bits (results are `Int16`) or 16 bits (`Int32`).
///   - rows: compute these rows only; nil for all. The result does not depend on how an image is cut
///     into bands.
/// - Complexity: O(*n*) in pixels; two new images.
/// - Reference: I. Sobel, G. Feldman, "A 3x3 isotropic gradient operator for image processing", talk
///   at the Stanford Artificial Intelligence Project, 1968.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func sobel<Element: GraySample>(
    _ image: Image<Element>,
    rows: Range<Int>? = nil
) -> Gradient<Element.Derivative> {
    derivatives(of: image, rows: image.checked(rows: rows), side: 1, centre: 2)
}

/// How brightness rises at each pixel, by the Scharr kernels, in 32nds of a grey level per pixel.
///
/// As ``sobel(_:rows:)`` with the weights 3 10 3 across the direction of the derivative, for which
/// the angle of the gradient is truer. Equal in every bit to `cv2.Scharr`.
///
/// - Reference: H. Scharr, "Optimale Operatoren in der Digitalen Bildverarbeitung", dissertation,
///   Heidelberg 2000.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func scharr<Element: GraySample>(
    _ image: Image<Element>,
    rows: Range<Int>? = nil
) -> Gradient<Element.Derivative> {
    derivatives(of: image, rows: image.checked(rows: rows), side: 3, centre: 10)
}

/// Both derivatives by a difference along and the weights `side centre side` across: first down the
/// columns of each row of windows, then along it.
@inline(__always)
private func derivatives<Element: GraySample>(
    of image: Image<Element>,
    rows: Range<Int>,
    side: Element.Derivative,
    centre: Element.Derivative
) -> Gradient<Element.Derivative> {
    typealias Derivative = Element.Derivative
    let width = image.width
    var rises = [Derivative](repeating: 0, count: width * rows.count)
    var falls = [Derivative](repeating: 0, count: width * rows.count)
    var smoothed = [Derivative](repeating: 0, count: width + 2)
    var differences = [Derivative](repeating: 0, count: width + 2)
    let samples = image.samples.span
    var xOutput = rises.mutableSpan
    var yOutput = falls.mutableSpan
    var across = smoothed.mutableSpan
    var down = differences.mutableSpan
    for y in rows where width > 0 {
        let above = samples.extracting(image.row(mirrored(y - 1, count: image.height)))
        let row = samples.extracting(image.row(y))
        let below = samples.extracting(image.row(mirrored(y + 1, count: image.height)))
        for x in 0..<row.count {
            let top = Derivative(truncatingIfNeeded: above[x])
            let bottom = Derivative(truncatingIfNeeded: below[x])
            across[x &+ 1] = side &* (top &+ bottom) &+ centre &* Derivative(truncatingIfNeeded: row[x])
            down[x &+ 1] = bottom &- top
        }
        mirrorEnds(of: &across, radius: 1, width: width)
        mirrorEnds(of: &down, radius: 1, width: width)
        let base = (y - rows.lowerBound) * width
        for x in 0..<width {
            xOutput[base &+ x] = across[x &+ 2] &- across[x]
            yOutput[base &+ x] = side &* (down[x] &+ down[x &+ 2]) &+ centre &* down[x &+ 1]
        }
    }
    return Gradient(
        x: Image(width: width, height: rows.count, samples: rises),
        y: Image(width: width, height: rows.count, samples: falls)
    )
}
