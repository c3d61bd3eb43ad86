public import ClearcoatImage

/// How the stored picture has to be turned to stand upright, with EXIF's numbers.
///
/// Each case says where the first stored row and the first stored column belong in the picture as displayed.
///
/// - Reference: CIPA DC-008 (EXIF 2.32), tag 0x0112.
public enum Orientation: Int, Sendable, Hashable, CaseIterable {
    /// As stored.
    case topLeft = 1
    /// Mirrored left to right.
    case topRight = 2
    /// Turned by half.
    case bottomRight = 3
    /// Mirrored top to bottom.
    case bottomLeft = 4
    /// Mirrored along the diagonal from top left.
    case leftTop = 5
    /// To be turned clockwise by a quarter.
    case rightTop = 6
    /// Mirrored along the diagonal from top right.
    case rightBottom = 7
    /// To be turned anticlockwise by a quarter.
    case leftBottom = 8

    /// Whether width and height change places.
    public var swapsAxes: Bool { rawValue >= 5 }

    /// Whether the stored columns run from right to left in the picture as displayed, or from bottom to
    /// top where axes are swapped.
    var reversesColumns: Bool { [.topRight, .bottomRight, .rightBottom, .leftBottom].contains(self) }

    /// The same for the stored rows.
    var reversesRows: Bool { [.bottomRight, .bottomLeft, .rightTop, .rightBottom].contains(self) }
}

extension Image {
    /// The picture as displayed, from samples stored in `orientation`.
    ///
    /// - Complexity: O(*n*) in pixels; one new image, none for ``Orientation/topLeft``. Quarter turns go by
    ///   blocks, so that neither side runs out of the cache.
    @specialized(where Element == UInt8)
    @specialized(where Element == UInt16)
    public func upright(from orientation: Orientation) -> Image {
        if orientation == .topLeft || isEmpty && !orientation.swapsAxes { return self }
        if isEmpty { return Image(width: height, height: width, samples: []) }
        return orientation.swapsAxes ? transposed(orientation) : mirrored(orientation)
    }

    private func mirrored(_ orientation: Orientation) -> Image {
        let width = width
        let height = height
        let source = samples.span
        let result = unsafe [Element](unsafeUninitializedCapacity: width * height) { target, count in
            for y in 0..<height {
                let row = source.extracting(self.row(orientation.reversesRows ? height - 1 - y : y))
                let start = y * width
                // SAFETY: start + x < width * height, the buffer's size, and every place is written once.
                if orientation.reversesColumns {
                    for x in 0..<width { unsafe target[start &+ x] = row[width &- 1 &- x] }
                } else {
                    for x in 0..<width { unsafe target[start &+ x] = row[x] }
                }
            }
            count = width * height
        }
        return Image(width: width, height: height, samples: result)
    }

    private func transposed(_ orientation: Orientation) -> Image {
        let width = width
        let height = height
        // The place in the result of a stored pixel moves by these for each column and row.
        let columnStep = orientation.reversesColumns ? -height : height
        let rowStep = orientation.reversesRows ? -1 : 1
        let origin =
            (orientation.reversesColumns ? (width - 1) * height : 0)
            + (orientation.reversesRows ? height - 1 : 0)
        let source = samples.span
        let result = unsafe [Element](unsafeUninitializedCapacity: width * height) { target, count in
            // Eight columns of many rows: both the lines read and the lines written stay in the cache, also
            // where rows are a power of two apart. Three times as fast as square blocks of 32.
            for top in stride(from: 0, to: height, by: 256) {
                let rows = top..<Swift.min(top + 256, height)
                for left in stride(from: 0, to: width, by: 8) {
                    let columns = left..<Swift.min(left + 8, width)
                    for y in rows {
                        let row = y &* width
                        let start = origin &+ y &* rowStep
                        // SAFETY: x and y are inside the picture; `target` has a place for each of its pixels.
                        for x in columns {
                            unsafe target[start &+ x &* columnStep] = source[unchecked: row &+ x]
                        }
                    }
                }
            }
            count = width * height
        }
        return Image(width: height, height: width, samples: result)
    }
}
