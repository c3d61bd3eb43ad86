import ClearcoatImage
import ClearcoatRegions
import ClearcoatTestSupport
import Testing

@Suite struct IntensityStatisticsTests {
    func statistics(of region: Region, in golden: Golden.Intensities) throws -> IntensityStatistics {
        let width = golden.mask[0].count
        let height = golden.mask.count
        let samples = golden.image.flatMap(\.self)
        switch golden.kind {
        case "uint8":
            let image = Image(width: width, height: height, samples: samples.map { UInt8($0) })
            #expect(
                IntensityStatistics(of: region, in: .uint8(image))
                    == IntensityStatistics(of: region, in: image)
            )
            return IntensityStatistics(of: region, in: image)
        case "uint16":
            let image = Image(width: width, height: height, samples: samples.map { UInt16($0) })
            #expect(
                IntensityStatistics(of: region, in: .uint16(image))
                    == IntensityStatistics(of: region, in: image)
            )
            return IntensityStatistics(of: region, in: image)
        default:
            let image = Image(width: width, height: height, samples: samples.map { Float($0) })
            return IntensityStatistics(of: region, in: image)
        }
    }

    @Test func equalScikitImage() throws {
        for golden in try Golden.read("intensities.json", as: [Golden.Intensities].self) {
            let found = regions(in: Mask(rows: golden.mask))
            #expect(found.count == golden.regions.count)
            for (region, expected) in zip(found, golden.regions) {
                let measured = try statistics(of: region, in: golden)
                #expect(measured.pixelCount == region.pixelCount)
                #expect(agree(measured.mean, expected.mean))
                #expect(measured.minimum == expected.minimum)
                #expect(measured.maximum == expected.maximum)
                #expect(agree(measured.standardDeviation, expected.standardDeviation))
                #expect(agree(measured.weightedCentroid.x, expected.weightedCentroid[0]))
                #expect(agree(measured.weightedCentroid.y, expected.weightedCentroid[1]))
            }
        }
    }

    @Test func blackRegionHasItsPlainCentroid() {
        let region = Region(drawn: ".##", ".#.")
        let black = IntensityStatistics(of: region, in: Image<UInt16>(width: 3, height: 2, filledWith: 0))
        #expect(black.weightedCentroid == region.centroid)
        #expect(black.mean == 0 && black.standardDeviation == 0)
    }

    /// Dark defects have negative contrast; that is as good a weight as a positive one.
    @Test func signOfTheContrastDoesNotMoveTheCentroid() {
        let region = Region(drawn: "####")
        let bright = Image<Float>(width: 4, height: 1, samples: [0.5, 0.25, 0.125, 0.125])
        let dark = Image<Float>(width: 4, height: 1, samples: bright.samples.map { -$0 })
        let statistics = IntensityStatistics(of: region, in: dark)
        #expect(statistics.weightedCentroid == IntensityStatistics(of: region, in: bright).weightedCentroid)
        #expect(statistics.minimum == -0.5 && statistics.maximum == -0.125 && statistics.mean == -0.25)
    }

    @Test func mixedSignsGiveThePlainCentroid() {
        let region = Region(drawn: "####")
        let mixed = Image<Float>(width: 4, height: 1, samples: [2, -1, -1, 0.5])
        #expect(IntensityStatistics(of: region, in: mixed).weightedCentroid == region.centroid)
        let none = Image<Float>(width: 4, height: 1, samples: [1, -1, -1, 1])
        #expect(IntensityStatistics(of: region, in: none).weightedCentroid == region.centroid)
    }

    @Test func uniformRegionHasNoDeviation() {
        let region = Region(drawn: "###", "###")
        let image = Image<UInt16>(width: 3, height: 2, filledWith: 65_535)
        let statistics = IntensityStatistics(of: region, in: image)
        #expect(statistics.mean == 65_535 && statistics.standardDeviation == 0)
        #expect(statistics.minimum == 65_535 && statistics.maximum == 65_535)
    }
}
