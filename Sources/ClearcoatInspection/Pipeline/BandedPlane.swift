package import ClearcoatImage

/// A plane of intermediate numbers, kept as the bands it was computed in, so that bands computed at
/// the same time need not be copied together.
package struct BandedPlane: Sendable {
    package let width: Int
    package let height: Int
    /// Rows in every band but perhaps the last.
    let bandHeight: Int
    /// Places from the beginning of a row to that of the next one in its band.
    let stride: Int
    /// The bands from top to bottom, each row by row.
    private let bands: [[Int16]]

    /// Rows without gaps.
    package init(width: Int, height: Int, bandHeight: Int, bands: [[Int16]]) {
        self.init(width: width, height: height, bandHeight: bandHeight, stride: width, bands: bands)
    }

    init(width: Int, height: Int, bandHeight: Int, stride: Int, bands: [[Int16]]) {
        precondition(
            stride >= width && bands.reduce(0) { $0 + $1.count } == stride * height,
            "bands do not fill \(width) x \(height)"
        )
        self.width = width
        self.height = height
        self.bandHeight = bandHeight
        self.stride = stride
        self.bands = bands
    }

    /// The least stride that lets every row begin on a whole vector: storing across two of them takes twice as long.
    static func stride(ofWidth width: Int) -> Int { (width + 15) / 16 * 16 }

    /// All samples, row by row without gaps.
    package var samples: [Int16] {
        (0..<height).flatMap { y in withRow(y) { row in row.indices.map { row[$0] } } }
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
        let start = row * stride
        return body(band.span.extracting(start..<start + width))
    }

    /// The value at column `x`, row `y`. For single looks, not for loops over rows.
    package subscript(x: Int, y: Int) -> Int16 {
        @inline(__always) get {
            let (index, row) = place(ofRow: y)
            return bands[index][row * stride + x]
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
            precondition(box.x >= 0 && box.x + box.width <= width && rows.upperBound * stride <= band.count)
            for row in rows {
                let start = row &* stride &+ box.x
                // SAFETY: the box's columns lie inside the row, and the row in the band.
                for x in start..<start &+ box.width { sum &+= Int32(unsafe band[unchecked: x]) }
            }
            y += rows.count
        }
        return Float(sum) / Float(box.pixelCount)
    }

    /// Some rows of a plane that is being computed.
    struct Band: Sendable {
        let rows: Range<Int>
        let width: Int
        let stride: Int
        /// Row by row. Between the end of a row and the next one stands 0.
        var samples: [Int16]

        init(rows: Range<Int>, width: Int) {
            self.rows = rows
            self.width = width
            stride = BandedPlane.stride(ofWidth: width)
            let count = rows.count * stride
            // SAFETY: any bits are an Int16, and whoever makes a band writes all of its rows; the gaps are written here.
            samples = unsafe [Int16](unsafeUninitializedCapacity: count) { $1 = count }
            for end in Swift.stride(from: width, to: count, by: stride) {
                for place in end..<end + stride - width { samples[place] = 0 }
            }
        }

        /// Where row `y` of the plane begins.
        func place(ofRow y: Int) -> Int { (y - rows.lowerBound) * stride }
    }

    /// Computes a plane band by band: `fill` writes all rows of one.
    ///
    /// - Parameter isBackwards: whether to begin with the last one. What it is made of, if that was just made from top to
    ///   bottom, is still in the cache there.
    static func compute(
        width: Int,
        height: Int,
        bandHeight: Int,
        isBackwards: Bool = false,
        with scheduler: some BandScheduler,
        _ fill: @escaping @Sendable (_ band: inout Band) -> Void
    ) async throws -> BandedPlane {
        let count = bandCount(height: height, bandHeight: bandHeight)
        var bands = try await scheduler.map(count) { index in
            let rows = rows(
                ofBand: isBackwards ? count - 1 - index : index,
                height: height,
                bandHeight: bandHeight
            )
            var band = Band(rows: rows, width: width)
            fill(&band)
            return band.samples
        }
        if isBackwards { bands.reverse() }
        return BandedPlane(
            width: width,
            height: height,
            bandHeight: bandHeight,
            stride: stride(ofWidth: width),
            bands: bands
        )
    }
}

extension BandedPlane: Equatable {
    /// Whether all samples are the same, whatever bands they lie in.
    package static func == (one: BandedPlane, two: BandedPlane) -> Bool {
        one.width == two.width && one.height == two.height && one.samples == two.samples
    }
}
