/// The free-response operating characteristic: the share of defects found against false alarms an image, as
/// the threshold falls. It goes on below the threshold of the recipe as far as the records list near misses.
package struct FreeResponse: Sendable, Hashable, Codable {
    /// From the highest threshold on; at most ``mostPoints``.
    package var points: [Point]
    /// At given rates of false alarms.
    package var sensitivities: [Point]

    /// One threshold, in units of the recipe's.
    package struct Point: Sendable, Hashable, Codable {
        package var threshold: Double
        package var falseAlarmsPerImage: Double
        package var found: Double
    }

    private static let mostPoints = 400
    private static let rates = [0.01, 0.03, 0.1, 0.3, 1, 3]

    /// - Parameters:
    ///   - defects: for each defect the highest score that hit it, 0 when none did.
    ///   - falseMarks: the scores of all marks that hit nothing.
    ///   - pictures: in how many pictures.
    package init(defects: [Double], falseMarks: [Double], pictures: Int) {
        let defects = defects.sorted(by: >)
        let falseMarks = falseMarks.sorted(by: >)
        let total = defects.count
        let thresholds = Set((defects + falseMarks).filter { $0 > 0 }).sorted(by: >)
        var points: [Point] = []
        var (hits, falls) = (0, 0)
        for threshold in thresholds {
            while hits < defects.count, defects[hits] >= threshold { hits += 1 }
            while falls < falseMarks.count, falseMarks[falls] >= threshold { falls += 1 }
            points.append(
                Point(
                    threshold: threshold,
                    falseAlarmsPerImage: Double(falls) / Double(max(pictures, 1)),
                    found: total == 0 ? 0 : Double(hits) / Double(total)
                )
            )
        }
        // The last threshold that keeps within a rate finds most.
        sensitivities = Self.rates.compactMap { rate in
            guard let point = points.last(where: { $0.falseAlarmsPerImage <= rate }),
                points.last.map({ $0.falseAlarmsPerImage >= rate || $0 == point }) == true
            else { return nil }
            return Point(threshold: point.threshold, falseAlarmsPerImage: rate, found: point.found)
        }
        let stride = max(1, (points.count + Self.mostPoints - 1) / Self.mostPoints)
        self.points = points.enumerated().filter { $0.offset % stride == 0 || $0.offset == points.count - 1 }
            .map(\.element)
    }
}
