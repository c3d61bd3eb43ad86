/// One door through which strangers' bytes come in.
///
/// A target returns when the bytes were read or refused as they should be. Everything else is a finding:
/// a trap, a sanitizer's report, too much time or memory, and a promise that does not hold.
protocol FuzzTarget: Sendable {
    /// Reads bytes in every way the package does.
    func run(_ bytes: [UInt8])
    /// Small sound inputs, made by our own encoders and writers.
    func seeds() async throws -> [[UInt8]]
    /// What such inputs are full of: words for libFuzzer to put in.
    var words: [String] { get }
    /// The most bytes worth trying.
    var maximumLength: Int { get }
}

/// All targets by name.
let targets: [String: any FuzzTarget] = [
    "png": PNGTarget(),
    "jpeg": JPEGTarget(),
    "metadata": MetadataTarget(),
    "recipe": RecipeTarget(),
    "record": RecordTarget(),
    "classifier": ClassifierTarget(),
    "mask": MaskTarget(),
    "zones": ZonesTarget(),
]

/// Ends the run when a promise does not hold; libFuzzer then keeps the input.
func promise(_ holds: Bool, _ words: @autoclosure () -> String) {
    if !holds { fatalError("broken promise: \(words())") }
}
