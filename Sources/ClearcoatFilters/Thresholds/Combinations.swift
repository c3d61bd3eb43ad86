public import ClearcoatImage

/// How far two images lie apart at each pixel, in grey levels, without sign.
///
/// - Precondition: both have the same size.
/// - Complexity: O(*n*) in pixels; one new image.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func absoluteDifference<Element: GraySample>(
    _ first: Image<Element>,
    _ second: Image<Element>
) -> Image<Element> {
    precondition(first.bounds == second.bounds, "images of \(first.bounds) and \(second.bounds)")
    var result = [Element](repeating: 0, count: first.samples.count)
    let left = first.samples.span
    let right = second.samples.span
    var output = result.mutableSpan
    for index in 0..<left.count {
        output[index] = max(left[index], right[index]) &- min(left[index], right[index])
    }
    return Image(width: first.width, height: first.height, samples: result)
}

/// What is foreground in either mask: 255 there, else 0.
///
/// - Precondition: both have the same size.
/// - Complexity: O(*n*) in pixels; one new mask.
public func maskUnion(_ first: Mask, _ second: Mask) -> Mask {
    precondition(first.bounds == second.bounds, "masks of \(first.bounds) and \(second.bounds)")
    var result = [UInt8](repeating: 0, count: first.samples.count)
    let left = first.samples.span
    let right = second.samples.span
    var output = result.mutableSpan
    for index in 0..<left.count { output[index] = left[index] | right[index] != 0 ? 255 : 0 }
    return Image(width: first.width, height: first.height, samples: result)
}
