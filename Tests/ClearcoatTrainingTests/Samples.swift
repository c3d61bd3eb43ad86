import ClearcoatImage
import ClearcoatInspection
import ClearcoatTraining
import Foundation

extension Finding {
    /// A finding with an outline, written as a record has it.
    static func sample(
        contour: [[Double]],
        box: Rectangle? = nil,
        class name: DefectClass = .unknown,
        features: [Feature: Double] = [:],
        polarity: Polarity = .dark
    ) throws -> Finding {
        let xs = contour.map { $0[0] }, ys = contour.map { $0[1] }
        let box =
            box
            ?? Rectangle(
                x: Int(xs.min() ?? 0),
                y: Int(ys.min() ?? 0),
                width: Int((xs.max() ?? 0) - (xs.min() ?? 0)) + 1,
                height: Int((ys.max() ?? 0) - (ys.min() ?? 0)) + 1
            )
        let measured = features.map { "\"\($0.key.rawValue)\": \($0.value)" }.sorted().joined(separator: ", ")
        let json = """
            {"id": 1, "class": "\(name.rawValue)", "vda16": null, "confidence": 1, "severity": "minor",
             "zone": null, "polarity": "\(polarity.rawValue)",
             "boundingBox": {"x": \(box.x), "y": \(box.y), "width": \(box.width), "height": \(box.height)},
             "centroid": {"x": \(box.x), "y": \(box.y)}, "contour": \(contour),
             "areaPx": 4, "areaMm2": null, "lengthPx": 2, "lengthMm": null, "widthPx": 2, "widthMm": null,
             "sizePx": 2, "sizeMm": null, "sizeUncertaintyPx": 0.5, "sizeUncertaintyMm": null,
             "contrast": -0.2, "snr": 20,
             "explanation": {
               "detection": {"detector": "blob", "scalePx": 2, "response": -20, "threshold": 5,
                             "lowThreshold": 3, "margin": 3, "noise": 0.01},
               "classification": {"class": "\(name.rawValue)", "rule": 1, "conditions": [], "confidence": 1},
               "limits": [], "features": {\(measured)}, "text": ""}}
            """
        return try JSONDecoder().decode(Finding.self, from: Data(json.utf8))
    }
}

extension TrainingExamples {
    /// Findings of two classes whose elongations hardly overlap, four of each on each picture. The rules call all of
    /// them inclusions. On each picture one finding is false and one defect missed.
    static func sample(pictures: Int, seed: UInt64) throws -> TrainingExamples {
        var generator = SplitMix64(seed: seed)
        var examples = TrainingExamples()
        for _ in 0..<pictures {
            var labels = Image<UInt8>(width: 100, height: 20, samples: Array(repeating: 0, count: 2000))
            var classes: [UInt8: DefectClass] = [9: .dent]
            var findings = [try Finding.sample(contour: [[90, 15], [91, 15], [91, 16]])]
            for index in 0..<8 {
                let isLine = index % 2 == 0
                classes[UInt8(index + 1)] = isLine ? .scratch : .inclusion
                labels[10 * index + 5, 5] = UInt8(index + 1)
                let elongation = generator.nextUnit() * 4 + (isLine ? 3.5 : 1)
                let corner = Double(10 * index + 5)
                findings.append(
                    try Finding.sample(
                        contour: [[corner, 5], [corner + 1, 5], [corner + 1, 6]],
                        class: .inclusion,
                        features: [.elongation: elongation, .solidity: generator.nextUnit()]
                    )
                )
            }
            examples.add(findings, of: TruthLabels(labels, classes: classes))
        }
        return examples
    }
}
