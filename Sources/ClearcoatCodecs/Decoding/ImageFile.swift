import CClearcoatCodecs
import ClearcoatImage

/// A file in memory whose header was read and found within the limits.
struct ImageFile {
    /// What the C side read; as stored, not as displayed.
    let header: CClearcoatCodecs_header
    /// As displayed. Decoding adds its warnings.
    private(set) var metadata: ImageMetadata

    private let bytes: [UInt8]
    private let limits: DecodingLimits

    /// Reads the header only.
    init(_ bytes: [UInt8], limits: DecodingLimits) throws(ImageDecodingError) {
        guard let format = ImageFormat(firstBytes: bytes) else {
            throw .unknownFormat(firstBytes: Array(bytes.prefix(8)))
        }
        var header = CClearcoatCodecs_header()
        var report = CClearcoatCodecs_report()
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return CClearcoatCodecs_truncated }
            var limits = CClearcoatCodecs_limits(limits)
            switch format {
            case .png:
                return unsafe CClearcoatCodecs_readPNGHeader(start, buffer.count, &limits, &header, &report)
            case .jpeg:
                return unsafe CClearcoatCodecs_readJPEGHeader(start, buffer.count, &limits, &header, &report)
            }
        }
        self.bytes = bytes
        self.limits = limits
        self.header = header
        let notes = FileNotes(bytes, format: format, limits: limits)
        metadata = ImageMetadata(format: format, header: header, notes: notes)
        if status != CClearcoatCodecs_ok { throw error(status, report) }
        for warning in report.warningLines { metadata.warn(warning) }
    }

    /// Decodes one plane, or three and alpha where it is asked for, and turns them upright.
    mutating func planes<S: Sample>(
        _ count: Int,
        of type: S.Type,
        withAlpha: Bool = false,
        _ cancellation: CancellationFlag?
    ) throws(ImageDecodingError) -> [Image<S>] {
        try unsafe planes(count, of: S.self, withAlpha: withAlpha, colourSums: nil, cancellation)
    }

    /// The same, with colours added up in three planes of cells of 4 × 4 pixels.
    mutating func planes<S: Sample>(
        _ count: Int,
        of type: S.Type,
        withAlpha: Bool,
        colourSums: UnsafeMutableBufferPointer<UInt32>?,
        _ cancellation: CancellationFlag?
    ) throws(ImageDecodingError) -> [Image<S>] {
        let width = Int(header.width)
        let height = Int(header.height)
        var report = CClearcoatCodecs_report()
        var status = CClearcoatCodecs_misuse
        var samples = unsafe Self.fillPlanes(count + (withAlpha ? 1 : 0), of: S.self, size: width * height) {
            planes in
            unsafe status = decode(into: planes, count: count, of: S.self, colourSums, cancellation, &report)
            return status == CClearcoatCodecs_ok
        }
        if status != CClearcoatCodecs_ok { throw error(status, report) }
        for warning in report.warningLines { metadata.warn(warning) }
        return samples.indices.map { index in
            // Each plane is let go as soon as it is turned, so that only one is there twice.
            let stored = Image(width: width, height: height, samples: samples[index])
            samples[index] = []
            return stored.upright(from: metadata.orientation)
        }
    }

    /// Makes arrays of `size` samples that `fill` writes in place; empty ones where it says it failed.
    private static func fillPlanes<S: Sample>(
        _ count: Int,
        of type: S.Type,
        size: Int,
        after started: [UnsafeMutablePointer<S>] = unsafe [],
        _ fill: ([UnsafeMutablePointer<S>]) -> Bool
    ) -> [[S]] {
        var rest: [[S]] = []
        let plane = unsafe [S](unsafeUninitializedCapacity: size) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            let planes = unsafe started + [start]
            var isFilled = false
            if unsafe planes.count == count {
                unsafe isFilled = fill(planes)
            } else {
                unsafe rest = fillPlanes(count, of: S.self, size: size, after: planes, fill)
                isFilled = rest[0].count == size
            }
            // SAFETY: a decoder that says it is done has written every sample.
            initialized = isFilled ? size : 0
        }
        return [plane] + rest
    }

    private func decode<S: Sample>(
        into planes: [UnsafeMutablePointer<S>],
        count: Int,
        of type: S.Type,
        _ colourSums: UnsafeMutableBufferPointer<UInt32>?,
        _ cancellation: CancellationFlag?,
        _ report: inout CClearcoatCodecs_report
    ) -> CClearcoatCodecs_status {
        var output = CClearcoatCodecs_output()
        unsafe output.planes.0 = UnsafeMutableRawPointer(planes[0])
        if count == 3 {
            unsafe output.planes.1 = UnsafeMutableRawPointer(planes[1])
            unsafe output.planes.2 = UnsafeMutableRawPointer(planes[2])
        }
        if unsafe planes.count > count { unsafe output.planes.3 = UnsafeMutableRawPointer(planes[count]) }
        if let start = unsafe colourSums?.baseAddress {
            let cells = unsafe (colourSums?.count ?? 0) / 3
            unsafe output.colourSums = (start, start + cells, start + 2 * cells)
            output.colourCapacity = cells
        }
        output.planeCount = UInt32(count)
        output.bitsPerSample = UInt32(MemoryLayout<S>.size * 8)
        output.capacity = Int(header.width) * Int(header.height)
        var limits = CClearcoatCodecs_limits(limits)
        let flag = unsafe cancellation?.pointer
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return CClearcoatCodecs_truncated }
            // SAFETY: the decoder checks `capacity` against the header it reads before it writes, and the
            // caller keeps the planes, the bytes and the flag alive until it returns.
            switch metadata.format {
            case .png:
                return unsafe CClearcoatCodecs_decodePNG(start, buffer.count, &limits, &output, flag, &report)
            case .jpeg:
                return unsafe CClearcoatCodecs_decodeJPEG(
                    start,
                    buffer.count,
                    &limits,
                    &output,
                    flag,
                    &report
                )
            }
        }
    }

    private func error(_ status: CClearcoatCodecs_status, _ report: CClearcoatCodecs_report)
        -> ImageDecodingError
    {
        let format = metadata.format
        let width = Int(header.width)
        let height = Int(header.height)
        let message = report.messageText
        let rows = Int(report.rowsGood)
        switch status {
        case CClearcoatCodecs_truncated: return .truncated(format, rowsGood: rows, of: height)
        case CClearcoatCodecs_unsupported: return .unsupported(format, reason: message)
        case CClearcoatCodecs_tooLarge:
            return .tooLarge(width: width, height: height, maximumPixels: limits.maximumPixels)
        case CClearcoatCodecs_overLimit: return .overLimit(format, reason: message)
        case CClearcoatCodecs_outOfMemory: return .outOfMemory(width: width, height: height)
        case CClearcoatCodecs_cancelled: return .cancelled
        default:
            let place = rows > 0 ? ", after \(rows) of \(height) rows" : ""
            return .malformed(format, libraryMessage: message + place)
        }
    }
}

extension ImageMetadata {
    fileprivate init(format: ImageFormat, header: CClearcoatCodecs_header, notes: FileNotes) {
        let swaps = notes.orientation.swapsAxes
        self.format = format
        width = Int(swaps ? header.height : header.width)
        height = Int(swaps ? header.width : header.height)
        bitDepth = Int(header.bitsPerSample)
        colorKind =
            switch header.color {
            case CClearcoatCodecs_rgb: .rgb
            case CClearcoatCodecs_palette: .palette
            case CClearcoatCodecs_ycc: .yCbCr
            case CClearcoatCodecs_cmyk: .cmyk
            default: .gray
            }
        hasAlpha = header.hasAlpha != 0
        orientation = notes.orientation
        scale = swaps ? notes.density?.scale?.transposed : notes.density?.scale
        text = notes.text
        warnings = notes.warnings
    }

    /// Adds a complaint, once.
    fileprivate mutating func warn(_ warning: String) {
        if !warnings.contains(warning) { warnings.append(warning) }
    }
}

extension FileNotes {
    fileprivate init(_ bytes: [UInt8], format: ImageFormat, limits: DecodingLimits) {
        switch format {
        case .png: self.init(png: bytes, limits: limits)
        case .jpeg: self.init(jpeg: bytes, limits: limits)
        }
    }
}

extension CClearcoatCodecs_limits {
    fileprivate init(_ limits: DecodingLimits) {
        self.init(
            maximumPixels: UInt64(clamping: limits.maximumPixels),
            maximumDimension: UInt32(clamping: limits.maximumDimension),
            maximumScans: UInt32(clamping: limits.maximumScans),
            maximumChunkBytes: UInt32(clamping: limits.maximumChunkBytes)
        )
    }
}
