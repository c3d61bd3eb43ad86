/// Sums along straight lines of every direction, at a few additions a line.
///
/// The plane is cut into strips of ``length`` rows. In each strip, a line starts at column x of the first row
/// and ends at column x + s of the last, for every x and every s below ``length``: a quarter of all
/// directions. The other three quarters are the same on the mirrored and transposed plane (see ``Quarter``).
/// Lines of 2 rows are sums of two samples, lines of 4 rows sums of two of those, and so on.
///
/// - Complexity: 5 additions a sample and quarter, all along rows.
/// - Reference: M. L. Brady, "A fast discrete approximation algorithm for the Radon transform", SIAM Journal
///   on Computing 27 (1998).
package enum LineSums {
    /// Rows in a strip: samples in a line.
    package static let length = 32

    /// The sums of all strips, each a band: row s of band k at column x has the sum of the line from
    /// (x, 32 k) to (x + s, 32 k + 31). Samples outside the plane count as 0.
    ///
    /// Samples are at most 1000 in magnitude, so that no sum overflows.
    package static func of(_ plane: LinePlane, with scheduler: some BandScheduler) async throws -> BandedPlane
    {
        let strips = (plane.height + length - 1) / length
        let bands = try await scheduler.map(strips) { strip(plane, from: $0 * length) }
        return BandedPlane(width: plane.width, height: strips * length, bandHeight: length, bands: bands)
    }

    private static func strip(_ plane: LinePlane, from firstRow: Int) -> [Int16] {
        // Lines run out of the plane by at most 31 columns.
        let stride = plane.width + length
        var sums = [Int16](repeating: 0, count: stride * length)
        for row in 0..<min(length, plane.height - firstRow) {
            let start = (firstRow + row) * plane.width
            copy(plane.samples.span.extracting(start..<start + plane.width), into: &sums, at: row * stride)
        }
        var longer = [Int16](repeating: 0, count: stride * length)
        var half = 1
        while 2 * half < length {
            join(sums, half, stride, into: &longer, stride: stride)
            swap(&sums, &longer)
            half *= 2
        }
        var result = [Int16](repeating: 0, count: plane.width * length)
        join(sums, half, stride, into: &result, stride: plane.width)
        return result
    }

    /// Sums of lines of `2 half` rows from those of `half` rows, as many columns of them as `outStride`.
    private static func join(
        _ sums: [Int16],
        _ half: Int,
        _ stride: Int,
        into longer: inout [Int16],
        stride outStride: Int
    ) {
        for top in Swift.stride(from: 0, to: length, by: 2 * half) {
            for slope in 0..<2 * half {
                let upper = (top + slope / 2) * stride
                let lower = (top + half + slope / 2) * stride
                let shift = (slope + 1) / 2
                add(
                    sums.span.extracting(upper..<upper + outStride),
                    sums.span.extracting(lower + shift..<lower + min(outStride + shift, stride)),
                    into: &longer,
                    at: (top + slope) * outStride
                )
            }
        }
    }

    /// Beyond the end of the lower lines there is nothing to add.
    @inline(__always)
    private static func add(
        _ upper: Span<Int16>,
        _ lower: Span<Int16>,
        into sums: inout [Int16],
        at base: Int
    ) {
        var out = sums.mutableSpan
        for x in 0..<lower.count { out[base &+ x] = upper[x] &+ lower[x] }
        for x in lower.count..<upper.count { out[base &+ x] = upper[x] }
    }

    @inline(__always)
    private static func copy(_ row: Span<Int16>, into sums: inout [Int16], at base: Int) {
        var out = sums.mutableSpan
        for x in 0..<row.count { out[base &+ x] = row[x] }
    }
}

/// A plane to sum along lines.
package struct LinePlane: Sendable, Hashable {
    package let width: Int
    package let height: Int
    /// Row-major.
    package var samples: [Int16]

    package init(width: Int, height: Int, samples: [Int16]) {
        precondition(samples.count == width * height, "\(samples.count) samples for \(width) x \(height)")
        self.width = width
        self.height = height
        self.samples = samples
    }

    /// Left and right exchanged.
    package var mirrored: LinePlane {
        var result = LinePlane(
            width: width,
            height: height,
            samples: Array(repeating: 0, count: samples.count)
        )
        var out = result.samples.mutableSpan
        let samples = samples.span
        for y in 0..<height {
            let first = y * width
            let last = first + width - 1
            // SAFETY: both places lie in row y.
            for x in 0..<width { unsafe out[unchecked: first &+ x] = samples[unchecked: last &- x] }
        }
        return result
    }

    /// Rows and columns exchanged.
    package var transposed: LinePlane {
        var result = LinePlane(
            width: height,
            height: width,
            samples: Array(repeating: 0, count: samples.count)
        )
        var out = result.samples.mutableSpan
        let samples = samples.span
        let tile = 8
        for top in stride(from: 0, to: height, by: tile) {
            for left in stride(from: 0, to: width, by: tile) {
                if top + tile <= height, left + tile <= width {
                    transposeTile(
                        samples,
                        width,
                        at: top * width + left,
                        into: &out,
                        height,
                        at: left * height + top
                    )
                    continue
                }
                for y in top..<min(top + tile, height) {
                    for x in left..<min(left + tile, width) { out[x * height + y] = samples[y * width + x] }
                }
            }
        }
        return result
    }
}

/// Exchanges rows and columns of the 8 x 8 samples from `place`, in three steps that interleave the halves of four
/// pairs of rows.
@inline(__always)
private func transposeTile(
    _ samples: Span<Int16>,
    _ width: Int,
    at place: Int,
    into out: inout MutableSpan<Int16>,
    _ outWidth: Int,
    at outPlace: Int
) {
    typealias Row = SIMD8<Int16>
    precondition(place + 7 * width + 8 <= samples.count && outPlace + 7 * outWidth + 8 <= out.count)
    var rows = InlineArray<8, Row>(repeating: .zero)
    let bytes = unsafe samples.bytes
    // SAFETY: the tile's last row ends inside, and so does the last one written.
    for y in 0..<8 {
        rows[y] = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: (place &+ y &* width) &* 2, as: Row.self)
    }
    for _ in 0..<3 {
        var next = rows
        for pair in 0..<4 {
            next[2 &* pair] = interleaved(rows[pair].lowHalf, rows[pair &+ 4].lowHalf)
            next[2 &* pair &+ 1] = interleaved(rows[pair].highHalf, rows[pair &+ 4].highHalf)
        }
        rows = next
    }
    for x in 0..<8 {
        for y in 0..<8 { unsafe out[unchecked: outPlace &+ x &* outWidth &+ y] = rows[x][y] }
    }
}

@inline(__always)
private func interleaved(_ even: SIMD4<Int16>, _ odd: SIMD4<Int16>) -> SIMD8<Int16> {
    var result = SIMD8<Int16>()
    result.evenHalf = even
    result.oddHalf = odd
    return result
}

/// A quarter of all directions: which way a line goes, and how the plane is turned to sum along it.
package enum Quarter: Sendable, CaseIterable {
    /// Down, and to the right by at most as much.
    case downRight
    /// Down, and to the left by at most as much.
    case downLeft
    /// To the right, and down by at most as much.
    case rightDown
    /// To the right, and up by at most as much.
    case rightUp

    /// The plane turned so that the quarter's lines go down and to the right, from the plane itself and its
    /// transpose, which two quarters share.
    package func turned(_ plane: LinePlane, transposed: LinePlane) -> LinePlane {
        switch self {
        case .downRight: plane
        case .downLeft: plane.mirrored
        case .rightDown: transposed
        case .rightUp: transposed.mirrored
        }
    }

    /// The place in the plane of a place in the turned plane.
    package func place(x: Double, y: Double, width: Int, height: Int) -> (x: Double, y: Double) {
        switch self {
        case .downRight: (x, y)
        case .downLeft: (Double(width - 1) - x, y)
        case .rightDown: (y, x)
        case .rightUp: (y, Double(height - 1) - x)
        }
    }
}
