import CClearcoatCodecs
import ClearcoatImage

/// Encodes a PNG of 8-bit colour from bands of rows, so that neither the picture nor its file is ever whole in
/// memory. Always ``PNGOptions/Compression/fast``; gray parts of the picture cost as much as a gray picture.
///
/// ```swift
/// var encoder = try PNGBandEncoder(width: width, height: height)
/// try file.append(encoder.header)
/// for rows in bands { try file.append(encoder.encode(&rows)) }
/// ```
public struct PNGBandEncoder: Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// What stands in the file before the first band.
    public let header: [UInt8]
    /// How many rows have been encoded.
    public private(set) var rowCount = 0

    private var above: [UInt32]
    private var checksum: UInt32 = 1

    /// Begins a picture.
    ///
    /// - Throws: ``ImageEncodingError``: a size or a text that PNG cannot hold.
    public init(width: Int, height: Int, options: PNGOptions = .init()) throws(ImageEncodingError) {
        try checkSize(width: width, height: height, .png, maximum: Int(Int32.max))
        let blocks = try ImageEncoder.pngBlocks(options)
        let capacity = blocks.reduce(64) { $0 + $1.bytes.count + 12 }
        var status = CClearcoatCodecs_misuse
        header = unsafe withBlocks(blocks) { blocks in
            unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, written in
                guard let start = buffer.baseAddress else { return }
                // SAFETY: C writes at most `capacity` bytes and sets `written` to how many they were.
                unsafe status = CClearcoatCodecs_beginColorPNG(
                    UInt32(width),
                    UInt32(height),
                    blocks.baseAddress,
                    blocks.count,
                    start,
                    capacity,
                    &written
                )
            }
        }
        precondition(status == CClearcoatCodecs_ok, "\(capacity) bytes are too few for a header")
        self.width = width
        self.height = height
        above = Array(repeating: 0, count: width)
    }

    /// Encodes the next rows. The last ones end the file.
    ///
    /// - Parameter pixels: whole rows from left to right, each pixel with red in its lowest byte, then green and
    ///   blue, and zero in its highest. They are used up: afterwards they hold differences.
    /// - Returns: the file's next bytes.
    /// - Precondition: at least one row, and no more than are left.
    /// - Complexity: O(*n*); about 4 ns a gray pixel, up to 12 ns a coloured one.
    public mutating func encode(_ pixels: inout [UInt32]) -> [UInt8] {
        let rows = pixels.count / width
        precondition(
            rows > 0 && rows * width == pixels.count && rowCount + rows <= height,
            "\(pixels.count) pixels after row \(rowCount) of \(width) x \(height)"
        )
        let last = Array(pixels.suffix(width))
        let isFirst: Int32 = rowCount == 0 ? 1 : 0
        rowCount += rows
        let isLast: Int32 = rowCount == height ? 1 : 0
        let capacity = pixels.count * 5 + rows * 16 + 1024
        var status = CClearcoatCodecs_misuse
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, written in
            guard let start = buffer.baseAddress else { return }
            unsafe pixels.withUnsafeMutableBufferPointer { pixels in
                unsafe above.withUnsafeBufferPointer { above in
                    guard let first = pixels.baseAddress, let upper = above.baseAddress else { return }
                    // SAFETY: `pixels` has `rows * width` elements and `above` `width`; C writes at most
                    // `capacity` bytes and sets `written` to how many they were.
                    unsafe status = CClearcoatCodecs_encodeColorBand(
                        first,
                        upper,
                        width,
                        rows,
                        isFirst,
                        isLast,
                        &checksum,
                        start,
                        capacity,
                        &written
                    )
                }
            }
        }
        precondition(
            status == CClearcoatCodecs_ok,
            "\(capacity) bytes are too few for \(pixels.count) pixels"
        )
        above = last
        return bytes
    }
}
