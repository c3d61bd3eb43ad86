import ClearcoatImage

/// The sums of each column over the background's rows, and the test of a row against the background they
/// make.
///
/// The test never forms a background image. With *S* a sample, *W* the sum over its window and *A* the
/// window's area, the sample lies more than *c* levels from the mean rounded to the nearest level exactly
/// when |*A* · *S* − *W*| > *A* · (*c* + ½); *A* is odd, so there are no ties. And for 64 columns at once:
/// from one window to the next, *W* changes by the column that enters less the column that leaves. The sum
/// of these changes without their signs bounds how far any *W* of the group is from the first, so the
/// darkest and the brightest sample of the group tell whether any sample can pass.
struct ColumnBackground {
    private let width: Int
    /// The sum of column `x` is at `x + 32`, continued on either side by reflection.
    private var sums: [UInt16]

    private static var reach: Int { ReferenceChain.backgroundSide / 2 }
    private static var area: Int { ReferenceChain.backgroundSide * ReferenceChain.backgroundSide }
    /// The largest |*A* · *S* − *W*| that does not stand out.
    private static var limit: Int { area * (2 * ReferenceChain.contrast + 1) / 2 }

    init(width: Int) {
        self.width = width
        // Whole groups, and for the last of them the 65 columns that enter its windows.
        sums = [UInt16](repeating: 0, count: (width + 63) / 64 * 64 + 2 * 64)
    }

    /// Adds one row of samples, which begins two places into `place`.
    mutating func add(_ samples: [UInt8], _ place: Range<Int>) {
        let width = width
        let row = samples.span.extracting(place).extracting(droppingFirst: RowRing<UInt8>.margin)
        var output = sums.mutableSpan
        for x in 0..<width { output[Self.reach &+ x] &+= UInt16(row[x]) }
        continueEnds()
    }

    /// Takes one row of samples out and another one in.
    @inline(__always)
    mutating func replace(_ samples: [UInt8], _ old: Range<Int>, by new: Range<Int>) {
        let width = width
        let leaving = samples.span.extracting(old).extracting(droppingFirst: RowRing<UInt8>.margin)
        let entering = samples.span.extracting(new).extracting(droppingFirst: RowRing<UInt8>.margin)
        var output = sums.mutableSpan
        for x in 0..<width { output[Self.reach &+ x] &+= UInt16(entering[x]) &- UInt16(leaving[x]) }
        continueEnds()
    }

    private mutating func continueEnds() {
        let width = width
        var output = sums.mutableSpan
        mirrorEnds(of: &output, radius: Self.reach, width: width)
        let last = width + 2 * Self.reach - 1
        for index in last + 1..<output.count { output[index] = output[last] }
    }

    /// Marks the samples of a row that stand out.
    @inline(__always)
    func mark(_ samples: [UInt8], _ place: Range<Int>, in mask: inout BitMask, row: Int) {
        let line = samples.span.extracting(place)
        for group in 0..<mask.wordsPerRow {
            let first = group * 64
            let columns = sums.span.extracting(first..<first + 129)
            let window = line.extracting(first + RowRing<UInt8>.margin..<first + RowRing<UInt8>.margin + 64)
            let (sum, change) = Self.firstWindow(columns)
            let (darkest, brightest) = Self.extremes(window)
            if Self.area &* brightest &- sum &+ change > Self.limit
                || sum &+ change &- Self.area &* darkest > Self.limit
            {
                let held = min(64, width - first)
                mask.words[row * mask.wordsPerRow + group] = Self.standingOut(window, columns, sum, held)
            }
        }
    }

    /// The sum over the first window of a group, and the sum of what it may change by up to the last.
    @inline(__always)
    private static func firstWindow(_ columns: Span<UInt16>) -> (sum: Int, change: Int) {
        var sum: UInt32 = 0
        var change: UInt32 = 0
        for x in 0..<64 {
            sum &+= UInt32(columns[x])
            change &+= UInt32(max(columns[x], columns[x &+ 65]) &- min(columns[x], columns[x &+ 65]))
        }
        return (Int(sum) &+ Int(columns[64]), Int(change))
    }

    @inline(__always)
    private static func extremes(_ window: Span<UInt8>) -> (darkest: Int, brightest: Int) {
        var darkest = UInt8.max
        var brightest = UInt8.min
        for x in 0..<64 {
            darkest = min(darkest, window[x])
            brightest = max(brightest, window[x])
        }
        return (Int(darkest), Int(brightest))
    }

    /// The samples of a group that stand out, tested one by one.
    private static func standingOut(
        _ window: Span<UInt8>,
        _ columns: Span<UInt16>,
        _ firstSum: Int,
        _ held: Int
    ) -> UInt64 {
        var sum = firstSum
        var word: UInt64 = 0
        for x in 0..<held {
            if abs(area * Int(window[x]) - sum) > limit { word |= 1 &<< UInt64(x) }
            sum += Int(columns[x + 65]) - Int(columns[x])
        }
        return word
    }
}
