import ClearcoatImage
import ClearcoatRegions
import ClearcoatTestSupport

/// What labelling means, in the plainest form: pixel by pixel in reading order, flood whatever has no
/// label yet.
func referenceLabels(of mask: Mask, connectivity: Connectivity) -> (labels: Image<UInt32>, count: Int) {
    var steps = [(1, 0), (-1, 0), (0, 1), (0, -1)]
    if connectivity == .eight { steps += [(1, 1), (1, -1), (-1, 1), (-1, -1)] }
    var labels = Image<UInt32>(width: mask.width, height: mask.height, filledWith: 0)
    var count: UInt32 = 0
    for y in 0..<mask.height {
        for x in 0..<mask.width where mask[x, y] != 0 && labels[x, y] == 0 {
            count += 1
            var open = [(x, y)]
            labels[x, y] = count
            while let (x, y) = open.popLast() {
                for (dx, dy) in steps {
                    let next = (x + dx, y + dy)
                    guard mask.bounds.contains(x: next.0, y: next.1), mask[next.0, next.1] != 0,
                        labels[next.0, next.1] == 0
                    else { continue }
                    labels[next.0, next.1] = count
                    open.append(next)
                }
            }
        }
    }
    return (labels, Int(count))
}

/// A mask in which each pixel is foreground with probability `density`, with any value but 0.
func randomMask(width: Int, height: Int, density: Double, using generator: inout SplitMix64) -> Mask {
    let samples = (0..<width * height).map { _ -> UInt8 in
        generator.nextUnit() < density ? UInt8.random(in: 1...255, using: &generator) : 0
    }
    return Mask(width: width, height: height, samples: samples)
}

/// Random masks of every small size and many densities, the same in every run.
func randomMasks(seed: UInt64) -> [Mask] {
    var generator = SplitMix64(seed: seed)
    var masks: [Mask] = []
    for size in smallSizes + [(64, 3), (130, 5), (200, 9)] {
        for density in [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95] {
            masks.append(randomMask(width: size.0, height: size.1, density: density, using: &generator))
        }
    }
    return masks
}

/// The regions of many random masks.
func randomRegions(seed: UInt64) -> [Region] { randomMasks(seed: seed).flatMap { regions(in: $0) } }

extension Region {
    /// Every pixel, in reading order.
    var pixels: [PixelCoordinate] {
        runs.flatMap { run in run.columns.map { PixelCoordinate(x: $0, y: run.row) } }
    }

    /// The region of these pixels.
    init(pixels: some Sequence<PixelCoordinate>) {
        self.init(runs: pixels.map { Run(row: $0.y, start: $0.x, end: $0.x + 1) })
    }

    /// The region of the picture turned by 90° clockwise, of which the old y axis pointed up at x = 0.
    var turned: Region { Region(pixels: pixels.map { PixelCoordinate(x: -$0.y, y: $0.x) }) }

    /// The region of the picture seen in a mirror.
    var mirrored: Region { Region(pixels: pixels.map { PixelCoordinate(x: -$0.x, y: $0.y) }) }

    /// The first region of a drawing.
    init(drawn rows: String...) {
        var runs: [Run] = []
        for (y, row) in rows.enumerated() {
            for (x, character) in row.enumerated() where character == "#" {
                runs.append(Run(row: y, start: x, end: x + 1))
            }
        }
        self.init(runs: runs)
    }
}
