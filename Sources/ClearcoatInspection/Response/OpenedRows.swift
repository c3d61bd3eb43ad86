/// The rows of a plane without what is bright and narrower than four samples in any direction: a gray opening by a
/// square of 4 × 4.
///
/// Each sample is the brightest of the squares around it, where a square is as bright as its darkest sample. What a
/// square fits into keeps its brightness, whatever that is; a flake, a few samples across with the lens's blur, is gone.
/// Squares that reach beyond the plane end at its border.
///
/// - Reference: J. Serra, "Image Analysis and Mathematical Morphology", Academic Press 1982, chapter II.
package struct OpenedRows {
    /// Samples on a side of the square.
    package static let side = 4

    private let plane: BandedPlane
    /// For the rows last looked at: over each sample, the brightest squares that begin in that row.
    private var brightest: [[Int16]]
    /// The row that each of ``brightest`` is for.
    private var known: [Int]

    package init(_ plane: BandedPlane) {
        self.plane = plane
        // Room for a square beyond either end, see ``takeBrightest(ofSquaresFrom:)``.
        let buffer = [Int16](repeating: 0, count: plane.width + 2 * (Self.side - 1))
        brightest = Array(repeating: buffer, count: Self.side)
        known = Array(repeating: .min, count: Self.side)
    }

    /// Writes row `y` into `out` from `base`; cheapest from top to bottom.
    package mutating func read(_ y: Int, into out: inout MutableSpan<Int16>, at base: Int) {
        let rows = max(y - Self.side + 1, 0)...y
        for row in rows where known[row % Self.side] != row { takeBrightest(ofSquaresFrom: row) }
        for row in rows {
            let squares = brightest[row % Self.side]
            if row == rows.lowerBound {
                copy(squares.span.extracting(0..<plane.width), into: &out, at: base)
            } else {
                raise(&out, at: base, to: squares.span, count: plane.width)
            }
        }
    }

    /// For each sample of a row, the brightest of the squares over it that begin in the row.
    private mutating func takeBrightest(ofSquaresFrom row: Int) {
        let side = Self.side
        let slot = row % side
        let last = min(row + side, plane.height) - 1
        let places = side - 1..<side - 1 + plane.width
        var values: [Int16] = []
        swap(&values, &brightest[slot])
        var span = values.mutableSpan
        // Beyond the end nothing is darker ...
        for place in places.upperBound..<span.count { span[place] = .max }
        plane.withRow(row) { copy($0, into: &span, at: places.lowerBound) }
        for below in row + 1..<max(last + 1, row + 1) {
            plane.withRow(below) { lower(&span, at: places.lowerBound, to: $0) }
        }
        takeDarker(&span, places, offset: 1)
        takeDarker(&span, places, offset: 2)
        // ... and nothing is brighter.
        for place in 0..<places.lowerBound { span[place] = .min }
        for place in places.upperBound..<span.count { span[place] = .min }
        takeBrighter(&span, offset: 1)
        takeBrighter(&span, offset: 2)
        swap(&values, &brightest[slot])
        known[slot] = row
    }
}

@inline(__always)
private func raise(_ out: inout MutableSpan<Int16>, at base: Int, to row: Span<Int16>, count: Int) {
    precondition(count <= row.count && base >= 0 && base + count <= out.count)
    // SAFETY: x stays below the count that both have.
    for x in 0..<count {
        unsafe out[unchecked: base &+ x] = max(out[unchecked: base &+ x], row[unchecked: x])
    }
}

@inline(__always)
private func lower(_ out: inout MutableSpan<Int16>, at base: Int, to row: Span<Int16>) {
    precondition(base >= 0 && base + row.count <= out.count)
    // SAFETY: x stays below the count that both have.
    for x in 0..<row.count {
        unsafe out[unchecked: base &+ x] = min(out[unchecked: base &+ x], row[unchecked: x])
    }
}

/// Replaces each value in `places` by the darker of it and the one `offset` further on.
@inline(__always)
private func takeDarker(_ values: inout MutableSpan<Int16>, _ places: Range<Int>, offset: Int) {
    precondition(places.lowerBound >= 0 && places.upperBound + offset <= values.count)
    // Forwards: what is read lies ahead of what is written. SAFETY: both lie inside.
    for place in places {
        unsafe values[unchecked: place] = min(values[unchecked: place], values[unchecked: place &+ offset])
    }
}

/// Replaces each value by the brighter of it and the one `offset` further on.
@inline(__always)
private func takeBrighter(_ values: inout MutableSpan<Int16>, offset: Int) {
    // SAFETY: the last value read is the last one there is.
    for place in 0..<max(values.count - offset, 0) {
        unsafe values[unchecked: place] = max(values[unchecked: place], values[unchecked: place &+ offset])
    }
}
