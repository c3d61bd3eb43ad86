import ClearcoatCodecs
import ClearcoatImage
import ClearcoatSimulator

/// Small panels with defects, painted anew for each test.
enum TestPanel {
    /// One paint a panel, each with its own defects.
    static let all: [PanelDescription] = [
        panel(.smoothLight, "white", seed: 11, [.inclusion, .crater, .scratch]),
        panel(.solidDark, "black", seed: 12, [.inclusion, .pinhole, .fibre]),
        panel(.orangePeelCoarse, "orange-peel", seed: 13, [.inclusion, .crater]),
        panel(.metallicSilver, "silver", seed: 14, [.inclusion, .scratch]),
        panel(.red, "red", seed: 15, [.run, .inclusion]),
        panel(.smoothLight, "clean", seed: 16, []),
    ]

    /// The pixels of a panel.
    static func image(_ index: Int) -> GrayImage { render(all[index], seed: UInt64(100 + index)).pixels.gray }

    /// A panel as a file.
    static func png(_ index: Int) throws -> [UInt8] {
        switch image(index) {
        case .uint8(let image): try ImageEncoder.png(image)
        case .uint16(let image): try ImageEncoder.png(image)
        }
    }

    private static func panel(
        _ preset: PanelPreset,
        _ name: String,
        seed: UInt64,
        _ defects: [PlantedDefectClass]
    ) -> PanelDescription {
        .random(preset, name: name, seed: seed, width: 320, height: 240, mmPerPixel: 0.065, defects: defects)
    }
}
