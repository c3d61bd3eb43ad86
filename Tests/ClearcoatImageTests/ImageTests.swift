import ClearcoatImage
import Testing

@Suite struct ImageTests {
    let ramp = Image<UInt16>(width: 4, height: 3, samples: Array(0..<12))

    @Test func rowsLieOneAfterTheOther() {
        #expect(ramp.row(0) == 0..<4)
        #expect(ramp.row(2) == 8..<12)
        #expect(ramp[3, 1] == 7)
    }

    @Test func croppingIsClippedToTheImage() {
        let part = ramp.cropped(to: Rectangle(x: 2, y: 1, width: 10, height: 10))
        #expect(part == Image(width: 2, height: 2, samples: [6, 7, 10, 11]))
        #expect(ramp.cropped(to: Rectangle(x: 9, y: 9, width: 1, height: 1)).isEmpty)
    }

    @Test func copiesAreIndependent() {
        var copy = ramp
        copy[0, 0] = 99
        #expect(ramp[0, 0] == 0)
        #expect(copy[0, 0] == 99)
    }

    @Test func splitMixGivesThePublishedSequence() {
        // Vigna's reference splitmix64.c started at 1234567.
        var generator = SplitMix64(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }

    @Test func scaleRefusesWhatIsNoScale() {
        #expect(PhysicalScale(mmPerPixel: 0) == nil)
        #expect(PhysicalScale(mmPerPixel: .infinity) == nil)
        #expect(PhysicalScale(mmPerPixel: .nan) == nil)
        #expect(PhysicalScale(mmPerPixelX: 0.1, mmPerPixelY: 0.4)?.mmPerPixel == 0.2)
    }
}
