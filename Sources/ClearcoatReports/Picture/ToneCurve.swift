package import ClearcoatImage

/// How samples become shades on a screen.
///
/// A picture of 8 bits is shown as it is unless it is dark: unless all but its brightest 0.5 % of pixels
/// stay below a quarter of full scale. A dark one, and any of 16 bits, is multiplied by a constant so that
/// this 99.5th percentile comes to 230 of 255. Black stays black and nothing is bent, so contrast looks as
/// strong as it is. The picture in memory and everything measured on it stay as they are.
package struct ToneCurve: Sendable {
    private static let white = 230.0
    private static let share = 0.995
    private static let dark = 64

    /// The shade of each sample, as a pixel of a canvas.
    private let pixels: [UInt32]

    /// The curve for a picture, from a quarter of a million of its pixels evenly spread.
    package init(for image: GrayImage) {
        var factor = 1.0
        switch image {
        case .uint8(let image):
            let high = Self.percentile(image)
            if high > 0, high < Self.dark { factor = Self.white / Double(high) }
        case .uint16(let image): factor = Self.white / Double(max(1, Self.percentile(image)))
        }
        pixels = (0...image.maximumSample).map { sample in
            UInt32(min(255, (Double(sample) * factor).rounded())) * 0x010101
        }
    }

    /// The shade of a sample, 0...255.
    package func shade(of sample: Int) -> UInt8 { UInt8(truncatingIfNeeded: pixels[sample]) }

    /// Puts the rows of a picture that a canvas has onto it, at its left end.
    func show(_ image: GrayImage, on canvas: inout Canvas) {
        switch image {
        case .uint8(let image): show(image, on: &canvas)
        case .uint16(let image): show(image, on: &canvas)
        }
    }

    private func show<Element: FixedWidthInteger & Sample>(_ image: Image<Element>, on canvas: inout Canvas) {
        let table = pixels.span
        let samples = image.samples.span
        for y in canvas.rows.clamped(to: 0..<image.height) {
            let row = samples.extracting(image.row(y))
            let start = canvas.row(y).lowerBound
            var shown = canvas.pixels.mutableSpan
            // SAFETY: a sample is below 2^bits, which is how many shades there are.
            for x in 0..<row.count { shown[start &+ x] = unsafe table[unchecked: Int(row[x])] }
        }
    }

    /// The sample that all but the brightest 0.5 % do not pass.
    private static func percentile<Element: FixedWidthInteger & Sample>(_ image: Image<Element>) -> Int {
        if image.isEmpty { return 0 }
        let step = max(1, Int((Double(image.samples.count) / 250_000).squareRoot()))
        var counts = [Int](repeating: 0, count: Int(Element.max) + 1)
        var total = 0
        for y in stride(from: 0, to: image.height, by: step) {
            let row = image.row(y)
            for index in stride(from: row.lowerBound, to: row.upperBound, by: step) {
                counts[Int(image.samples[index])] += 1
                total += 1
            }
        }
        var above = 0
        for value in counts.indices.reversed() {
            above += counts[value]
            if Double(above) > (1 - share) * Double(total) { return value }
        }
        return 0
    }
}
