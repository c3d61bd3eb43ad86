import ClearcoatImage

/// Damage to a picture file, as transfer and memory do it and as somebody who knows the formats would.
enum Mutation: CaseIterable {
    case flipBit, setByte, setWord, cutEnd, removePart, repeatPart, overwritePart
    case exchangeBlocks, removeBlock, repeatBlock, insertForeignBlock, lieAboutLength, cutInsideBlock

    /// Damages a file. `other` gives what comes from elsewhere.
    func apply(to file: inout [UInt8], other: [UInt8], using generator: inout SplitMix64) {
        guard file.count > 8 else { return }
        let blocks = Self.blocks(of: file)
        let place = Int.random(in: 0..<file.count, using: &generator)
        let end = min(file.count, place + Int.random(in: 1...40, using: &generator))
        switch self {
        case .flipBit: file[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case .setByte:
            file[place] = [0, 1, 0x7f, 0x80, 0xff, 0xd8, 0xd9, 0xda].randomElement(using: &generator) ?? 0
        case .setWord:
            for index in place..<min(place + 4, file.count) {
                file[index] = .random(in: 0...255, using: &generator)
            }
        case .cutEnd: file.removeLast(Int.random(in: 0..<min(file.count, 60), using: &generator))
        case .removePart: file.removeSubrange(place..<end)
        case .repeatPart: file.insert(contentsOf: file[place..<end], at: place)
        case .overwritePart:
            let target = Int.random(in: 0...file.count - (end - place), using: &generator)
            file.replaceSubrange(target..<target + end - place, with: Array(file[place..<end]))
        case .exchangeBlocks:
            guard let one = blocks.randomElement(using: &generator),
                let two = blocks.randomElement(using: &generator), one.upperBound <= two.lowerBound
            else { return }
            let moved = Array(file[two] + file[one.upperBound..<two.lowerBound] + file[one])
            file.replaceSubrange(one.lowerBound..<two.upperBound, with: moved)
        case .removeBlock:
            if let block = blocks.randomElement(using: &generator) { file.removeSubrange(block) }
        case .repeatBlock:
            guard let block = blocks.randomElement(using: &generator) else { return }
            let count = Int.random(in: 1...20, using: &generator)
            file.insert(contentsOf: repeatElement(file[block], count: count).joined(), at: block.lowerBound)
        case .insertForeignBlock:
            guard let block = Self.blocks(of: other).randomElement(using: &generator),
                let place = blocks.randomElement(using: &generator)?.lowerBound
            else { return }
            file.insert(contentsOf: other[block], at: place)
        case .lieAboutLength:
            guard let block = blocks.randomElement(using: &generator) else { return }
            // PNG begins a chunk with four bytes of length; JPEG a segment with a marker and two of length.
            let low = block.lowerBound + 3
            let lies: [UInt8] = [0, 1, 2, 0xff, file[low] &+ 1, file[low] &- 1]
            file[Bool.random(using: &generator) ? low : low - 1] = lies.randomElement(using: &generator) ?? 0
        case .cutInsideBlock:
            guard let block = blocks.randomElement(using: &generator) else { return }
            file.removeSubrange(Int.random(in: block, using: &generator)..<block.upperBound)
        }
    }

    /// The chunks of a PNG, or the segments of a JPEG up to its first scan.
    private static func blocks(of file: [UInt8]) -> [Range<Int>] {
        let isPNG = file.starts(with: PNGFile.signature)
        var blocks: [Range<Int>] = []
        var start = isPNG ? 8 : 2
        while start + 4 <= file.count {
            let number = file[start + (isPNG ? 0 : 2)..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = start + number + (isPNG ? 12 : 2)
            guard end <= file.count, isPNG || file[start] == 0xff else { break }
            blocks.append(start..<end)
            start = end
        }
        return blocks
    }
}
