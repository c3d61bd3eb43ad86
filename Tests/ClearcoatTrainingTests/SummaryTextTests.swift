import ClearcoatInspection
import ClearcoatTraining
import Testing

@Suite struct SummaryTextTests {
    @Test func aClassConfusionIsATable() {
        var matrix = ClassConfusion(truth: [.scratch, .fibre], called: [.scratch, .fibre, .unknown])
        for _ in 0..<19 { matrix.count(.scratch, called: .scratch) }
        matrix.count(.scratch, called: .unknown)
        matrix.count(.fibre, called: .scratch)
        matrix.count(.fibre, called: .fibre)
        matrix.count(.dent, called: .fibre)
        #expect(
            matrix.text == """
                is \\ called  scratch  fibre  unknown   right
                scratch           19      ·        1  95.0 %
                fibre              1      1        ·  50.0 %
                """
        )
        #expect(matrix.total == 22 && matrix.right == 20)
        #expect(ClassConfusion(truth: [.dent], called: [.dent]).accuracy == 0)
    }
}
