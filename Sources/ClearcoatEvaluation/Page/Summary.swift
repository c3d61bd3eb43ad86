import ClearcoatReports

extension Evaluation {
    /// The scores in a few lines, for a terminal.
    package var summary: [String] {
        var lines = [
            "\(dataset.scored) of \(dataset.listed) pictures scored: \(dataset.good) good, \(dataset.defective) defective"
        ]
        if dataset.defects > 0 {
            lines.append("found: \(text(of: detection.found))")
            if let visible = detection.foundOfVisible {
                lines.append("found of at least 4 px and 5 sigma: \(text(of: visible))")
            }
            for curve in detection.curves.prefix(2) {
                let numbers = curve.fit.map {
                    "a90 \($0.a90.short) \(curve.unit), a90/95 \($0.a9095.short) \(curve.unit)"
                }
                lines.append(
                    "\(curve.name): " + ([numbers].compactMap(\.self) + curve.notes).joined(separator: "; ")
                )
            }
        }
        if let rate = detection.falseAlarms.perImage.rate {
            lines.append("false alarms: \(detection.falseAlarms.perImage.count), \(rate.short) a picture")
        }
        lines.append("escape: \(text(of: verdicts.escape)); overkill: \(text(of: verdicts.overkill))")
        if let auroc = pictures.all.auroc, let average = pictures.all.averagePrecision {
            lines.append(
                "pictures: AUROC \(EvaluationPage.number(auroc)), AP \(EvaluationPage.number(average))"
            )
        }
        if let scores = pixels?.all {
            lines.append(
                "pixels: AUROC \(EvaluationPage.number(scores.auroc)), AUPRO \(EvaluationPage.number(scores.aupro)), F1 max \(EvaluationPage.number(scores.f1Max.value))"
            )
        }
        return lines
    }

    private func text(of rate: Proportion) -> String {
        rate.rate.map { "\(rate.count) of \(rate.total) (\((100 * $0).short) %)" } ?? "none to count"
    }
}

extension RepeatStudy {
    /// The study in a few lines, for a terminal.
    package var summary: [String] {
        let kappa = fleissKappa.map { ", kappa \($0.short)" } ?? ""
        var lines = ["verdicts agree on \(agreeing.count) of \(agreeing.total) parts\(kappa)"]
        lines.append("\(foundEveryTime.count) of \(foundEveryTime.total) defects found in every capture")
        if let sizes {
            lines.append(
                "sizes repeat to \(sizes.repeatability.short) \(sizes.unit), %GRR \(sizes.percentGRR.short)"
            )
        }
        return lines
    }
}
