import ClearcoatBenchmark
import Testing

struct TimingTests {
    @Test func bestIsTheShortestRound() {
        #expect(Timing(seconds: [3, 1, 2]).best == 1)
    }

    @Test func medianOfAnOddNumberOfRoundsIsTheMiddleOne() {
        #expect(Timing(seconds: [9, 1, 4]).median == 4)
    }

    @Test func medianOfAnEvenNumberOfRoundsIsTheMeanOfTheTwoInTheMiddle() {
        #expect(Timing(seconds: [8, 1, 4, 2]).median == 3)
    }

    @Test func oneRoundIsBestAndMedian() {
        let timing = Timing(seconds: [0.5])
        #expect(timing.best == 0.5 && timing.median == 0.5 && timing.rounds == 1)
    }
}
