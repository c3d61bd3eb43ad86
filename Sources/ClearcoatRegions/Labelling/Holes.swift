import ClearcoatImage

extension Region {
    /// The holes: the parts of the background that the region shuts in, in the order of their first
    /// pixels.
    ///
    /// ```
    /// # # # #      eight: two holes, since the background goes by sides only
    /// # . # #      four: one hole, since the background goes by corners too
    /// # # . #
    /// # # # #
    /// ```
    ///
    /// - Parameter connectivity: how the *region* is connected; its background is connected the other
    ///   way.
    /// - Complexity: O(*n*) in runs and rows.
    public func holes(connectivity: Connectivity = .eight) -> [Region] {
        // In a frame of one pixel round the box all that is outside is connected, and comes first.
        let background = regions(
            of: complement(in: boundingBox.expanded(by: 1)),
            connectivity: connectivity.dual
        )
        return Array(background.dropFirst())
    }

    /// The region with its holes filled, where the background goes by sides only: SciPy's
    /// `binary_fill_holes`. (scikit-image's `image_filled` lets the background go by corners too.)
    ///
    /// - Complexity: O(*n* log *n*) in runs and rows.
    public var filled: Region {
        let holes = holes()
        return holes.isEmpty ? self : Region(runs: runs + holes.flatMap(\.runs))
    }

    /// The number of connected parts less the number of holes: 1 for a blot, 0 for a ring, −1 for the
    /// figure eight. scikit-image's `euler_number` for the same connectivity.
    ///
    /// - Complexity: O(*n*) in runs and rows.
    public func eulerNumber(connectivity: Connectivity = .eight) -> Int {
        Components(of: runs, connectivity: connectivity).count - holes(connectivity: connectivity).count
    }

    /// The runs of every pixel of `box` that does not belong to the region, which lies inside it with a
    /// free row above and below.
    private func complement(in box: Rectangle) -> [Run] {
        var background: [Run] = []
        var next = runs.startIndex
        for y in box.rows {
            var x = box.columns.lowerBound
            while next < runs.endIndex, runs[next].row == y {
                background.append(Run(row: y, start: x, end: runs[next].start))
                x = runs[next].end
                next += 1
            }
            background.append(Run(row: y, start: x, end: box.columns.upperBound))
        }
        return background
    }
}
