public import ClearcoatImage

/// The pixels above `low` that hang together, over the eight neighbours, with a pixel above `high`:
/// 255 there, else 0.
///
/// "Above" is strict for both levels. With `low` over `high` both are `high`, as in scikit-image's
/// `apply_hysteresis_threshold`, whose result this is with the one difference that scikit-image joins
/// over four neighbours. A NaN is above nothing.
///
/// - Complexity: O(*n*) in pixels; cost beyond that grows with the foreground only.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
@specialized(where Element == Int16)
@specialized(where Element == Float)
public func hysteresisThreshold<Element: Sample>(
    _ image: Image<Element>,
    low: Element,
    high: Element
) -> Mask {
    let low = min(low, high)
    var open = BitMask(width: image.width, height: image.height)
    var seeds = open
    var row = FlagRow(width: image.width)
    for y in 0..<image.height {
        let samples = image.samples.span.extracting(image.row(y))
        var flags = row.flags.mutableSpan
        for x in 0..<samples.count {
            flags[x] = (samples[x] > low ? 1 : 0) | (samples[x] > high ? 2 : 0)
        }
        var openWords = open.words.mutableSpan
        row.pack(bit: 0, into: &openWords, at: y * image.wordsPerRow)
        var seedWords = seeds.words.mutableSpan
        row.pack(bit: 1, into: &seedWords, at: y * image.wordsPerRow)
    }
    return spread(seeds, over: open).expanded()
}

extension Image {
    /// How many words a row takes in a ``BitMask`` of this size.
    fileprivate var wordsPerRow: Int { (width + 63) / 64 }
}
