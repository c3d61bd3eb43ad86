import CClearcoatCodecs
import ClearcoatImage

/// A chunk or segment that stands before the samples.
struct FileBlock {
    /// PNG's four letters.
    var name = "    "
    /// JPEG's marker.
    var marker: Int32 = 0
    var bytes: [UInt8]
}

/// Refuses sizes that `format` cannot hold.
func checkSize<S>(_ planes: [Image<S>], _ format: ImageFormat, maximum: Int) throws(ImageEncodingError) {
    try checkSize(width: planes[0].width, height: planes[0].height, format, maximum: maximum)
}

/// Refuses sizes that `format` cannot hold.
func checkSize(width: Int, height: Int, _ format: ImageFormat, maximum: Int) throws(ImageEncodingError) {
    guard width > 0, height > 0 else { throw .noPixels }
    guard width <= maximum, height <= maximum else {
        throw .tooLarge(format, width: width, height: height, maximumDimension: maximum)
    }
}

/// Calls `encode` with the picture and the blocks as C wants them and room for `capacity` bytes, and
/// returns the bytes that it wrote.
///
/// Room that is not written to takes address space but no memory, so `capacity` may be generous.
func encode<S: Sample>(
    _ planes: [Image<S>],
    _ blocks: [FileBlock],
    _ format: ImageFormat,
    capacity: Int,
    _ encode: (
        UnsafePointer<CClearcoatCodecs_input>, UnsafeBufferPointer<CClearcoatCodecs_block>,
        UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<Int>, UnsafeMutablePointer<CClearcoatCodecs_report>
    ) -> CClearcoatCodecs_status
) throws(ImageEncodingError) -> [UInt8] {
    var report = CClearcoatCodecs_report()
    var status = CClearcoatCodecs_misuse
    let encoded = unsafe withInput(planes) { input in
        unsafe withBlocks(blocks) { blocks in
            unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, written in
                guard let start = buffer.baseAddress else { return }
                var input = input
                // SAFETY: C writes at most `capacity` bytes and sets `written` to how many they were.
                unsafe status = encode(&input, blocks, start, &written, &report)
            }
        }
    }
    guard status == CClearcoatCodecs_ok else {
        throw .failed(format, libraryMessage: report.messageText)
    }
    return encoded
}

private func withInput<S: Sample, Result>(
    _ planes: [Image<S>],
    after started: [UnsafeRawPointer?] = unsafe [],
    _ body: (CClearcoatCodecs_input) -> Result
) -> Result {
    if unsafe started.count < planes.count {
        return unsafe planes[started.count].samples.withUnsafeBytes { buffer in
            unsafe withInput(planes, after: started + [buffer.baseAddress], body)
        }
    }
    let isColor = planes.count == 3
    let input = unsafe CClearcoatCodecs_input(
        planes: (started[0], isColor ? started[1] : nil, isColor ? started[2] : nil),
        planeCount: UInt32(planes.count),
        bitsPerSample: UInt32(MemoryLayout<S>.size * 8),
        width: UInt32(planes[0].width),
        height: UInt32(planes[0].height)
    )
    return body(input)
}

func withBlocks<Result>(
    _ blocks: [FileBlock],
    _ body: (UnsafeBufferPointer<CClearcoatCodecs_block>) -> Result
) -> Result {
    // All contents in one piece, so that one pointer serves for all.
    let contents = blocks.flatMap(\.bytes)
    return unsafe contents.withUnsafeBufferPointer { buffer in
        var start = 0
        let list = unsafe blocks.map { block in
            let name = block.name.utf8.prefix(4).map { CChar(bitPattern: $0) }
            defer { start += block.bytes.count }
            return unsafe CClearcoatCodecs_block(
                type: (name[0], name[1], name[2], name[3]),
                marker: block.marker,
                bytes: buffer.baseAddress.map { unsafe $0 + start },
                count: block.bytes.count
            )
        }
        return unsafe list.withUnsafeBufferPointer(body)
    }
}
