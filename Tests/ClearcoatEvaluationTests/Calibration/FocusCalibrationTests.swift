import ClearcoatEvaluation
import Testing

@Suite struct FocusCalibrationTests {
    /// Natrella, table A-7: 99 % of a normal population above the bound with 95 % confidence; the formula is an
    /// approximation, a few percent off for few.
    @Test(arguments: [(5, 5.74), (10, 3.98), (30, 3.06), (100, 2.68)])
    func theFactorIsThatOfTheTables(count: Int, table: Double) {
        #expect(abs(FocusCalibration.toleranceFactor(count) / table - 1) < 0.03)
    }

    @Test func theBoundLiesBelowWhatSharpPicturesHave() throws {
        let pictures = [0.27, 0.28, 0.275, 0.285, 0.265, 0.28, 0.27, 0.275]
        let minimum = try #require(FocusCalibration(pictures).minimum)
        #expect(minimum > 0.21 && minimum < 0.265)
        // More pictures that are as much alike bring it nearer.
        let more = try #require(FocusCalibration(Array(repeating: pictures, count: 5).flatMap { $0 }).minimum)
        #expect(more > minimum && more < 0.265)
        // Pictures that are all the same are not believed to be so for ever.
        #expect(try #require(FocusCalibration(Array(repeating: 0.3, count: 20)).minimum) < 0.29)
    }

    @Test func withoutTextureOrPicturesNothingIsLearnt() {
        let smooth = FocusCalibration([0.3, 0.3, 0.3, 0.3, nil, 0.3])
        #expect(smooth.minimum == nil)
        #expect(smooth.summary[0].contains("on 1 of 6 good pictures no texture of the paint stands out"))
        let few = FocusCalibration([0.3, 0.3, 0.3, 0.3])
        #expect(few.minimum == nil)
        #expect(few.summary[0].contains("at least 5 good pictures"))
        #expect(FocusCalibration([]).minimum == nil)
    }

    @Test func picturesThatVaryMuchSayLittle() throws {
        let calibration = FocusCalibration([0.05, 0.12, 0.07, 0.1, 0.06, 0.11])
        #expect(try #require(calibration.minimum) < 0.03)
        #expect(calibration.summary.last?.contains("vary so much") == true, "\(calibration.summary)")
    }
}
