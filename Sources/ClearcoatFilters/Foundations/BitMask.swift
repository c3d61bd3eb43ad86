package import ClearcoatImage

/// A mask with one bit a pixel, for the steps that must see the whole picture at once: an eighth of
/// the memory of a ``Mask``, and 64 pixels an instruction.
///
/// Each row begins a new word; bit `x % 64` of word `x / 64` is column `x`. Bits beyond the last
/// column are always 0.
package struct BitMask: Sendable, Hashable {
    /// The number of columns, in pixels.
    package let width: Int
    /// The number of rows, in pixels.
    package let height: Int
    /// How many words a row takes.
    package let wordsPerRow: Int
    /// The rows, from top to bottom.
    package var words: [UInt64]

    /// A mask that is background everywhere.
    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
        wordsPerRow = (width + 63) / 64
        words = [UInt64](repeating: 0, count: wordsPerRow * height)
    }

    /// The masks of bands of one picture, from top to bottom, as one.
    ///
    /// - Precondition: all have the same width.
    package init(joining bands: [BitMask]) {
        width = bands.first?.width ?? 0
        wordsPerRow = (width + 63) / 64
        height = bands.reduce(0) { $0 + $1.height }
        words = []
        words.reserveCapacity(wordsPerRow * height)
        for band in bands {
            precondition(band.width == width, "bands of \(width) and \(band.width) columns")
            words += band.words
        }
    }

    /// Whether the pixel at (x, y) is foreground. Checked, so not for inner loops.
    package subscript(x: Int, y: Int) -> Bool {
        get { words[y * wordsPerRow + x >> 6] &>> UInt64(x & 63) & 1 == 1 }
        set {
            let bit = UInt64(1) &<< UInt64(x & 63)
            if newValue {
                words[y * wordsPerRow + x >> 6] |= bit
            } else {
                words[y * wordsPerRow + x >> 6] &= ~bit
            }
        }
    }

    /// Some rows as a mask of bytes: 255 for foreground, else 0.
    package func expanded(rows: Range<Int>) -> Mask {
        var result = [UInt8](repeating: 0, count: width * rows.count)
        var output = result.mutableSpan
        let words = words.span
        for y in rows {
            let base = (y - rows.lowerBound) * width
            for index in 0..<wordsPerRow {
                // Word by word and bit by bit: most words of most pictures are 0 and cost one test.
                var word = words[y * wordsPerRow + index]
                while word != 0 {
                    output[base + index * 64 + word.trailingZeroBitCount] = 255
                    word &= word &- 1
                }
            }
        }
        return Image(width: width, height: rows.count, samples: result)
    }

    /// The whole as a mask of bytes.
    package func expanded() -> Mask { expanded(rows: 0..<height) }
}

/// One row of flag bytes, wide enough to be read 64 at a time.
///
/// The form between a kernel, which compares sample by sample and so is vectorised by the compiler,
/// and a ``BitMask``.
struct FlagRow {
    /// A flag for each column, then zeros up to a multiple of 64.
    var flags: [UInt8]

    init(width: Int) { flags = [UInt8](repeating: 0, count: (width + 63) & ~63) }

    /// Packs bit `bit` of every flag into `words`, from `words[base]` on.
    func pack(bit: Int, into words: inout MutableSpan<UInt64>, at base: Int) {
        let span = flags.span
        let bytes = unsafe span.bytes
        let shift = UInt64(bit)
        for group in 0..<bytes.byteCount >> 6 {
            // SAFETY: the count is a multiple of 64, and `group` stays below that multiple.
            let sixtyFour = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: group &<< 6,
                as: SIMD8<UInt64>.self
            )
            var word: UInt64 = 0
            if sixtyFour != .zero {
                for part in 0..<8 {
                    // The lowest bits of eight bytes, gathered by one multiplication into the top byte.
                    let lowest = (sixtyFour[part] &>> shift) & 0x0101_0101_0101_0101
                    let byte = (lowest &* 0x0102_0408_1020_4080) &>> 56
                    word |= byte &<< UInt64(part &* 8)
                }
            }
            words[base &+ group] = word
        }
    }
}
