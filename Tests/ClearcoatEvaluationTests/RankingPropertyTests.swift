import ClearcoatEvaluation
import ClearcoatImage
import Testing

/// Measures of rankings against their definitions, pair by pair.
@Suite struct RankingPropertyTests {
    private func random(_ seed: UInt64) -> [(score: Double, isPositive: Bool)] {
        var generator = SplitMix64(seed: seed)
        let count = 2 + Int(generator.next() % 40)
        return (0..<count).map { _ in (Double(generator.next() % 9), generator.nextUnit() < 0.4) }
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func pairByPair(seed: UInt64) {
        let entries = random(seed)
        let ranking = Ranking(entries)
        let (positives, negatives) = (entries.filter(\.isPositive), entries.filter { !$0.isPositive })
        var wins = 0.0
        for positive in positives {
            for negative in negatives {
                wins += positive.score > negative.score ? 1 : positive.score == negative.score ? 0.5 : 0
            }
        }
        if positives.isEmpty || negatives.isEmpty {
            #expect(ranking.auroc == nil)
        } else {
            #expect(agree(ranking.auroc, wins / Double(positives.count * negatives.count)))
            let turned = Ranking(entries.map { (-$0.score, $0.isPositive) })
            #expect(agree(turned.auroc, 1 - (ranking.auroc ?? 0)))
        }
        let backwards = Ranking(entries.reversed())
        #expect(backwards.auroc == ranking.auroc && backwards.averagePrecision == ranking.averagePrecision)
        let best = Set(entries.map(\.score)).map { threshold in
            let taken = entries.filter { $0.score >= threshold }
            return 2 * Double(taken.count(where: \.isPositive))
                / Double(max(taken.count + positives.count, 1))
        }.max()
        if positives.isEmpty {
            #expect(ranking.f1Max == nil)
        } else {
            #expect(agree(ranking.f1Max?.value, best ?? -1))
        }
    }
}
