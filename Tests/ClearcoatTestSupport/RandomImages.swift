public import ClearcoatImage

/// Pictures of random samples, for holding a kernel against its reference.
extension Image where Element: FixedWidthInteger & UnsignedInteger {
    /// Samples over the whole range of the type, or up to `maximum`.
    public static func random(
        width: Int,
        height: Int,
        maximum: Element = .max,
        using generator: inout SplitMix64
    ) -> Image {
        let samples = (0..<width * height).map { _ in Element.random(in: 0...maximum, using: &generator) }
        return Image(width: width, height: height, samples: samples)
    }
}

/// Every small size worth asking a kernel about: empty, single rows and columns, around a vector's width.
public let smallSizes: [(width: Int, height: Int)] = [
    (0, 0), (0, 3), (3, 0), (1, 1), (1, 2), (2, 1), (1, 7), (7, 1), (2, 2), (3, 3), (4, 5), (5, 4),
    (7, 7), (8, 8), (15, 6), (16, 16), (17, 5), (31, 9), (33, 12), (67, 21),
]
