import ClearcoatImage
import ClearcoatSimulator

/// The picture that everything is timed on: a panel with an uneven light, orange peel, a sensor's noise
/// and two defects of every class: a bad part, but no impossible one.
enum BenchmarkPicture {
    /// The size that the targets speak of: 12.3 megapixels.
    static let width = 4096
    /// Rows.
    static let height = 3000
    /// The seed of everything random in it.
    static let seed: UInt64 = 2024

    /// Renders it; takes some seconds.
    static func render() -> Image<UInt8> {
        let panel = PanelDescription.random(
            .orangePeelFine,
            name: "benchmark",
            seed: seed,
            width: width,
            height: height,
            mmPerPixel: 0.065,
            defects: PlantedDefectClass.allCases + PlantedDefectClass.allCases
        )
        return eightBits(ClearcoatSimulator.render(panel, seed: seed).pixels.gray)
    }

    /// `image` with 8 bits: the upper 8 of 16.
    static func eightBits(_ image: GrayImage) -> Image<UInt8> {
        switch image {
        case .uint8(let image): image
        case .uint16(let image):
            Image(
                width: image.width,
                height: image.height,
                samples: image.samples.map { UInt8(truncatingIfNeeded: $0 >> 8) }
            )
        }
    }
}
