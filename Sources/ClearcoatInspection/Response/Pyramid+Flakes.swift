extension Pyramid {
    /// A texture at least so lopsided is one of flakes that shine. Measured: 0.2 to 1.1 on metallic paint, at most
    /// 0.1 on any other, JPEG or not.
    package static let leastFlakeSkewness = 0.15
    /// Rows between those that the loss of brightness is measured on.
    private static let rowStep = 32

    /// The same picture without its flakes, on level 1 and coarser: the levels of its opening (``OpenedRows``).
    ///
    /// A sum over many pixels in which flakes are rare and bright says little about the paint between them. Level 0,
    /// which is to show what is as small as a flake, stays as it is.
    package func withoutFlakes(with scheduler: some BandScheduler) async throws -> Pyramid {
        let base = levels[0]
        let lost = Self.lostBrightness(of: base)
        let opened = try await BandedPlane.compute(
            width: base.width,
            height: base.height,
            bandHeight: base.bandHeight,
            with: scheduler
        ) { band in
            var source = OpenedRows(base)
            for y in band.rows {
                let start = band.place(ofRow: y)
                var out = band.samples.mutableSpan
                source.read(y, into: &out, at: start)
                add(lost, to: &out, in: start..<start + base.width)
            }
        }
        let coarse = try await Pyramid(opened, levelCount: levels.count, with: scheduler)
        return Pyramid(base: base, coarser: coarse)
    }

    /// How much darker the opening is on the average, where anything is judged.
    private static func lostBrightness(of plane: BandedPlane) -> Int16 {
        var source = OpenedRows(plane)
        var opened = [Int16](repeating: 0, count: plane.width)
        var sum = 0, count = 0
        for y in stride(from: min(rowStep, plane.height) / 2, to: plane.height, by: rowStep) {
            var out = opened.mutableSpan
            source.read(y, into: &out, at: 0)
            plane.withRow(y) { row in
                for x in 0..<row.count where row[x] != 0 {
                    sum += Int(row[x]) - Int(out[x])
                    count += 1
                }
            }
        }
        return Int16(clamping: (sum + count / 2) / max(count, 1))
    }
}

/// Adds to all values but 0, which stands for what is not judged.
@inline(__always)
private func add(_ amount: Int16, to values: inout MutableSpan<Int16>, in places: Range<Int>) {
    for place in places {
        let value = values[place]
        values[place] = value == 0 ? 0 : min(value &+ amount, 8191)
    }
}
