import ClearcoatInspection
import ClearcoatTraining
import Testing

@Suite struct CalibrationTests {
    @Test func fitsWhatScikitLearnFits() throws {
        let golden = try Golden.read().platt
        let fitted = fitPlatt(golden.votes, isRight: golden.right)
        // scikit-learn's minimiser stops earlier than Newton's method does.
        #expect(abs(fitted.slope - golden.slope) < 2e-3, "\(fitted.slope) for \(golden.slope)")
        #expect(abs(fitted.offset - golden.offset) < 2e-3, "\(fitted.offset) for \(golden.offset)")
    }

    @Test func noNeighbourIsMoreLikely() throws {
        let golden = try Golden.read().platt
        let fitted = fitPlatt(golden.votes, isRight: golden.right)
        let right = Double(golden.right.count { $0 }), wrong = Double(golden.right.count) - right
        let targets = golden.right.map { $0 ? (right + 1) / (right + 2) : 1 / (wrong + 2) }
        let odds = golden.votes.map(ClassifierModel.Calibration.logOdds)
        let least = plattLoss(odds, targets, fitted.slope, fitted.offset)
        for step in [(0.01, 0.0), (-0.01, 0), (0, 0.01), (0, -0.01)] {
            #expect(plattLoss(odds, targets, fitted.slope + step.0, fitted.offset + step.1) > least)
        }
    }

    @Test func oddCasesStayWithinBounds() {
        #expect(fitPlatt([], isRight: []) == .identity)
        #expect(fitPlatt([0.2, 0.9], isRight: [true, true]) == .identity)
        let separated = fitPlatt([0, 0, 0, 1, 1, 1], isRight: [false, false, false, true, true, true])
        #expect(separated.slope > 0 && separated.slope < 20)
        let same = fitPlatt([0.5, 0.5, 0.5, 0.5], isRight: [true, true, true, false])
        #expect(same.slope.isFinite && same.offset > 0)
        // Votes that are worse than chance say nothing; they are not turned round.
        let wrong = fitPlatt([0.1, 0.2, 0.8, 0.9], isRight: [true, true, false, false])
        #expect(wrong.slope == 0)
    }

    @Test func reliabilityIsWhatItSays() {
        var reliability = Reliability()
        #expect(reliability.logLoss == 0 && reliability.calibrationError == 0)
        // Four times sure at 0.75, three times right: perfectly reliable.
        for truth in [0, 0, 0, 1] { reliability.add([0.75, 0.25], truth: truth) }
        #expect(abs(reliability.calibrationError) < 1e-12)
        // -(3 log 0.75 + log 0.25) / 4
        #expect(abs(reliability.logLoss - 0.562335) < 1e-6)
        // Four more, sure at 0.95 and never right: 0.95 off in half of the findings.
        for _ in 0..<4 { reliability.add([0.95, 0.05], truth: 1) }
        #expect(abs(reliability.calibrationError - 0.475) < 1e-12)
    }
}
