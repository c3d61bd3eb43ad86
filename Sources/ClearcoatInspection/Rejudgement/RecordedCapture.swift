package import ClearcoatImage

/// What a record says of a capture that judging it again needs; the rest of the record may be left unread.
package struct RecordedCapture: Sendable, Hashable {
    /// The capture's name.
    package var id = ""
    /// Columns.
    package var width = 0
    /// Rows.
    package var height = 0
    /// Millimetres a pixel, in the middle of the picture; nil when unknown.
    package var mmPerPixel: Double?
    /// The coefficients of the map that measured it, when the scale came from points.
    package var plane: [Double]?
    /// What was decided.
    package var verdict = Verdict.accept
    /// Why.
    package var reasons: [String] = []
    /// How good the picture is.
    package var quality = Quality.none
    /// What was found, without its explanation.
    package var findings: [Finding] = []
    /// The features of each finding, in pixels; one that the record does not say is not a number.
    package var features: [FeatureVector] = []
    /// What was dropped by a rule of the recipe that another recipe may not have.
    package var dropped: [Dropped] = []
    /// How even the surface was, of all of the picture and of each zone, under the names of then.
    package var appearance: [Appearance] = []
    /// The outlines of areas that the recipe ignored.
    package var ignored: [[Point]] = []

    /// A candidate that was not kept.
    package struct Dropped: Sendable, Hashable {
        /// Why.
        package var reason: DroppedCandidate.Reason
        /// Darker or brighter.
        package var polarity: Polarity
        /// Its size in pixels.
        package var sizePx: Double

        /// A candidate that was not kept.
        package init(reason: DroppedCandidate.Reason, polarity: Polarity, sizePx: Double) {
            self.reason = reason
            self.polarity = polarity
            self.sizePx = sizePx
        }

        /// Whether another recipe could keep such a candidate.
        package static func isOfRecipe(_ reason: DroppedCandidate.Reason) -> Bool {
            [.tooSmall, .tooLarge, .polarity].contains(reason)
        }
    }

    /// Nothing yet.
    package init() {}

    /// What a whole record says.
    package init(_ record: InspectionRecord) {
        id = record.capture.id
        width = record.capture.width
        height = record.capture.height
        mmPerPixel = record.capture.mmPerPixel
        plane = record.capture.calibration?.plane
        verdict = record.verdict
        reasons = record.reasons
        quality = record.quality
        for finding in record.findings {
            var features = FeatureVector.unknown
            for (name, value) in finding.explanation.features {
                if let feature = Feature.named[name] { features[feature] = value }
            }
            self.features.append(features)
            findings.append(Finding(part: finding))
        }
        dropped = record.candidatesDropped.filter { Dropped.isOfRecipe($0.reason) }.map {
            Dropped(reason: $0.reason, polarity: $0.polarity, sizePx: $0.sizePx)
        }
        appearance = (record.appearance ?? []).map { $0.withoutLimits }
        ignored = record.excluded.filter { $0.reason == .ignored }.map { area in
            area.contour.compactMap { $0.count == 2 ? Point(x: $0[0], y: $0[1]) : nil }
        }
    }
}

extension Quality {
    /// Nothing measured.
    package static let none = Quality(
        focus: nil,
        exposure: 0,
        saturation: 0,
        underexposed: 0,
        glare: 0,
        noise: 0,
        judgedShare: 0,
        grain: nil
    )

    /// Takes a number by its key in a record, nil for null; a key that is none is passed over.
    ///
    /// - Returns: whether the key may have this value.
    package mutating func set(_ key: String, _ value: Double?) -> Bool {
        switch key {
        case "focus": focus = value
        case "grain": grain = value
        default:
            guard let value else { return false }
            set(key, value)
        }
        return true
    }

    private mutating func set(_ key: String, _ value: Double) {
        switch key {
        case "exposure": exposure = value
        case "saturation": saturation = value
        case "underexposed": underexposed = value
        case "glare": glare = value
        case "noise": noise = value
        case "judgedShare": judgedShare = value
        default: break
        }
    }
}

extension Appearance {
    /// Nothing measured.
    package static let unmeasured = Appearance(
        zone: nil,
        areaPx: 0,
        bands: [],
        wavinessPercent: nil,
        wavinessPx: [],
        wavinessMm: nil,
        mottlingPercent: nil,
        unevennessPercent: nil,
        squarePx: 0,
        squareMm: nil,
        limits: []
    )

    fileprivate var withoutLimits: Appearance {
        var copy = self
        copy.limits = []
        return copy
    }
}

extension Appearance.Band {
    /// Nothing measured.
    package static let unmeasured = Appearance.Band(
        fromPx: 0,
        toPx: 0,
        fromMm: nil,
        toMm: nil,
        contrastPercent: 0
    )
}

extension FeatureVector {
    /// Not a number for every feature.
    package static var unknown: FeatureVector {
        var features = FeatureVector()
        for feature in Feature.allCases { features[feature] = .nan }
        return features
    }
}

extension Feature {
    /// The features by their names in records.
    package static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}

extension Finding {
    /// A finding of which only what judging needs will be said.
    package static let blank = Finding(
        id: 0,
        class: .unknown,
        vda16: nil,
        confidence: 0,
        severity: .cosmetic,
        zone: nil,
        polarity: .dark,
        boundingBox: Rectangle(x: 0, y: 0, width: 0, height: 0),
        centroid: Position(x: 0, y: 0),
        contour: [],
        areaPx: 0,
        areaMm2: nil,
        lengthPx: 0,
        lengthMm: nil,
        widthPx: 0,
        widthMm: nil,
        sizePx: 0,
        sizeMm: nil,
        sizeUncertaintyPx: 0,
        sizeUncertaintyMm: nil,
        contrast: 0,
        snr: 0,
        explanation: Explanation(
            detection: .init(
                detector: "",
                scalePx: 0,
                response: 0,
                threshold: 0,
                lowThreshold: 0,
                margin: 0,
                noise: 0
            ),
            classification: .init(class: .unknown, rule: 0, conditions: [], confidence: 0),
            limits: [],
            features: [:],
            text: ""
        )
    )

    /// The part of a finding that judging needs.
    fileprivate init(part whole: Finding) {
        self = .blank
        id = whole.id
        `class` = whole.class
        polarity = whole.polarity
        centroid = whole.centroid
        contour = whole.contour
        areaPx = whole.areaPx
        areaMm2 = whole.areaMm2
        lengthPx = whole.lengthPx
        lengthMm = whole.lengthMm
        widthPx = whole.widthPx
        widthMm = whole.widthMm
        sizePx = whole.sizePx
        sizeMm = whole.sizeMm
        sizeUncertaintyPx = whole.sizeUncertaintyPx
        sizeUncertaintyMm = whole.sizeUncertaintyMm
    }
}
