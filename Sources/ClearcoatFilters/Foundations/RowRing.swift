import ClearcoatImage

/// The last few rows of an image that a kernel still needs, each continued beyond its ends by its
/// outermost samples.
///
/// Two samples are added on the left, and on the right as many as make whole groups of 64 columns and two
/// more: a kernel may work in groups of 64 and look two columns to either side without asking where the
/// row ends.
struct RowRing<Element: GraySample> {
    /// Samples added on the left: column `x` of a row is at `x + margin`.
    static var margin: Int { 2 }
    /// All rows, one slot after the other.
    private(set) var samples: [Element]
    private let width: Int
    private let stride: Int
    private let capacity: Int

    /// Room for `capacity` rows of `width` columns.
    init(width: Int, capacity: Int) {
        self.width = width
        self.capacity = capacity
        stride = (width + 63) / 64 * 64 + 2 * Self.margin
        samples = [Element](repeating: 0, count: stride * capacity)
    }

    /// Where row `y` lies in ``samples``, if it is one of the last `capacity` loaded.
    @inline(__always)
    func row(_ y: Int) -> Range<Int> {
        let slot = y % capacity
        return slot * stride..<(slot + 1) * stride
    }

    /// Takes row `y` of an image in place of the oldest.
    mutating func load(_ image: Image<Element>, row y: Int) {
        let row = image.samples.span.extracting(image.row(y))
        write(row: y) { output, base in
            for x in 0..<row.count { output[base &+ x] = row[x] }
        }
    }

    /// Has row `y` written in place of the oldest, and fills what lies beyond its ends.
    ///
    /// - Parameter body: writes the samples of the row from the given place on.
    @inline(__always)
    mutating func write(row y: Int, by body: (inout MutableSpan<Element>, _ base: Int) -> Void) {
        let place = row(y)
        let first = place.lowerBound + Self.margin
        let last = first + width - 1
        var output = samples.mutableSpan
        body(&output, first)
        for index in place.lowerBound..<first { output[index] = output[first] }
        for index in last + 1..<place.upperBound { output[index] = output[last] }
    }
}
