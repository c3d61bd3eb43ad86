/// The colours of a picture, coarsely: the mean of each cell of 4 × 4 pixels, as stored, not linearised.
///
/// Chroma needs no more: JPEG stores it at half the resolution, a colour camera measures it at half, and a stain is
/// larger. Three quarters of a byte a pixel while they are summed up, three eighths after.
public struct ColourCells: Sendable, Hashable {
    /// Pixels a cell in each direction.
    public static let side = 4

    /// What the three planes are.
    public enum Encoding: Sendable, Hashable {
        /// Red, green and blue.
        case rgb
        /// Y, Cb and Cr of JFIF: full range, chroma around the middle.
        case yCbCr
    }

    /// What the three planes are.
    public let encoding: Encoding
    /// The pixel column where the first cell begins: 0, or up to 3 left of the picture, as a turned picture's cells
    /// end at its border instead of beginning there.
    public let originX: Int
    /// The pixel row where the first cell begins.
    public let originY: Int
    /// The means of the pixels inside the picture, as shares of full scale from 0 to 65535.
    public let planes: [Image<UInt16>]

    /// Columns of cells.
    public var columns: Int { planes[0].width }
    /// Rows of cells.
    public var rows: Int { planes[0].height }

    /// Cells from their means.
    ///
    /// - Precondition: there are three planes of the same size.
    public init(encoding: Encoding, originX: Int = 0, originY: Int = 0, planes: [Image<UInt16>]) {
        precondition(planes.count == 3 && planes.allSatisfy { $0.bounds == planes[0].bounds }, "three planes")
        self.encoding = encoding
        self.originX = originX
        self.originY = originY
        self.planes = planes
    }

    /// The cells of a picture in memory.
    public init<Element: Sample & FixedWidthInteger & UnsignedInteger>(of image: RGBImage<Element>) {
        self.init(
            encoding: .rgb,
            planes: [image.red, image.green, image.blue].map { Self.means(of: $0) }
        )
    }

    /// How many cells there are for so many pixels.
    public static func count(_ pixels: Int) -> Int { (pixels + side - 1) / side }

    private static func means<Element: Sample & FixedWidthInteger & UnsignedInteger>(
        of plane: Image<Element>
    ) -> Image<UInt16> {
        let columns = count(plane.width)
        var sums = [UInt32](repeating: 0, count: columns * count(plane.height))
        for y in 0..<plane.height {
            let base = y / side * columns
            let row = plane.samples.span.extracting(plane.row(y))
            for x in 0..<row.count { sums[base + x / side] += UInt32(truncatingIfNeeded: row[x]) }
        }
        return means(sums[...], width: plane.width, height: plane.height, of: Element.self)
    }

    /// From sums over the cells of a picture of `width` × `height` pixels to means.
    public static func means<Element: FixedWidthInteger & UnsignedInteger>(
        _ sums: ArraySlice<UInt32>,
        width: Int,
        height: Int,
        of type: Element.Type
    ) -> Image<UInt16> {
        let columns = count(width)
        // 65535 / 255 = 257.
        let factor: UInt32 = Element.bitWidth == 8 ? 257 : 1
        var means = [UInt16](repeating: 0, count: sums.count)
        for row in 0..<count(height) {
            let rows = min(side, height - row * side)
            let start = row * columns
            let whole = width / side
            fill(&means, start..<start + whole, sums, factor, UInt32(side * rows))
            // What is left of a cell at the border.
            if whole < columns {
                fill(
                    &means,
                    start + whole..<start + columns,
                    sums,
                    factor,
                    UInt32((width - whole * side) * rows)
                )
            }
        }
        return Image(width: columns, height: count(height), samples: means)
    }

    /// Divides the sums of cells that all have so many pixels.
    private static func fill(
        _ means: inout [UInt16],
        _ cells: Range<Int>,
        _ sums: ArraySlice<UInt32>,
        _ factor: UInt32,
        _ pixels: UInt32
    ) {
        let first = sums.startIndex
        if pixels == 16 {
            for cell in cells {
                means[cell] = UInt16(truncatingIfNeeded: (sums[first + cell] &* factor) &>> 4)
            }
        } else {
            for cell in cells {
                means[cell] = UInt16(truncatingIfNeeded: sums[first + cell] &* factor / pixels)
            }
        }
    }
}
