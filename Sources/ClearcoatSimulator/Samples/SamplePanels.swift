/// How a sample panel's picture is stored in a file. Gray or colour follows from its camera.
public enum SampleFormat: Sendable, Hashable {
    /// A JPEG file with this quality (1...100) and EXIF orientation (1...8; 1 is as displayed).
    case jpeg(quality: Int, orientation: Int)
    /// A PNG file of as many bits as the samples have: 8, or 16 with the samples not rescaled.
    case png
}

/// One picture of the sample images.
public struct SamplePanel: Sendable, Hashable {
    /// The file's name.
    public var fileName: String
    /// How the file stores it.
    public var format: SampleFormat
    /// The seed to render it with.
    public var seed: UInt64
    /// The panel.
    public var description: PanelDescription

    /// The picture, upright, and its ground truth. A file in another orientation stores
    /// ``PanelPixels/stored(orientation:)`` of it; the truth stays that of the upright picture.
    public func rendered() -> RenderedPanel { render(description, seed: seed) }
}

/// The panels of `SampleImages`.
public enum SamplePanels {
    /// All of them, clean ones first.
    ///
    /// - Complexity: builds the descriptions anew each time, measuring the noise around each defect: about
    ///   a second.
    public static var all: [SamplePanel] { clean + defective }

    /// Panels without any defect.
    public static var clean: [SamplePanel] {
        [
            sample(.smoothLight, "clean-white-hood", seed: 101),
            sample(.solidDark, "clean-black-roof", seed: 102, camera: colourless),
            sample(.red, "clean-red-door", seed: 113, camera: colour) { panel in
                panel.styleLines = [styleLine(panel, at: 0.3)]
            },
            sample(.orangePeelCoarse, "clean-gray-orange-peel", seed: 104),
            sample(.metallicSilver, "clean-silver-fender", seed: 105),
            sample(.smoothLight, "clean-white-fender-16bit", seed: 106, size: (1200, 900), camera: deep),
        ]
    }

    /// Panels with three to ten defects each.
    public static var defective: [SamplePanel] {
        [
            sample(
                .smoothLight,
                "white-hood-specks",
                seed: 201,
                defects: [
                    .inclusion, .pinhole, .crater, .inclusion, .pinhole, .inclusion, .crater, .inclusion,
                ]
            ),
            sample(
                .smoothLight,
                "white-door-lines",
                seed: 202,
                size: (1600, 1100),
                defects: [.scratch, .fibre, .scratch, .fibre, .scratch, .pinhole]
            ) { panel in
                panel.gaps = [PanelGap(xMm: panel.widthMm * 0.9, yMm: 0, angle: .pi / 2 - 0.03)]
            },
            sample(
                .solidDark,
                "black-roof-mixed",
                seed: 303,
                size: (1600, 1100),
                camera: colourless,
                defects: [.scratch, .inclusion, .crater, .fibre, .inclusion, .dent, .pinhole, .scratch]
            ),
            sample(
                .red,
                "red-door-mixed",
                seed: 304,
                camera: colour,
                defects: [.inclusion, .scratch, .crater, .stain, .fibre, .inclusion]
            ) { panel in
                panel.styleLines = [styleLine(panel, at: 0.78)]
            },
            sample(
                .orangePeelFine,
                "gray-fine-orange-peel-mixed",
                seed: 205,
                mmPerPixel: 0.06,
                defects: [.inclusion, .crater, .scratch, .fibre, .inclusion, .pinhole]
            ),
            sample(
                .orangePeelCoarse,
                "gray-coarse-orange-peel-mixed",
                seed: 206,
                mmPerPixel: 0.08,
                defects: [.inclusion, .crater, .inclusion, .scratch, .fibre]
            ),
            sample(
                .metallicSilver,
                "silver-fender-mixed",
                seed: 207,
                defects: [.inclusion, .scratch, .crater, .inclusion, .fibre, .pinhole]
            ),
            sample(
                .metallicDark,
                "dark-metallic-mixed",
                seed: 308,
                camera: colour,
                defects: [.inclusion, .scratch, .crater, .inclusion, .fibre]
            ),
            sample(
                .smoothLight,
                "white-fender-16bit",
                seed: 209,
                size: (1200, 900),
                camera: deep,
                defects: [.stain, .dent, .inclusion, .pinhole, .scratch, .crater]
            ) { panel in
                panel.outline = PanelOutline(insetMm: 4)
            },
            sample(
                .smoothLight,
                "white-pillar-portrait",
                seed: 210,
                size: (1000, 1400),
                orientation: 6,
                defects: [.run, .inclusion, .run, .dent, .fibre, .inclusion]
            ),
        ]
    }

    private static let colourless = PanelCamera(fullWellElectrons: 25000, tone: .sRGB)
    private static let colour = PanelCamera(isColour: true, tone: .sRGB)
    private static let deep = PanelCamera(blackLevel: 64, bitsPerSample: 12)

    private static func styleLine(_ panel: PanelDescription, at share: Double) -> StyleLine {
        StyleLine(
            xMm: panel.widthMm / 2,
            yMm: panel.heightMm * share,
            angle: 0.05,
            curvaturePerMm: 0.0006,
            widthMm: 3,
            step: 0.22,
            highlight: 0.08
        )
    }

    private static func sample(
        _ preset: PanelPreset,
        _ name: String,
        seed: UInt64,
        size: (width: Int, height: Int) = (1400, 1000),
        mmPerPixel: Double = 0.065,
        camera: PanelCamera = PanelCamera(),
        orientation: Int = 1,
        defects: [PlantedDefectClass] = [],
        adjustedBy change: (inout PanelDescription) -> Void = { _ in }
    ) -> SamplePanel {
        let isDeep = camera.bitsPerSample > 8
        return SamplePanel(
            fileName: name + (isDeep ? ".png" : ".jpg"),
            format: isDeep ? .png : .jpeg(quality: 92, orientation: orientation),
            seed: seed,
            description: .random(
                preset,
                name: name,
                seed: seed,
                width: size.width,
                height: size.height,
                mmPerPixel: mmPerPixel,
                camera: camera,
                defects: defects,
                adjustedBy: change
            )
        )
    }
}
