package import ClearcoatImage
package import ClearcoatRegions

extension Patch<Bool> {
    /// True where a region has a pixel.
    package init(of region: Region, in rectangle: Rectangle) {
        self.init(rectangle: rectangle, filledWith: false)
        draw(region)
    }

    /// How many places are true.
    package var count: Int { truths(in: values.span) }

    /// Sets the pixels of `region` and those within `margin` columns and rows of them.
    package mutating func draw(_ region: Region, margin: Int = 0) {
        for run in region.runs { fill(run.box.expanded(by: margin), with: true) }
    }

    /// Sets the pixels that the places of level `level` of a region stand for, inside `bounds`, and those within
    /// `margin` of them: the patch lies on level `target`.
    mutating func draw(
        _ region: Region,
        ofLevel level: Int,
        onLevel target: Int,
        in bounds: Rectangle,
        margin: Int
    ) {
        for run in region.runs {
            let box = run.box.onLevel(target, from: level).intersection(bounds)
            if !box.isEmpty { fill(box.expanded(by: margin), with: true) }
        }
    }

    /// Sets what of `box` lies in the patch.
    package mutating func fill(_ box: Rectangle, with value: Bool) {
        let part = box.intersection(rectangle)
        guard !part.isEmpty else { return }
        let first = index(x: part.x, y: part.y)
        let stride = rectangle.width
        precondition(first >= 0 && first + (part.height - 1) * stride + part.width <= values.count)
        var span = values.mutableSpan
        for row in 0..<part.height {
            let start = first &+ row &* stride
            // SAFETY: the part lies in the patch: its last row ends inside the values.
            for place in start..<start &+ part.width { unsafe span[unchecked: place] = value }
        }
    }

    /// So many of the places that are true or a few more, but less than twice as many, evenly spread, as indices of
    /// ``values``; all if there are fewer.
    package func places(about count: Int) -> [Int] { places(about: count, of: self.count) }

    /// The same for a patch of which it is known how many places are true.
    func places(about count: Int, of known: Int) -> [Int] {
        let stride = max(known / count, 1)
        var places: [Int] = []
        places.reserveCapacity(known / stride + 1)
        var toPass = 0
        let span = values.span
        for start in Swift.stride(from: 0, to: span.count, by: 8) {
            let word = eightTruths(span, start)
            let inWord = truths(in: word)
            while toPass < inWord {
                places.append(start &+ place(ofTruth: toPass, in: word))
                toPass &+= stride
            }
            toPass &-= inWord
        }
        return places
    }

    /// How many places are true in both; `other` has the same rectangle.
    package func countShared(with other: Patch<Bool>) -> Int {
        precondition(values.count == other.values.count, "\(rectangle) and \(other.rectangle)")
        var total = 0
        let one = values.span
        let two = other.values.span
        for start in stride(from: 0, to: one.count, by: 8) {
            total &+= truths(in: eightTruths(one, start) & eightTruths(two, start))
        }
        return total
    }

    /// The connected sets of true places, as regions of the picture.
    package func regions() -> [Region] { ClearcoatRegions.regions(of: runs()) }

    /// The true places as runs of the picture, in reading order.
    package func runs() -> [Run] {
        var runs: [Run] = []
        let span = values.span
        for row in 0..<rectangle.height {
            let base = row * rectangle.width
            let end = base + rectangle.width
            var place = next(true, in: span, from: base, to: end)
            while place < end {
                let start = place
                place = next(false, in: span, from: place, to: end)
                runs.append(
                    Run(
                        row: row + rectangle.y,
                        start: start - base + rectangle.x,
                        end: place - base + rectangle.x
                    )
                )
                place = next(true, in: span, from: place, to: end)
            }
        }
        return runs
    }
}

/// The first place from `start` on with this value; `end` when there is none before it.
@inline(__always)
private func next(_ value: Bool, in values: Span<Bool>, from start: Int, to end: Int) -> Int {
    let other: UInt64 = value ? 0 : allTrue
    var place = start
    while place < end {
        let different = eightTruths(values, place) ^ other
        if different != 0 { return min(place &+ different.trailingZeroBitCount / 8, end) }
        place &+= 8
    }
    return end
}
