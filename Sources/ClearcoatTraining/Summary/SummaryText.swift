public import ClearcoatInspection

extension ClassifierTraining {
    /// The summary for people: what was learnt from, how good it is, what counts.
    public var summary: String {
        var lines = [
            "learnt from \(findings) findings on \(pictures) pictures (seed \(seed)); \(missedDefects) known defects "
                + "were not found, \(falseFindings) findings lie on none",
            "what counts: "
                + importance.prefix(6).map { "\($0.input) \(Self.percent($0.share))" }.joined(separator: ", "),
        ]
        for comparison in [crossValidation] + tests { lines += ["", comparison.summary] }
        return lines.joined(separator: "\n") + "\n"
    }

    fileprivate static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

extension ClassifierTraining.Comparison {
    /// The shares that are right, and the confusion matrix of the model.
    public var summary: String {
        func share(_ matrix: ClassConfusion) -> String {
            "\(ClassifierTraining.percent(matrix.accuracy)) (\(matrix.right) of \(matrix.total))"
        }
        return """
            \(name): right class by the model \(share(model)), by the rules \(share(rules)), by both together \
            \(share(together))
            together: the model from a probability of \(minConfidence) on, else the rules; calibration error \
            \(ClassifierTraining.percent(calibrationError)), log loss \(logLoss)
            \(model.text)
            """
    }
}

extension ClassConfusion {
    /// A table: a row for what findings are, a column for what they were called.
    public var text: String {
        var cells = [["is \\ called"] + columns.map(\.rawValue) + ["right"]]
        for row in rows {
            let sum = row.counts.reduce(0, +)
            let right = columns.firstIndex(of: row.class).map { row.counts[$0] } ?? 0
            let share = sum == 0 ? "" : ClassifierTraining.percent(Double(right) / Double(sum))
            cells.append([row.class.rawValue] + row.counts.map { $0 == 0 ? "·" : "\($0)" } + [share])
        }
        let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + space : space + cell
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
