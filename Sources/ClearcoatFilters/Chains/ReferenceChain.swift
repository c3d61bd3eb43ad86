public import ClearcoatImage

/// The chain this package's speed is measured by: what stands out from its surroundings or has a sharp
/// edge, as a mask.
///
/// 1. `smoothed`: the 5x5 Gaussian (``gaussian5(_:rows:)``).
/// 2. `background`: the mean of `smoothed` over 65x65 (``box(_:width:height:rows:)``).
/// 3. |`smoothed` − `background`| above 14, or an edge of `smoothed` by ``canny(_:low:high:)`` with 40
///    and 100.
/// 4. Opened by the 3x3 cross (``open(_:with:)``).
///
/// Equal in every bit to these steps one after the other, and to the same steps in OpenCV.
///
/// No step makes a whole image: rows pass through all of them while they are in the cache, and only what
/// must see the whole picture, the edges' connections, waits in masks of one bit a pixel.
///
/// - Complexity: O(*n*) in pixels, fastest where the picture is quiet.
public func referenceChain(_ image: Image<UInt8>) -> Mask {
    ReferenceChain.mask(joining: [ReferenceChain.evidence(of: image, rows: 0..<image.height)])
}

/// ``referenceChain(_:)`` in two parts, so that a scheduler can run the first, which is nearly all the
/// work, on several bands of rows at once.
public enum ReferenceChain {
    /// How far a sample must be from the background to stand out: strictly further than this.
    static let contrast = 14
    /// Edges: candidates above the first, connected to one above the second.
    static let edgeThresholds = (low: 40, high: 100)
    /// The background is the mean over this many rows and columns. The code relies on the number: a
    /// window is a group of 64 columns and one more.
    static let backgroundSide = 65

    /// What a band of rows knows before edges are followed across the picture.
    public struct Evidence: Sendable, Hashable {
        /// The rows of the image it is about.
        public let rows: Range<Int>
        /// What stands out from the background.
        var contrasting: BitMask
        /// Where edges may be.
        var edges: EdgeCandidates
    }

    /// Steps 1 to 3 for some rows, up to the edges' connections.
    ///
    /// Reads 35 rows more on either side. May run on any number of bands of an image at the same time.
    public static func evidence(of image: Image<UInt8>, rows: Range<Int>) -> Evidence {
        let rows = image.checked(rows: rows)
        let empty = BitMask(width: image.width, height: rows.count)
        var evidence = Evidence(
            rows: rows,
            contrasting: empty,
            edges: EdgeCandidates(width: image.width, height: rows.count)
        )
        guard image.width > 0 && !rows.isEmpty else { return evidence }

        var ring = RowRing<UInt8>(width: image.width, capacity: backgroundSide + 1)
        var smoother = RowSmoother(width: image.width)
        var background = ColumnBackground(width: image.width)
        var finder = EdgeFinder<UInt8>(
            width: image.width,
            height: image.height,
            low: edgeThresholds.low,
            high: edgeThresholds.high
        )
        let reach = backgroundSide / 2
        var loaded = max(rows.lowerBound - reach, 0)
        func place(_ y: Int) -> Range<Int> { ring.row(mirrored(y, count: image.height)) }
        for y in rows {
            while loaded < min(y + reach + 1, image.height) {
                smoother.load(row: loaded, of: image, into: &ring)
                loaded += 1
            }
            if y == rows.lowerBound {
                for offset in -reach...reach { background.add(ring.samples, place(y + offset)) }
            } else {
                background.replace(ring.samples, place(y - reach - 1), by: place(y + reach))
            }
            let line = y - rows.lowerBound
            background.mark(ring.samples, ring.row(y), in: &evidence.contrasting, row: line)
            finder.find(row: y, in: ring, into: &evidence.edges, at: line)
        }
        return evidence
    }

    /// The rest: edges followed across the whole picture, joined with what stands out, and opened.
    ///
    /// - Parameter bands: all rows of one image, each once, from top to bottom.
    public static func mask(joining bands: [Evidence]) -> Mask {
        guard let first = bands.first else { return Mask(width: 0, height: 0, filledWith: 0) }
        var joined = first
        if bands.count > 1 {
            for (upper, lower) in zip(bands, bands.dropFirst()) {
                precondition(upper.rows.upperBound == lower.rows.lowerBound, "bands that do not join")
            }
            joined.contrasting = BitMask(joining: bands.map(\.contrasting))
            joined.edges.all = BitMask(joining: bands.map(\.edges.all))
            joined.edges.strong = BitMask(joining: bands.map(\.edges.strong))
        }
        var mask = spread(joined.edges.strong, over: joined.edges.all)
        mask.formUnion(joined.contrasting)
        return mask.openedByCross().expanded()
    }
}

/// Makes rows of the smoothed picture, one by one.
private struct RowSmoother {
    private var sums: [UInt16]
    private let width: Int

    init(width: Int) {
        self.width = width
        sums = [UInt16](repeating: 0, count: width + 4)
    }

    /// Smooths row `y` of the image into its place in the ring.
    @inline(__always)
    mutating func load(row y: Int, of image: Image<UInt8>, into ring: inout RowRing<UInt8>) {
        let width = width
        var columns = sums.mutableSpan
        gaussian5Columns(of: image, around: y, into: &columns)
        ring.write(row: y) { output, base in
            gaussian5Row(columns, into: &output, at: base, width: width)
        }
    }
}
