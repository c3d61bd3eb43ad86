import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport

/// Pictures every kernel is asked about at one size: noise, and the shapes on which kernels go wrong.
func pictures<Element: GraySample>(
    width: Int,
    height: Int,
    of type: Element.Type = Element.self
) -> [Image<Element>] {
    var generator = SplitMix64(seed: UInt64(width * 1000 + height))
    let top = Element.max
    func drawn(_ sample: (Int, Int) -> Element) -> Image<Element> {
        let samples = (0..<height).flatMap { y in (0..<width).map { x in sample(x, y) } }
        return Image(width: width, height: height, samples: samples)
    }
    return [
        .random(width: width, height: height, using: &generator),
        .random(width: width, height: height, maximum: 12, using: &generator),
        drawn { _, _ in top },
        drawn { x, _ in x < width / 2 ? 0 : top },
        drawn { x, y in x + 2 * y > (width + height) / 2 ? top : top / 3 },
        drawn { x, y in x == width / 2 && y == height / 2 ? top : 0 },
        drawn { x, y in (x ^ y) & 1 == 0 ? 0 : top },
        drawn { x, y in Element(truncatingIfNeeded: 7 * x + 3 * y) },
    ]
}

/// Every picture of every small size.
func smallPictures<Element: GraySample>(of type: Element.Type) -> [Image<Element>] {
    smallSizes.flatMap { pictures(width: $0.width, height: $0.height, of: type) }
}

/// The plainest kernel: each pixel from its place.
func pixelwise<Element: Sample, Result: Sample>(
    _ image: Image<Element>,
    _ value: (_ x: Int, _ y: Int) -> Result
) -> Image<Result> {
    let samples = (0..<image.height).flatMap { y in (0..<image.width).map { x in value(x, y) } }
    return Image(width: image.width, height: image.height, samples: samples)
}

extension Image {
    /// The sample that stands for (x, y), by counting back from the edge one step at a time.
    func reflected(_ x: Int, _ y: Int) -> Element {
        func inside(_ index: Int, _ count: Int) -> Int {
            var index = index
            while index < 0 || index >= count {
                if count == 1 { return 0 }
                index = index < 0 ? -index : 2 * (count - 1) - index
            }
            return index
        }
        return self[inside(x, width), inside(y, height)]
    }

    /// The sample at the nearest place inside.
    func clamped(_ x: Int, _ y: Int) -> Element {
        self[min(max(x, 0), width - 1), min(max(y, 0), height - 1)]
    }

    /// The picture with left and right exchanged.
    var mirroredSideways: Image { pixelwise(self) { x, y in self[width - 1 - x, y] } }

    /// The picture with rows and columns exchanged.
    var transposed: Image {
        let samples = (0..<width).flatMap { x in (0..<height).map { y in self[x, y] } }
        return Image(width: height, height: width, samples: samples)
    }
}

/// What a banded kernel gives when the image is cut after every row in `cuts`.
func joinedBands<Element: Sample>(
    height: Int,
    cuts: [Int],
    _ band: (Range<Int>) -> Image<Element>
) -> [Element] {
    let edges = [0] + cuts.filter { $0 > 0 && $0 < height } + [height]
    return zip(edges, edges.dropFirst()).flatMap { band($0..<$1).samples }
}

/// The pixels of `open` that hang together with one of `seeds` over the eight neighbours, by looking at
/// every pixel again until nothing changes.
func connected(_ open: Mask, to seeds: Mask) -> Mask {
    var reached = pixelwise(open) { x, y in open[x, y] != 0 && seeds[x, y] != 0 ? UInt8(255) : 0 }
    var isChanging = true
    while isChanging {
        isChanging = false
        for y in 0..<open.height {
            for x in 0..<open.width where open[x, y] != 0 && reached[x, y] == 0 {
                let around = Rectangle(x: x - 1, y: y - 1, width: 3, height: 3).intersection(open.bounds)
                let touches = around.rows.contains { row in
                    around.columns.contains { column in reached[column, row] != 0 }
                }
                if touches {
                    reached[x, y] = 255
                    isChanging = true
                }
            }
        }
    }
    return reached
}
