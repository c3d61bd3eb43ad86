/// The sums over a square window of `2 radius + 1` places around every place of a row-major grid, in which
/// nothing outside counts.
///
/// Whole numbers that wrap around, so that a sum that fits is exact, whatever the order.
///
/// - Complexity: O(*n*), whatever the window.
@specialized(where Value == Int32)
@specialized(where Value == Int)
package func windowSums<Value: FixedWidthInteger>(of values: [Value], columns: Int, radius: Int) -> [Value] {
    guard !values.isEmpty else { return [] }
    var sums = values
    sumAlongRows(of: &sums, columns: columns, radius: radius)
    return sumsAlongColumns(of: sums, columns: columns, radius: radius)
}

@inline(__always)
private func sumAlongRows<Value: FixedWidthInteger>(of sums: inout [Value], columns: Int, radius: Int) {
    var prefix = [Value](repeating: 0, count: columns + 1)
    for base in stride(from: 0, to: sums.count, by: columns) {
        var total: Value = 0
        for x in 0..<columns {
            total &+= sums[base + x]
            prefix[x + 1] = total
        }
        for x in 0..<columns {
            sums[base + x] = prefix[min(x + radius + 1, columns)] &- prefix[max(x - radius, 0)]
        }
    }
}

/// Down the grid with one running sum a column: rows lie together in memory, columns do not.
@inline(__always)
private func sumsAlongColumns<Value: FixedWidthInteger>(
    of values: [Value],
    columns: Int,
    radius: Int
) -> [Value] {
    let rows = values.count / columns
    var sums = values
    var running = [Value](repeating: 0, count: columns)
    func line(_ row: Int) -> Range<Int> { row * columns..<(row + 1) * columns }
    for row in 0..<min(radius, rows) { add(values.span.extracting(line(row)), to: &running) }
    for row in 0..<rows {
        if row + radius < rows { add(values.span.extracting(line(row + radius)), to: &running) }
        if row > radius { subtract(values.span.extracting(line(row - radius - 1)), from: &running) }
        sums.replaceSubrange(line(row), with: running)
    }
    return sums
}

@inline(__always)
private func add<Value: FixedWidthInteger>(_ line: Span<Value>, to running: inout [Value]) {
    var running = running.mutableSpan
    for column in 0..<line.count { running[column] = running[column] &+ line[column] }
}

@inline(__always)
private func subtract<Value: FixedWidthInteger>(_ line: Span<Value>, from running: inout [Value]) {
    var running = running.mutableSpan
    for column in 0..<line.count { running[column] = running[column] &- line[column] }
}
