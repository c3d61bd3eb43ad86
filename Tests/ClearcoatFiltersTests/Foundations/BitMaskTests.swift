import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

@Suite struct BitMaskTests {
    @Test func holdsWhatIsPutIn() {
        for (width, height) in smallSizes + [(63, 2), (64, 2), (65, 3), (130, 2)] {
            var generator = SplitMix64(seed: UInt64(width))
            let mask = Mask.random(width: width, height: height, maximum: 1, using: &generator)
            var bits = BitMask(width: width, height: height)
            for y in 0..<height { for x in 0..<width where mask[x, y] == 1 { bits[x, y] = true } }
            #expect(bits.expanded().samples == mask.samples.map { $0 * 255 })
            for y in 0..<height { for x in 0..<width { #expect(bits[x, y] == (mask[x, y] == 1)) } }
            for y in 0..<height { for x in 0..<width { bits[x, y] = false } }
            #expect(bits == BitMask(width: width, height: height))
        }
    }
}
