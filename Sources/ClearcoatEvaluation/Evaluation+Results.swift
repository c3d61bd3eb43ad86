package import ClearcoatInspection

extension Evaluation {
    /// Puts together what the pictures came to.
    ///
    /// - Parameters:
    ///   - results: in the order of the pictures.
    ///   - pixels: what was counted of their pixels.
    package init(
        of results: [PictureResult],
        pixels: PixelCounts,
        dataset: Dataset,
        name: String,
        recipes: [InspectionRecord.RecipeIdentity],
        failures: [DatasetProblem],
        rule: MatchingRule,
        generator: InspectionRecord.Generator
    ) {
        let located = results.filter(\.isLocated)
        self.generator = generator
        self.dataset = DatasetSummary(results, dataset: dataset, name: name)
        self.recipes = recipes
        matching = rule
        self.failures = failures
        verdicts = VerdictTable(results.map { ($0.label, $0.isDefective, $0.verdict) })
        pictures = PictureScores(results)
        detection = DetectionScores(located)
        self.pixels = pixels.section(overlap: located.map(\.overlap))
        let defects = located.flatMap(\.defects)
        if !located.isEmpty {
            classes = ConfusionMatrix(
                defects.map {
                    ($0.className ?? "defect", $0.isFound ? $0.finding?.class.rawValue ?? "merged" : nil)
                },
                falseClasses: located.flatMap(\.falseClasses)
            )
            sizes = SizeSection(located)
        }
    }
}

extension Evaluation.DatasetSummary {
    init(_ results: [PictureResult], dataset: Dataset, name: String) {
        let areas = results.map(\.squareMetres)
        self.init(
            name: name,
            layout: dataset.layout,
            listed: dataset.pictures.count,
            scored: results.count,
            good: results.count { !$0.isDefective },
            defective: results.count(where: \.isDefective),
            defectiveWithoutPlace: results.count { $0.isDefective && !$0.isLocated },
            defects: results.reduce(0) { $0 + $1.defects.count },
            squareMetres: areas.contains(nil) || areas.isEmpty ? nil : areas.reduce(0) { $0 + ($1 ?? 0) }
        )
    }
}

extension Evaluation.PictureScores {
    init(_ results: [PictureResult]) {
        func ranked(_ isTaken: (PictureResult) -> Bool) -> Evaluation.Ranked {
            let taken = results.filter { !$0.isDefective || isTaken($0) }
            let ranking = Ranking(taken.map { ($0.score, $0.isDefective) })
            let isDecidable = ranking.positives > 0 && ranking.negatives > 0
            return Evaluation.Ranked(
                positives: ranking.positives,
                negatives: ranking.negatives,
                auroc: ranking.auroc,
                averagePrecision: isDecidable ? ranking.averagePrecision : nil,
                f1Max: isDecidable ? ranking.f1Max : nil
            )
        }
        let labels = Set(results.filter(\.isDefective).map(\.label))
        all = ranked { _ in true }
        byLabel = Dictionary(
            uniqueKeysWithValues: labels.map { label in (label, ranked { $0.label == label }) }
        )
    }
}

extension Evaluation.FalseAlarms {
    init(_ results: [PictureResult]) {
        let count = results.reduce(0) { $0 + $1.falseAlarms }
        perImage = EventRate(count, in: Double(results.count))
        let areas = results.compactMap(\.squareMetres)
        perSquareMetre =
            areas.isEmpty || areas.count < results.count ? nil : EventRate(count, in: areas.reduce(0, +))
    }
}

extension Evaluation.DetectionScores {
    /// What a sound inspection must find, see `TrueDefect.mustBeFound`.
    private static let visible = (sizePx: 4.0, snr: 5.0)

    init(_ results: [PictureResult]) {
        let defects = results.flatMap { result in
            result.defects.map { (defect: $0, paint: result.paint, mmPerPixel: result.mmPerPixel) }
        }
        func isVisible(_ defect: PictureResult.DefectResult) -> Bool? {
            defect.snr.map { $0 >= Self.visible.snr && defect.sizePx >= Self.visible.sizePx }
        }
        let judged = defects.compactMap { entry in isVisible(entry.defect).map { (entry, $0) } }
        let visible = judged.filter(\.1).map(\.0)
        found = Proportion(defects.map(\.defect.isFound))
        byClass = Dictionary(grouping: defects) { $0.defect.className ?? "defect" }
            .mapValues { Proportion($0.map(\.defect.isFound)) }
        byPaint = Dictionary(grouping: defects.filter { $0.paint != nil }) { $0.paint ?? "" }
            .mapValues { Proportion($0.map(\.defect.isFound)) }
        let isScaled = !defects.isEmpty && defects.allSatisfy { $0.mmPerPixel != nil }
        func curve(
            _ name: String,
            _ entries: [(defect: PictureResult.DefectResult, paint: String?, mmPerPixel: Double?)]
        )
            -> DetectionCurve
        {
            DetectionCurve(
                name: name,
                unit: isScaled ? "mm" : "px",
                trials: entries.map { entry in
                    (entry.defect.sizePx * (isScaled ? entry.mmPerPixel ?? 1 : 1), entry.defect.isFound)
                }
            )
        }
        curves = defects.isEmpty ? [] : [curve("all defects", defects)]
        let clear = judged.filter { ($0.0.defect.snr ?? 0) >= Self.visible.snr }.map(\.0)
        if !judged.isEmpty { curves.append(curve("at least 5 sigma", clear)) }
        let counted = judged.isEmpty ? defects : clear
        let condition = judged.isEmpty ? "" : " of at least 5 sigma"
        for (paint, entries) in Dictionary(
            grouping: counted.filter { $0.paint != nil },
            by: { $0.paint ?? "" }
        )
        .sorted(by: { $0.key < $1.key }) {
            curves.append(curve("defects\(condition) on \(paint)", entries))
        }
        let classes = Dictionary(grouping: counted, by: { $0.defect.className ?? "defect" })
        for (name, entries) in classes.sorted(by: { $0.key < $1.key }) where classes.count > 1 {
            curves.append(curve("\(name)\(condition)", entries))
        }
        falseAlarmsOnGood = Evaluation.FalseAlarms(results.filter { !$0.isDefective })
        falseAlarms = Evaluation.FalseAlarms(results)
        falseAlarmsByPaint = Dictionary(grouping: results.filter { $0.paint != nil }) { $0.paint ?? "" }
            .mapValues { Evaluation.FalseAlarms($0) }
        freeResponse = FreeResponse(
            defects: defects.map(\.defect.score),
            falseMarks: results.flatMap(\.falseMarks),
            pictures: results.count
        )
        foundOfVisible = judged.isEmpty ? nil : Proportion(visible.map(\.defect.isFound))
    }
}

extension Evaluation.SizeSection {
    init(_ results: [PictureResult]) {
        let found = results.flatMap { result in
            result.defects.compactMap { defect in
                defect.finding.map { (defect: defect, finding: $0, mmPerPixel: result.mmPerPixel) }
            }
        }
        let isScaled = !found.isEmpty && found.allSatisfy { $0.mmPerPixel != nil }
        func errors(_ isLike: Bool) -> SizeErrors? {
            SizeErrors(
                found.map { entry in
                    let factor = isScaled ? entry.mmPerPixel ?? 1 : 1
                    let diameter = 2 * (entry.finding.areaPx / .pi).squareRoot()
                    let like = entry.defect.isElongated ? entry.finding.lengthPx : diameter
                    return SizeErrors.Pair(
                        trueSize: factor * entry.defect.sizePx,
                        measured: factor * (isLike ? like : entry.finding.sizePx),
                        uncertainty: isLike ? nil : factor * entry.finding.sizeUncertaintyPx
                    )
                },
                unit: isScaled ? "mm" : "px"
            )
        }
        stated = errors(false)
        likeForLike = errors(true)
    }
}
