import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct SpacingTests {
    private func verdict(
        _ findings: [Finding],
        _ spacing: Length,
        count: Bounds? = nil,
        scale: PhysicalScale? = nil
    ) throws -> (verdict: Verdict, taking: [Int], distances: [Double]) {
        var recipe = Recipe()
        recipe.limits = [Limit(class: .crater, count: count, spacing: spacing, verdict: .rework)]
        var findings = findings
        let result = judge(findings: &findings, quality: try .sample(), recipe: recipe, scale: scale)
        let taking = findings.filter { !$0.explanation.limits.isEmpty }
        let distances = taking.compactMap {
            $0.explanation.limits[0].conditions.first { $0.feature == "spacing" }?.value
        }
        return (result.verdict, taking.map(\.id), distances)
    }

    @Test func isMeasuredBetweenOutlines() throws {
        // Squares of 4 at x 10 and 30: 16 from edge to edge.
        let pair = try [
            Finding.sample(1, .crater, sizePx: 4, x: 10, y: 10),
            .sample(2, .crater, sizePx: 4, x: 30, y: 10),
        ]
        #expect(try verdict(pair, Length(16, .pixels)).verdict == .accept)
        let near = try verdict(pair, Length(16.5, .pixels))
        #expect(near.verdict == .rework)
        #expect(near.taking == [1, 2])
        #expect(near.distances == [16, 16])
    }

    @Test func onlyTheSameKindCounts() throws {
        let pair = try [
            Finding.sample(1, .crater, sizePx: 4, x: 10, y: 10),
            .sample(2, .dent, sizePx: 4, x: 15, y: 10),
        ]
        #expect(try verdict(pair, Length(50, .pixels)).verdict == .accept)
    }

    @Test func looseFindingsAreNotCounted() throws {
        let findings = try [(1, 10.0), (2, 20.0), (3, 30.0), (4, 500.0)].map {
            try Finding.sample($0.0, .crater, sizePx: 4, x: $0.1, y: 10)
        }
        let result = try verdict(findings, Length(10, .pixels), count: .above(2))
        #expect(result.verdict == .rework)
        #expect(result.taking == [1, 2, 3])
        #expect(try verdict(findings, Length(10, .pixels), count: .above(3)).verdict == .accept)
    }

    @Test func millimetresFollowTheDirection() throws {
        let scale = try #require(PhysicalScale(mmPerPixelX: 0.1, mmPerPixelY: 1))
        let across = try [
            Finding.sample(1, .crater, sizePx: 4, x: 10, y: 10),
            .sample(2, .crater, sizePx: 4, x: 30, y: 10),
        ]
        let down = try [
            Finding.sample(1, .crater, sizePx: 4, x: 10, y: 10),
            .sample(2, .crater, sizePx: 4, x: 10, y: 30),
        ]
        #expect(try verdict(across, Length(2, .millimetres), scale: scale).verdict == .rework)
        #expect(try verdict(down, Length(2, .millimetres), scale: scale).verdict == .accept)
        #expect(try verdict(down, Length(17, .millimetres), scale: scale).verdict == .rework)
        #expect(try verdict(down, Length(17, .millimetres), scale: nil).verdict == .accept)
    }

    /// All pairs, all corners, all edges, without any shortcut.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func agreesWithThePlainWay(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let findings = try (0..<25).map { index in
            try Finding.sample(
                index + 1,
                .crater,
                sizePx: 2 + generator.nextUnit() * 6,
                x: (generator.nextUnit() * 300).rounded(),
                y: (generator.nextUnit() * 300).rounded()
            )
        }
        func gap(_ one: Finding, _ two: Finding) -> Double {
            // Upright squares: their distance is that of their sides.
            let reach = (one.sizePx + two.sizePx) / 2
            let dx = max(0, abs(one.centroid.x - two.centroid.x) - reach)
            let dy = max(0, abs(one.centroid.y - two.centroid.y) - reach)
            return (dx * dx + dy * dy).squareRoot()
        }
        let limit = 20.0
        let expected = findings.compactMap { one -> (Int, Double)? in
            let nearest = findings.filter { $0.id != one.id }.map { gap(one, $0) }.min() ?? .infinity
            return nearest < limit ? (one.id, nearest) : nil
        }
        // Overlapping squares have crossing outlines, which regions never have.
        let overlap = findings.contains { one in
            findings.contains { $0.id != one.id && gap(one, $0) == 0 }
        }
        let result = try verdict(findings, Length(limit, .pixels))
        if !overlap {
            #expect(result.taking == expected.map(\.0), "seed \(seed)")
            for (found, wanted) in zip(result.distances, expected) {
                #expect(abs(found - wanted.1) < 1e-9)
            }
        }
    }
}
