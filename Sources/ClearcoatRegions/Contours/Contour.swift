extension Region {
    /// The pixels of the outer border in order: clockwise to the eye, from ``firstPixel`` on, each a
    /// neighbour by side or corner of the one before; the last one is a neighbour of the first.
    ///
    /// The border pixels are those with a side to the outside. Where the region is one pixel wide they
    /// come twice, once on the way out and once on the way back. Of a region in pieces it is the border
    /// of the piece with the first pixel. Same pixels as OpenCV's `findContours` with `RETR_EXTERNAL`
    /// and `CHAIN_APPROX_NONE`, which goes the other way round.
    ///
    /// The walk goes along the sides between region and background, keeping the region on the
    /// right-hand side; at a corner where two pixels meet diagonally it crosses to the other pixel,
    /// since the region is 8-connected. This gives the border of Suzuki's algorithm without its marks.
    ///
    /// - Complexity: O(*b* log *r*) in the sides of the border and the runs of a row, after O(*n*) in
    ///   runs and rows.
    /// - Reference: S. Suzuki, K. Abe, "Topological structural analysis of digitized binary images by
    ///   border following", Computer Vision, Graphics, and Image Processing 30 (1985).
    public func contour() -> [PixelCoordinate] {
        // The upper side of the first pixel is on the outer border: nothing lies above it.
        let start = BorderWalk(pixel: firstPixel, outside: .above)
        return start.pixels(in: RowIndex(of: self))
    }

    /// The borders round the holes, in the order of ``holes(connectivity:)`` for an 8-connected region:
    /// the region's pixels with a side to the hole, in order, the region to the right-hand side, which
    /// is anticlockwise to the eye. Each starts at the pixel left of the hole's first pixel.
    ///
    /// - Complexity: as ``contour()``, for all holes together.
    public func innerContours() -> [[PixelCoordinate]] {
        let index = RowIndex(of: self)
        return holes().map { hole in
            let left = PixelCoordinate(x: hole.firstPixel.x - 1, y: hole.firstPixel.y)
            return BorderWalk(pixel: left, outside: .right).pixels(in: index)
        }
    }
}

/// A place on the border: one side of one pixel of the region, with the background beyond it.
private struct BorderWalk: Equatable {
    /// Which side of the pixel.
    enum Side {
        case above, right, below, left

        /// One pixel on, walking with the region on the right-hand side.
        var ahead: (x: Int, y: Int) {
            switch self {
            case .above: (1, 0)
            case .right: (0, 1)
            case .below: (-1, 0)
            case .left: (0, -1)
            }
        }

        /// The next side clockwise to the eye.
        var clockwise: Side {
            switch self {
            case .above: .right
            case .right: .below
            case .below: .left
            case .left: .above
            }
        }

        /// The next side anticlockwise to the eye.
        var anticlockwise: Side { clockwise.clockwise.clockwise }
    }

    var pixel: PixelCoordinate
    var outside: Side

    /// The next side of the border.
    ///
    /// ```
    ///   background   L        walking right along the upper side of o: into the corner pixel L when it
    ///        o       A        belongs to the region, else along A when that does, else round o
    /// ```
    func next(in region: RowIndex) -> BorderWalk {
        let (dx, dy) = outside.ahead
        let ahead = PixelCoordinate(x: pixel.x &+ dx, y: pixel.y &+ dy)
        // The left hand of (dx, dy) with y down is (dy, −dx).
        let leftAhead = PixelCoordinate(x: ahead.x &+ dy, y: ahead.y &- dx)
        if region.contains(x: leftAhead.x, y: leftAhead.y) {
            return BorderWalk(pixel: leftAhead, outside: outside.anticlockwise)
        }
        if region.contains(x: ahead.x, y: ahead.y) { return BorderWalk(pixel: ahead, outside: outside) }
        return BorderWalk(pixel: pixel, outside: outside.clockwise)
    }

    /// The pixels passed until the walk is back where it began, each stay at a pixel counted once.
    func pixels(in region: RowIndex) -> [PixelCoordinate] {
        var pixels = [pixel]
        var walk = next(in: region)
        while walk != self {
            if walk.pixel != pixels[pixels.count &- 1] { pixels.append(walk.pixel) }
            walk = walk.next(in: region)
        }
        // The stay at the first pixel may begin before the walk does.
        if pixels.count > 1, pixels.last == pixel { pixels.removeLast() }
        return pixels
    }
}
