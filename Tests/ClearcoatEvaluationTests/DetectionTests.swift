import ClearcoatEvaluation
import ClearcoatImage
import Foundation
import Testing

@Suite struct DetectionTests {
    private func problem(_ sizes: [Double], _ hits: [Bool]) -> HitMissFit.Problem? {
        do throws(HitMissFit.Problem) {
            _ = try HitMissFit(sizes: sizes, hits: hits)
            return nil
        } catch {
            return error
        }
    }

    @Test func saysWhenTheDataDoNotSupportACurve() {
        let sizes = (1...20).map(Double.init)
        #expect(problem(sizes, sizes.map { $0 > 18 }) == .tooFewHits)
        #expect(problem(sizes, sizes.map { $0 > 2 }) == .tooFewMisses)
        #expect(problem(sizes, sizes.map { $0 > 10 }) == .separation)
        #expect(problem(sizes, sizes.map { $0 <= 10 }) == .slopeNotPositive)
        #expect(problem(sizes, (1...20).map { $0 % 2 == 0 }) == .slopeNotSignificant)
        // The same with one pair out of order has a maximum.
        #expect(problem(sizes, (1...20).map { $0 == 10 || $0 > 11 }) == nil)
        let curve = DetectionCurve(name: "all", unit: "mm", trials: sizes.map { ($0, $0 > 10) })
        #expect(curve.fit == nil && curve.problem == .separation && !curve.notes.isEmpty)
        #expect(curve.bins.reduce(0) { $0 + $1.found.total } == 20)
        #expect(curve.bins.allSatisfy { $0.from < $0.to })
    }

    /// Of many studies of known truth, a90/95 must lie above the true a90 in about 95 %.
    @Test func theBoundHoldsAsOftenAsItPromises() throws {
        var generator = SplitMix64(seed: 4)
        var above = 0
        var fitted = 0
        for _ in 0..<300 {
            let sizes = (0..<120).map { _ in 0.3 * (20 as Double).power(generator.nextUnit()) }
            let hits = sizes.map { size in generator.nextUnit() < 1 / (1 + (1 / size).power(3)) }
            guard let fit = try? HitMissFit(sizes: sizes, hits: hits) else { continue }
            fitted += 1
            // logit POD = 3 ln a, so a90 = 9^(1/3).
            if fit.upperSize(atProbability: 0.9) >= 2.080083823 { above += 1 }
            #expect(fit.upperSize(atProbability: 0.9) > fit.size(atProbability: 0.9))
        }
        #expect(fitted > 290)
        let share = Proportion(above, of: fitted)
        #expect(share.interval.lower < 0.95 && share.interval.upper > 0.95, "\(share)")
    }

    @Test func sizesMayHaveAnyUnit() throws {
        var generator = SplitMix64(seed: 9)
        let sizes = (0..<80).map { _ in 0.5 + 4 * generator.nextUnit() }
        let hits = sizes.map { generator.nextUnit() < $0 / 5 }
        let mm = try HitMissFit(sizes: sizes, hits: hits)
        let micrometres = try HitMissFit(sizes: sizes.map { 1000 * $0 }, hits: hits)
        let bound = mm.upperSize(atProbability: 0.9)
        #expect(agree(micrometres.upperSize(atProbability: 0.9), 1000 * bound, within: 1e-6))
        #expect(agree(micrometres.slope, mm.slope, within: 1e-7))
    }

    @Test func freeResponseCountsAtEveryThreshold() {
        var generator = SplitMix64(seed: 1)
        func scores(_ count: Int) -> [Double] {
            (0..<count).map { _ in (4 * generator.nextUnit() * 8).rounded() / 8 }
        }
        let (defects, marks) = (scores(60), scores(90))
        let response = FreeResponse(defects: defects, falseMarks: marks, pictures: 30)
        for point in response.points {
            #expect(agree(point.found, Double(defects.count { $0 >= point.threshold }) / 60))
            #expect(agree(point.falseAlarmsPerImage, Double(marks.count { $0 >= point.threshold }) / 30))
        }
        #expect(response.points.map(\.threshold) == response.points.map(\.threshold).sorted(by: >))
        for sensitivity in response.sensitivities {
            let within = response.points.filter { $0.falseAlarmsPerImage <= sensitivity.falseAlarmsPerImage }
            #expect(sensitivity.found == within.map(\.found).max())
        }
        #expect(FreeResponse(defects: [], falseMarks: [], pictures: 0).points.isEmpty)
    }
}

extension Double {
    /// This to a real power.
    fileprivate func power(_ exponent: Double) -> Double {
        pow(self, exponent)
    }
}
