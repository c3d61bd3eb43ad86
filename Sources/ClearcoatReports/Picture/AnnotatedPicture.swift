public import ClearcoatCodecs
public import ClearcoatImage
public import ClearcoatInspection

/// The inspected picture with what was found drawn on it.
///
/// The picture keeps its pixels at their coordinates: the legend is a strip below it and hides nothing. A
/// picture too narrow for a legend gets an empty margin on the right as well. Outlines are drawn
/// around defects at a small distance, labels beside them, so that every defect can be seen as the camera saw it.
///
/// Dark pictures and those of 16 bits are brightened for the screen (see ``ToneCurve``).
///
/// Drawn and encoded band by band: a picture in colour is never whole in memory unless ``rendered()`` is asked for.
public struct AnnotatedPicture: Sendable {
    /// The most findings that get a label; the worst come first. All get an outline.
    static let maximumLabels = 200
    /// What a picture drawn here may ask for when it is read again: what an input may, and as much for the legend.
    package static var decodingLimits: DecodingLimits {
        var limits = DecodingLimits()
        limits.maximumPixels *= 2
        limits.maximumDimension *= 2
        return limits
    }
    /// What the input's hash is called in the text of a file, so that the picture tells what it shows.
    static let inputKey = "Input SHA-256"
    /// About as many pixels are drawn and encoded at a time: they stay in the cache.
    private static let bandPixels = 1 << 18

    /// The number of columns, at least the picture's.
    public let width: Int
    /// The number of rows, with those of the legend.
    public let height: Int
    private let image: GrayImage
    private let record: InspectionRecord
    private let tone: ToneCurve
    private let drawing: Drawing

    /// Prepares the drawing of a record on its picture: finds room for every label.
    ///
    /// - Parameters:
    ///   - image: the picture that was inspected, as displayed.
    ///   - areas: the zones and ignored areas of the recipe.
    public init(
        of record: InspectionRecord,
        on image: GrayImage,
        areas: RunDescription.Areas = .init()
    ) {
        self.image = image
        self.record = record
        tone = ToneCurve(for: image)
        drawing = Drawing(of: record, areas, bounds: image.bounds)
        width = drawing.width
        height = drawing.height
    }

    /// The whole picture.
    ///
    /// - Complexity: O(pixels); three bytes a pixel.
    public func rendered() -> RGBImage<UInt8> {
        var canvas = Canvas(width: width, rows: 0..<0, color: .ink)
        draw(0..<height, on: &canvas)
        return canvas.picture()
    }

    /// The picture as a PNG file, piece by piece: bounded memory whatever its size.
    ///
    /// - Parameter withThumbnail: whether ``Pieces/thumbnail`` is wanted afterwards.
    /// - Throws: `ImageEncodingError`: text that a PNG cannot hold.
    public func png(
        options: PNGOptions = .init(),
        withThumbnail: Bool = false
    ) throws(ImageEncodingError) -> Pieces {
        let encoder = try PNGBandEncoder(width: width, height: height, options: options)
        let thumbnail =
            withThumbnail ? Thumbnail(of: record, drawing.labels, width: width, height: height) : nil
        return Pieces(picture: self, encoder: encoder, small: thumbnail)
    }

    /// The pieces of a file, from first to last.
    public struct Pieces: Sequence, IteratorProtocol {
        fileprivate let picture: AnnotatedPicture
        fileprivate var encoder: PNGBandEncoder
        fileprivate var small: Thumbnail?
        private var canvas: Canvas
        private var hasBegun = false

        fileprivate init(picture: AnnotatedPicture, encoder: PNGBandEncoder, small: Thumbnail?) {
            self.picture = picture
            self.encoder = encoder
            self.small = small
            canvas = Canvas(width: picture.width, rows: 0..<0, color: .ink)
        }

        /// Draws and encodes the next rows.
        public mutating func next() -> [UInt8]? {
            if !hasBegun {
                hasBegun = true
                return encoder.header
            }
            let start = encoder.rowCount
            if start == picture.height { return nil }
            let count = Swift.max(1, AnnotatedPicture.bandPixels / picture.width)
            picture.draw(start..<Swift.min(start + count, picture.height), on: &canvas)
            small?.add(canvas)
            return encoder.encode(&canvas.pixels)
        }

        /// A small picture for a gallery, after the last piece; nil when none was asked for.
        public var thumbnail: RGBImage<UInt8>? { small?.picture() }
    }

    /// A small picture for a gallery from an annotated picture: the same as that of ``Pieces/thumbnail``.
    ///
    /// - Parameter areas: those that were drawn.
    public static func thumbnail(
        of picture: RGBImage<UInt8>,
        with record: InspectionRecord,
        areas: RunDescription.Areas = .init()
    ) -> RGBImage<UInt8> {
        let bounds = Rectangle(x: 0, y: 0, width: record.capture.width, height: record.capture.height)
        // A record that was tampered with must not make a drawing of its own size.
        let isOfPicture = bounds.width <= picture.width && bounds.height <= picture.height
        let labels = isOfPicture ? Drawing(of: record, areas, bounds: bounds).labels : []
        var small = Thumbnail(of: record, labels, width: picture.width, height: picture.height)
        for y in 0..<picture.height { small.add(Canvas(picture, rows: y..<y + 1)) }
        return small.picture()
    }

    /// Why a file cannot be the picture that was drawn of a record, as far as its size and its text tell; nil when
    /// it can.
    package static func mismatch(_ file: ImageMetadata, with record: InspectionRecord) -> String? {
        let width = max(record.capture.width, Legend.minimumWidth)
        guard file.width == width, file.height > record.capture.height else {
            return "it has \(file.width) x \(file.height) pixels, as no drawing of "
                + "\(record.capture.width) x \(record.capture.height) has"
        }
        let input = file.text.first { $0.key == inputKey }?.value
        return input == record.capture.sha256 ? nil : "it was not drawn of the input that the record is about"
    }

    private func draw(_ rows: Range<Int>, on canvas: inout Canvas) {
        canvas.move(to: rows, color: Legend.background)
        tone.show(image, on: &canvas)
        drawing.draw(on: &canvas)
    }
}
