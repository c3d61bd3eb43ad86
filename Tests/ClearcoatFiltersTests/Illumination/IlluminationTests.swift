import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// The definition: for each cell, every valid sample within reach with its weight, and the plane
/// through them; then bilinear between the centres of cells.
private func reference(_ image: Image<UInt16>, mask: Mask?, window: Int) -> Image<Float> {
    let cell = window >= 64 ? 8 : window >= 32 ? 4 : window >= 16 ? 2 : 1
    let reach = max(1, window / (2 * cell))
    let columns = (image.width + cell - 1) / cell
    let rows = (image.height + cell - 1) / cell
    guard columns > 0, rows > 0 else { return Image(width: image.width, height: image.height, samples: []) }

    /// How many windows around `centre` in turn hold `other`.
    func weight(_ centre: Int, _ other: Int, _ count: Int) -> Int {
        (0..<count).count { abs($0 - centre) <= reach && abs($0 - other) <= reach }
    }
    var valid: [(x: Int, y: Int, sample: Int)] = []
    for y in 0..<image.height {
        for x in 0..<image.width where (mask?[x, y] ?? 255) != 0 {
            valid.append((x / cell, y / cell, Int(image[x, y])))
        }
    }
    let cells = Dictionary(grouping: valid) { $0.y * columns + $0.x }
    let means = cells.values.map { Double($0.reduce(0) { $0 + $1.sample }) / Double($0.count) }
    let overall = valid.isEmpty ? 0 : Double(valid.reduce(0) { $0 + $1.sample }) / Double(valid.count)
    let damping = 0.01 * (Double((2 * reach + 1) * (2 * reach + 1)) - 1) / 6
    let grid = pixelwise(Mask(width: columns, height: rows, filledWith: 0)) { column, row -> Float in
        var n = 0, s = 0, sx = 0, sy = 0, nx = 0, ny = 0, nxx = 0, nxy = 0, nyy = 0
        for (index, samples) in cells {
            let (x, y) = (index % columns, index / columns)
            let weight = weight(column, x, columns) * weight(row, y, rows)
            let count = weight * samples.count
            let sum = weight * samples.reduce(0) { $0 + $1.sample }
            (n, s, sx, sy) = (n + count, s + sum, sx + sum * x, sy + sum * y)
            (nx, ny, nxx, nxy, nyy) = (
                nx + count * x, ny + count * y, nxx + count * x * x, nxy + count * x * y, nyy + count * y * y
            )
        }
        guard n > 0 else { return Float(overall) }
        func mean(_ sum: Int) -> Double { Double(sum) / Double(n) }
        let varianceX = mean(nxx) - mean(nx) * mean(nx) + damping
        let varianceY = mean(nyy) - mean(ny) * mean(ny) + damping
        let covariance = mean(nxy) - mean(nx) * mean(ny)
        let withX = mean(sx) - mean(s) * mean(nx)
        let withY = mean(sy) - mean(s) * mean(ny)
        let determinant = varianceX * varianceY - covariance * covariance
        let slopeX = (withX * varianceY - withY * covariance) / determinant
        let slopeY = (withY * varianceX - withX * covariance) / determinant
        let value = mean(s) + slopeX * (Double(column) - mean(nx)) + slopeY * (Double(row) - mean(ny))
        return Float(min(max(value, means.min() ?? 0), means.max() ?? 0))
    }
    /// Between two knots, and how far.
    func place(_ position: Int, _ count: Int) -> (Int, Int, Float) {
        let along = (Float(position) - Float(cell - 1) / 2) / Float(cell)
        let clamped = min(max(along, 0), Float(count - 1))
        let index = min(Int(clamped), count - 1)
        return (index, min(index + 1, count - 1), clamped - Float(index))
    }
    return pixelwise(image) { x, y in
        let (left, right, across) = place(x, columns)
        let (top, bottom, down) = place(y, rows)
        func between(_ column: Int) -> Float {
            grid[column, top] + (grid[column, bottom] - grid[column, top]) * down
        }
        return between(left) + (between(right) - between(left)) * across
    }
}

private func ramp(_ width: Int, _ height: Int) -> Image<UInt16> {
    let samples = (0..<width * height).map { UInt16(20_000 + 90 * ($0 % width) - 40 * ($0 / width)) }
    return Image(width: width, height: height, samples: samples)
}

@Suite struct IlluminationTests {
    @Test(arguments: [3, 5, 17, 33, 65]) func equalsItsDefinition(window: Int) {
        for (width, height) in smallSizes {
            var generator = SplitMix64(seed: UInt64(window))
            let image = pictures(width: width, height: height, of: UInt16.self)[0]
            let mask = Mask.random(width: width, height: height, maximum: 2, using: &generator)
            #expect(illumination(of: image, window: window) == reference(image, mask: nil, window: window))
            #expect(
                illumination(of: image, mask: mask, window: window)
                    == reference(image, mask: mask, window: window)
            )
        }
    }

    @Test func aConstantHasNoContrast() {
        let image = Image<UInt8>(width: 70, height: 50, filledWith: 137)
        #expect(illumination(of: image, window: 33).samples.allSatisfy { $0 == 137 })
        #expect(flatten(image, window: 33).samples.allSatisfy { $0 == 0 })
    }

    @Test func aGradientIsLightUpToTheBorder() {
        // 90 grey levels a column and a window of 65: a mean of what is inside would lean by 1000.
        let image = ramp(200, 150)
        let light = illumination(of: image, window: 65)
        for y in 0..<150 {
            for x in 0..<200 {
                // Constant beyond the outermost centres of cells: up to 3.5 pixels of the slope.
                #expect(abs(light[x, y] - Float(image[x, y])) < 3.5 * 130 + 110)
                if (4..<196).contains(x) && (4..<146).contains(y) {
                    #expect(abs(light[x, y] - Float(image[x, y])) < 110)
                }
            }
        }
    }

    @Test func whatIsMaskedOffHasNoInfluence() {
        var dark = ramp(120, 90)
        var bright = dark
        var mask = Mask(width: 120, height: 90, filledWith: 255)
        for y in 20..<60 {
            for x in 40..<120 {
                mask[x, y] = 0
                dark[x, y] = 0
                bright[x, y] = 65535
            }
        }
        let flat = flatten(dark, mask: mask, window: 33)
        #expect(flat == flatten(bright, mask: mask, window: 33))
        #expect(flat[80, 40] == 0)
        // Next to the hole the gradient goes on.
        #expect(abs(flat[39, 40]) < 0.01 && abs(flat[80, 61]) < 0.01)
    }

    @Test func contrastIsTheSameInLightAndShade() {
        // A line 10 % darker than its surroundings on a picture whose right half has a quarter of the light.
        let samples = (0..<160 * 64).map { index in
            let light = index % 160 < 80 ? 40_000 : 10_000
            return UInt16(index % 160 == 20 || index % 160 == 140 ? light * 9 / 10 : light)
        }
        let flat = flatten(Image(width: 160, height: 64, samples: samples), window: 33)
        #expect(abs(flat[20, 32] + 0.1) < 0.01)
        #expect(abs(flat[140, 32] - flat[20, 32]) < 0.001)
    }

    @Test func withoutLightThereIsNoContrast() {
        let black = Image<UInt8>(width: 20, height: 20, filledWith: 0)
        #expect(flatten(black, window: 9).samples.allSatisfy { $0 == 0 })
        let nothing = Mask(width: 20, height: 20, filledWith: 0)
        let bright = Image<UInt8>(width: 20, height: 20, filledWith: 200)
        #expect(flatten(bright, mask: nothing, window: 9).samples.allSatisfy { $0 == 0 })
        #expect(illumination(of: bright, mask: nothing, window: 9).samples.allSatisfy { $0 == 0 })
    }

    @Test func doesNotDependOnBands() {
        let image = pictures(width: 67, height: 21, of: UInt8.self)[1]
        let mask = pictures(width: 67, height: 21, of: UInt8.self)[6]
        let light = Illumination(of: image, mask: mask, window: 17)
        #expect(joinedBands(height: 21, cuts: [1, 8, 20]) { light.image(rows: $0) } == light.image().samples)
        #expect(
            joinedBands(height: 21, cuts: [1, 8, 20]) { light.contrast(of: image, mask: mask, rows: $0) }
                == flatten(image, mask: mask, window: 17).samples
        )
    }
}
