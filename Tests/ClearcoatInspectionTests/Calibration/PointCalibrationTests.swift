import ClearcoatImage
import ClearcoatInspection
import ClearcoatTestSupport
import Testing

@Suite struct PointCalibrationTests {
    private static func pair(_ x: Double, _ y: Double, _ mmX: Double, _ mmY: Double) -> PointCalibration.Pair
    {
        .init(pixels: Point(x: x, y: y), millimetres: Point(x: mmX, y: mmY))
    }

    @Test func fourPairsOfAPlainScaleAreThatScale() throws {
        let pairs = [(0.0, 0.0), (4000, 0), (4000, 3000), (0, 3000)].map {
            Self.pair($0.0, $0.1, 0.065 * $0.0 + 12, 0.065 * $0.1 - 7)
        }
        let calibration = try PointCalibration(pairs: pairs)
        #expect(calibration.residualMm < 1e-9)
        for place in [Point(x: 0, y: 0), Point(x: 1234.5, y: 2222), Point(x: 3999, y: 1)] {
            let there = calibration.map.millimetres(place)
            #expect(abs(there.x - (0.065 * place.x + 12)) < 1e-8)
            #expect(abs(there.y - (0.065 * place.y - 7)) < 1e-8)
            #expect(abs(calibration.map.squareMillimetresPerPixel(at: place) - 0.065 * 0.065) < 1e-12)
        }
        let row = calibration.map.squareMillimetres(ofRow: 17, columns: 100..<250)
        #expect(abs(row - 150 * 0.065 * 0.065) < 1e-9)
    }

    /// Golden: OpenCV 5.0.0, `findHomography(px, mm, 0)`, by Tests/Oracles/inspection/homography.py.
    @Test func agreesWithOpenCV() throws {
        let calibration = try PointCalibration(pairs: [
            Self.pair(12, 7, 0.3, -0.2), Self.pair(3980, 40, 251, 4.1), Self.pair(3920, 2950, 236.5, 190.2),
            Self.pair(60, 2890, 9.7, 176.9), Self.pair(2010, 1400, 127.2, 88.4),
            Self.pair(700, 2200, 47.5, 139),
        ])
        for (x, y, mmX, mmY) in [
            (0.0, 0.0, 0.6865584254646604, -2.0052440419836524),
            (2000, 1500, 124.20146116293338, 97.14446112464773),
            (4000, 3000, 242.2366131656772, 191.89537992871828),
            (100, 2900, 12.751473282114949, 178.48123098102246),
        ] {
            let found = calibration.map.millimetres(Point(x: x, y: y))
            #expect(found.distance(to: Point(x: mmX, y: mmY)) < 1e-3)
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func findsTheMapThatMadeThePairs(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        func number(_ range: ClosedRange<Double>) -> Double {
            range.lowerBound + (range.upperBound - range.lowerBound) * generator.nextUnit()
        }
        let truth = [
            number(0.04...0.1), number(-0.02...0.02), number(-50...50), number(-0.02...0.02),
            number(0.04...0.1),
            number(-50...50), number(-5e-5...5e-5), number(-5e-5...5e-5), 1,
        ]
        func place(_ p: Point) -> Point {
            let w = truth[6] * p.x + truth[7] * p.y + 1
            return Point(
                x: (truth[0] * p.x + truth[1] * p.y + truth[2]) / w,
                y: (truth[3] * p.x + truth[4] * p.y + truth[5]) / w
            )
        }
        let corners = [(0.0, 0.0), (4000, 100), (3900, 3000), (50, 2900), (2000, 1400), (700, 2200)]
        let pairs = corners.map { corner -> PointCalibration.Pair in
            let pixels = Point(x: corner.0 + number(-40...40), y: corner.1 + number(-40...40))
            return .init(pixels: pixels, millimetres: place(pixels))
        }
        for count in [4, 6] {
            let calibration = try PointCalibration(pairs: Array(pairs.prefix(count)))
            #expect(calibration.residualMm < 1e-7, "seed \(seed)")
            #expect(calibration.map.isRegular(width: 4000, height: 3000))
            let asked = Point(x: number(0...4000), y: number(0...3000))
            let found = calibration.map.millimetres(asked)
            #expect(found.distance(to: place(asked)) < 1e-5, "seed \(seed), \(count) pairs")
            // A pixel's size is the determinant of the slopes, which differences show as well.
            let step = 1e-3
            let right = place(Point(x: asked.x + step, y: asked.y)),
                down = place(Point(x: asked.x, y: asked.y + step))
            let here = place(asked)
            let cross =
                (right.x - here.x) * (down.y - here.y) - (right.y - here.y) * (down.x - here.x)
            let size = calibration.map.squareMillimetresPerPixel(at: asked)
            #expect(abs(abs(cross) / (step * step) - size) < 1e-3 * size)
        }
    }

    @Test func rowsAddUpToPixels() throws {
        let calibration = try PointCalibration(pairs: [
            Self.pair(0, 0, 0, 0), Self.pair(400, 0, 30, 2), Self.pair(400, 300, 26, 24),
            Self.pair(0, 300, 3, 20),
        ])
        let map = calibration.map
        let whole = map.squareMillimetres(ofRow: 120, columns: 30..<90)
        let single = (30..<90).reduce(0) { $0 + map.squareMillimetres(ofRow: 120, columns: $1..<$1 + 1) }
        #expect(abs(whole - single) < 1e-9 * whole)
        let dense = (30..<90).reduce(0) {
            $0 + map.squareMillimetresPerPixel(at: Point(x: Double($1), y: 120))
        }
        #expect(abs(whole - dense) < 1e-4 * whole)
    }

    @Test func noisyPairsLeaveTheSmallestResidual() throws {
        let pairs = [
            Self.pair(0, 0, 0, 0), Self.pair(1000, 0, 100, 0), Self.pair(1000, 800, 100, 80),
            Self.pair(0, 800, 0, 80), Self.pair(500, 400, 50.3, 39.8), Self.pair(250, 600, 24.8, 60.1),
        ]
        let best = try PointCalibration(pairs: pairs)
        #expect(best.residualMm > 0.01 && best.residualMm < 0.3)
        // Nudging any coefficient makes it worse.
        let sum = best.residuals.reduce(0) { $0 + $1 * $1 }
        for index in 0..<8 {
            for factor in [0.9999, 1.0001] {
                var nudged = best.map.coefficients
                nudged[index] = nudged[index] * factor + (factor - 1) * 1e-4
                guard let other = Calibration(plane: nudged) else { continue }
                let error = pairs.reduce(0.0) { error, pair in
                    let distance = other.millimetres(pair.pixels).distance(to: pair.millimetres)
                    return error + distance * distance
                }
                #expect(error >= sum * (1 - 1e-9), "coefficient \(index)")
            }
        }
    }

    @Test func refusesWhatFixesNoPlane() {
        let line = [
            Self.pair(0, 0, 0, 0), Self.pair(10, 10, 1, 1), Self.pair(20, 20, 2, 2), Self.pair(5, 0, 3, 0),
        ]
        #expect(throws: PointCalibrationError.degenerate) { try PointCalibration(pairs: line) }
        #expect(throws: PointCalibrationError.tooFew(3)) {
            try PointCalibration(pairs: Array(line.prefix(3)))
        }
        let same = Array(repeating: Self.pair(1, 1, 1, 1), count: 5)
        #expect(throws: PointCalibrationError.degenerate) { try PointCalibration(pairs: same) }
        let exchanged = [
            Self.pair(0, 0, 0, 0), Self.pair(100, 0, 10, 0), Self.pair(100, 100, 0, 10),
            Self.pair(0, 100, 10, 10),
        ]
        #expect(throws: PointCalibrationError.folded) { try PointCalibration(pairs: exchanged) }
    }

    @Test func isReadFromARecipeAndWrittenBack() throws {
        let yaml = """
            scale:
              points:
                - { px: [0, 0], mm: [0, 0] }
                - { px: [1000, 0], mm: [100, 0] }
                - { px: [1000, 800], mm: [100, 80] }
                - { px: [0, 800], mm: [0, 80] }
                - { px: [500, 400], mm: [53, 40] }
            """
        let recipe = try Recipe(yaml: yaml, file: "r")
        #expect(recipe.points?.pairs.count == 5)
        #expect(try Recipe(yaml: recipe.yaml, file: "r") == recipe)
        #expect(
            Recipe.check(yaml: yaml, file: "r").contains {
                $0.line == 7 && $0.message.hasPrefix("scale.points[5] is ")
            }
        )
        let three =
            "scale: { points: [ { px: [0, 0], mm: [0, 0] }, { px: [1, 0], mm: [1, 0] }, { px: [0, 1], mm: [0, 1] } ] }"
        #expect(
            Recipe.check(yaml: three, file: "r").map(\.message) == [
                "scale.points: 3 pairs do not fix a plane; at least 4 do"
            ]
        )
    }
}
