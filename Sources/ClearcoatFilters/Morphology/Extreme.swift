import ClearcoatImage

/// Which of two samples a neighbourhood keeps. Two types rather than a closure, so that each kernel is
/// compiled for its own comparison and vectorised.
protocol Extremum {
    /// The one to keep.
    static func pick<Element: GraySample>(_ a: Element, _ b: Element) -> Element
    /// What never wins: the sample of places outside the image.
    static func neutral<Element: GraySample>(_ type: Element.Type) -> Element
}

/// Keeps the smaller: erosion.
enum Lowest: Extremum {
    @inline(__always)
    static func pick<Element: GraySample>(_ a: Element, _ b: Element) -> Element { min(a, b) }
    @inline(__always)
    static func neutral<Element: GraySample>(_ type: Element.Type) -> Element { .max }
}

/// Keeps the larger: dilation.
enum Highest: Extremum {
    @inline(__always)
    static func pick<Element: GraySample>(_ a: Element, _ b: Element) -> Element { max(a, b) }
    @inline(__always)
    static func neutral<Element: GraySample>(_ type: Element.Type) -> Element { .min }
}

/// The extreme sample under `element` at each pixel of `rows`.
@inline(__always)
func extreme<Element: GraySample, Kind: Extremum>(
    of image: Image<Element>,
    under element: StructuringElement,
    rows: Range<Int>,
    _ kind: Kind.Type
) -> Image<Element> {
    var result = [Element](repeating: 0, count: image.width * rows.count)
    if !result.isEmpty {
        var output = result.mutableSpan
        switch element {
        case .cross: extremeOfCross(in: image, rows: rows, into: &output, kind)
        case .square: extremeOfSquare(in: image, reach: element.reach, rows: rows, into: &output, kind)
        case .disk: extremeOfRows(in: image, of: element, rows: rows, into: &output, kind)
        }
    }
    return Image(width: image.width, height: rows.count, samples: result)
}

/// The cross: five samples, straight from three rows.
@inline(__always)
private func extremeOfCross<Element: GraySample, Kind: Extremum>(
    in image: Image<Element>,
    rows: Range<Int>,
    into output: inout MutableSpan<Element>,
    _ kind: Kind.Type
) {
    let width = image.width
    let samples = image.samples.span
    for y in rows {
        // A row outside the image changes nothing, and neither does the middle row twice.
        let above = samples.extracting(image.row(max(y - 1, 0)))
        let row = samples.extracting(image.row(y))
        let below = samples.extracting(image.row(min(y + 1, image.height - 1)))
        let base = (y - rows.lowerBound) * width
        func ofColumn(_ x: Int) -> Element { Kind.pick(Kind.pick(above[x], below[x]), row[x]) }
        if width == 1 {
            output[base] = ofColumn(0)
            continue
        }
        output[base] = Kind.pick(ofColumn(0), row[1])
        for x in 1..<width - 1 {
            output[base &+ x] = Kind.pick(ofColumn(x), Kind.pick(row[x &- 1], row[x &+ 1]))
        }
        output[base + width - 1] = Kind.pick(ofColumn(width - 1), row[width - 2])
    }
}

/// How many rows of a square are computed together: enough that the rows shared with the next block
/// cost little, few enough that they stay in the L2 cache.
private let rowsPerBlock = 64

/// A square: along the rows, then down the columns by windows that double until they are as long as the
/// side.
@inline(__always)
private func extremeOfSquare<Element: GraySample, Kind: Extremum>(
    in image: Image<Element>,
    reach: Int,
    rows: Range<Int>,
    into output: inout MutableSpan<Element>,
    _ kind: Kind.Type
) {
    let width = image.width
    let side = 2 * reach + 1
    var window = RowWindow<Element, Kind>(width: width, largestReach: reach)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsPerBlock) {
        let part = start..<min(start + rowsPerBlock, rows.upperBound)
        let held = part.count + 2 * reach
        var samples = [Element](repeating: Kind.neutral(Element.self), count: held * width)
        var block = samples.mutableSpan
        for y in max(part.lowerBound - reach, 0)..<min(part.upperBound + reach, image.height) {
            window.load(image, row: y)
            window.grow(to: reach)
            let row = window.values.span
            let base = (y - part.lowerBound + reach) * width
            for x in 0..<width { block[base &+ x] = row[window.largestReach &+ x] }
        }
        // Row r of the block becomes the extreme of rows r ..< r + length. Row by row, since the compiler
        // vectorises only what it sees to be apart.
        var length = 1
        while 2 * length <= side {
            for row in 0..<held - length {
                let (base, other) = (row * width, (row + length) * width)
                for x in 0..<width { block[base &+ x] = Kind.pick(block[base &+ x], block[other &+ x]) }
            }
            length *= 2
        }
        for row in 0..<part.count {
            let (base, other) = (row * width, (row + side - length) * width)
            let place = (part.lowerBound - rows.lowerBound + row) * width
            for x in 0..<width { output[place &+ x] = Kind.pick(block[base &+ x], block[other &+ x]) }
        }
    }
}

/// Any symmetric element, convex from the centre outwards: each row of the image, taken over windows that
/// grow from the element's last row to its middle one, goes into the rows above and below it.
@inline(__always)
private func extremeOfRows<Element: GraySample, Kind: Extremum>(
    in image: Image<Element>,
    of element: StructuringElement,
    rows: Range<Int>,
    into output: inout MutableSpan<Element>,
    _ kind: Kind.Type
) {
    let width = image.width
    let reach = element.reach
    var window = RowWindow<Element, Kind>(width: width, largestReach: element.reach(atDistance: 0))
    for index in 0..<output.count { output[index] = Kind.neutral(Element.self) }
    for source in max(rows.lowerBound - reach, 0)..<min(rows.upperBound + reach, image.height) {
        window.load(image, row: source)
        for distance in (0...reach).reversed() {
            window.grow(to: element.reach(atDistance: distance))
            let row = window.values.span
            let step = max(2 * distance, 1)
            for y in stride(from: source - distance, through: source + distance, by: step)
            where rows.contains(y) {
                let base = (y - rows.lowerBound) * width
                for x in 0..<width {
                    output[base &+ x] = Kind.pick(output[base &+ x], row[window.largestReach &+ x])
                }
            }
        }
    }
}

/// The extreme over a window around each place of one row, as the window grows.
private struct RowWindow<Element: GraySample, Kind: Extremum> {
    /// How far windows may grow to either side.
    let largestReach: Int
    /// The extremes; that of column `x` is at `x + largestReach`.
    private(set) var values: [Element]
    private var previous: [Element]
    private let width: Int
    private var reach = 0

    /// For rows of `width` and windows that reach up to `largestReach` to either side.
    @inline(__always)
    init(width: Int, largestReach: Int) {
        self.width = width
        self.largestReach = largestReach
        values = [Element](repeating: Kind.neutral(Element.self), count: width + 2 * largestReach)
        previous = values
    }

    /// Takes a row of the image: windows of one sample.
    @inline(__always)
    mutating func load(_ image: Image<Element>, row y: Int) {
        let largestReach = largestReach
        let row = image.samples.span.extracting(image.row(y))
        var output = values.mutableSpan
        for x in 0..<largestReach {
            output[x] = Kind.neutral(Element.self)
            output[largestReach &+ row.count &+ x] = Kind.neutral(Element.self)
        }
        for x in 0..<row.count { output[largestReach &+ x] = row[x] }
        reach = 0
    }

    /// Widens the windows to `target` samples on either side.
    @inline(__always)
    mutating func grow(to target: Int) {
        while reach < target {
            // Three windows side by side, as far apart as they may be without a gap.
            let step = min(target - reach, 2 * reach + 1)
            swap(&values, &previous)
            let source = previous
            let input = source.span
            var output = values.mutableSpan
            // Windows that hang over the ends hold only what is inside.
            for x in 0..<step { output[x] = Kind.pick(input[x], input[x &+ step]) }
            for x in step..<input.count - step {
                output[x] = Kind.pick(Kind.pick(input[x &- step], input[x]), input[x &+ step])
            }
            for x in input.count - step..<input.count { output[x] = Kind.pick(input[x &- step], input[x]) }
            reach += step
        }
    }
}
