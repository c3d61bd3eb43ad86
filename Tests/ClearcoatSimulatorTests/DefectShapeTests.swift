import ClearcoatImage
import ClearcoatSimulator
import Testing

/// Defects on an evenly lit wall of 256 × 256 pixels of 0.1 mm, looked at without noise.
@Suite struct DefectShapeTests {
    struct Look {
        /// The relative change of light.
        let change: Image<Float>
        let labels: Image<UInt16>
        let truth: TrueDefect
        var strongest: Float { change.samples.max { $0.magnitude < $1.magnitude } ?? 0 }
        /// How many pixels have at least half the strongest change, with its sign.
        var halfHeightPixels: Int {
            let strongest = strongest
            return change.samples.count { $0 / strongest >= 0.5 }
        }
        var labelledPixels: Int { labels.samples.count { $0 == 1 } }
    }

    static func look(at defect: PlantedDefect, blur: Double = 0.5, lightFrom direction: Double = 0)
        -> Look
    {
        var panel = PanelSensorTests.wall(light: 0.5, camera: PanelCamera(blurSigmaPx: blur))
        panel.lighting.direction = direction
        panel.defects = [defect]
        let bounds = Rectangle(x: 0, y: 0, width: panel.width, height: panel.height)
        let scene = PanelScene(panel, seed: 1, noise: NormalNoise())
        let with = scene.light(in: bounds)[0]
        let without = scene.clean.light(in: bounds)[0]
        let change = zip(with.samples, without.samples).map { $0 / $1 - 1 }
        let rendered = render(panel, seed: 1)
        return Look(
            change: Image(width: bounds.width, height: bounds.height, samples: change),
            labels: rendered.truthLabels,
            truth: rendered.truth.defects[0]
        )
    }

    static func planted(
        _ defectClass: PlantedDefectClass,
        length: Double,
        width: Double,
        orientation: Double = 0.4,
        contrast: Double = -0.3,
        bend: Double = 0,
        pieces: Int = 1,
        edge: Double = 0.05
    ) -> PlantedDefect {
        PlantedDefect(
            defectClass,
            xMm: 12.83,
            yMm: 12.76,
            lengthMm: length,
            widthMm: width,
            orientation: orientation,
            contrast: contrast,
            bend: bend,
            pieces: pieces,
            edgeMm: edge,
            shapeSeed: 4
        )
    }

    @Test(arguments: [0.4, 0.8, 2, 6])
    func pinholeIsADiscOfItsDiameter(_ diameter: Double) {
        let look = Self.look(at: Self.planted(.pinhole, length: diameter, width: diameter))
        let area = Double.pi / 4 * diameter * diameter
        // The border's pixels round to either side: the error grows as the perimeter's root.
        let slack = 0.03 * area + 0.01 * 2 * (Double.pi * diameter * 10).squareRoot()
        #expect((look.truth.areaMm2 - area).magnitude < slack)
        #expect((Double(look.halfHeightPixels) * 0.01 - area).magnitude < slack)
        #expect((look.truth.lengthMm - diameter).magnitude < 0.13)
        #expect((look.truth.widthMm - diameter).magnitude < 0.13)
        #expect((look.truth.centroid.x - 128.3).magnitude < 0.3)
        #expect((look.truth.centroid.y - 127.6).magnitude < 0.3)
        #expect(look.truth.polarity == .dark)
    }

    @Test func contrastIsWhatWasAskedForWhereBlurDoesNotReach() {
        let look = Self.look(at: Self.planted(.pinhole, length: 3, width: 3, contrast: 0.25))
        #expect((look.strongest - 0.25).magnitude < 1e-4)
        #expect(
            (look.truth.brightContrast - 0.25 * (1 - 2.0 / 255 / (2.0 / 255 + 0.5))).magnitude < 2e-3
        )
        #expect(look.truth.polarity == .bright)
    }

    @Test(arguments: [0.0, 0.7, 1.5, 2.6], [0.25, 0.6])
    func scratchHasItsLengthAndWidth(_ orientation: Double, _ width: Double) {
        let scratch = Self.planted(.scratch, length: 15, width: width, orientation: orientation)
        let look = Self.look(at: scratch)
        // A bar with round ends.
        let area = 15 * width + .pi / 4 * width * width
        // Along the grid a width of 2.5 pixels covers 2 or 3 by half.
        #expect(
            (look.truth.areaMm2 / area - 1).magnitude < 0.02 + 0.05 / width,
            "\(look.truth.areaMm2) for \(area)"
        )
        #expect((look.truth.maxFeretMm - 15 - width).magnitude < 0.2)
        #expect(look.truth.lengthMm == 15 && look.truth.widthMm == width)
        #expect(
            (look.truth.orientation - (orientation > .pi / 2 ? orientation - .pi : orientation)).magnitude
                < 1e-9
        )
    }

    @Test func bentScratchIsShorterBetweenItsEndsThanAlongItsPath() {
        let look = Self.look(at: Self.planted(.scratch, length: 15, width: 0.3, bend: 1.2))
        // The chord of an arc that turns by 1.2: length · sin(0.6) / 0.6.
        #expect((look.truth.maxFeretMm - 0.3 - 15 * 0.564_642 / 0.6).magnitude < 0.2)
    }

    @Test func brokenScratchIsOneDefectInPieces() {
        let whole = Self.look(at: Self.planted(.scratch, length: 15, width: 0.3, orientation: 0))
        let broken = Self.look(
            at: Self.planted(.scratch, length: 15, width: 0.3, orientation: 0, pieces: 3)
        )
        #expect((broken.truth.maxFeretMm - whole.truth.maxFeretMm).magnitude < 0.11)
        let columns = broken.truth.boundingBox.columns.map { x in
            (0..<256).contains { broken.labels[x, $0] == 1 }
        }
        let gaps = zip(columns, columns.dropFirst()).count { $0 && !$1 }
        #expect(gaps == 2)
        #expect(broken.labelledPixels < whole.labelledPixels)
    }

    @Test func craterHasARimOfTheOtherSignInsideItsOutline() {
        let look = Self.look(at: Self.planted(.crater, length: 3, width: 3, contrast: -0.3))
        #expect(look.truth.polarity == .mixed)
        #expect(look.change[128, 128] < -0.28)
        #expect(look.change[128 + 12, 128] > 0.1)
        #expect(look.labels[128 + 12, 128] == 1)
        #expect((look.truth.areaMm2 / (.pi / 4 * 9) - 1).magnitude < 0.1)
    }

    @Test func dentIsBrightAwayFromTheLightAndABumpTowardsIt() {
        for contrast in [-0.1, 0.1] {
            let dent = Self.planted(.dent, length: 8, width: 8, orientation: 0, contrast: contrast)
            let look = Self.look(at: dent, lightFrom: 0)
            let towardsLight = look.change[128 + 21, 128]
            #expect((towardsLight > 0) == (contrast > 0))
            #expect((towardsLight + look.change[128 - 20, 128]).magnitude < 0.02)
            #expect((look.strongest.magnitude - 0.1).magnitude < 1e-3)
            #expect(look.truth.polarity == .mixed)
            #expect((look.truth.boundingBox.width - 80).magnitude <= 2)
            #expect((look.truth.boundingBox.height - 80).magnitude <= 2)
        }
    }

    @Test func runIsLongThinAndHasTwoSides() {
        let look = Self.look(
            at: Self.planted(.run, length: 16, width: 4, orientation: .pi / 2, contrast: 0.1),
            lightFrom: 0
        )
        #expect(look.truth.polarity == .mixed)
        #expect((look.truth.maxFeretMm / 16 - 1).magnitude < 0.03)
        #expect((look.truth.minFeretMm / 4 - 1).magnitude < 0.06)
        #expect((look.strongest.magnitude - 0.1).magnitude < 0.005)
        #expect(look.change[128 + 8, 180] > 0.03 && look.change[128 - 8, 180] < -0.03)
    }

    @Test(arguments: [PlantedDefectClass.inclusion, .stain, .fibre])
    func otherClassesHaveAboutTheirSize(_ defectClass: PlantedDefectClass) {
        let size: (length: Double, width: Double, edge: Double) =
            switch defectClass {
            case .inclusion: (2, 1.4, 0.2)
            case .stain: (12, 8, 3)
            default: (6, 0.4, 0.1)
            }
        let look = Self.look(
            at: Self.planted(
                defectClass,
                length: size.length,
                width: size.width,
                bend: defectClass == .fibre ? 1 : 0,
                edge: size.edge
            )
        )
        let area = defectClass == .fibre ? size.length * size.width : .pi / 4 * size.length * size.width
        #expect((look.truth.areaMm2 / area - 1).magnitude < 0.2, "\(look.truth.areaMm2) for \(area)")
        #expect((Double(look.halfHeightPixels) / Double(look.labelledPixels) - 1).magnitude < 0.15)
        #expect(look.truth.polarity == .dark)
    }

    @Test func aLineThinnerThanAPixelStillHasAMask() {
        let look = Self.look(at: Self.planted(.scratch, length: 10, width: 0.04, edge: 0))
        #expect(look.truth.areaPx >= 80)
        #expect((look.truth.maxFeretMm - 10).magnitude < 0.5)
    }
}
