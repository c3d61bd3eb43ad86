import ClearcoatImage

/// Paints that stand for what passes through a paint shop.
public enum PanelPreset: String, Sendable, Codable, Hashable, CaseIterable {
    /// Solid white, well levelled.
    case smoothLight
    /// Solid black: little comes back from the paint, most of the light is mirrored.
    case solidDark
    /// Solid red.
    case red
    /// Light gray with a fine orange peel, 0.8...2.5 mm.
    case orangePeelFine
    /// Mid gray with a coarse orange peel, 2.5...8 mm.
    case orangePeelCoarse
    /// Silver with bright, dense sparkle.
    case metallicSilver
    /// Dark metallic: sparse, strong sparkle on dark paint.
    case metallicDark

    /// The paint.
    public var surface: PanelSurface {
        switch self {
        case .smoothLight: PanelSurface(baseColour: LinearColour(gray: 0.78), orangePeel: .smooth)
        case .solidDark: PanelSurface(baseColour: LinearColour(gray: 0.02), orangePeel: .smooth)
        case .red:
            PanelSurface(
                baseColour: LinearColour(red: 0.42, green: 0.022, blue: 0.025),
                orangePeel: .smooth
            )
        case .orangePeelFine:
            PanelSurface(
                baseColour: LinearColour(gray: 0.4),
                orangePeel: OrangePeel(
                    shortestWavelengthMm: 0.8,
                    longestWavelengthMm: 2.5,
                    rmsHeightMicrometres: 0.8
                )
            )
        case .orangePeelCoarse:
            PanelSurface(
                baseColour: LinearColour(gray: 0.2),
                orangePeel: OrangePeel(
                    shortestWavelengthMm: 2.5,
                    longestWavelengthMm: 8,
                    rmsHeightMicrometres: 1.8
                )
            )
        case .metallicSilver:
            PanelSurface(
                baseColour: LinearColour(red: 0.36, green: 0.37, blue: 0.38),
                orangePeel: .smooth,
                flake: MetallicFlake(
                    densityPerMm2: 14,
                    diameterMm: 0.028,
                    tiltDegrees: 6,
                    acceptanceDegrees: 4,
                    gain: 3.5,
                    darkShare: 0.2,
                    grain: 0.025,
                    mottle: 0.004
                )
            )
        case .metallicDark:
            PanelSurface(
                baseColour: LinearColour(red: 0.05, green: 0.052, blue: 0.058),
                orangePeel: .smooth,
                flake: MetallicFlake(
                    densityPerMm2: 6,
                    diameterMm: 0.03,
                    tiltDegrees: 8,
                    acceptanceDegrees: 4,
                    gain: 16,
                    darkShare: 0.1,
                    grain: 0.03,
                    mottle: 0.006
                )
            )
        }
    }

    /// The exposure that brings the paint to the middle of the camera's range.
    public var exposure: Double {
        switch self {
        case .smoothLight: 0.82
        case .solidDark: 2.2
        case .red: 1.15
        case .orangePeelFine: 1.4
        case .orangePeelCoarse: 2.2
        case .metallicSilver: 1.3
        case .metallicDark: 2
        }
    }

    /// Whether a speck is more often bright than dark on it.
    var isDark: Bool { self == .solidDark || self == .metallicDark }

    /// A clean panel of this paint under the light of an inspection tunnel: an uneven diffuse light and
    /// the mirror images of two long lamps, placed at random.
    public func panel(
        name: String,
        seed: UInt64,
        width: Int,
        height: Int,
        mmPerPixel: Double,
        camera: PanelCamera = PanelCamera()
    ) -> PanelDescription {
        var generator = SplitMix64(seed: seed, .description)
        var camera = camera
        camera.exposure = exposure
        let widthMm = Double(width) * mmPerPixel
        let heightMm = Double(height) * mmPerPixel
        let tilt = generator.next(in: -0.25...0.25)
        let lamps = [generator.next(in: 0.1...0.3), generator.next(in: 0.7...0.95)].map { place in
            Lamp(
                xMm: widthMm / 2,
                yMm: heightMm * place,
                angle: tilt,
                widthMm: heightMm * generator.next(in: 0.2...0.3),
                softnessMm: heightMm * generator.next(in: 0.4...0.6),
                radiance: generator.next(in: 1.4...2.2)
            )
        }
        return PanelDescription(
            name: name,
            width: width,
            height: height,
            mmPerPixel: mmPerPixel,
            surface: surface,
            lighting: PanelLighting(
                gradientX: generator.next(in: -0.08...0.08),
                gradientY: generator.next(in: -0.08...0.08),
                direction: generator.next(in: -0.5...0.5) + (generator.nextUnit() < 0.5 ? 0 : .pi),
                ambient: 0.8,
                lamps: lamps
            ),
            camera: camera
        )
    }
}

extension OrangePeel {
    /// The trace of waviness that even a good finish has.
    public static let smooth = OrangePeel(
        shortestWavelengthMm: 1,
        longestWavelengthMm: 6,
        rmsHeightMicrometres: 0.15
    )
}
