import ClearcoatImage

/// Applies a recipe's classes, zones, ignored areas and limits to records.
///
/// What a record does not say stays as it was: nothing is found that was not found before, nothing is measured again.
/// The recipe that a record was made by comes to the record's own verdict. Findings that the recipe would not look
/// for (ignored area, size, polarity) are left out; what it would look for beyond the record is noted.
package struct Rejudger {
    private let recipe: Recipe
    private let scaleIsNeeded: Bool
    private let featuresAskedFor: Set<Feature>
    private var overlays: [Frame: RecipeOverlay?] = [:]

    /// Records alike share their overlay.
    private struct Frame: Hashable {
        var width: Int
        var height: Int
        var calibration: Calibration?
    }

    /// More kinds of pictures than this are not kept in mind.
    private static let mostOverlays = 64
    /// Sizes are recorded to a hundredth of a pixel.
    private static let roundingOfSizes = 0.006

    /// Judges by `recipe`.
    ///
    /// - Throws: ``InspectionError/classifierNotRead(_:)`` when it names a classifier whose file was not read.
    package init(_ recipe: Recipe) throws(InspectionError) {
        if let classifier = recipe.classifier, classifier.model == nil {
            throw .classifierNotRead(classifier.file)
        }
        self.recipe = recipe
        scaleIsNeeded = !recipe.placesInMillimetres.isEmpty
        featuresAskedFor = Set(recipe.classes.flatMap { $0.conditions.map(\.feature) })
            .union(recipe.classifier?.model?.features ?? [])
    }

    /// Whether judging looks at contours; without, they need not be read.
    package var needsContours: Bool { recipe.limits.contains { $0.spacing != nil } }

    /// Judges a capture again.
    ///
    /// - Complexity: O(findings × (rules + limits)), and neighbours where limits ask for spacing.
    package mutating func rejudge(_ capture: RecordedCapture) -> Rejudgement {
        var result = Rejudgement(id: capture.id, before: capture.verdict, reasonsBefore: capture.reasons)
        if capture.verdict == .cannotJudge, capture.reasons.contains(where: { $0.hasPrefix("cannot judge:") })
        {
            result.notes = [.couldNotBeJudged]
            return result
        }
        var capture = capture
        let calibration = adopt(scaleOf: &capture, &result)
        if scaleIsNeeded, calibration == nil {
            result.notes = [.scaleUnknown]
            return result
        }
        guard let overlay = overlay(for: capture, calibration) else {
            result.notes = [.recipeDoesNotFit]
            return result
        }
        if hasNewlyLookedAt(capture, calibration) { result.notes.append(.candidatesDropped) }
        if capture.ignored.contains(where: { !overlay.ignores($0) }) { result.notes.append(.areaWasIgnored) }
        var findings = kept(capture, overlay, calibration, &result)
        result.findings = findings.count
        if recipe.appearance.contains(where: { limit in !capture.appearance.contains { $0.zone == limit.zone }
        }) {
            // A verdict without it would be a guess.
            result.notes.append(.appearanceMissing)
            return result
        }
        let after = verdict(
            of: &findings,
            appearance: &capture.appearance,
            quality: capture.quality,
            by: overlay
        )
        result.after = after
        if result.isFlip {
            let again = judge(
                findings: &findings,
                appearance: &capture.appearance,
                quality: capture.quality,
                by: overlay
            )
            result.reasons = again.reasons
        }
        return result
    }

    /// The scale to judge by; sizes in millimetres are worked out anew when it is not the record's.
    private func adopt(scaleOf capture: inout RecordedCapture, _ result: inout Rejudgement) -> Calibration? {
        let recorded =
            capture.plane.flatMap { Calibration(plane: $0) }
            ?? capture.mmPerPixel.flatMap { PhysicalScale(mmPerPixel: $0) }.map { .constant($0) }
        let asked = recipe.points.map { Calibration.plane($0.map) } ?? recipe.scale.map { .constant($0) }
        guard let asked, asked != recorded else { return recorded }
        if case .constant(let one) = asked, case .constant(let two)? = recorded,
            one.mmPerPixel == two.mmPerPixel
        {
            return asked
        }
        if recorded != nil || !capture.findings.isEmpty { result.notes.append(.scaleChanged) }
        for index in capture.findings.indices {
            let place = Point(x: capture.findings[index].centroid.x, y: capture.findings[index].centroid.y)
            if let scale = asked.scale(at: place) { capture.findings[index].rescale(to: scale) }
        }
        return asked
    }

    private mutating func overlay(
        for capture: RecordedCapture,
        _ calibration: Calibration?
    ) -> RecipeOverlay? {
        let frame = Frame(width: capture.width, height: capture.height, calibration: calibration)
        if let known = overlays[frame] { return known }
        if overlays.count >= Self.mostOverlays { overlays = [:] }
        let overlay = try? RecipeOverlay(
            fitting: recipe,
            calibration: calibration,
            width: capture.width,
            height: capture.height
        )
        overlays[frame] = .some(overlay)
        return overlay
    }

    /// The findings that the recipe looks at, with their classes by its rules and its classifier.
    private func kept(
        _ capture: RecordedCapture,
        _ overlay: RecipeOverlay,
        _ calibration: Calibration?,
        _ result: inout Rejudgement
    ) -> [Finding] {
        var kept: [Finding] = []
        kept.reserveCapacity(capture.findings.count)
        for (var finding, features) in zip(capture.findings, capture.features) {
            let size = finding.sizePx, extent = extent(of: finding)
            guard looksFor(finding.polarity), !isTooSmall(size, capture, calibration),
                !isTooLarge(extent, capture, calibration), !overlay.ignores(finding.centroid)
            else {
                result.leftOut += 1
                continue
            }
            if featuresAskedFor.contains(where: { features[$0].isNaN }) {
                if !result.notes.contains(.featureMissing) { result.notes.append(.featureMissing) }
            } else {
                let name = className(
                    of: features,
                    finding.measures,
                    polarity: finding.polarity,
                    recipe: recipe
                )
                if name != finding.class {
                    result.renamed += 1
                    finding.class = name
                }
            }
            kept.append(finding)
        }
        return kept
    }

    private func looksFor(_ polarity: Polarity) -> Bool { recipe.surface.polarity.includes(polarity) }

    /// What must not exceed the largest defect: the width of lines, the length of spots.
    private func extent(of finding: Finding) -> Double {
        finding.lengthPx >= 3 * finding.widthPx ? finding.widthPx : finding.lengthPx
    }

    private func isTooSmall(_ size: Double, _ capture: RecordedCapture, _ calibration: Calibration?) -> Bool {
        guard let least = recipe.detect.minimumSize.pixels(at: capture.scale(calibration)) else {
            return false
        }
        return size < RecordBuilder.sizeTolerance * least - Self.roundingOfSizes
    }

    private func isTooLarge(_ size: Double, _ capture: RecordedCapture, _ calibration: Calibration?) -> Bool {
        guard let most = recipe.detect.maximumSize.pixels(at: capture.scale(calibration)) else {
            return false
        }
        return size > RecordBuilder.largestShare * most + Self.roundingOfSizes
    }

    /// Whether something was dropped that the recipe would look at.
    private func hasNewlyLookedAt(_ capture: RecordedCapture, _ calibration: Calibration?) -> Bool {
        capture.dropped.contains { drop in
            // Twice the rounding away from the bound, on the side where it would be kept.
            let margin = 2 * Self.roundingOfSizes
            return switch drop.reason {
            case .tooSmall: !isTooSmall(drop.sizePx - margin, capture, calibration)
            case .tooLarge: !isTooLarge(drop.sizePx + margin, capture, calibration)
            case .polarity: looksFor(drop.polarity)
            default: false
            }
        }
    }
}

extension ClassifierModel {
    /// The measured features among its inputs.
    fileprivate var features: [Feature] {
        inputs.compactMap { if case .feature(let feature) = $0 { feature } else { nil } }
    }
}

extension RecordedCapture {
    /// The scale in the middle of the picture.
    fileprivate func scale(_ calibration: Calibration?) -> PhysicalScale? {
        calibration?.scale(at: Rectangle(x: 0, y: 0, width: width, height: height).middle)
    }
}

extension Finding {
    /// What it measures on the part.
    fileprivate var measures: PhysicalMeasures? {
        guard let areaMm2, let lengthMm, let widthMm, let sizeMm else { return nil }
        return PhysicalMeasures(areaMm2: areaMm2, lengthMm: lengthMm, widthMm: widthMm, sizeMm: sizeMm)
    }

    fileprivate mutating func rescale(to scale: PhysicalScale) {
        areaMm2 = rounded(areaPx * scale.mm2PerPixel, decimals: 5)
        lengthMm = rounded(scale.mmPerPixel * lengthPx)
        widthMm = rounded(scale.mmPerPixel * widthPx)
        sizeMm = rounded(scale.mmPerPixel * sizePx)
        sizeUncertaintyMm = rounded(scale.mmPerPixel * sizeUncertaintyPx)
    }
}

extension RecipeOverlay {
    /// Whether a place is not looked at.
    func ignores(_ place: Position) -> Bool { ignored.contains(Point(x: place.x, y: place.y)) }

    /// Whether an area that a record lists as ignored still is. Records list whole cells, of which any pixel may be
    /// ignored; so one ignored place near each of its corners is enough.
    func ignores(_ contour: [Point]) -> Bool {
        let reach = CellGrid.cellSize
        return contour.allSatisfy { corner in
            let x = Int(corner.x.rounded()), y = Int(corner.y.rounded())
            let columns = x - reach..<x + reach + 1
            return (y - reach...y + reach).contains { row in
                ignored.rows.indices.contains(row) && ignored.rows[row].contains { $0.overlaps(columns) }
            }
        }
    }
}
