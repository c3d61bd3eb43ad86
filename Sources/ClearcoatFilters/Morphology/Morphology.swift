public import ClearcoatImage

/// The smallest sample under the element at each pixel: dark shapes grow, bright ones shrink, and a mask
/// keeps the pixels whose whole neighbourhood is foreground.
///
/// Outside the image nothing counts (as OpenCV's default border).
///
/// - Parameters:
///   - image: 8 or 16 bits; a ``Mask`` is an 8-bit image.
///   - element: the neighbourhood.
///   - rows: compute these rows only; nil for all. The result does not depend on how an image is cut
///     into bands.
/// - Complexity: O(*n*) in pixels times the logarithm of a square's side, or times a disk's radius.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func erode<Element: GraySample>(
    _ image: Image<Element>,
    with element: StructuringElement,
    rows: Range<Int>? = nil
) -> Image<Element> {
    extreme(of: image, under: element, rows: image.checked(rows: rows), Lowest.self)
}

/// The largest sample under the element at each pixel: bright shapes grow, dark ones shrink, and a mask
/// gains the pixels whose neighbourhood holds foreground.
///
/// As ``erode(_:with:rows:)`` in all other respects.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func dilate<Element: GraySample>(
    _ image: Image<Element>,
    with element: StructuringElement,
    rows: Range<Int>? = nil
) -> Image<Element> {
    extreme(of: image, under: element, rows: image.checked(rows: rows), Highest.self)
}

/// Erosion, then dilation: bright shapes that cannot hold the element vanish, all others keep their
/// place and nearly their shape.
public func open<Element: GraySample>(
    _ image: Image<Element>,
    with element: StructuringElement
) -> Image<Element> {
    dilate(erode(image, with: element), with: element)
}

/// Dilation, then erosion: dark shapes that cannot hold the element are filled.
public func close<Element: GraySample>(
    _ image: Image<Element>,
    with element: StructuringElement
) -> Image<Element> {
    erode(dilate(image, with: element), with: element)
}

/// What opening takes away: bright detail smaller than the element, on a background of 0.
public func topHat<Element: GraySample>(
    _ image: Image<Element>,
    with element: StructuringElement
) -> Image<Element> {
    absoluteDifference(image, open(image, with: element))
}

/// What closing fills: dark detail smaller than the element, as its depth on a background of 0.
public func blackHat<Element: GraySample>(
    _ image: Image<Element>,
    with element: StructuringElement
) -> Image<Element> {
    absoluteDifference(close(image, with: element), image)
}
