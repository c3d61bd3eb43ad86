import CClearcoatCodecs
import ClearcoatImage

extension ImageFile {
    /// The picture in gray, just as without its colours, and the colours of its cells; nil for a picture without.
    ///
    /// Inks are taken for gray: nobody inspects paint by them.
    mutating func grayAndColour<S: Sample & FixedWidthInteger & UnsignedInteger>(
        of type: S.Type,
        _ cancellation: CancellationFlag?
    ) throws(ImageDecodingError) -> (gray: Image<S>, colour: ColourCells?) {
        let encoding: ColourCells.Encoding
        switch metadata.colorKind {
        case .gray, .cmyk: return (try planes(1, of: S.self, cancellation)[0], nil)
        case .rgb, .palette: encoding = .rgb
        case .yCbCr: encoding = .yCbCr
        }
        let width = Int(header.width)
        let height = Int(header.height)
        let cells = ColourCells.count(width) * ColourCells.count(height)
        var gray: [Image<S>] = []
        var failure: ImageDecodingError?
        var sums = [UInt32](repeating: 0, count: 3 * cells)
        unsafe sums.withUnsafeMutableBufferPointer { buffer in
            do throws(ImageDecodingError) {
                // SAFETY: the buffer holds three planes of so many cells, which the decoder checks, and outlives
                // the call.
                gray = try unsafe planes(1, of: S.self, withAlpha: false, colourSums: buffer, cancellation)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        let orientation = metadata.orientation
        let means = (0..<3).map { plane in
            ColourCells.means(
                sums[plane * cells..<(plane + 1) * cells],
                width: width,
                height: height,
                of: S.self
            )
            .upright(from: orientation)
        }
        if encoding.isGray(means) { return (gray[0], nil) }
        // Cells begin at the stored picture's corner, which may lie on the other side of the upright one.
        let columns = orientation.reversesColumns ? -ColourCells.padding(width) : 0
        let rows = orientation.reversesRows ? -ColourCells.padding(height) : 0
        let colour = ColourCells(
            encoding: encoding,
            originX: orientation.swapsAxes ? rows : columns,
            originY: orientation.swapsAxes ? columns : rows,
            planes: means
        )
        return (gray[0], colour)
    }
}

extension ColourCells.Encoding {
    /// Whether nothing in three planes has a colour: gray stored as if it had.
    fileprivate func isGray(_ planes: [Image<UInt16>]) -> Bool {
        switch self {
        case .rgb: planes[0] == planes[1] && planes[0] == planes[2]
        // 128 of 255.
        case .yCbCr: planes.dropFirst().allSatisfy { $0.samples.allSatisfy { $0 == 128 * 257 } }
        }
    }
}

extension ColourCells {
    /// How far the last cell reaches beyond so many pixels.
    fileprivate static func padding(_ pixels: Int) -> Int { count(pixels) * side - pixels }
}
