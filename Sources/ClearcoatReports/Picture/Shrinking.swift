package import ClearcoatImage

/// A smaller picture, made from the rows of a large one as they come: each `factor` x `factor` pixels become one,
/// their rounded mean. Pixels left over at the right and bottom are left out.
package struct Shrinking: Sendable {
    private let factor: Int
    private let columns: Int
    private let height: Int
    /// Of the columns so far, since the last row was finished: red, green, blue.
    private var sums: [[UInt32]]
    private var rowCount = 0
    private var planes: [[UInt8]] = [[], [], []]

    /// Nothing yet of a picture of a size.
    package init(width: Int, height: Int, by factor: Int) {
        self.factor = factor
        self.height = height
        columns = width / factor
        sums = Array(repeating: Array(repeating: 0, count: columns * factor), count: 3)
        for channel in 0..<3 { planes[channel].reserveCapacity(columns * (height / factor)) }
    }

    /// Takes the next row of pixels, red in the lowest byte, then green and blue; more than the width is ignored,
    /// and so are rows after the last.
    ///
    /// - Complexity: O(*n*) in the pixels.
    package mutating func add(_ row: ArraySlice<UInt32>) {
        guard rowCount < height else { return }
        rowCount += 1
        let pixels = row.span
        for channel in 0..<3 {
            let shift = UInt32(8 * channel)
            var span = sums[channel].mutableSpan
            for x in 0..<columns * factor { span[x] &+= pixels[x] &>> shift & 0xFF }
        }
        if rowCount.isMultiple(of: factor) { finishRow() }
    }

    private mutating func finishRow() {
        let area = UInt32(factor * factor)
        for channel in 0..<3 {
            var span = sums[channel].mutableSpan
            for column in 0..<columns {
                var sum: UInt32 = 0
                for x in column * factor..<(column + 1) * factor {
                    sum &+= span[x]
                    span[x] = 0
                }
                planes[channel].append(UInt8(truncatingIfNeeded: (sum &+ area / 2) / area))
            }
        }
    }

    /// What has come together.
    package var picture: RGBImage<UInt8> {
        let images = planes.map { samples in
            Image(width: columns, height: columns == 0 ? 0 : samples.count / columns, samples: samples)
        }
        return RGBImage(red: images[0], green: images[1], blue: images[2])
    }
}
