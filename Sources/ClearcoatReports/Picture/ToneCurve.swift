package import ClearcoatImage

/// How samples become shades on a screen.
///
/// A picture of 8 bits is shown as it is unless it is dark: unless all but its brightest 0.5 % of pixels
/// stay below a quarter of full scale. A dark one, and any of 16 bits, is multiplied by a constant so that
/// this 99.5th percentile comes to 230 of 255. Black stays black and nothing is bent, so contrast looks as
/// strong as it is. The picture in memory and everything measured on it stay as they are.
package enum ToneCurve {
    private static let white = 230.0
    private static let share = 0.995
    private static let dark = 64

    /// The picture as shown.
    package static func shown(_ image: GrayImage) -> Image<UInt8> {
        switch image {
        case .uint8(let image):
            let high = percentile(image)
            if high >= dark || high == 0 { return image }
            return mapped(image, table(through: high, count: 256))
        case .uint16(let image): return mapped(image, table(through: max(1, percentile(image)), count: 65536))
        }
    }

    /// The sample that all but the brightest 0.5 % do not pass, from a quarter of a million pixels
    /// evenly spread.
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

    private static func table(through high: Int, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(min(255, (Double($0) * white / Double(high)).rounded())) }
    }

    private static func mapped<Element: FixedWidthInteger & Sample>(
        _ image: Image<Element>,
        _ table: [UInt8]
    ) -> Image<UInt8> {
        let from = image.samples.span
        let table = table.span
        let samples = unsafe [UInt8](unsafeUninitializedCapacity: from.count) { buffer, count in
            // SAFETY: both have `from.count` elements, and a sample is below 2^bits, the table's count.
            for index in 0..<from.count { unsafe buffer[index] = table[Int(from[index])] }
            count = from.count
        }
        return Image(width: image.width, height: image.height, samples: samples)
    }
}
