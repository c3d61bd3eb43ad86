import ClearcoatImage
import ClearcoatInspection
import Foundation
import Testing

extension Quality {
    /// Passes every station check of the default recipe, but for what is said.
    static func sample(
        focus: Double? = 0.5,
        grain: Double? = 0.5,
        exposure: Double = 0.5,
        saturation: Double = 0,
        glare: Double = 0,
        noise: Double = 0.01,
        judgedShare: Double = 1
    ) throws -> Quality {
        let json = """
            {"focus": \(focus.map { "\($0)" } ?? "null"), "grain": \(grain.map { "\($0)" } ?? "null"),
             "exposure": \(exposure), "saturation": \(saturation), "underexposed": 0,
             "glare": \(glare), "noise": \(noise), "judgedShare": \(judgedShare)}
            """
        return try JSONDecoder().decode(Quality.self, from: Data(json.utf8))
    }
}

extension Finding {
    /// A square finding of a size, with an uncertainty of half a pixel. Written as a record has it, so
    /// that these tests need no other way to make one.
    static func sample(
        _ id: Int,
        _ name: DefectClass,
        sizePx: Double,
        x: Double,
        y: Double,
        scale: PhysicalScale? = nil
    ) throws -> Finding {
        let half = sizePx / 2
        func metric(_ pixels: Double, _ power: Int = 1) -> String {
            guard let scale else { return "null" }
            return "\(power == 1 ? pixels * scale.mmPerPixel : pixels * scale.mm2PerPixel)"
        }
        let json = """
            {"id": \(id), "class": "\(name.rawValue)", "vda16": null, "confidence": 1, "severity": "minor",
             "zone": null, "polarity": "dark",
             "boundingBox": {"x": \(Int(x - half)), "y": \(Int(y - half)),
                             "width": \(Int(sizePx)), "height": \(Int(sizePx))},
             "centroid": {"x": \(x), "y": \(y)},
             "contour": [[\(x - half), \(y - half)], [\(x + half), \(y - half)],
                         [\(x + half), \(y + half)], [\(x - half), \(y + half)]],
             "areaPx": \(sizePx * sizePx), "areaMm2": \(metric(sizePx * sizePx, 2)),
             "lengthPx": \(sizePx), "lengthMm": \(metric(sizePx)),
             "widthPx": \(sizePx), "widthMm": \(metric(sizePx)),
             "sizePx": \(sizePx), "sizeMm": \(metric(sizePx)),
             "sizeUncertaintyPx": 0.5, "sizeUncertaintyMm": \(metric(0.5)),
             "contrast": -0.2, "snr": 20,
             "explanation": {
               "detection": {"detector": "blob", "scalePx": 2, "response": -20, "threshold": 5,
                             "lowThreshold": 3, "margin": 3, "noise": 0.01},
               "classification": {"class": "\(name.rawValue)", "rule": 1, "conditions": [], "confidence": 1},
               "limits": [], "features": {}, "text": ""}}
            """
        return try JSONDecoder().decode(Finding.self, from: Data(json.utf8))
    }
}

/// Judges findings on a picture of 200 x 100 pixels.
func judge(
    findings: inout [Finding],
    quality: Quality,
    recipe: Recipe,
    scale: PhysicalScale?
) -> (verdict: Verdict, reasons: [String]) {
    let calibration = scale.map { Calibration.constant($0) }
    guard let overlay = try? RecipeOverlay(fitting: recipe, calibration: calibration, width: 200, height: 100)
    else { return (.cannotJudge, ["the recipe does not fit"]) }
    var appearance: [Appearance] = []
    return judge(findings: &findings, appearance: &appearance, quality: quality, by: overlay)
}

/// Names features on a picture with a scale, and asks that the short way agrees.
func classify(
    _ features: FeatureVector,
    polarity: Polarity,
    rules: [ClassRule],
    scale: PhysicalScale?
) -> Explanation.Classification {
    let measures = scale.map { PhysicalMeasures(features, at: $0) }
    let result = classify(features, measures, polarity: polarity, rules: rules)
    #expect(className(of: features, measures, polarity: polarity, rules: rules) == result.class)
    return result
}
