import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// The definition, in whole planes and plain integers.
private func reference<Element: GraySample>(_ image: Image<Element>, low: Int, high: Int) -> Mask {
    func sample(_ x: Int, _ y: Int) -> Int { Int(image.clamped(x, y)) }
    func right(_ x: Int, _ y: Int) -> Int {
        (-1...1).reduce(0) { $0 + (2 - abs($1)) * (sample(x + 1, y + $1) - sample(x - 1, y + $1)) }
    }
    func down(_ x: Int, _ y: Int) -> Int {
        (-1...1).reduce(0) { $0 + (2 - abs($1)) * (sample(x + $1, y + 1) - sample(x + $1, y - 1)) }
    }
    let inside = image.bounds
    let magnitudes = pixelwise(image) { x, y in Int32(abs(right(x, y)) + abs(down(x, y))) }
    func magnitude(_ x: Int, _ y: Int) -> Int32 { inside.contains(x: x, y: y) ? magnitudes[x, y] : 0 }
    func isEdge(_ x: Int, _ y: Int) -> Bool {
        let own = magnitude(x, y)
        let (gx, gy) = (right(x, y), down(x, y))
        let (flat, steep) = (abs(gx) * 13573, abs(gy) * 32768)
        if steep < flat { return own > magnitude(x - 1, y) && own >= magnitude(x + 1, y) }
        if steep > flat + abs(gx) * 65536 { return own > magnitude(x, y - 1) && own >= magnitude(x, y + 1) }
        let step = (gx < 0) == (gy < 0) ? 1 : -1
        return own > magnitude(x - step, y - 1) && own > magnitude(x + step, y + 1)
    }
    let candidates = pixelwise(image) { x, y in
        Int(magnitude(x, y)) > min(low, high) && isEdge(x, y) ? UInt8(1) : 0
    }
    let strong = pixelwise(image) { x, y in
        candidates[x, y] == 1 && Int(magnitude(x, y)) > max(low, high) ? UInt8(1) : 0
    }
    return connected(candidates, to: strong)
}

@Suite struct CannyTests {
    @Test(arguments: [(40, 100), (100, 40), (0, 0), (0, 300), (150, 151), (1020, 2040)])
    func equalsItsDefinitionAt8Bits(low: Int, high: Int) {
        for image in smallPictures(of: UInt8.self) {
            #expect(canny(image, low: low, high: high) == reference(image, low: low, high: high))
        }
    }

    @Test(arguments: [(10_000, 30_000), (0, 0), (200_000, 300_000), (600_000, 600_000)])
    func equalsItsDefinitionAt16Bits(low: Int, high: Int) {
        for image in smallPictures(of: UInt16.self) {
            #expect(canny(image, low: low, high: high) == reference(image, low: low, high: high))
        }
    }

    @Test func equalsItsDefinitionOnSmoothedNoise() {
        // Wide enough for several groups of 64 columns, and quiet enough that some are skipped.
        for width in [63, 64, 65, 127, 128, 129, 200] {
            var generator = SplitMix64(seed: UInt64(width))
            let noise = Image<UInt8>.random(width: width, height: 25, maximum: 60, using: &generator)
            let image = gaussian5(noise)
            #expect(canny(image, low: 40, high: 100) == reference(image, low: 40, high: 100))
            #expect(canny(image, low: 60, high: 70) == reference(image, low: 60, high: 70))
        }
    }

    @Test func candidatesDoNotDependOnBands() {
        for image in pictures(width: 67, height: 21, of: UInt8.self) {
            let whole = edgeCandidates(of: image, low: 40, high: 100, rows: 0..<21)
            for rows in [0..<1, 1..<2, 5..<9, 20..<21, 3..<21] {
                let band = edgeCandidates(of: image, low: 40, high: 100, rows: rows)
                #expect(band.all.expanded() == whole.all.expanded(rows: rows))
                #expect(band.strong.expanded() == whole.strong.expanded(rows: rows))
            }
        }
    }

    @Test func aCircleIsFoundOnItsRim() {
        // A disk of radius 15: every edge pixel near the circle, and as many of them as lie between an
        // eight-connected circle (4√2 · 15 = 85) and a four-connected one (8 · 15.25 = 122).
        let disk = Image<UInt8>(
            width: 50,
            height: 50,
            samples: (0..<2500).map {
                let (x, y) = ($0 % 50 - 25, $0 / 50 - 25)
                return x * x + y * y <= 225 ? 200 : 50
            }
        )
        let edges = canny(gaussian5(disk), low: 100, high: 200)
        var count = 0
        for y in 0..<50 {
            for x in 0..<50 where edges[x, y] != 0 {
                count += 1
                let (dx, dy) = (Double(x - 25), Double(y - 25))
                #expect(abs((dx * dx + dy * dy).squareRoot() - 15.25) < 1.25)
            }
        }
        #expect((85...122).contains(count))
    }
}
