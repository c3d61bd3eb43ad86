package import ClearcoatInspection

/// Sets a recipe's threshold from pictures of good parts.
///
/// All that is found on a good part is a false alarm. Inspected with a lower threshold, good parts say how
/// many alarms any higher one would give; the lowest that keeps to the rate is taken. The built-in threshold is
/// undercut only when the parts are enough to promise the rate.
package struct FalseAlarmCalibration: Sendable, Hashable {
    /// What one picture of a good part gave.
    package struct GoodPicture: Sendable, Hashable {
        package let name: String
        /// Pictures (1) or square metres, whichever the rate is for.
        package let exposure: Double
        /// For each false alarm the least threshold factor that would silence it.
        package let strengths: [Double]

        package init(name: String, exposure: Double, strengths: [Double]) {
            self.name = name
            self.exposure = exposure
            self.strengths = strengths
        }

        /// What an inspection with threshold factor `factor` found.
        ///
        /// Nil when the picture was not judged, or its surface is not known in the unit.
        package init?(_ record: InspectionRecord, per unit: Recipe.Detect.Per, factor: Double) {
            guard record.verdict != .cannotJudge else { return nil }
            switch unit {
            case .image: exposure = 1
            case .squareMetre:
                guard let scale = record.capture.mmPerPixel else { return nil }
                let area = Double(record.capture.width * record.capture.height) * scale * scale / 1e6
                exposure = area * record.quality.judgedShare
            }
            name = record.capture.source
            strengths = record.findings.map { factor * (1 + $0.explanation.detection.margin) }
        }

        /// The same with what is really found at `factor` in place of what was expected to be.
        package func corrected(by found: GoodPicture, at factor: Double) -> GoodPicture {
            GoodPicture(
                name: name,
                exposure: exposure,
                strengths: strengths.filter { $0 < factor } + found.strengths.map { max($0, factor) }
            )
        }
    }

    /// What thresholds are to be multiplied by.
    package let factor: Double
    /// False alarms at that factor, per picture or square metre, with the 95 % interval.
    package let alarms: EventRate
    /// The rate that was asked for.
    package let rate: Double
    /// How much more good surface without a higher rate of alarms would promise the rate with 97.5 %
    /// confidence; 0 when it is promised, nil when no amount would.
    package let missingExposure: Double?

    /// Factors are tried down to this share of the recipe's own.
    package static let probe = 0.75

    /// - Parameters:
    ///   - pictures: inspected with ``probe`` times `recipeFactor`.
    ///   - rate: how many false alarms per picture or square metre are acceptable.
    ///   - recipeFactor: the recipe's own factor.
    package init(_ pictures: [GoodPicture], rate: Double, recipeFactor: Double) {
        let exposure = pictures.reduce(0) { $0 + $1.exposure }
        let strengths = pictures.flatMap(\.strengths).sorted(by: >)
        func alarms(at factor: Double) -> EventRate {
            EventRate(strengths.count { $0 >= factor }, in: exposure)
        }
        let allowed = min(Int(rate * exposure), strengths.count)
        // The strongest alarm that is one too many must fall silent: a thousandth above it does.
        let least = Self.probe * recipeFactor
        let tried =
            allowed < strengths.count ? ((strengths[allowed] * 1000).rounded(.down) + 1) / 1000 : least
        var factor = max(tried, least)
        if factor < recipeFactor, (alarms(at: factor).interval?.upper ?? .infinity) > rate {
            factor = recipeFactor
        }
        self.init(pictures, rate: rate, fixed: min(factor, 10))
    }

    /// What pictures say of a factor that is given.
    package init(_ pictures: [GoodPicture], rate: Double, fixed factor: Double) {
        let exposure = pictures.reduce(0) { $0 + $1.exposure }
        let count = pictures.reduce(0) { $0 + $1.strengths.count { $0 >= factor } }
        let found = EventRate(count, in: exposure)
        self.factor = factor
        self.rate = rate
        alarms = found
        missingExposure = Self.exposure(thatPromises: rate, given: found).map { max($0 - exposure, 0) }
    }

    /// How much surface at the measured rate would have its upper bound at `rate`; nil when none would.
    private static func exposure(thatPromises rate: Double, given found: EventRate) -> Double? {
        guard rate > 0, let measured = found.rate, measured < 0.95 * rate else { return nil }
        func isPromised(_ exposure: Double) -> Bool {
            let count = Int((measured * exposure).rounded(.up))
            return (EventRate(count, in: exposure).interval?.upper ?? .infinity) <= rate
        }
        if isPromised(found.exposure) { return found.exposure }
        var high = max(found.exposure, 1 / rate)
        for _ in 0..<40 where !isPromised(high) { high *= 1.5 }
        guard isPromised(high) else { return nil }
        var low = found.exposure
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if isPromised(middle) { high = middle } else { low = middle }
        }
        return high
    }
}

extension FalseAlarmCalibration {
    /// What was found out, in sentences for the engineer.
    package func summary(per unit: Recipe.Detect.Per, pictures: Int) -> [String] {
        let what = unit == .image ? "picture" : "m²"
        let interval = alarms.interval ?? Interval(lower: 0, upper: .infinity)
        var lines = [
            "threshold factor \(factor): \(counted(alarms.count, "false alarm")) on \(counted(pictures, "good picture"))"
                + (unit == .image ? "" : " (\(readable(alarms.exposure)) m²)")
                + ", \(readable(alarms.rate ?? 0)) a \(what), 95 % interval \(readable(interval.lower)) to "
                + "\(readable(interval.upper))"
        ]
        switch missingExposure {
        case 0: lines.append("that promises at most \(readable(rate)) a \(what)")
        case let missing?:
            let amount =
                unit == .image
                ? "\(counted(Int(missing.rounded(.up)), "more good picture"))"
                : "\(readable(missing)) m² more of good surface"
            lines.append(
                "to promise at most \(readable(rate)) a \(what) takes \(amount), without more alarms than these give"
            )
        case nil:
            lines.append(
                "at most \(readable(rate)) a \(what) cannot be promised: these parts give that many, or nearly"
            )
        }
        return lines
    }
}
