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
package struct LineSums: Sendable {
    /// Rows in a strip: samples in a line.
    package static let length = 32

    /// The sums of all strips, each a band: row s of band k at column x has the sum of the line from
    /// (x, 32 k) to (x + s, 32 k + 31). Samples outside the plane count as 0.
    package let plane: BandedPlane
    /// How strong they are in each block.
    package let blocks: BlockStatistics

    /// Samples are at most 1000 in magnitude, so that no sum overflows.
    ///
    /// - Parameter isMirrored: whether left and right are exchanged first.
    package init(
        of plane: LinePlane,
        isMirrored: Bool = false,
        with scheduler: some BandScheduler
    ) async throws {
        let count = (plane.height + Self.length - 1) / Self.length
        let strips = try await scheduler.map(count) {
            LineStrip(of: plane, isMirrored: isMirrored, from: $0 * Self.length)
        }
        self.plane = BandedPlane(
            width: plane.width,
            height: count * Self.length,
            bandHeight: Self.length,
            bands: strips.map(\.sums)
        )
        blocks = BlockStatistics(
            strips.flatMap(\.blocks),
            width: plane.width,
            height: count * Self.length
        )
    }
}
