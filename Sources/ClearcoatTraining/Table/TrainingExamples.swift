public import ClearcoatInspection

/// Findings of inspected pictures matched with what is known to be there.
public struct TrainingExamples: Sendable, Hashable {
    /// The findings on known defects.
    public private(set) var table: TrainingTable
    /// How many pictures were added.
    public private(set) var pictures = 0
    /// How many findings lay on no known defect.
    public private(set) var falseFindings = 0
    /// How many known defects no finding lay on.
    public private(set) var missedDefects = 0

    /// No examples yet.
    public init() {
        table = TrainingTable(classes: DefectClass.allCases.filter { $0 != .unknown })
    }

    /// Adds the findings of one picture.
    public mutating func add(_ findings: [Finding], of truth: TruthLabels) {
        var seen: Set<UInt8> = []
        for finding in findings {
            guard let label = truth.label(under: finding), let known = truth.classes[label],
                let index = table.classes.firstIndex(of: known)
            else {
                falseFindings += 1
                continue
            }
            seen.insert(label)
            table.add(
                TrainingTable.Row(
                    values: table.inputs.map { $0.value(finding.measuredFeatures, finding.polarity) },
                    label: index,
                    group: pictures,
                    ruleClass: finding.explanation.classification.model?.ruleClass ?? finding.class
                )
            )
        }
        missedDefects += truth.classes.keys.count { !seen.contains($0) }
        pictures += 1
    }
}

extension Finding {
    /// The features as the record has them; what it does not have is zero.
    fileprivate var measuredFeatures: FeatureVector {
        var features = FeatureVector()
        for feature in Feature.allCases { features[feature] = explanation.features[feature.rawValue] ?? 0 }
        return features
    }
}
