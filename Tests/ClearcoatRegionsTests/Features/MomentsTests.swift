import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct MomentsTests {
    /// Straight from the definition, pixel by pixel.
    @Test func equalTheirDefinition() {
        for region in randomRegions(seed: 21) {
            let moments = Moments(of: region)
            let count = Double(region.pixelCount)
            let pixels = region.pixels.map(\.center)
            let x = pixels.map(\.x).reduce(0, +) / count
            let y = pixels.map(\.y).reduce(0, +) / count
            #expect(agree(moments.centroid.x, x) && agree(moments.centroid.y, y))
            #expect(region.centroid == moments.centroid)
            #expect(agree(moments.varianceX, pixels.map { ($0.x - x) * ($0.x - x) }.reduce(0, +) / count))
            #expect(agree(moments.varianceY, pixels.map { ($0.y - y) * ($0.y - y) }.reduce(0, +) / count))
            #expect(agree(moments.covariance, pixels.map { ($0.x - x) * ($0.y - y) }.reduce(0, +) / count))
        }
    }

    /// A picture's whole area: sums and products far beyond 32 bits, with a variance known by formula.
    @Test func holdTheLargestPicture() {
        let side = 30_000
        let square = Region(runs: (0..<side).map { Run(row: $0, start: 0, end: side) })
        let moments = Moments(of: square)
        let variance = (Double(side) * Double(side) - 1) / 12
        #expect(moments.centroid == Point(x: 14_999.5, y: 14_999.5))
        #expect(agree(moments.varianceX, variance) && agree(moments.varianceY, variance))
        #expect(moments.covariance == 0)
    }
}
