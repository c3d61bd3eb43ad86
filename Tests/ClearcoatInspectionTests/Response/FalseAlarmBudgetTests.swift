import ClearcoatInspection
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct FalseAlarmBudgetTests {
    private let budget = FalseAlarmBudget(
        0.1,
        levels: (0..<5).map { level in
            let side = Double(1 << level)
            return FalseAlarmBudget.Level(looks: 1e6 / (side * side), sampleSide: side)
        }
    )

    @Test func allLevelsTogetherUseUpTheBudget() {
        let expected = budget.thresholds.enumerated().reduce(0) { sum, level in
            let looks = 1e6 / Double(1 << (2 * level.offset))
            return sum + looks * erfc(Double(level.element) / 2.0.squareRoot())
        }
        #expect(abs(expected - 0.1) < 1e-4)
    }

    @Test func eachCoarserLevelMayUseHalfAsMuch() {
        for level in 1..<5 {
            func used(_ level: Int) -> Double {
                1e6 / Double(1 << (2 * level)) * erfc(Double(budget.thresholds[level]) / 2.0.squareRoot())
            }
            #expect(abs(used(level) / used(level - 1) - 0.5) < 1e-3)
            #expect(budget.thresholds[level] < budget.thresholds[level - 1])
        }
    }

    @Test func theThresholdIsWhereTheNumberOfFalseAlarmsIsTheBudget() {
        for level in 0..<5 {
            #expect(abs(budget.falseAlarms(excess: 1, level: level) - 0.1) < 1e-4)
            #expect(budget.falseAlarms(excess: 1.1, level: level) < 0.03)
            #expect(budget.falseAlarms(excess: 0.9, level: level) > 0.3)
            #expect(budget.falseAlarms(excess: 5, level: level) == 1e-20)
        }
    }

    @Test(arguments: [(2 * 0.158655, 1.0), (2 * 0.022750, 2.0), (2 * 2.866516e-7, 5.0)])
    func normalThresholdIsTheQuantileOfTheNormalDistribution(share: Double, sigmas: Double) {
        // Tail probabilities from Abramowitz & Stegun, table 26.1.
        #expect(abs(normalThreshold(budget: share, tests: 1) - sigmas) < 1e-4)
        #expect(abs(normalThreshold(budget: share * 1000, tests: 1000) - sigmas) < 1e-4)
    }
}
