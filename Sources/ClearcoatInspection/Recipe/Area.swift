public import ClearcoatImage

/// A part of the picture: a polygon, a mask, or where both overlap; then grown or shrunk by a margin.
public struct Area: Sendable, Hashable {
    /// Its outline; nil when the mask alone says where it is.
    public var polygon: Polygon?
    /// Its pixels; nil when the polygon alone says where it is.
    public var mask: AreaMask?
    /// How far it reaches beyond (above zero) or stays inside of (below zero) what polygon and mask say;
    /// at most ``maximumMarginPixels`` of pixels either way.
    public var margin: Length?

    /// The most pixels of a margin. Larger ones are cut to it.
    public static let maximumMarginPixels = 1000.0

    /// An area from its parts; at least one of polygon and mask.
    public init(polygon: Polygon? = nil, mask: AreaMask? = nil, margin: Length? = nil) {
        self.polygon = polygon
        self.mask = mask
        self.margin = margin
    }

    /// The polygon when nothing else says where the area is.
    package var plainPolygon: Polygon? { mask == nil && margin == nil ? polygon : nil }
}

/// The pixels of an area, drawn in a picture file of the same size as those that are inspected.
public struct AreaMask: Sendable, Hashable {
    /// The file as the recipe names it, relative to the recipe's folder.
    public let path: String
    /// SHA-256 of the file's bytes, in hexadecimal: it stands in the recipe's text, and so in its hash.
    public let sha256: String
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// The columns that belong to the area, row by row, from left to right.
    let rows: [[Range<Int>]]

    /// The mask that a picture draws: pixels of at least half of full scale belong to the area.
    public init(path: String, sha256: String, picture: GrayImage) {
        let half = (picture.maximumSample + 1) / 2
        self.path = path
        self.sha256 = sha256
        width = picture.width
        height = picture.height
        rows =
            switch picture {
            case .uint8(let image): Self.rows(of: image, atLeast: UInt8(clamping: half))
            case .uint16(let image): Self.rows(of: image, atLeast: UInt16(clamping: half))
            }
    }

    private static func rows<Sample: UnsignedInteger>(
        of image: Image<Sample>,
        atLeast least: Sample
    ) -> [[Range<Int>]] {
        (0..<image.height).map { y in
            var ranges: [Range<Int>] = []
            var start: Int?
            let row = image.samples[image.row(y)]
            for (x, sample) in row.enumerated() {
                if sample >= least {
                    start = start ?? x
                } else if let first = start {
                    ranges.append(first..<x)
                    start = nil
                }
            }
            if let start { ranges.append(start..<image.width) }
            return ranges
        }
    }
}
