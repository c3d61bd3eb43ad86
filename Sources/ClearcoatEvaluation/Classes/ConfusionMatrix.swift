package import ClearcoatInspection

/// What defects of each class are called.
package struct ConfusionMatrix: Sendable, Hashable, Codable {
    /// For each true class, how many are called what. `missed` counts those without a finding; the row
    /// `falseAlarm` the findings without a defect.
    package var rows: [String: [String: Int]]
    /// Of the found defects of classes that the recipe knows, those with the right name; null when there are
    /// none, as in data sets with words of their own.
    @Nullable package var right: Proportion?

    /// What is called `missed` and `falseAlarm`.
    package static let missed = "missed"
    package static let falseAlarm = "falseAlarm"

    package init(_ defects: [(trueClass: String, foundClass: String?)], falseClasses: [String]) {
        rows = [:]
        for defect in defects {
            rows[defect.trueClass, default: [:]][defect.foundClass ?? Self.missed, default: 0] += 1
        }
        for name in falseClasses { rows[Self.falseAlarm, default: [:]][name, default: 0] += 1 }
        let comparable = defects.filter { defect in
            defect.foundClass != nil && DefectClass(rawValue: defect.trueClass) != nil
        }
        right = comparable.isEmpty ? nil : Proportion(comparable.map { $0.trueClass == $0.foundClass })
    }
}
