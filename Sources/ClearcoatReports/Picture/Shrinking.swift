package import ClearcoatImage

/// Smaller pictures for a gallery.
package enum Shrinking {
    /// The top-left part of a plane with each `factor` x `factor` pixels as one, their rounded mean. Pixels
    /// left over at the right and bottom are left out.
    ///
    /// - Complexity: O(*n*) in the pixels of the part.
    package static func mean(of plane: Image<UInt8>, width: Int, height: Int, by factor: Int) -> Image<UInt8>
    {
        if factor == 1 { return plane.cropped(to: Rectangle(x: 0, y: 0, width: width, height: height)) }
        let columns = width / factor
        let rows = height / factor
        let samples = plane.samples.span
        var result: [UInt8] = []
        result.reserveCapacity(columns * rows)
        // Sums of a column over `factor` rows, in a form that the compiler vectorises.
        var sums = [UInt32](repeating: 0, count: columns * factor)
        let area = UInt32(factor * factor)
        for row in 0..<rows {
            var span = sums.mutableSpan
            for x in 0..<columns * factor { span[x] = 0 }
            for y in row * factor..<(row + 1) * factor {
                let line = samples.extracting(plane.row(y))
                for x in 0..<columns * factor { span[x] = span[x] &+ UInt32(line[x]) }
            }
            for column in 0..<columns {
                var sum: UInt32 = 0
                for x in column * factor..<(column + 1) * factor { sum &+= span[x] }
                result.append(UInt8(truncatingIfNeeded: (sum &+ area / 2) / area))
            }
        }
        return Image(width: columns, height: rows, samples: result)
    }
}
