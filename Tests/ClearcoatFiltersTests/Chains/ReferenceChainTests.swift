import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// The definition: the steps one after the other.
private func reference(_ image: Image<UInt8>) -> Mask {
    let smoothed = gaussian5(image)
    let background = box(smoothed, width: 65, height: 65)
    let contrasting = threshold(absoluteDifference(smoothed, background), above: 14)
    return open(maskUnion(contrasting, canny(smoothed, low: 40, high: 100)), with: .cross)
}

/// A slope with noise, specks and lines on it.
private func panel(_ width: Int, _ height: Int, slope: Double, noise: UInt8, seed: UInt64) -> Image<UInt8> {
    var generator = SplitMix64(seed: seed)
    var samples: [UInt8] = []
    for y in 0..<height {
        for x in 0..<width {
            let light = 60 + slope * Double(x) + 0.03 * Double(y)
            samples.append(UInt8(clamping: Int(light) + Int(UInt8.random(in: 0...noise, using: &generator))))
        }
    }
    for _ in 0..<width * height / 900 {
        let (x, y) = (
            Int.random(in: 0..<width, using: &generator), Int.random(in: 0..<height, using: &generator)
        )
        let depth = Int.random(in: -90...90, using: &generator)
        let size = Int.random(in: 1...9, using: &generator)
        for row in y..<min(y + size, height) {
            for column in x..<min(x + 10 - size, width) {
                samples[row * width + column] = UInt8(clamping: Int(samples[row * width + column]) + depth)
            }
        }
    }
    return Image(width: width, height: height, samples: samples)
}

@Suite struct ReferenceChainTests {
    @Test func equalsItsStepsOnSmallPictures() {
        for image in smallPictures(of: UInt8.self) { #expect(referenceChain(image) == reference(image)) }
    }

    @Test(arguments: [(64, 100), (65, 67), (127, 66), (191, 140), (300, 33), (200, 200)])
    func equalsItsStepsOnPanels(width: Int, height: Int) {
        for (seed, slope) in [0, 0.05, 0.4, -0.2].enumerated() {
            for noise in [UInt8(0), 6, 90] {
                let image = panel(width, height, slope: slope, noise: noise, seed: UInt64(seed))
                let mask = referenceChain(image)
                #expect(mask == reference(image))
            }
        }
    }

    @Test func findsWhatIsThere() {
        let image = panel(200, 200, slope: 0.05, noise: 6, seed: 3)
        let found = referenceChain(image).samples.count { $0 != 0 }
        #expect((200...20_000).contains(found))
        let quiet = panel(29, 29, slope: 0.05, noise: 6, seed: 3)
        #expect(referenceChain(quiet).samples.allSatisfy { $0 == 0 })
    }

    @Test func doesNotDependOnBands() {
        let image = panel(150, 160, slope: 0.1, noise: 6, seed: 9)
        let whole = referenceChain(image)
        for cuts in [[80], [1, 2, 3, 159], [33, 66, 99], Array(1..<160)] {
            let edges = [0] + cuts + [160]
            let bands = zip(edges, edges.dropFirst()).map {
                ReferenceChain.evidence(of: image, rows: $0..<$1)
            }
            #expect(ReferenceChain.mask(joining: bands) == whole)
        }
        #expect(ReferenceChain.mask(joining: []).isEmpty)
    }
}
