/// What stands in a file besides its image data, as far as this package uses it.
struct FileNotes: Sendable, Hashable {
    var orientation = Orientation.topLeft
    /// From EXIF, which states fractions, and only where that says nothing from pHYs or JFIF, which state
    /// whole numbers.
    var density: Density?
    var text: [ImageMetadata.Text] = []
    var warnings: [String] = []
    private var textBytesLeft: Int
    private var hasEXIF = false

    init(limits: DecodingLimits) { textBytesLeft = limits.maximumTextBytes }

    /// Keeps a piece of text if there is room for it under the limit.
    mutating func keep(text value: String, for key: String) {
        let count = key.utf8.count + value.utf8.count
        guard count <= textBytesLeft else { return warn("text beyond the limit was left out") }
        textBytesLeft -= count
        text.append(.init(key: key, value: value))
    }

    /// Takes orientation and density from the first EXIF block that is sound.
    mutating func keep(exif bytes: ArraySlice<UInt8>) {
        guard !hasEXIF else { return warn("a second EXIF block was ignored") }
        guard let exif = EXIF(bytes) else { return warn("a damaged EXIF block was ignored") }
        hasEXIF = true
        // Zero is written where the camera does not know; it means as stored.
        if let number = exif.orientation, number != 0 {
            if let known = Orientation(rawValue: number) {
                orientation = known
            } else {
                warn("EXIF orientation \(number) is not 1...8 and was ignored")
            }
        }
        density = exif.density ?? density
    }

    /// Adds a complaint, once.
    mutating func warn(_ warning: String) {
        if !warnings.contains(warning) { warnings.append(warning) }
    }
}
