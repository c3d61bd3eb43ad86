import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct PhysicalFeaturesTests {
    @Test func stretchedPixelsGiveScikitImagesLengths() throws {
        let scale = try #require(PhysicalScale(mmPerPixelX: 0.2, mmPerPixelY: 0.5))
        for (name, region, expected) in try Golden.shapes() {
            let features = PhysicalFeatures(of: region, scale: scale)
            #expect(agree(features.maxFeret, expected.stretchedMaxFeret), "\(name)")
            #expect(agree(features.majorAxisLength, expected.stretchedMajorAxisLength), "\(name)")
            #expect(
                agree(features.minorAxisLength, expected.stretchedMinorAxisLength, within: 1e-6),
                "\(name)"
            )
            #expect(agree(features.area, Double(expected.pixelCount) * 0.1), "\(name)")
            #expect(features.croftonPerimeter == nil)
        }
    }

    @Test func squarePixelsScaleEveryLength() throws {
        let scale = try #require(PhysicalScale(mmPerPixel: 0.065))
        for region in randomRegions(seed: 14) {
            let pixels = RegionFeatures(of: region)
            let features = PhysicalFeatures(of: region, scale: scale)
            #expect(agree(features.maxFeret, pixels.maxFeret * 0.065))
            #expect(agree(features.minFeret, pixels.minFeret * 0.065))
            #expect(agree(features.majorAxisLength, pixels.majorAxisLength * 0.065))
            #expect(agree(features.minorAxisLength, pixels.minorAxisLength * 0.065, within: 1e-7))
            #expect(agree(features.equivalentDiameter, pixels.equivalentDiameter * 0.065))
            #expect(agree(features.area, Double(pixels.pixelCount) * 0.065 * 0.065))
            #expect(features.croftonPerimeter.map { agree($0, pixels.croftonPerimeter * 0.065) } == true)
        }
    }

    /// A square of pixels twice as wide as high is a lying rectangle on the part.
    @Test func directionIsThatOnThePart() throws {
        let wide = try #require(PhysicalScale(mmPerPixelX: 2, mmPerPixelY: 1))
        let features = PhysicalFeatures(of: Region(drawn: "####", "####", "####", "####"), scale: wide)
        #expect(features.orientation == 0)
        #expect(features.minFeretDirection == .pi / 2)
        #expect(agree(features.minFeret, 4))
        #expect(features.centroid == Point(x: 3, y: 1.5))
    }
}
