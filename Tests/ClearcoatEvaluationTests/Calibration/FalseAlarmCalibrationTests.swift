import ClearcoatEvaluation
import Testing

@Suite struct FalseAlarmCalibrationTests {
    private func pictures(_ count: Int, strengths: [Double]) -> [FalseAlarmCalibration.GoodPicture] {
        (0..<count).map { index in
            .init(
                name: "\(index)",
                exposure: 1,
                strengths: strengths.indices.contains(index) ? [strengths[index]] : []
            )
        }
    }

    @Test func theLowestFactorThatKeepsToTheRateIsTaken() {
        let strengths = [1.9, 1.5, 1.3, 1.2, 1.1, 0.9]
        let calibration = FalseAlarmCalibration(
            pictures(30, strengths: strengths),
            rate: 0.1,
            recipeFactor: 1
        )
        // Three of thirty are allowed: the fourth strongest must fall silent.
        #expect(calibration.factor == 1.201)
        #expect(calibration.alarms.count == 3)
        #expect(calibration.missingExposure == nil)
    }

    @Test func aFewGoodPartsDoNotLowerTheThreshold() throws {
        let calibration = FalseAlarmCalibration(pictures(10, strengths: []), rate: 0.1, recipeFactor: 1)
        #expect(calibration.factor == 1)
        // Without an alarm, 3.69 divided by the rate is needed for 97.5 %.
        #expect(abs(try #require(calibration.missingExposure) - 26.9) < 0.1)
    }

    @Test func manyGoodPartsDo() {
        let calibration = FalseAlarmCalibration(
            pictures(200, strengths: [0.95, 0.9, 0.85, 0.82, 0.8]),
            rate: 0.1,
            recipeFactor: 1
        )
        #expect(calibration.factor == FalseAlarmCalibration.probe)
        #expect(calibration.alarms.count == 5)
        #expect(calibration.missingExposure == 0)
    }

    @Test func noiseThatNoThresholdSilencesEndsAtTheHighestFactor() {
        let calibration = FalseAlarmCalibration(
            pictures(5, strengths: [50, 50, 50, 50, 50]),
            rate: 0.1,
            recipeFactor: 1
        )
        #expect(calibration.factor == 10)
        #expect(calibration.alarms.count == 5)
        #expect(calibration.missingExposure == nil)
    }

    /// Alarms that are still there at a factor that should have silenced them are alarms at it.
    @Test func whatIsFoundCounts() {
        let expected = FalseAlarmCalibration.GoodPicture(name: "a", exposure: 1, strengths: [0.9, 1.2])
        let found = FalseAlarmCalibration.GoodPicture(name: "a", exposure: 1, strengths: [1.25, 1.1])
        #expect(expected.corrected(by: found, at: 1.2).strengths == [0.9, 1.25, 1.2])
    }
}
