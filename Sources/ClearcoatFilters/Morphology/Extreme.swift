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

/// A square: along the rows, then down the columns, each by windows that double until they are as long
/// as the side.
@inline(__always)
private func extremeOfSquare<Element: GraySample, Kind: Extremum>(
    in image: Image<Element>,
    reach: Int,
    rows: Range<Int>,
    into output: inout MutableSpan<Element>,
    _ kind: Kind.Type
) {
    let width = image.width
    var along = RowWindow<Element, Kind>(width: width, reach: reach)
    var block: [Element] = []
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsPerBlock) {
        let part = start..<min(start + rowsPerBlock, rows.upperBound)
        let held = part.count + 2 * reach
        block = Array(repeating: Kind.neutral(Element.self), count: held * width)
        var rowsAlong = block.mutableSpan
        for y in max(part.lowerBound - reach, 0)..<min(part.upperBound + reach, image.height) {
            along.load(image, row: y)
            along.keep(reach: reach, into: &rowsAlong, at: (y - part.lowerBound + reach) * width)
        }
        // Row r of the block becomes the extreme of rows r ..< r + length.
        var length = 1
        while 2 * length <= 2 * reach + 1 {
            for index in 0..<(held - length) * width {
                rowsAlong[index] = Kind.pick(rowsAlong[index], rowsAlong[index &+ length &* width])
            }
            length *= 2
        }
        let offset = (2 * reach + 1 - length) * width
        let base = (part.lowerBound - rows.lowerBound) * width
        for index in 0..<part.count * width {
            output[base &+ index] = Kind.pick(rowsAlong[index], rowsAlong[index &+ offset])
        }
    }
}

/// Any symmetric element: for each of its rows, the extreme along it.
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
    var along = RowWindow<Element, Kind>(width: width, reach: element.reach(atDistance: 0))
    var kept = [Element](repeating: 0, count: width)
    for index in 0..<output.count { output[index] = Kind.neutral(Element.self) }
    for source in max(rows.lowerBound - reach, 0)..<min(rows.upperBound + reach, image.height) {
        for distance in 0...reach {
            along.load(image, row: source)
            var row = kept.mutableSpan
            along.keep(reach: element.reach(atDistance: distance), into: &row, at: 0)
            for y in Set([source - distance, source + distance]) where rows.contains(y) {
                let base = (y - rows.lowerBound) * width
                for x in 0..<width { output[base &+ x] = Kind.pick(output[base &+ x], row[x]) }
            }
        }
    }
}

/// The extreme of a window that slides along one row.
private struct RowWindow<Element: GraySample, Kind: Extremum> {
    private var padded: [Element]
    private let width: Int
    private let reach: Int

    /// For rows of `width` and windows that reach up to `reach` to either side.
    @inline(__always)
    init(width: Int, reach: Int) {
        self.width = width
        self.reach = reach
        padded = []
    }

    /// Takes a row of the image.
    @inline(__always)
    mutating func load(_ image: Image<Element>, row y: Int) {
        let reach = reach
        padded = Array(repeating: Kind.neutral(Element.self), count: width + 2 * reach)
        var output = padded.mutableSpan
        let row = image.samples.span.extracting(image.row(y))
        for x in 0..<row.count { output[reach &+ x] = row[x] }
    }

    /// Writes the extremes over `reach` samples to either side, and forgets the row.
    @inline(__always)
    mutating func keep(reach: Int, into output: inout MutableSpan<Element>, at base: Int) {
        let unused = self.reach - reach
        let width = width
        var values = padded.mutableSpan
        let held = width + 2 * reach
        var length = 1
        while 2 * length <= 2 * reach + 1 {
            for x in unused..<unused + held - length {
                values[x] = Kind.pick(values[x], values[x &+ length])
            }
            length *= 2
        }
        let second = unused + 2 * reach + 1 - length
        for x in 0..<width {
            output[base &+ x] = Kind.pick(values[unused &+ x], values[second &+ x])
        }
    }
}
