public import ClearcoatImage

/// The pixels brighter than `level`: 255 where the sample is strictly above it, else 0.
///
/// - Parameter rows: compute these rows only; nil for all.
/// - Complexity: O(*n*) in pixels; one new image.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
@specialized(where Element == Int16)
@specialized(where Element == Int32)
@specialized(where Element == Float)
public func threshold<Element: Sample>(
    _ image: Image<Element>,
    above level: Element,
    rows: Range<Int>? = nil
) -> Mask {
    let rows = image.checked(rows: rows)
    var result = [UInt8](repeating: 0, count: image.width * rows.count)
    let samples = image.samples.span.extracting(rows.lowerBound * image.width..<rows.upperBound * image.width)
    var output = result.mutableSpan
    for index in 0..<samples.count { output[index] = samples[index] > level ? 255 : 0 }
    return Image(width: image.width, height: rows.count, samples: result)
}
