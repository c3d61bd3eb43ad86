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
            let place = row * stride
            sums.replaceSubrange(
                place..<place + plane.width,
                with: plane.samples[start..<start + plane.width]
            )
        }
        var longer = sums
        var half = 1
        while half < length {
            for top in Swift.stride(from: 0, to: length, by: 2 * half) {
                for slope in 0..<2 * half {
                    add(
                        sums.span.extracting(row(top + slope / 2, stride)),
                        sums.span.extracting(row(top + half + slope / 2, stride)),
                        shift: (slope + 1) / 2,
                        into: &longer,
                        at: (top + slope) * stride
                    )
                }
            }
            swap(&sums, &longer)
            half *= 2
        }
        var result: [Int16] = []
        result.reserveCapacity(plane.width * length)
        for slope in 0..<length {
            result += sums[slope * stride..<slope * stride + plane.width]
        }
        return result
    }

    private static func row(_ row: Int, _ stride: Int) -> Range<Int> { row * stride..<(row + 1) * stride }

    @inline(__always)
    private static func add(
        _ upper: Span<Int16>,
        _ lower: Span<Int16>,
        shift: Int,
        into sums: inout [Int16],
        at base: Int
    ) {
        var out = sums.mutableSpan
        let lower = lower.extracting(shift..<lower.count)
        for x in 0..<lower.count { out[base &+ x] = upper[x] &+ lower[x] }
        for x in lower.count..<upper.count { out[base &+ x] = upper[x] }
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
        var result = self
        for y in 0..<height {
            var row = result.samples.mutableSpan
            let base = y * width
            for x in 0..<width { row[base &+ x] = samples[base &+ width &- 1 &- x] }
        }
        return result
    }

    /// Rows and columns exchanged.
    package var transposed: LinePlane {
        var result = LinePlane(width: height, height: width, samples: samples)
        let tile = 32
        var out = result.samples.mutableSpan
        for top in stride(from: 0, to: height, by: tile) {
            for left in stride(from: 0, to: width, by: tile) {
                for y in top..<min(top + tile, height) {
                    for x in left..<min(left + tile, width) {
                        out[x &* height &+ y] = samples[y &* width &+ x]
                    }
                }
            }
        }
        return result
    }
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

    /// The plane turned so that the quarter's lines go down and to the right.
    package func turned(_ plane: LinePlane) -> LinePlane {
        switch self {
        case .downRight: plane
        case .downLeft: plane.mirrored
        case .rightDown: plane.transposed
        case .rightUp: plane.transposed.mirrored
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
