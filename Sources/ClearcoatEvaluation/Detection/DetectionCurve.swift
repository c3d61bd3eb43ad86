package import ClearcoatInspection

/// The probability of detection against size for one kind of defects.
package struct DetectionCurve: Sendable, Hashable, Codable {
    /// Which defects.
    package var name: String
    /// `mm` or `px`.
    package var unit: String
    package var found: Proportion
    /// What was found of each class of sizes, √2 wide.
    package var bins: [Bin]
    /// The fitted curve; null where the data do not support one, and ``problem`` says why.
    @Nullable package var fit: Fit?
    /// Why there is no curve.
    @Nullable package var problem: HitMissFit.Problem?
    /// What to keep in mind when reading it, one sentence each.
    package var notes: [String]

    /// The defects of similar size.
    package struct Bin: Sendable, Hashable, Codable {
        package var from: Double
        package var to: Double
        package var found: Proportion
    }

    /// logit POD = intercept + slope · ln size.
    package struct Fit: Sendable, Hashable, Codable {
        package var intercept: Double
        package var slope: Double
        /// Twice the log-likelihood that the slope gains.
        package var slopeStatistic: Double
        package var a50: Double
        package var a90: Double
        /// The upper one-sided 95 % bound of a90, by profile likelihood.
        package var a9095: Double
        package var curve: [Place]
    }

    /// The size that is found so often, and its upper one-sided 95 % bound.
    package struct Place: Sendable, Hashable, Codable {
        package var probability: Double
        package var size: Double
        package var upper95: Double
    }

    /// MIL-HDBK-1823A asks for at least so many defects for hits and misses.
    private static let enoughDefects = 60

    /// - Parameter trials: the size of each defect, positive, and whether it was found.
    package init(name: String, unit: String, trials: [(size: Double, isHit: Bool)]) {
        self.name = name
        self.unit = unit
        found = Proportion(trials.map(\.isHit))
        bins = Self.bins(trials)
        notes = []
        do throws(HitMissFit.Problem) {
            let model = try HitMissFit(sizes: trials.map(\.size), hits: trials.map(\.isHit))
            let fit = Fit(model)
            self.fit = fit
            if trials.count < Self.enoughDefects {
                notes.append(
                    "MIL-HDBK-1823A asks for \(Self.enoughDefects) defects; these are \(trials.count)."
                )
            }
            if let largest = trials.map(\.size).max(), fit.a90 > largest {
                notes.append("a90 lies beyond the largest defect: it is extrapolated.")
            }
            if let smallest = trials.map(\.size).min(), fit.a90 < smallest {
                notes.append("a90 lies below the smallest defect: it is extrapolated.")
            }
        } catch {
            problem = error
            notes.append(error.sentence)
        }
    }

    private static func bins(_ trials: [(size: Double, isHit: Bool)]) -> [Bin] {
        // From 1 upwards and downwards in steps of the square root of two, found by multiplication alone, so
        // that every machine draws the borders alike.
        let step = 2.0.squareRoot()
        var groups: [Int: [Bool]] = [:]
        func border(_ index: Int) -> Double {
            var value = 1.0
            for _ in 0..<abs(index) { value = index > 0 ? value * step : value / step }
            return value
        }
        for (size, isHit) in trials {
            var index = 0
            while size >= border(index + 1), index < 100 { index += 1 }
            while size < border(index), index > -100 { index -= 1 }
            groups[index, default: []].append(isHit)
        }
        return groups.sorted { $0.key < $1.key }.map {
            Bin(from: border($0.key), to: border($0.key + 1), found: Proportion($0.value))
        }
    }
}

extension DetectionCurve.Fit {
    init(_ model: HitMissFit) {
        let shown =
            [0.05] + stride(from: 10, through: 90, by: 5).map { Double($0) / 100 } + [0.95, 0.98, 0.99]
        intercept = model.intercept
        slope = model.slope
        slopeStatistic = model.slopeStatistic
        a50 = model.size(atProbability: 0.5)
        a90 = model.size(atProbability: 0.9)
        a9095 = model.upperSize(atProbability: 0.9)
        curve = shown.map {
            .init(
                probability: $0,
                size: model.size(atProbability: $0),
                upper95: model.upperSize(atProbability: $0)
            )
        }
    }
}

extension HitMissFit.Problem {
    /// For the reader of a report.
    package var sentence: String {
        switch self {
        case .tooFewHits: "Fewer than \(HitMissFit.leastOfEach) were found: no curve can be fitted."
        case .tooFewMisses: "Fewer than \(HitMissFit.leastOfEach) were missed: no curve can be fitted."
        case .separation:
            "Every found defect is at least as large as every missed one: any steep curve fits, none best. More defects near the border are needed."
        case .slopeNotPositive:
            "Larger defects are not found more often: size does not explain what is found."
        case .slopeNotSignificant: "The effect of size is within chance (95 %): no curve is drawn."
        }
    }
}
