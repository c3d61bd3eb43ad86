/// Blocks of bytes that arrive in any order and are written in theirs.
///
/// The bytes wait in a nameless file; memory holds a few numbers a block, so 40,000 captures take about
/// two megabytes.
struct OrderedSpool {
    private let file: OpenFile
    private var blocks: [Int: Block] = [:]
    private var end = 0
    /// Whether something changed since ``write(to:)``.
    private(set) var hasNews = true

    private struct Block {
        var offset: Int
        var count: Int
    }

    /// An empty spool whose bytes wait on the same medium as `directory`.
    init(in directory: Directory) throws(ResultsError) { file = try directory.makeNamelessFile() }

    /// The places that have a block, in order.
    var places: [Int] { blocks.keys.sorted() }

    /// Takes a block and the place where it belongs, instead of the one that was there.
    mutating func append(_ bytes: [UInt8], at place: Int) throws(ResultsError) {
        if bytes.isEmpty { return }
        try file.write(bytes, at: end)
        blocks[place] = Block(offset: end, count: bytes.count)
        end += bytes.count
        hasNews = true
    }

    /// Whether there is a block at a place.
    func contains(_ place: Int) -> Bool { blocks[place] != nil }

    /// Forgets the block at a place, if there is one.
    mutating func remove(_ place: Int) {
        if blocks.removeValue(forKey: place) != nil { hasNews = true }
    }

    /// The block at a place; empty when there is none.
    func bytes(at place: Int) throws(ResultsError) -> [UInt8] {
        guard let block = blocks[place] else { return [] }
        return try file.read(block.count, at: block.offset)
    }

    /// Writes all blocks in order. The spool keeps them, so it can be asked again later.
    mutating func write(to output: OpenFile) throws(ResultsError) {
        var pending: Range<Int>?
        for place in places {
            guard let block = blocks[place] else { continue }
            let range = block.offset..<block.offset + block.count
            if let joined = pending, joined.upperBound == range.lowerBound {
                pending = joined.lowerBound..<range.upperBound
            } else {
                if let pending { try copy(pending, to: output) }
                pending = range
            }
        }
        if let pending { try copy(pending, to: output) }
        hasNews = false
    }

    /// Gives back the room of blocks that were replaced or removed, once it is more than that of the rest.
    mutating func compact(in directory: Directory) throws(ResultsError) {
        let live = blocks.values.reduce(0) { $0 + $1.count }
        guard end > 2 * live + 1 << 20 else { return }
        var fresh = try OrderedSpool(in: directory)
        for place in places { try fresh.append(bytes(at: place), at: place) }
        self = fresh
    }

    private func copy(_ range: Range<Int>, to output: OpenFile) throws(ResultsError) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
            try output.append(file.read(min(1 << 20, range.upperBound - start), at: start))
        }
    }
}
