public import ClearcoatImage

/// The level that parts the samples into two classes whose means lie furthest apart, weighted by
/// their sizes: Otsu's threshold. Use it with ``threshold(_:above:rows:)``.
///
/// One histogram bin a grey level, at 16 bits too. Where several levels part equally well, the lowest
/// is taken. Equal to scikit-image's `threshold_otsu` on integer images with a bin for each level, and
/// to OpenCV's at 8 bits.
///
/// - Returns: nil for an image without pixels. A constant image has one class only; the threshold is
///   then its own level, so that nothing lies above it.
/// - Complexity: O(*n*) in pixels plus the number of grey levels.
/// - Reference: N. Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions
///   on Systems, Man, and Cybernetics 9(1), 1979.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func otsuThreshold<Element: GraySample>(of image: Image<Element>) -> Element? {
    let counts = histogram(of: image)
    let total = image.samples.count
    var weightedTotal = 0
    for (level, count) in counts.enumerated() { weightedTotal += level * count }

    var best: (level: Int, separation: Double)?
    var below = 0
    var weightedBelow = 0
    for (level, count) in counts.enumerated() where count > 0 {
        below += count
        weightedBelow += level * count
        if best == nil { best = (level, 0) }
        guard below < total else { break }
        let meanBelow = Double(weightedBelow) / Double(below)
        let meanAbove = Double(weightedTotal - weightedBelow) / Double(total - below)
        let distance = meanBelow - meanAbove
        let separation = Double(below) * Double(total - below) * distance * distance
        if separation > best?.separation ?? 0 { best = (level, separation) }
    }
    return best.map { Element(truncatingIfNeeded: $0.level) }
}

/// How often each grey level occurs: one count for each value the sample can have.
///
/// - Complexity: O(*n*) in pixels plus the number of grey levels.
@specialized(where Element == UInt8)
@specialized(where Element == UInt16)
public func histogram<Element: GraySample>(of image: Image<Element>) -> [Int] {
    // Four tables by turns: neighbouring samples are often equal, and adding to the same count twice
    // in a row waits for the first addition to reach memory.
    let levels = Int(Element.max) + 1
    var tables = [UInt32](repeating: 0, count: 4 * levels)
    let samples = image.samples.span
    var counts = tables.mutableSpan
    let whole = samples.count & ~3
    for index in stride(from: 0, to: whole, by: 4) {
        counts[Int(samples[index])] &+= 1
        counts[levels &+ Int(samples[index &+ 1])] &+= 1
        counts[2 &* levels &+ Int(samples[index &+ 2])] &+= 1
        counts[3 &* levels &+ Int(samples[index &+ 3])] &+= 1
    }
    for index in whole..<samples.count { counts[Int(samples[index])] &+= 1 }
    return (0..<levels).map { level in
        (0..<4).reduce(0) { $0 + Int(tables[$1 * levels + level]) }
    }
}
