import Foundation

/// Numbers from scikit-learn, statsmodels and SciPy, made by `Tests/Oracles/evaluation/make_golden.py`.
struct Golden: Decodable {
    let special: [Special]
    let proportions: [Share]
    let rates: [Rate]
    let rankings: [Ranked]
    let pixels: [Pixels]
    let hitMiss: [HitMiss]
    let kappas: [Kappa]
    let gauges: [Gauge]
    let sizes: Sizes

    struct Special: Decodable { let a, b, x, beta, gamma: Double }
    struct Share: Decodable {
        let count, total: Int
        let exact, wilson: [Double]
    }
    struct Rate: Decodable {
        let count: Int
        let exposure: Double
        let interval: [Double]
    }
    struct Ranked: Decodable {
        let scores: [Double]
        let truth: [Bool]
        let auroc, averagePrecision, f1Max: Double
    }
    struct Pixels: Decodable {
        let pictures: [Picture]
        let auroc, averagePrecision, f1Max, iouMax, aupro: Double
        struct Picture: Decodable {
            let mask: [String]
            let scores: [Double]
        }
    }
    struct HitMiss: Decodable {
        let sizes: [Double]
        let hits: [Bool]
        let intercept, slope, logLikelihood, slopeStatistic, a50, a90, a5095, a9095: Double
    }
    struct Kappa: Decodable {
        let ratings: [[Int]]
        let fleiss: Double
        let cohen: Double?
    }
    struct Gauge: Decodable {
        let sizes: [[Double]]
        let repeatability, variation, percentGRR: Double
    }
    struct Sizes: Decodable {
        let `true`, measured, uncertainty: [Double]
        let bias, spread, median, p95: Double
        let within20, covered: Int
    }

    static func load() throws -> Golden {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/evaluation/measures.json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }
}

/// Whether two numbers agree to a share of the larger.
func agree(_ left: Double?, _ right: Double, within share: Double = 1e-9) -> Bool {
    guard let left else { return false }
    return abs(left - right) <= share * max(1e-3, abs(left), abs(right))
}
