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
    return sumsAlongColumns(
        of: sumsAlongRows(of: values, columns: columns, radius: radius),
        columns: columns,
        radius: radius
    )
}

@inline(__always)
private func sumsAlongRows<Value: FixedWidthInteger>(
    of values: [Value],
    columns: Int,
    radius: Int
) -> [Value] {
    // SAFETY: any bits are a number, and every place is written.
    var sums = unsafe [Value](unsafeUninitializedCapacity: values.count) { $1 = values.count }
    var prefix = [Value](repeating: 0, count: columns + 1)
    for base in stride(from: 0, to: values.count, by: columns) {
        let row = values.span.extracting(base..<base + columns)
        sumAlong(row, &prefix, radius: radius, into: &sums, at: base)
    }
    return sums
}

/// The sums along one row, as differences of its running total. In its inner part no window is cut off, and nothing
/// need be asked: there the loop is vectorised.
@inline(__always)
private func sumAlong<Value: FixedWidthInteger>(
    _ row: Span<Value>,
    _ prefix: inout [Value],
    radius: Int,
    into sums: inout [Value],
    at base: Int
) {
    let columns = row.count
    precondition(prefix.count == columns + 1 && base + columns <= sums.count && radius >= 0)
    var prefix = prefix.mutableSpan
    var sums = sums.mutableSpan
    var total: Value = 0
    // SAFETY: x stays below the row's length, and places of the prefix in 0 ... columns.
    for x in 0..<columns {
        total &+= unsafe row[unchecked: x]
        unsafe prefix[unchecked: x &+ 1] = total
    }
    let inner = radius..<max(columns - radius, radius)
    for x in 0..<min(inner.lowerBound, columns) { sums[base + x] = prefix[min(x + radius + 1, columns)] }
    // SAFETY: x - radius is not negative, and x + radius + 1 at most the row's length.
    for x in inner {
        unsafe sums[unchecked: base &+ x] =
            prefix[unchecked: x &+ radius &+ 1] &- prefix[unchecked: x &- radius]
    }
    for x in inner.upperBound..<max(columns, inner.upperBound) {
        sums[base + x] = total &- prefix[x - radius]
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
    // SAFETY: any bits are a number, and every place is written.
    var sums = unsafe [Value](unsafeUninitializedCapacity: values.count) { $1 = values.count }
    var running = [Value](repeating: 0, count: columns)
    func line(_ row: Int) -> Range<Int> { row * columns..<(row + 1) * columns }
    for row in 0..<min(radius, rows) { add(values.span.extracting(line(row)), to: &running) }
    for row in 0..<rows {
        if row + radius < rows { add(values.span.extracting(line(row + radius)), to: &running) }
        if row > radius { subtract(values.span.extracting(line(row - radius - 1)), from: &running) }
        copy(running.span, into: &sums, at: row * columns)
    }
    return sums
}

// Checked looks would not be vectorised in any of these.

@inline(__always)
private func add<Value: FixedWidthInteger>(_ line: Span<Value>, to running: inout [Value]) {
    precondition(line.count == running.count)
    var running = running.mutableSpan
    // SAFETY: both are of one length.
    for x in 0..<line.count { unsafe running[unchecked: x] = running[unchecked: x] &+ line[unchecked: x] }
}

@inline(__always)
private func subtract<Value: FixedWidthInteger>(_ line: Span<Value>, from running: inout [Value]) {
    precondition(line.count == running.count)
    var running = running.mutableSpan
    // SAFETY: both are of one length.
    for x in 0..<line.count { unsafe running[unchecked: x] = running[unchecked: x] &- line[unchecked: x] }
}

@inline(__always)
private func copy<Value: FixedWidthInteger>(_ line: Span<Value>, into sums: inout [Value], at base: Int) {
    precondition(base >= 0 && base + line.count <= sums.count)
    var sums = sums.mutableSpan
    // SAFETY: the line fits into the sums from its base on.
    for x in 0..<line.count { unsafe sums[unchecked: base &+ x] = line[unchecked: x] }
}
