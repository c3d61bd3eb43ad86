/// The few whole-mask operations a chain needs, 64 pixels a step.
extension BitMask {
    /// Adds the foreground of another mask.
    ///
    /// - Precondition: both have the same size.
    package mutating func formUnion(_ other: BitMask) {
        precondition(width == other.width && height == other.height, "masks of two sizes")
        let added = other.words.span
        var output = words.mutableSpan
        for index in 0..<output.count { output[index] |= added[index] }
    }

    /// This mask opened by the 3x3 cross, as ``open(_:with:)`` does it: nothing outside the image counts.
    package func openedByCross() -> BitMask {
        guard !words.isEmpty else { return self }
        var eroded = self
        var result = self
        // A picture is mostly empty; an empty row stays empty, and so do its neighbours when eroded.
        let isEmpty = (0..<height).map { row($0).allSatisfy { words[$0] == 0 } }
        for y in 0..<height where !isEmpty[y] { erodeRow(y, into: &eroded) }
        for y in 0..<height {
            let around = max(y - 1, 0)...min(y + 1, height - 1)
            if around.allSatisfy({ isEmpty[$0] }) { continue }
            eroded.dilateRow(y, into: &result)
        }
        return result
    }

    /// Where the words of row `y` lie.
    private func row(_ y: Int) -> Range<Int> { y * wordsPerRow..<(y + 1) * wordsPerRow }

    /// The bits of the last word of a row that are columns.
    private var lastColumns: UInt64 { UInt64.max &>> UInt64((64 - width & 63) & 63) }

    /// What of row `y` keeps all four neighbours, into the same row of `result`.
    private func erodeRow(_ y: Int, into result: inout BitMask) {
        let above = row(max(y - 1, 0)).lowerBound
        let below = row(min(y + 1, height - 1)).lowerBound
        let base = row(y).lowerBound
        for index in 0..<wordsPerRow {
            let isLast = index == wordsPerRow - 1
            // Beyond either end of the row everything counts as foreground.
            let left = index == 0 ? 1 : words[base + index - 1] &>> 63
            let right = isLast ? 1 : words[base + index + 1] & 1
            var word = words[base + index]
            let open = isLast ? word | ~lastColumns : word
            word &= open &<< 1 | left
            word &= open &>> 1 | right &<< 63
            result.words[base + index] = word & words[above + index] & words[below + index]
        }
    }

    /// Row `y` and all pixels with a neighbour to the four sides, into the same row of `result`.
    private func dilateRow(_ y: Int, into result: inout BitMask) {
        let above = row(max(y - 1, 0)).lowerBound
        let below = row(min(y + 1, height - 1)).lowerBound
        let base = row(y).lowerBound
        for index in 0..<wordsPerRow {
            let left = index == 0 ? 0 : words[base + index - 1] &>> 63
            let right = index == wordsPerRow - 1 ? 0 : words[base + index + 1] & 1
            let word = words[base + index]
            let sideways = word | word &<< 1 | left | word &>> 1 | right &<< 63
            result.words[base + index] = sideways | words[above + index] | words[below + index]
        }
        result.words[base + wordsPerRow - 1] &= lastColumns
    }
}
