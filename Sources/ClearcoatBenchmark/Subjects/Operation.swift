/// One thing whose speed is asked for.
struct Operation: Sendable {
    /// As in the report and in the script that times other libraries.
    let name: String
    /// How many pixels it works on.
    let pixelCount: Int
    /// The whole of it, on the calling thread.
    let whole: @Sendable () async throws -> Void
    /// Some of its rows; nil when it cannot be cut into bands.
    let band: (@Sendable (Range<Int>) -> Void)?
    /// How many rows there are to cut into bands.
    let height: Int

    /// Work that can be cut into bands of rows.
    init(
        _ name: String,
        width: Int,
        height: Int,
        band: @escaping @Sendable (Range<Int>) -> Void
    ) {
        self.name = name
        self.height = height
        pixelCount = width * height
        self.band = band
        whole = { band(0..<height) }
    }

    /// Work that is done as a whole.
    init(_ name: String, pixelCount: Int, whole: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.pixelCount = pixelCount
        self.whole = whole
        band = nil
        height = 0
    }
}
