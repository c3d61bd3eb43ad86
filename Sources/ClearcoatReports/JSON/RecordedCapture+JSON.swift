import ClearcoatImage
package import ClearcoatInspection

extension RecordedCapture {
    /// Reads what judging needs from a record, many times as fast as ``RecordCoder`` reads all of it.
    ///
    /// - Parameter withContours: whether outlines of findings are needed.
    /// - Throws: ``RecordCodingError``; what exactly is wrong, ``RecordCoder`` says.
    package init(json bytes: ArraySlice<UInt8>, withContours: Bool) throws(RecordCodingError) {
        self.init()
        do throws(JSONCursor.Malformed) {
            var reader = RecordPartReader(withContours: withContours)
            var cursor = JSONCursor(bytes)
            try reader.record(&cursor, into: &self)
            try cursor.expectEnd()
        } catch {
            // Slowly, for the words; what that reads is right as well.
            self.init(try RecordCoder.record(from: Array(bytes)))
        }
    }
}

/// Reads the parts of a record that judging needs.
private struct RecordPartReader {
    typealias Malformed = JSONCursor.Malformed

    let withContours: Bool

    mutating func record(
        _ cursor: inout JSONCursor,
        into capture: inout RecordedCapture
    ) throws(Malformed) {
        var seen: Set<String> = []
        try cursor.object { (key, cursor) throws(Malformed) in
            seen.insert(key)
            switch key {
            case "schemaVersion":
                guard try cursor.integer() == InspectionRecord.currentSchemaVersion else { throw Malformed() }
            case "capture": try description(&cursor, into: &capture)
            case "verdict": capture.verdict = try word(&cursor)
            case "reasons":
                try cursor.array { (cursor) throws(Malformed) in capture.reasons.append(try cursor.string()) }
            case "quality":
                try cursor.object { (key, cursor) throws(Malformed) in
                    guard capture.quality.set(key, try cursor.optionalNumber()) else { throw Malformed() }
                }
            case "findings":
                try cursor.array { (cursor) throws(Malformed) in try finding(&cursor, into: &capture) }
            case "candidatesDropped":
                try cursor.array { (cursor) throws(Malformed) in try dropped(&cursor, into: &capture) }
            case "excluded":
                try cursor.array { (cursor) throws(Malformed) in try excluded(&cursor, into: &capture) }
            case "appearance":
                try cursor.array { (cursor) throws(Malformed) in
                    capture.appearance.append(try cursor.appearance())
                }
            default: try cursor.skip()
            }
        }
        guard seen.isSuperset(of: Self.neededKeys) else { throw Malformed() }
    }

    private static let neededKeys = [
        "schemaVersion", "capture", "verdict", "reasons", "quality", "findings", "candidatesDropped",
        "excluded",
    ]

    private func word<Word: RawRepresentable<String>>(_ cursor: inout JSONCursor) throws(Malformed) -> Word {
        guard let word = Word(rawValue: try cursor.string()) else { throw Malformed() }
        return word
    }

    private func description(
        _ cursor: inout JSONCursor,
        into capture: inout RecordedCapture
    ) throws(Malformed) {
        try cursor.object { (key, cursor) throws(Malformed) in
            switch key {
            case "id": capture.id = try cursor.string()
            case "width": capture.width = try size(&cursor)
            case "height": capture.height = try size(&cursor)
            case "mmPerPixel": capture.mmPerPixel = try cursor.optionalNumber()
            case "calibration":
                try cursor.object { (key, cursor) throws(Malformed) in
                    if key == "plane" { capture.plane = try cursor.numbers() } else { try cursor.skip() }
                }
            default: try cursor.skip()
            }
        }
    }

    /// As ``RecordCoder`` bounds it.
    private func size(_ cursor: inout JSONCursor) throws(Malformed) -> Int {
        let size = try cursor.integer()
        guard (0...1_000_000_000).contains(size) else { throw Malformed() }
        return size
    }

    private func contour(_ cursor: inout JSONCursor) throws(Malformed) -> [[Double]] {
        var corners: [[Double]] = []
        try cursor.array { (cursor) throws(Malformed) in corners.append(try cursor.numbers()) }
        return corners
    }

    private func finding(_ cursor: inout JSONCursor, into capture: inout RecordedCapture) throws(Malformed) {
        var finding = Finding.blank
        var features = FeatureVector.unknown
        try cursor.object { (key, cursor) throws(Malformed) in
            switch key {
            case "id": finding.id = try cursor.integer()
            case "class": finding.class = try word(&cursor)
            case "polarity": finding.polarity = try word(&cursor)
            case "centroid":
                try cursor.object { (key, cursor) throws(Malformed) in
                    switch key {
                    case "x": finding.centroid.x = try cursor.number()
                    case "y": finding.centroid.y = try cursor.number()
                    default: try cursor.skip()
                    }
                }
            case "contour" where withContours: finding.contour = try contour(&cursor)
            case "areaPx": finding.areaPx = try cursor.number()
            case "areaMm2": finding.areaMm2 = try cursor.optionalNumber()
            case "lengthPx": finding.lengthPx = try cursor.number()
            case "lengthMm": finding.lengthMm = try cursor.optionalNumber()
            case "widthPx": finding.widthPx = try cursor.number()
            case "widthMm": finding.widthMm = try cursor.optionalNumber()
            case "sizePx": finding.sizePx = try cursor.number()
            case "sizeMm": finding.sizeMm = try cursor.optionalNumber()
            case "sizeUncertaintyPx": finding.sizeUncertaintyPx = try cursor.number()
            case "sizeUncertaintyMm": finding.sizeUncertaintyMm = try cursor.optionalNumber()
            case "explanation":
                try cursor.object { (key, cursor) throws(Malformed) in
                    guard key == "features" else { return try cursor.skip() }
                    try cursor.object { (key, cursor) throws(Malformed) in
                        guard let feature = Feature.named[key] else { return try cursor.skip() }
                        features[feature] = try cursor.number()
                    }
                }
            default: try cursor.skip()
            }
        }
        capture.findings.append(finding)
        capture.features.append(features)
    }

    private func dropped(_ cursor: inout JSONCursor, into capture: inout RecordedCapture) throws(Malformed) {
        var drop = RecordedCapture.Dropped(reason: .belowThreshold, polarity: .dark, sizePx: 0)
        try cursor.object { (key, cursor) throws(Malformed) in
            switch key {
            case "reason": drop.reason = try word(&cursor)
            case "polarity": drop.polarity = try word(&cursor)
            case "sizePx": drop.sizePx = try cursor.number()
            default: try cursor.skip()
            }
        }
        if RecordedCapture.Dropped.isOfRecipe(drop.reason) { capture.dropped.append(drop) }
    }

    private func excluded(_ cursor: inout JSONCursor, into capture: inout RecordedCapture) throws(Malformed) {
        var reason = ExcludedArea.Reason.glare
        var corners: [[Double]] = []
        try cursor.object { (key, cursor) throws(Malformed) in
            switch key {
            case "reason": reason = try word(&cursor)
            case "contour": corners = try contour(&cursor)
            default: try cursor.skip()
            }
        }
        guard reason == .ignored else { return }
        capture.ignored.append(corners.compactMap { $0.count == 2 ? Point(x: $0[0], y: $0[1]) : nil })
    }
}
