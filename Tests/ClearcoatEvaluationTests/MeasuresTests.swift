import ClearcoatEvaluation
import ClearcoatImage
import ClearcoatInspection
import ClearcoatRegions
import Testing

/// Every measure against other people's programs.
@Suite struct MeasuresTests {
    let golden: Golden

    init() throws { golden = try Golden.load() }

    @Test func intervalsOfShares() {
        for known in golden.proportions {
            let share = Proportion(known.count, of: known.total)
            #expect(agree(share.interval.lower, known.exact[0]), "\(share)")
            #expect(agree(share.interval.upper, known.exact[1]), "\(share)")
            #expect(agree(share.wilson.lower, known.wilson[0]), "\(share)")
            #expect(agree(share.wilson.upper, known.wilson[1]), "\(share)")
        }
        let nothing = Proportion(0, of: 0)
        #expect(nothing.rate == nil && nothing.interval == Interval(lower: 0, upper: 1))
    }

    @Test func intervalsOfRates() {
        for known in golden.rates {
            let rate = EventRate(known.count, in: known.exposure)
            #expect(agree(rate.interval?.lower, known.interval[0]), "\(rate)")
            #expect(agree(rate.interval?.upper, known.interval[1]), "\(rate)")
        }
        #expect(EventRate(0, in: 0).rate == nil)
    }

    @Test func rankings() throws {
        for known in golden.rankings {
            let ranking = Ranking(zip(known.scores, known.truth).map { ($0, $1) })
            #expect(agree(ranking.auroc, known.auroc))
            #expect(agree(ranking.averagePrecision, known.averagePrecision))
            let best = try #require(ranking.f1Max)
            #expect(agree(best.value, known.f1Max))
            // At the threshold that is stated, counted by hand.
            let taken = zip(known.scores, known.truth).filter { $0.0 >= best.threshold }
            let hits = taken.count { $0.1 }
            #expect(agree(best.precision, Double(hits) / Double(taken.count)))
            #expect(agree(best.recall, Double(hits) / Double(known.truth.count { $0 })))
        }
    }

    @Test func pixels() throws {
        for known in golden.pixels {
            var histogram = PixelHistogram()
            for picture in known.pictures {
                let width = picture.mask[0].count
                let samples = picture.mask.flatMap { row in row.map { $0 == "#" ? UInt8(255) : 0 } }
                let mask = Mask(width: width, height: picture.mask.count, samples: samples)
                histogram.add(
                    steps: picture.scores.map { UInt16(PixelHistogram.step(of: Float($0))) },
                    width: width,
                    defects: regions(in: mask)
                )
            }
            let scores = try #require(histogram.scores())
            #expect(agree(scores.auroc, known.auroc))
            #expect(agree(scores.averagePrecision, known.averagePrecision))
            #expect(agree(scores.f1Max.value, known.f1Max))
            #expect(agree(scores.iouMax, known.iouMax))
            #expect(agree(scores.aupro, known.aupro), "\(scores.aupro) for \(known.aupro)")
        }
    }

    @Test func hitMissFits() throws {
        for known in golden.hitMiss {
            let fit = try HitMissFit(sizes: known.sizes, hits: known.hits)
            #expect(agree(fit.intercept, known.intercept, within: 1e-7), "\(fit.intercept)")
            #expect(agree(fit.slope, known.slope, within: 1e-7))
            #expect(agree(fit.logLikelihood, known.logLikelihood))
            #expect(agree(fit.slopeStatistic, known.slopeStatistic, within: 1e-7))
            #expect(agree(fit.size(atProbability: 0.5), known.a50, within: 1e-7))
            #expect(agree(fit.size(atProbability: 0.9), known.a90, within: 1e-7))
            #expect(agree(fit.upperSize(atProbability: 0.5), known.a5095, within: 1e-5))
            #expect(agree(fit.upperSize(atProbability: 0.9), known.a9095, within: 1e-5))
            #expect(agree(fit.probability(ofSize: known.a90), 0.9, within: 1e-7))
        }
    }

    @Test func kappas() {
        for known in golden.kappas {
            #expect(agree(Agreement.fleissKappa(known.ratings), known.fleiss))
            if let cohen = known.cohen {
                #expect(agree(Agreement.cohenKappa(known.ratings.map { ($0[0], $0[1]) }), cohen))
            }
        }
        #expect(Agreement.fleissKappa([[1, 1], [1, 1]]) == nil)
        #expect(Agreement.fleissKappa([[1], [2]]) == nil)
        #expect(Agreement.cohenKappa([]) == nil)
    }

    @Test func gaugeStudies() throws {
        for known in golden.gauges {
            let study = try #require(GaugeStudy(known.sizes, unit: "px"))
            #expect(agree(study.repeatability, known.repeatability))
            #expect(agree(study.defectVariation, known.variation, within: 1e-6))
            #expect(agree(study.percentGRR, known.percentGRR))
        }
        #expect(GaugeStudy([[1, 2]], unit: "px") == nil)
        #expect(GaugeStudy([[1], [2]], unit: "px") == nil)
    }

    @Test func sizeErrors() throws {
        let known = golden.sizes
        let pairs = known.true.indices.map {
            SizeErrors.Pair(
                trueSize: known.true[$0],
                measured: known.measured[$0],
                uncertainty: known.uncertainty[$0]
            )
        }
        let errors = try #require(SizeErrors(pairs, unit: "mm"))
        #expect(agree(errors.bias, known.bias))
        #expect(agree(errors.spread, known.spread))
        #expect(agree(errors.medianMagnitude, known.median))
        #expect(agree(errors.magnitude95, known.p95))
        #expect(errors.within20Percent.count == known.within20)
        #expect(errors.coverage?.count == known.covered)
        #expect(SizeErrors([], unit: "mm") == nil)
    }
}
