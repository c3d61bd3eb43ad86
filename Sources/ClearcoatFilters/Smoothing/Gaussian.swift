public import ClearcoatImage

/// Smooths with a Gaussian of any width.
///
/// Sampled at whole pixels up to 4 sigma (as SciPy's `gaussian_filter`), in fixed point: weights in
/// 65536ths that add up to 65536, down the columns first and then along the rows. In between a value
/// keeps 8 bits below the grey level at 8 bits depth, and none at 16; both roundings are to the nearest,
/// halves up. The result lies within 1 grey level of the exact one (within 1 of 65535 at 16 bits), and a
/// constant stays what it is. Beyond the border: mirrored without repeating the edge.
///
/// - Parameters:
///   - image: 8 or 16 bits.
///   - sigma: in pixels, 0.25...1000.
///   - rows: compute these rows only; nil for all. The result does not depend on how an image is cut
///     into bands.
/// - Complexity: O(*n* · sigma) in pixels.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func gaussian<Element: GraySample>(
    _ image: Image<Element>,
    sigma: Double,
    rows: Range<Int>? = nil
) -> Image<Element> {
    let rows = image.checked(rows: rows)
    let width = image.width
    var result = [Element](repeating: 0, count: width * rows.count)
    guard !result.isEmpty else { return Image(width: width, height: rows.count, samples: result) }

    let kernel = GaussianKernel(sigma: sigma)
    let radius = kernel.radius
    // What keeps the sum over the columns in 16 bits, and what then remains to be taken off.
    let firstShift = UInt32(Element.bitWidth)
    let secondShift = 32 - firstShift
    var paddedColumns = [UInt16](repeating: 0, count: width + 2 * radius)
    var rowSums = [UInt32](repeating: 0, count: width)
    let samples = image.samples.span
    var columns = paddedColumns.mutableSpan
    var sums = rowSums.mutableSpan
    var output = result.mutableSpan
    for y in rows {
        for x in 0..<width { sums[x] = 1 &<< (firstShift &- 1) }
        for distance in 0...radius {
            let weight = kernel.weights[distance]
            let above = samples.extracting(image.row(mirrored(y - distance, count: image.height)))
            let below = samples.extracting(image.row(mirrored(y + distance, count: image.height)))
            add(above, below, times: weight, centre: distance == 0, to: &sums)
        }
        for x in 0..<width { columns[radius &+ x] = UInt16(truncatingIfNeeded: sums[x] &>> firstShift) }
        mirrorEnds(of: &columns, radius: radius, width: width)

        for x in 0..<width { sums[x] = 1 &<< (secondShift &- 1) }
        for distance in 0...radius {
            let left = columns.span.extracting(radius - distance..<radius - distance + width)
            let right = columns.span.extracting(radius + distance..<radius + distance + width)
            add(left, right, times: kernel.weights[distance], centre: distance == 0, to: &sums)
        }
        let base = (y - rows.lowerBound) * width
        for x in 0..<width { output[base &+ x] = Element(truncatingIfNeeded: sums[x] &>> secondShift) }
    }
    return Image(width: width, height: rows.count, samples: result)
}

/// Smooths real numbers with a Gaussian of any width.
///
/// As ``gaussian(_:sigma:rows:)-swift.function`` for integers, in single precision throughout: the
/// centre first, then pair by pair outwards, so that every machine gives the same bits.
public func gaussian(_ image: Image<Float>, sigma: Double, rows: Range<Int>? = nil) -> Image<Float> {
    let rows = image.checked(rows: rows)
    let width = image.width
    var result = [Float](repeating: 0, count: width * rows.count)
    guard !result.isEmpty else { return Image(width: width, height: rows.count, samples: result) }

    let weights = GaussianKernel(sigma: sigma).floatWeights
    let radius = weights.count - 1
    var padded = [Float](repeating: 0, count: width + 2 * radius)
    let samples = image.samples.span
    var columns = padded.mutableSpan
    var output = result.mutableSpan
    for y in rows {
        let row = samples.extracting(image.row(y))
        for x in 0..<width { columns[radius &+ x] = weights[0] * row[x] }
        for distance in 1...radius {
            let weight = weights[distance]
            let above = samples.extracting(image.row(mirrored(y - distance, count: image.height)))
            let below = samples.extracting(image.row(mirrored(y + distance, count: image.height)))
            for x in 0..<width { columns[radius &+ x] += weight * (above[x] + below[x]) }
        }
        mirrorEnds(of: &columns, radius: radius, width: width)

        let base = (y - rows.lowerBound) * width
        for x in 0..<width { output[base &+ x] = weights[0] * columns[radius &+ x] }
        for distance in 1...radius {
            let weight = weights[distance]
            let left = columns.span.extracting(radius - distance..<radius - distance + width)
            let right = columns.span.extracting(radius + distance..<radius + distance + width)
            for x in 0..<width { output[base &+ x] += weight * (left[x] + right[x]) }
        }
    }
    return Image(width: width, height: rows.count, samples: result)
}

/// Adds `weight` times both rows to the sums, or times the first alone when it is the centre.
@inline(__always)
private func add<Element: GraySample>(
    _ first: Span<Element>,
    _ second: Span<Element>,
    times weight: UInt16,
    centre: Bool,
    to sums: inout MutableSpan<UInt32>
) {
    // Two products of 16 bits each rather than one of a sum of 17: SSE2 has no wider product.
    let factor = UInt32(weight)
    if centre {
        for x in 0..<first.count { sums[x] &+= factor &* UInt32(truncatingIfNeeded: first[x]) }
    } else {
        for x in 0..<first.count {
            sums[x] &+=
                factor &* UInt32(truncatingIfNeeded: first[x])
                &+ factor &* UInt32(truncatingIfNeeded: second[x])
        }
    }
}
