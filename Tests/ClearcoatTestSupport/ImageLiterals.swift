public import ClearcoatImage

extension Image where Element == UInt8 {
    /// A mask drawn as text, one character a pixel and one string a row: `#` is 255, anything else 0.
    public init(drawn rows: String...) {
        let width = rows.first?.count ?? 0
        let samples = rows.flatMap { row in row.map { $0 == "#" ? UInt8(255) : 0 } }
        self.init(width: width, height: rows.count, samples: samples)
    }
}
