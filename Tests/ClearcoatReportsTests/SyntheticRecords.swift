import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports

/// Records made up for tests, by way of JSON: the types have no public initialisers, since only an
/// inspection makes them.
enum SyntheticRecords {
    static let generator = InspectionRecord.Generator(name: "clearcoat", version: "0.1.0")
    static let recipe = InspectionRecord.RecipeIdentity(name: "default", sha256: hash)
    static let hash = String(repeating: "0123456789abcdef", count: 4)

    /// A record with random values all over, of findings that may be anywhere.
    static func random(id: String = "a/b.png", using generator: inout SplitMix64) throws -> InspectionRecord {
        let calibrated = Bool.random(using: &generator)
        let findings = (0..<Int.random(in: 0...4, using: &generator)).map {
            finding($0 + 1, calibrated: calibrated, using: &generator)
        }
        let dropped = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            droppedCandidate(using: &generator)
        }
        return try record(
            id: id,
            calibrated: calibrated,
            findings: findings,
            dropped: dropped,
            using: &generator
        )
    }

    /// A record with these findings.
    static func record(
        id: String = "a/b.png",
        width: Int = 640,
        height: Int = 480,
        calibrated: Bool = true,
        verdict: Verdict? = nil,
        findings: [JSONValue],
        dropped: [JSONValue] = [],
        excluded: [JSONValue] = [],
        using generator: inout SplitMix64
    ) throws -> InspectionRecord {
        let unit = { (generator: inout SplitMix64) in JSONValue.number(generator.nextUnit()) }
        let verdict = verdict ?? Verdict.allCases.randomElement(using: &generator) ?? .accept
        let tree: JSONValue = [
            "schemaVersion": 1,
            "generator": ["name": "clearcoat", "version": "0.1.0"],
            "capture": [
                "id": .string(id), "source": .string("/in/" + id), "sha256": .string(hash),
                "width": .integer(width), "height": .integer(height), "bitDepth": 8, "orientation": 1,
                "mmPerPixel": calibrated ? .number(0.065) : .null,
                "scaleSource": calibrated ? "recipe" : .null, "partId": .null,
                "warnings": ["iCCP: known incorrect sRGB profile"],
            ],
            "recipe": ["name": "default", "sha256": .string(hash)],
            "verdict": .string(verdict.rawValue),
            "reasons": verdict == .accept
                ? [] : ["finding 1: inclusion of 0.6 mm in zone A, limit 1 (> 0.5 mm)"],
            "quality": [
                "focus": unit(&generator), "exposure": unit(&generator), "saturation": unit(&generator),
                "underexposed": 0, "glare": 0, "noise": unit(&generator), "judgedShare": unit(&generator),
            ],
            "findings": .array(findings),
            "candidatesDropped": .array(dropped),
            "excluded": .array(excluded),
            "appearance": [appearance(zone: nil, calibrated), appearance(zone: "A", calibrated)],
            "timings": [
                "startedAt": "2026-11-23T13:00:00Z", "readMs": 0.5, "decodeMs": 1.25,
                "inspectMs": unit(&generator),
            ],
        ]
        return try RecordCoder.record(from: JSONWriter.pretty(tree))
    }

    /// How even the surface is.
    static func appearance(zone: String?, _ calibrated: Bool) -> JSONValue {
        func mm(_ value: JSONValue) -> JSONValue { calibrated ? value : .null }
        return [
            "zone": zone.map(JSONValue.string) ?? .null, "areaPx": 307_200,
            "bands": [
                [
                    "fromPx": 7.2, "toPx": 14.4, "fromMm": mm(0.47), "toMm": mm(0.94), "contrastPercent": 0.8,
                ]
            ],
            "wavinessPercent": 1.5, "wavinessPx": [15.4, 115], "wavinessMm": mm([1, 7.49]),
            "mottlingPercent": .null, "unevennessPercent": 12.5, "squarePx": 80, "squareMm": mm(5.2),
            "limits": [
                [
                    "limit": 1, "text": "waviness > 1 %", "verdict": "rework",
                    "conditions": [
                        ["feature": "waviness", "value": 1.5, "bound": "> 1 %", "margin": 0.5]
                    ],
                ]
            ],
        ]
    }

    /// A finding with random values; its contour is a box unless another is given.
    static func finding(
        _ id: Int,
        class name: DefectClass? = nil,
        zone: String? = nil,
        box: Rectangle? = nil,
        contour: [[Double]]? = nil,
        calibrated: Bool = true,
        verdict: Verdict? = nil,
        text: String = "a dark inclusion",
        using generator: inout SplitMix64
    ) -> JSONValue {
        let box =
            box
            ?? Rectangle(
                x: Int.random(in: 0..<600, using: &generator),
                y: Int.random(in: 0..<440, using: &generator),
                width: Int.random(in: 1...40, using: &generator),
                height: Int.random(in: 1...40, using: &generator)
            )
        let name = name ?? DefectClass.allCases.randomElement(using: &generator) ?? .unknown
        let number = { (generator: inout SplitMix64) in JSONValue.number(generator.nextUnit() * 100) }
        let mm = { (generator: inout SplitMix64) in
            calibrated ? JSONValue.number(generator.nextUnit() * 3) : .null
        }
        return [
            "id": .integer(id), "class": .string(name.rawValue),
            "vda16": name.vda16.map(JSONValue.string) ?? .null,
            "confidence": .number(generator.nextUnit()),
            "severity": .string((Severity.allCases.randomElement(using: &generator) ?? .minor).rawValue),
            "zone": zone.map(JSONValue.string) ?? .null,
            "polarity": .string((Polarity.allCases.randomElement(using: &generator) ?? .dark).rawValue),
            "boundingBox": tree(of: box),
            "centroid": [
                "x": .number(Double(box.x) + Double(box.width - 1) / 2),
                "y": .number(Double(box.y) + Double(box.height - 1) / 2),
            ],
            "contour": .array((contour ?? corners(of: box)).map { .array($0.map(JSONValue.number)) }),
            "areaPx": number(&generator), "areaMm2": mm(&generator),
            "lengthPx": number(&generator), "lengthMm": mm(&generator),
            "widthPx": number(&generator), "widthMm": mm(&generator),
            "sizePx": number(&generator), "sizeMm": mm(&generator),
            "sizeUncertaintyPx": number(&generator), "sizeUncertaintyMm": mm(&generator),
            "contrast": .number(generator.nextUnit() - 0.5), "snr": number(&generator),
            "explanation": [
                "detection": detection(using: &generator),
                "classification": [
                    "class": .string(name.rawValue), "rule": 3, "confidence": .number(generator.nextUnit()),
                    "conditions": [["feature": "elongation", "value": 5.5, "bound": "> 5", "margin": 0.1]],
                ],
                "limits": verdict.map {
                    [
                        [
                            "limit": 1, "text": "zone A, inclusion, size > 0.5 mm",
                            "verdict": .string($0.rawValue),
                            "conditions": [
                                ["feature": "size", "value": 0.6, "bound": "> 0.5 mm", "margin": 0.2]
                            ],
                        ]
                    ]
                } ?? [],
                "uncertain": [
                    [
                        "limit": 2, "text": "any finding > 0.4 mm", "verdict": "reject", "lower": 0.35,
                        "upper": 0.45, "unit": "mm", "exceeded": false, "judged": "asMeasured",
                    ]
                ],
                "features": ["size": number(&generator), "solidity": .number(generator.nextUnit())],
                "text": .string(text),
            ],
        ]
    }

    static func droppedCandidate(
        _ reason: DroppedCandidate.Reason = .belowThreshold,
        using generator: inout SplitMix64
    ) -> JSONValue {
        [
            "boundingBox": ["x": 5, "y": 6, "width": 3, "height": 2], "polarity": "dark",
            "sizePx": .number(generator.nextUnit() * 9), "reason": .string(reason.rawValue),
            "conditions": [["feature": "snr", "value": 4.9, "bound": "> 5", "margin": -0.02]],
            "zone": .string("A"), "detection": detection(using: &generator),
            "text": "response 4.9 misses the threshold 5",
        ]
    }

    static func excludedArea(
        _ reason: ExcludedArea.Reason,
        box: Rectangle,
        contour: [[Double]]? = nil,
        areaPx: Double
    ) -> JSONValue {
        let contour = contour ?? corners(of: box)
        return [
            "reason": .string(reason.rawValue), "boundingBox": tree(of: box), "areaPx": .number(areaPx),
            "areaMm2": .null,
            "contour": .array(contour.map { .array($0.map { .number($0) }) }),
        ]
    }

    /// The outline of a box through its outer pixel edges, clockwise on the screen.
    static func corners(of box: Rectangle) -> [[Double]] {
        let left = Double(box.x) - 0.5
        let top = Double(box.y) - 0.5
        let right = left + Double(box.width)
        let bottom = top + Double(box.height)
        return [[left, top], [right, top], [right, bottom], [left, bottom]]
    }

    private static func tree(of box: Rectangle) -> JSONValue {
        [
            "x": .integer(box.x), "y": .integer(box.y), "width": .integer(box.width),
            "height": .integer(box.height),
        ]
    }

    private static func detection(using generator: inout SplitMix64) -> JSONValue {
        [
            "detector": "blob", "scalePx": 2, "response": .number(-6 - generator.nextUnit()),
            "threshold": 5.2,
            "lowThreshold": 2.6, "margin": .number(generator.nextUnit()),
            "noise": .number(generator.nextUnit() / 50),
        ]
    }
}
