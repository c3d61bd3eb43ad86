/// The part of `open` that can be reached from `seeds` by steps to any of the eight neighbours, the
/// seeds themselves (where open) included.
///
/// What hysteresis means, for thresholds and for edges alike: `seeds` are the strong pixels, `open`
/// the strong and the weak ones.
///
/// - Precondition: both have the same size.
/// - Complexity: O(words of `seeds`) plus O(words touched); a word of 64 pixels is filled at once.
package func spread(_ seeds: BitMask, over open: BitMask) -> BitMask {
    precondition(seeds.width == open.width && seeds.height == open.height, "masks of two sizes")
    var reached = BitMask(width: open.width, height: open.height)
    let wordsPerRow = open.wordsPerRow
    let lastRow = open.height - 1
    var stack: [(word: Int, bits: UInt64)] = []

    func enter(_ word: Int, _ bits: UInt64) {
        let free = open.words[word] & ~reached.words[word]
        guard bits & free != 0 else { return }
        let filled = filledAlong(bits & free, over: free)
        reached.words[word] |= filled
        stack.append((word, filled))
    }

    for index in seeds.words.indices where seeds.words[index] != 0 {
        enter(index, seeds.words[index])
        while let (word, bits) = stack.popLast() {
            let y = word / wordsPerRow
            let column = word % wordsPerRow
            for neighbour in max(y - 1, 0)...min(y + 1, lastRow) {
                let place = neighbour * wordsPerRow + column
                enter(place, bits | bits &<< 1 | bits &>> 1)
                if bits & 1 == 1, column > 0 { enter(place - 1, 1 &<< 63) }
                if bits &>> 63 == 1, column < wordsPerRow - 1 { enter(place + 1, 1) }
            }
        }
    }
    return reached
}

/// Every run of ones in `open` that holds a bit of `seeds`, in doubling steps.
private func filledAlong(_ seeds: UInt64, over open: UInt64) -> UInt64 {
    var upwards = seeds
    var downwards = seeds
    var openUp = open
    var openDown = open
    var step: UInt64 = 1
    while step < 64 {
        upwards |= openUp & (upwards &<< step)
        downwards |= openDown & (downwards &>> step)
        openUp &= openUp &<< step
        openDown &= openDown &>> step
        step &<<= 1
    }
    return upwards | downwards
}
