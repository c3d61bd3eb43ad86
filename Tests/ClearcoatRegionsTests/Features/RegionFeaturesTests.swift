import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct RegionFeaturesTests {
    @Test func everyShapeOfTheGoldenFileHasItsRegions() throws {
        for shapes in try Golden.read("shapes.json", as: [Golden.Shapes].self) {
            #expect(regions(in: Mask(rows: shapes.mask)).count == shapes.regions.count)
        }
    }

    @Test func equalScikitImage() throws {
        for (name, region, expected) in try Golden.shapes() {
            let features = RegionFeatures(of: region)
            let box = features.boundingBox
            #expect(features.pixelCount == expected.pixelCount, "\(name)")
            #expect([box.x, box.y, box.x + box.width, box.y + box.height] == expected.boundingBox, "\(name)")
            #expect(agree(features.centroid.x, expected.centroid[0]), "\(name)")
            #expect(agree(features.centroid.y, expected.centroid[1]), "\(name)")
            #expect(agree(features.majorAxisLength, expected.majorAxisLength), "\(name)")
            // The square root of a rounding error of 10⁻¹⁶ is 10⁻⁸.
            #expect(agree(features.minorAxisLength, expected.minorAxisLength, within: 1e-6), "\(name)")
            #expect(agree(features.eccentricity, expected.eccentricity, within: 1e-6), "\(name)")
            #expect(agree(features.equivalentDiameter, expected.equivalentDiameter), "\(name)")
            #expect(agree(features.extent, expected.extent), "\(name)")
            #expect(features.convexPixelCount == expected.convexPixelCount, "\(name)")
            #expect(agree(features.solidity, expected.solidity), "\(name)")
            #expect(agree(features.maxFeret, expected.maxFeret), "\(name)")
            #expect(agree(features.minFeret, expected.minFeret), "\(name)")
            #expect(agree(features.perimeter, expected.perimeter), "\(name)")
            #expect(agree(features.croftonPerimeter, expected.croftonPerimeter), "\(name)")
            #expect(features.filledPixelCount == expected.filledPixelCount, "\(name)")
            #expect(1 - features.holeCount == expected.eulerNumber, "\(name)")
        }
    }

    /// Where no direction is longer than another scikit-image answers ±π/4, and we 0.
    @Test func orientationIsScikitImagesTurned() throws {
        var compared = 0
        for (name, region, expected) in try Golden.shapes() {
            let features = RegionFeatures(of: region)
            if agree(features.majorAxisLength, features.minorAxisLength) {
                #expect(features.orientation == 0, "\(name)")
            } else {
                // An axis has no sense: −π/2 and π/2 are the same direction.
                let turn = features.orientation - expected.orientation
                #expect(agree(turn, 0) || agree(abs(turn), .pi), "\(name)")
                compared += 1
            }
        }
        #expect(compared > 30)
    }

    @Test func angleGoesFromRightToDown() {
        #expect(RegionFeatures(of: Region(drawn: "####")).orientation == 0)
        #expect(RegionFeatures(of: Region(drawn: "#", "#", "#")).orientation == .pi / 2)
        #expect(agree(RegionFeatures(of: Region(drawn: "#..", ".#.", "..#")).orientation, .pi / 4))
        #expect(agree(RegionFeatures(of: Region(drawn: "..#", ".#.", "#..")).orientation, -.pi / 4))
    }

    @Test func singlePixelHasAnAnswerForEverything() {
        let features = RegionFeatures(of: Region(drawn: "...", "..#"))
        #expect(features.centroid == Point(x: 2, y: 1))
        #expect(features.majorAxisLength == 0 && features.minorAxisLength == 0)
        #expect(features.orientation == 0 && features.eccentricity == 0 && features.elongation == 1)
        #expect(features.perimeter == 0)
        #expect(agree(features.croftonPerimeter, .pi * (0.5 + 1 / 8.0.squareRoot())))
        #expect(features.circularity > 1.7 && features.circularity < 1.75)
        #expect(features.extent == 1 && features.solidity == 1)
        #expect(features.maxFeret == 1 && agree(features.minFeret, 0.5.squareRoot()))
        #expect(features.holeCount == 0 && features.filledPixelCount == 1)
    }

    @Test func lineOfAnyLengthIsAsLongAsItHasPixels() {
        for length in 2...40 {
            let line = Region(runs: [Run(row: 3, start: 5, end: 5 + length)])
            for (region, direction) in [(line, 0.0), (line.turned, Double.pi / 2)] {
                let features = RegionFeatures(of: region)
                #expect(agree(features.maxFeret, Double(length)) && agree(features.minFeret, 1))
                #expect(features.maxFeretDirection == direction && features.orientation == direction)
                #expect(agree(features.elongation, Double(length)))
                #expect(features.eccentricity == 1 && features.minorAxisLength == 0)
            }
        }
    }

    /// The laws that hold between measures of one region, whatever its shape.
    @Test func measuresOfRandomRegionsKeepTheLaws() {
        for region in randomRegions(seed: 11) {
            let features = RegionFeatures(of: region)
            let box = features.boundingBox
            #expect(features.extent > 0 && features.extent <= 1)
            #expect(features.solidity > 0 && features.solidity <= 1)
            #expect(features.eccentricity >= 0 && features.eccentricity <= 1)
            #expect(features.elongation >= 1)
            #expect(features.minorAxisLength <= features.majorAxisLength)
            #expect(features.minFeret <= features.maxFeret)
            #expect(features.maxFeret >= Double(max(box.width, box.height)))
            #expect(features.minFeret <= Double(min(box.width, box.height)))
            #expect(features.maxFeret <= Double(box.width * box.width + box.height * box.height).squareRoot())
            #expect(features.filledPixelCount >= features.pixelCount)
            #expect(features.orientation > -.pi / 2 && features.orientation <= .pi / 2)
            #expect(features.maxFeretDirection > -.pi / 2 && features.maxFeretDirection <= .pi / 2)
            #expect(features.minFeretDirection > -.pi / 2 && features.minFeretDirection <= .pi / 2)
        }
    }

    /// To the last bit: a finding may not be judged otherwise because it lies elsewhere.
    @Test func translationChangesNothingButThePlace() {
        for region in randomRegions(seed: 12) {
            let here = RegionFeatures(of: region)
            let there = RegionFeatures(of: region.translated(x: 4001, y: 2999))
            #expect(
                there.centroid.distance(to: Point(x: here.centroid.x + 4001, y: here.centroid.y + 2999))
                    < 1e-9
            )
            #expect(numbers(of: here) == numbers(of: there))
            #expect(here.orientation == there.orientation)
            #expect(here.maxFeretDirection == there.maxFeretDirection)
            #expect(here.minFeretDirection == there.minFeretDirection)
        }
    }

    @Test func turningAndMirroringChangeNoSize() {
        for region in randomRegions(seed: 13) {
            let here = RegionFeatures(of: region)
            for other in [region.turned, region.turned.turned, region.mirrored] {
                let there = RegionFeatures(of: other)
                for (one, two) in zip(numbers(of: here), numbers(of: there)) {
                    #expect(agree(one, two, within: 1e-6))
                }
            }
            if !agree(here.majorAxisLength, here.minorAxisLength, within: 1e-6) {
                let turned = RegionFeatures(of: region.turned).orientation - here.orientation
                #expect(agree(abs(turned), .pi / 2, within: 1e-6))
            }
        }
    }

    /// Every size and shape measure that does not depend on place or direction.
    func numbers(of features: RegionFeatures) -> [Double] {
        [
            Double(features.pixelCount), features.equivalentDiameter, features.majorAxisLength,
            features.minorAxisLength, features.eccentricity, features.elongation, features.perimeter,
            features.croftonPerimeter, features.circularity, features.extent,
            Double(features.convexPixelCount), features.solidity, features.maxFeret, features.minFeret,
            Double(features.holeCount), Double(features.filledPixelCount),
        ]
    }
}
