import ClearcoatBenchmark
import ClearcoatImage
import ClearcoatInspection
import Testing

struct ComponentChainTests {
    @Test func findsASquareWithItsAreaBoxAndCentroid() async throws {
        var image = Image<UInt8>(width: 96, height: 80, filledWith: 100)
        for y in 30..<40 { for x in 50..<60 { image[x, y] = 200 } }
        let found = try await ComponentChain(on: SerialBands(), bandCount: 1).components(of: image)
        try #require(found.count == 1)
        // The Gaussian spreads the square a little, equally to all sides.
        #expect(found[0].centroid == Point(x: 54.5, y: 34.5))
        #expect(found[0].box.intersection(Rectangle(x: 50, y: 30, width: 10, height: 10)).pixelCount == 100)
        #expect((100...196).contains(found[0].area))
    }

    @Test(arguments: [2, 3, 7, 1000]) func bandsDoNotShowInTheResult(count: Int) async throws {
        var generator = SplitMix64(seed: 5)
        var samples = (0..<83 * 67).map { _ in UInt8(truncatingIfNeeded: generator.next() % 90) }
        for y in 20..<50 { for x in 10..<40 { samples[y * 83 + x] &+= 120 } }
        let image = Image(width: 83, height: 67, samples: samples)
        let whole = try await ComponentChain(on: SerialBands(), bandCount: 1).components(of: image)
        let banded = try await ComponentChain(on: SerialBands(), bandCount: count).components(of: image)
        #expect(whole.count > 0)
        #expect(banded == whole)
    }
}
