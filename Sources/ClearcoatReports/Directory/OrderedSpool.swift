/// Blocks of bytes that arrive in any order and are written in theirs.
///
/// The bytes wait in a nameless file; memory holds three numbers a block, so 40,000 captures take
/// about a megabyte.
struct OrderedSpool {
    private let file: OpenFile
    private var blocks: [Block] = []
    private var end = 0

    private struct Block {
        var order: Int
        var offset: Int
        var count: Int
    }

    /// An empty spool whose bytes wait on the same medium as `directory`.
    init(in directory: Directory) throws(ResultsError) { file = try directory.makeNamelessFile() }

    /// Takes a block and the place where it belongs. Of blocks with the same place, the first comes first.
    mutating func append(_ bytes: [UInt8], at order: Int) throws(ResultsError) {
        if bytes.isEmpty { return }
        try file.write(bytes, at: end)
        blocks.append(Block(order: order, offset: end, count: bytes.count))
        end += bytes.count
    }

    /// Writes all blocks in order. The spool keeps them, so it can be asked again later.
    func write(to output: OpenFile) throws(ResultsError) {
        let sorted = blocks.sorted { ($0.order, $0.offset) < ($1.order, $1.offset) }
        var pending: Range<Int>?
        for block in sorted {
            let range = block.offset..<block.offset + block.count
            if let joined = pending, joined.upperBound == range.lowerBound {
                pending = joined.lowerBound..<range.upperBound
            } else {
                if let pending { try copy(pending, to: output) }
                pending = range
            }
        }
        if let pending { try copy(pending, to: output) }
    }

    private func copy(_ range: Range<Int>, to output: OpenFile) throws(ResultsError) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
            try output.append(file.read(min(1 << 20, range.upperBound - start), at: start))
        }
    }
}
