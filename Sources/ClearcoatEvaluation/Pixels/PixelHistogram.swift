package import ClearcoatRegions

/// The scores of all pixels, by what is really there: enough for every measure of the ranking of pixels, in
/// memory that does not depend on how many pixels there are.
///
/// Scores are in units of the detection threshold and kept in steps of 1/256; from 256 on they count as 256.
package struct PixelHistogram: Sendable, Hashable {
    /// Steps to one threshold.
    package static let resolution = 256
    private static let count = 256 * resolution

    /// For each step, pixels without a defect.
    private(set) var negatives = [Int](repeating: 0, count: Self.count)
    /// For each step, pixels of defects.
    private(set) var positives = [Int](repeating: 0, count: Self.count)
    /// For each step, the sum over defects of the share of their pixels there.
    private(set) var shares = [Double](repeating: 0, count: Self.count)
    /// How many defects.
    package private(set) var defectCount = 0

    package init() {}

    /// The step of a score.
    package static func step(of score: Float) -> Int {
        score.isNaN || score <= 0 ? 0 : min(Int(score * Float(resolution)), count - 1)
    }

    /// Adds a picture.
    ///
    /// - Parameters:
    ///   - steps: of all pixels, row by row.
    ///   - width: columns.
    ///   - defects: connected regions inside the picture, none overlapping another.
    package mutating func add(steps: [UInt16], width: Int, defects: [Region]) {
        for step in steps { negatives[Int(step)] += 1 }
        for defect in defects {
            let share = 1 / Double(defect.pixelCount)
            defectCount += 1
            for run in defect.runs {
                for step in steps[run.row * width + run.start..<run.row * width + run.end] {
                    negatives[Int(step)] -= 1
                    positives[Int(step)] += 1
                    shares[Int(step)] += share
                }
            }
        }
    }

    /// Adds what another has counted.
    package mutating func add(_ other: PixelHistogram) {
        for step in 0..<Self.count {
            negatives[step] += other.negatives[step]
            positives[step] += other.positives[step]
            shares[step] += other.shares[step]
        }
        defectCount += other.defectCount
    }

    /// What a histogram of the pixels of defects alone and one of clean pictures say together.
    package static func + (left: PixelHistogram, right: PixelHistogram) -> PixelHistogram {
        var sum = left
        sum.add(right)
        return sum
    }
}

extension PixelHistogram {
    /// The measures; nil unless there are pixels of both kinds.
    package func scores(falsePositiveLimit: Double = PixelScores.falsePositiveLimit) -> PixelScores? {
        let positiveCount = positives.reduce(0, +)
        let negativeCount = negatives.reduce(0, +)
        guard positiveCount > 0, negativeCount > 0 else { return nil }
        var (hits, falls, overlap) = (0, 0, 0.0)
        var (auroc, average, perRegion) = (0.0, 0.0, 0.0)
        var best = F1Max(value: -1, threshold: 0, precision: 0, recall: 0)
        for step in positives.indices.reversed() where positives[step] > 0 || negatives[step] > 0 {
            let before = (hits: hits, falls: falls, overlap: overlap)
            hits += positives[step]
            falls += negatives[step]
            overlap += shares[step]
            auroc += Double(negatives[step]) * 0.5 * Double(before.hits + hits)
            let precision = Double(hits) / Double(hits + falls)
            average += Double(positives[step]) / Double(positiveCount) * precision
            let f1 = 2 * Double(hits) / Double(hits + falls + positiveCount)
            if f1 > best.value {
                best = F1Max(
                    value: f1,
                    threshold: Double(step) / Double(Self.resolution),
                    precision: precision,
                    recall: Double(hits) / Double(positiveCount)
                )
            }
            perRegion += Self.trapezoid(
                from: (Double(before.falls) / Double(negativeCount), before.overlap / Double(defectCount)),
                to: (Double(falls) / Double(negativeCount), overlap / Double(defectCount)),
                limit: falsePositiveLimit
            )
        }
        return PixelScores(
            defectPixels: positiveCount,
            otherPixels: negativeCount,
            defects: defectCount,
            auroc: auroc / (Double(positiveCount) * Double(negativeCount)),
            averagePrecision: average,
            aupro: perRegion / falsePositiveLimit,
            auproLimit: falsePositiveLimit,
            f1Max: best,
            iouMax: best.value / (2 - best.value)
        )
    }

    /// The area under a straight piece, left of the limit.
    private static func trapezoid(
        from start: (x: Double, y: Double),
        to end: (x: Double, y: Double),
        limit: Double
    ) -> Double {
        if start.x >= limit { return 0 }
        if end.x <= limit { return (end.x - start.x) * 0.5 * (start.y + end.y) }
        let y = start.y + (end.y - start.y) * (limit - start.x) / (end.x - start.x)
        return (limit - start.x) * 0.5 * (start.y + y)
    }
}

/// How well the score of a pixel tells defects from paint.
package struct PixelScores: Sendable, Hashable, Codable {
    /// The usual limit of the area under the per-region overlap (Bergmann et al., IJCV 129, 2021).
    package static let falsePositiveLimit = 0.3

    package var defectPixels: Int
    package var otherPixels: Int
    package var defects: Int
    /// The area under the receiver operating characteristic.
    package var auroc: Double
    /// The mean over recall of the precision.
    package var averagePrecision: Double
    /// The area under the mean overlap of each defect against the share of false pixels, up to
    /// ``auproLimit`` and divided by it.
    package var aupro: Double
    package var auproLimit: Double
    package var f1Max: F1Max
    /// The intersection over union at the threshold of ``f1Max``, where it is largest too.
    package var iouMax: Double
}
