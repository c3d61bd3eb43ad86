import ClearcoatImage
import ClearcoatInspection
import ClearcoatTraining
import Testing

@Suite struct TruthLabelsTests {
    /// A picture of 40 x 30 pixels with a square of defect 1 and a diagonal of defect 2 through its surroundings.
    private var truth: TruthLabels {
        var labels = Image<UInt8>(width: 40, height: 30, samples: Array(repeating: 0, count: 1200))
        for y in 5..<9 { for x in 20..<24 { labels[x, y] = 1 } }
        for step in 0..<28 { labels[step, step + 1] = 2 }
        return TruthLabels(labels, classes: [1: .crater, 2: .scratch])
    }

    @Test func aFindingLiesOnWhatItsOutlineCovers() throws {
        let square = try Finding.sample(contour: [[20, 5], [23, 5], [23, 8], [20, 8]])
        #expect(truth.label(under: square) == 1)
        // Its box holds all of the square, its outline only the line.
        let line = try Finding.sample(contour: [[0, 1], [27, 28], [27, 28]])
        #expect(truth.label(under: line) == 2)
    }

    @Test func twoPixelsAwayIsNearEnoughAndThreeAreNot() throws {
        #expect(truth.label(under: try .sample(contour: [[25, 6], [28, 6], [28, 7]])) == 1)
        #expect(truth.label(under: try .sample(contour: [[26, 6], [29, 6], [29, 7]])) == nil)
    }

    @Test func whatIsNotInTheListIsNothing() throws {
        let unlisted = TruthLabels(truth.labels, classes: [2: .scratch])
        #expect(unlisted.label(under: try .sample(contour: [[20, 5], [23, 5], [23, 8], [20, 8]])) == nil)
    }

    @Test func impossibleOutlinesCoverNothingMuch() throws {
        for contour in [[], [[1e300, 1e300], [-1e300, 4]], [[-50, -50], [-40, -50], [-40, -40]]]
            as [[[Double]]]
        {
            let finding = try Finding.sample(
                contour: contour,
                box: Rectangle(x: -60, y: -60, width: 9, height: 9)
            )
            #expect(truth.label(under: finding) == nil)
        }
    }
}
