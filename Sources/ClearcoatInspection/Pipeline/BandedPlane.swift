package import ClearcoatImage

/// A plane of intermediate numbers, kept as the bands it was computed in, so that bands computed at
/// the same time need not be copied together.
package struct BandedPlane: Sendable, Hashable {
    package let width: Int
    package let height: Int
    /// Rows in every band but perhaps the last.
    let bandHeight: Int
    /// The bands from top to bottom, each row-major.
    package let bands: [[Int16]]

    package init(width: Int, height: Int, bandHeight: Int, bands: [[Int16]]) {
        precondition(
            bands.reduce(0) { $0 + $1.count } == width * height,
            "bands do not fill \(width) x \(height)"
        )
        self.width = width
        self.height = height
        self.bandHeight = bandHeight
        self.bands = bands
    }

    /// All its places.
    package var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

    /// How a plane of `height` rows is cut into bands of `bandHeight`.
    static func bandCount(height: Int, bandHeight: Int) -> Int { (height + bandHeight - 1) / bandHeight }

    /// The rows of band `index`.
    static func rows(ofBand index: Int, height: Int, bandHeight: Int) -> Range<Int> {
        index * bandHeight..<min((index + 1) * bandHeight, height)
    }

    /// Calls `body` with row `y`.
    func withRow<Result>(_ y: Int, _ body: (Span<Int16>) -> Result) -> Result {
        let (index, row) = place(ofRow: y)
        let band = bands[index]
        let start = row * width
        return body(band.span.extracting(start..<start + width))
    }

    /// The value at column `x`, row `y`. For single looks, not for loops over rows.
    package subscript(x: Int, y: Int) -> Int16 {
        @inline(__always) get {
            let (index, row) = place(ofRow: y)
            return bands[index][row * width + x]
        }
    }

    /// The band that row `y` is in, and which of its rows it is. Numbers of 32 bits are divided several times as fast.
    @inline(__always)
    private func place(ofRow y: Int) -> (band: Int, row: Int) {
        let (band, row) = UInt32(y).quotientAndRemainder(dividingBy: UInt32(truncatingIfNeeded: bandHeight))
        return (Int(band), Int(row))
    }

    /// The mean over a box inside the plane, which has at least one place.
    func mean(in box: Rectangle) -> Float {
        var sum: Int32 = 0
        var y = box.y
        // Band by band: most boxes are small and lie in one.
        while y < box.y + box.height {
            let (index, row) = place(ofRow: y)
            let rows = row..<min(row + box.y + box.height - y, bandHeight)
            let values = bands[index]
            let band = values.span
            precondition(box.x >= 0 && box.x + box.width <= width && rows.upperBound * width <= band.count)
            for row in rows {
                let start = row &* width &+ box.x
                // SAFETY: the box's columns lie inside the row, and the row in the band.
                for x in start..<start &+ box.width { sum &+= Int32(unsafe band[unchecked: x]) }
            }
            y += rows.count
        }
        return Float(sum) / Float(box.pixelCount)
    }

    /// Computes a plane band by band: `fill` writes row `y` of the plane into the columns from `base`.
    static func compute(
        width: Int,
        height: Int,
        bandHeight: Int,
        with scheduler: some BandScheduler,
        _ fillBand: @escaping @Sendable (_ rows: Range<Int>, _ band: inout [Int16]) -> Void
    ) async throws -> BandedPlane {
        let count = bandCount(height: height, bandHeight: bandHeight)
        let bands = try await scheduler.map(count) { index in
            let rows = rows(ofBand: index, height: height, bandHeight: bandHeight)
            // SAFETY: any bits are an Int16, and `fillBand` writes every place.
            var band = unsafe [Int16](unsafeUninitializedCapacity: rows.count * width) {
                $1 = rows.count * width
            }
            fillBand(rows, &band)
            return band
        }
        return BandedPlane(width: width, height: height, bandHeight: bandHeight, bands: bands)
    }
}
