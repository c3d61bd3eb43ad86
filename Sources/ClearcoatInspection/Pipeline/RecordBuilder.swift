import ClearcoatImage
import ClearcoatRegions

/// Puts what detection measured into the words and units of a record, and asks the recipe.
struct RecordBuilder {
    let overlay: RecipeOverlay
    let image: GrayImage
    let detection: Detection

    /// Sizes this near below the smallest that matters are kept: no measurement is exact.
    static let sizeTolerance = 0.9
    /// What is this many times as large as the largest defect is not one.
    static let largestShare = 1.5
    /// At most this many dropped candidates are recorded, the strongest first.
    static let maximumDropped = 200

    /// The contrast that looks as bad as a unit of CIELAB: a step of one in L* of a mid gray is 4 % of its light.
    private static let contrastOfOneUnit = 0.04

    func content() -> InspectionContent {
        var dropped = detection.dropped.map { droppedCandidate($0) }
        var findings: [Finding] = []
        let measurement = FeatureMeasurement(flattened: detection.flattened, bounds: image.bounds)
        for candidate in detection.candidates.sorted(by: { $0.region.runs[0] < $1.region.runs[0] }) {
            let features = measurement.measure(candidate)
            if let drop = outOfRange(candidate, features) {
                dropped.append(drop)
            } else {
                findings.append(finding(candidate, features, id: findings.count + 1))
            }
        }
        let quality = quality
        var appearance = detection.appearances
        let (verdict, reasons) = judge(
            findings: &findings,
            appearance: &appearance,
            quality: quality,
            by: overlay
        )
        dropped.sort { left, right in
            let one = abs(left.detection.margin)
            let two = abs(right.detection.margin)
            return one != two
                ? one > two
                : (left.boundingBox.y, left.boundingBox.x) < (right.boundingBox.y, right.boundingBox.x)
        }
        return InspectionContent(
            verdict: verdict,
            reasons: reasons,
            quality: quality,
            findings: findings,
            candidatesDropped: Array(dropped.prefix(Self.maximumDropped)),
            excluded: excludedAreas,
            appearance: appearance
        )
    }

    // MARK: Findings

    private func finding(_ candidate: Candidate, _ features: FeatureVector, id: Int) -> Finding {
        let measures = overlay.calibration.map { PhysicalMeasures(of: candidate.region, features, $0) }
        let classification = classify(
            features.asRecorded,
            measures,
            polarity: candidate.polarity,
            recipe: overlay.recipe
        )
        let defectClass = classification.class
        let size = features[.size]
        let uncertainty = sizeUncertainty(candidate, features)
        let centroid = Moments(of: candidate.region).centroid
        let scale = overlay.calibration?.scale(at: Point(x: centroid.x, y: centroid.y))
        let explanation = Explanation(
            detection: detected(candidate),
            classification: classification,
            limits: [],
            features: Dictionary(
                uniqueKeysWithValues: Feature.allCases.map { ($0.rawValue, rounded(features[$0])) }
            ),
            text: sentence(candidate, classification)
        )
        return Finding(
            id: id,
            class: defectClass,
            vda16: defectClass.vda16,
            confidence: rounded(classification.confidence),
            severity: Severity(
                sizePx: size,
                sizeMm: measures?.sizeMm,
                contrast: max(
                    abs(candidate.contrast),
                    Self.contrastOfOneUnit * (candidate.colourAlone?.difference ?? 0)
                )
            ),
            zone: nil,
            polarity: candidate.polarity,
            boundingBox: candidate.region.boundingBox,
            centroid: Position(x: rounded(centroid.x, decimals: 2), y: rounded(centroid.y, decimals: 2)),
            contour: outline(candidate.region),
            areaPx: features[.area],
            areaMm2: measures?.areaMm2,
            lengthPx: rounded(features[.length], decimals: 2),
            lengthMm: measures?.lengthMm,
            widthPx: rounded(features[.width], decimals: 2),
            widthMm: measures?.widthMm,
            sizePx: rounded(size, decimals: 2),
            sizeMm: measures?.sizeMm,
            sizeUncertaintyPx: rounded(uncertainty, decimals: 2),
            sizeUncertaintyMm: scale.map { rounded($0.mmPerPixel * uncertainty) },
            contrast: rounded(candidate.contrast),
            snr: rounded(Double(candidate.strongest.response), decimals: 2),
            explanation: explanation
        )
    }

    /// Half-width of the 95 % interval: two sigmas of where half height lies, from the pixel grid, from
    /// noise, and a share of the size for what the model of a blurred disc or line leaves out: what is soft
    /// and has two sides has no sharp end.
    private func sizeUncertainty(_ candidate: Candidate, _ features: FeatureVector) -> Double {
        let size = features[.size]
        let isMixed = candidate.polarity == .mixed
        let isLine = features[.elongation] >= 3
        let grid = 0.25
        let edgeBlur = 1.2 * Double(candidate.smoothing)
        let height = candidate.colourAlone?.difference ?? abs(candidate.contrast)
        let noise = edgeBlur * candidate.noise / max(height, 1e-6)
        let isSoft = candidate.seed.level >= 2
        // What barely stands out is only seen where it is strongest: the ends of a line, one side of a dent.
        let isWeak = candidate.strongest.response < 8
        let share =
            isMixed
            ? (isLine ? 0.2 : 0.055)
            : isLine ? (isWeak ? 0.15 : 0.095) : isSoft ? (isWeak ? 0.18 : 0.1) : 0.06
        let model = share * size
        return 2 * (grid * grid + noise * noise + model * model).squareRoot()
    }

    private func sentence(_ candidate: Candidate, _ classification: Explanation.Classification) -> String {
        let threshold = Double(candidate.strongest.threshold)
        let response = Double(candidate.strongest.response)
        let isLine = candidate.strongest.detector == .ridge
        if let colour = candidate.colourAlone {
            return "spot of another colour: CIELAB difference \(readable(colour.difference)), response "
                + "\(readable(response)) sigma at scale \(1 << candidate.strongest.level) px, "
                + "\(readable(response / threshold)) times the threshold of \(readable(threshold)) sigma; "
                + classification.words
        }
        let shape =
            candidate.fragments > 1 ? "line of \(candidate.fragments) pieces" : isLine ? "line" : "spot"
        return "\(candidate.polarity.rawValue) \(shape): response \(readable(response)) sigma at scale "
            + "\(1 << candidate.strongest.level) px, \(readable(response / threshold)) times the threshold of "
            + "\(readable(threshold)) sigma; \(classification.words)"
    }

    /// Corners of the outline, clockwise, simplified; around what is in several pieces, the convex hull.
    private func outline(_ region: Region) -> [[Double]] {
        let isOnePiece = regions(of: region.runs).count == 1
        let corners = isOnePiece ? region.contour().map(\.center) : region.convexHull(of: .centers)
        return simplified(corners, tolerance: 0.5).map { [$0.x, $0.y] }
    }

    // MARK: Dropped

    private func outOfRange(_ candidate: Candidate, _ features: FeatureVector) -> DroppedCandidate? {
        let size = features[.size]
        let length = features[.length]
        let least = Self.sizeTolerance * detection.plan.minimumSize
        if size < least {
            return sizeDrop(candidate, size, .tooSmall, ">= \(rounded(least))", size / least - 1)
        }
        // Lines may be as long as they like; it is their width that must not exceed the largest defect.
        let extent = features[.elongation] >= 3 ? features[.width] : length
        guard extent > Self.largestShare * detection.plan.maximumSize else { return nil }
        let most = Self.largestShare * detection.plan.maximumSize
        return sizeDrop(candidate, extent, .tooLarge, "<= \(rounded(most))", 1 - extent / most)
    }

    private func sizeDrop(
        _ candidate: Candidate,
        _ value: Double,
        _ reason: DroppedCandidate.Reason,
        _ bound: String,
        _ margin: Double
    ) -> DroppedCandidate {
        let condition = Explanation.Condition(
            feature: Feature.size.rawValue,
            value: rounded(value, decimals: 2),
            bound: "\(bound) px",
            margin: rounded(margin)
        )
        return DroppedCandidate(
            boundingBox: candidate.region.boundingBox,
            polarity: candidate.polarity,
            sizePx: rounded(value, decimals: 2),
            reason: reason,
            zone: zone(of: candidate.region.boundingBox),
            conditions: [condition],
            detection: detected(candidate.strongest),
            text: "\(reason.text): \(readable(value)) px, the recipe looks for \(bound) px"
        )
    }

    private func droppedCandidate(_ drop: Detection.Dropped) -> DroppedCandidate {
        let box = drop.region?.boundingBox ?? drop.seed.box.intersection(image.bounds)
        let size = Double(max(box.width, box.height))
        return DroppedCandidate(
            boundingBox: box,
            polarity: drop.seed.polarity,
            sizePx: size,
            reason: drop.reason,
            zone: zone(of: box),
            conditions: drop.conditions.map(\.rounded),
            detection: detected(drop.seed),
            text: ([drop.reason.text] + drop.conditions.map(\.sentence)).joined(separator: ": ")
        )
    }

    private func zone(of box: Rectangle) -> String? {
        overlay.zone(at: Position(x: box.middle.x, y: box.middle.y))
    }

    private func detected(_ candidate: Candidate) -> Explanation.Detection {
        var result = detected(candidate.strongest)
        if let colour = candidate.colour {
            result.colourDifference = rounded(colour.difference, decimals: 2)
            if candidate.strongest.channel == .luminance {
                result.channels = [Seed.Channel.luminance, .colour].map(\.rawValue)
            }
        }
        return result
    }

    private func detected(_ seed: Seed) -> Explanation.Detection {
        var result = seed.detection.rounded
        result.nfa = significant(detection.plan.falseAlarms(of: seed))
        if detection.plan.colourLevelCount > 0 { result.channels = [seed.channel.rawValue] }
        return result
    }

    // MARK: Quality

    private var quality: Quality {
        let station = detection.station
        let background = detection.background
        let noise = detection.levels.first?.texture.medianSigma ?? 0
        return Quality(
            focus: detection.fineDetail.focus.map { rounded($0) },
            exposure: rounded(background.medianBrightness),
            saturation: rounded(station.saturation, decimals: 6),
            underexposed: rounded(station.underexposed, decimals: 6),
            glare: rounded(station.glare),
            // Smoothing over 1 2 1 twice leaves 0.361 of one sigma of white noise.
            noise: rounded(Double(noise / FixedContrast.one) / 0.361, decimals: 6),
            judgedShare: rounded(
                Double(background.judged.count { $0 }) / Double(max(background.judged.count, 1))
            ),
            grain: detection.fineDetail.grain.map { rounded($0) }
        )
    }

    private var excludedAreas: [ExcludedArea] {
        let stationAreas = detection.station.excluded.compactMap { area in
            pixels(of: area.cells).clipped(to: image.bounds).map { excluded(area.reason, $0) }
        }
        let lines = detection.dropped.compactMap { drop in
            drop.reason == .longEdge ? drop.region : nil
        }
        return stationAreas + lines.map { excluded(.longEdge, $0) }
    }

    /// The pixels of cells.
    private func pixels(of cells: Region) -> Region {
        let size = CellGrid.cellSize
        return Region(
            runs: cells.runs.flatMap { run in
                (0..<size).map { row in
                    Run(row: run.row * size + row, start: run.start * size, end: run.end * size)
                }
            }
        )
    }

    private func excluded(_ reason: ExcludedArea.Reason, _ region: Region) -> ExcludedArea {
        let area = Double(region.pixelCount)
        return ExcludedArea(
            reason: reason,
            boundingBox: region.boundingBox,
            contour: outline(region),
            areaPx: area,
            areaMm2: overlay.calibration.map { rounded($0.squareMillimetres(of: region)) }
        )
    }
}

extension DroppedCandidate.Reason {
    /// The reason in plain words.
    var text: String {
        switch self {
        case .belowThreshold: "below the threshold"
        case .tooSmall: "smaller than the smallest defect that matters"
        case .tooLarge: "larger than the largest defect that is looked for"
        case .longEdge: "a long edge (style line, gap or panel border), not a defect"
        case .sideLobe: "echo of a stronger neighbour, no contrast of its own"
        case .polarity: "of the polarity that the recipe does not look for"
        case .glare: "in glare"
        }
    }
}

extension Explanation.Detection {
    /// With as many decimals as mean something.
    fileprivate var rounded: Explanation.Detection {
        var copy = self
        copy.response = ClearcoatInspection.rounded(response, decimals: 3)
        copy.threshold = ClearcoatInspection.rounded(threshold, decimals: 3)
        copy.lowThreshold = ClearcoatInspection.rounded(lowThreshold, decimals: 3)
        copy.margin = ClearcoatInspection.rounded(margin)
        copy.noise = ClearcoatInspection.rounded(noise, decimals: 6)
        return copy
    }
}

extension Explanation.Condition {
    /// What was measured on a dropped candidate and what would have kept it, or what makes it none.
    fileprivate var sentence: String {
        let least = bound.hasPrefix(">= ") ? Double(bound.dropFirst(3)).map { readable($0) } ?? bound : bound
        let measured = readable(value, beside: least)
        switch feature {
        case Feature.snr.rawValue:
            return "response \(measured) sigma, \(least) needed (\(percent(margin)) short)"
        case "contrastShare": return "its own contrast is \(measured) of its response, \(least) needed"
        case "lengthWithContinuation":
            return "\(measured) px long with what continues it, an edge from \(least)"
        case "spanFromBorderToBorder": return "\(measured) px from border to border, an edge from \(least)"
        case "lengthOfSoftEdge": return "soft and \(measured) px long, an edge from \(least)"
        case "differenceOfSides":
            return "its sides differ by \(measured) of its contrast, an edge from \(least)"
        case "contactWithExcludedArea":
            return "\(measured) of it lies along an area that is not judged, an edge from \(least)"
        default: return "\(feature) \(measured), asked \(bound)"
        }
    }

    /// With as many decimals as mean something.
    fileprivate var rounded: Explanation.Condition {
        var copy = self
        copy.value = ClearcoatInspection.rounded(value)
        copy.margin = ClearcoatInspection.rounded(margin)
        return copy
    }
}
