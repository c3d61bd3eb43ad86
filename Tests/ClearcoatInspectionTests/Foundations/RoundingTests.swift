import ClearcoatInspection
import Testing

@Suite struct RoundingTests {
    @Test func theNearestWholeNumberIsThatOfRounded() {
        let least = 0.49999999999999994  // the largest number below a half
        for whole in -300...300 {
            for part in [0, least, 0.5, 0.5.nextUp, 0.1, 0.9, 1.0.nextDown] {
                for value in [Double(whole) + part, Double(whole) - part] {
                    #expect(value.nearest == Int(value.rounded()))
                }
            }
        }
        #expect(4_503_599_627_370_497.5.nearest == Int(4_503_599_627_370_497.5.rounded()))
    }
}
