/// The highest value within `radius` columns and rows, clipped at the border, of a row-major plane.
///
/// - Complexity: O(*n*), whatever the radius.
/// - Reference: M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and
///   octagonal kernels", Pattern Recognition Letters 13 (1992).
package func localMaxima(of values: [Float], width: Int, radius: Int) -> [Float] {
    guard width > 0, radius > 0 else { return values }
    let height = values.count / width
    var result = values
    var line = SlidingMaximum(radius: radius)
    for y in 0..<height { line.run(over: &result, from: y * width, count: width, stride: 1) }
    for x in 0..<width { line.run(over: &result, from: x, count: height, stride: width) }
    return result
}

/// The maximum over `2 radius + 1` neighbours along a line: in blocks of that length, the running maximum
/// from the left end of a block and from the right end of the one before hold every window between them.
private struct SlidingMaximum {
    let radius: Int
    private var fromLeft: [Float] = []
    private var fromRight: [Float] = []

    init(radius: Int) { self.radius = radius }

    mutating func run(over values: inout [Float], from start: Int, count: Int, stride: Int) {
        let window = 2 * radius + 1
        let padded = (count + 2 * radius + window - 1) / window * window
        fromLeft = Array(repeating: -.infinity, count: padded)
        for index in 0..<count { fromLeft[index + radius] = values[start + index * stride] }
        fromRight = fromLeft
        for index in 1..<padded where index % window != 0 {
            fromLeft[index] = max(fromLeft[index], fromLeft[index - 1])
        }
        for index in (0..<padded - 1).reversed() where index % window != window - 1 {
            fromRight[index] = max(fromRight[index], fromRight[index + 1])
        }
        for index in 0..<count {
            values[start + index * stride] = max(fromRight[index], fromLeft[index + window - 1])
        }
    }
}
