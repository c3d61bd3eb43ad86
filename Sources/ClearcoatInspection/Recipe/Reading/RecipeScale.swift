import ClearcoatImage

// How large a pixel is: from the file, as a number, or from places that are known.
extension RecipeReader {
    /// Reads `scale` into a recipe.
    mutating func scale(_ value: YAMLValue, into recipe: inout Recipe) {
        if case .null = value.content { return }
        if case .scalar("file") = value.content { return }
        if case .scalar(let text) = value.content {
            report("scale is { mmPerPixel: 0.065 } or file, not \"\(shortened(text))\"", at: value.mark)
            return
        }
        let numbers = ["mmPerPixel", "mmPerPixelX", "mmPerPixelY"]
        let fields = fields(value, of: "scale", allowed: numbers + ["points"])
        if let points = fields["points"] {
            if numbers.contains(where: { fields[$0] != nil }) {
                report("scale has either points or mmPerPixel", at: value.mark)
                return
            }
            recipe.points = self.points(points)
        } else {
            recipe.scale = constantScale(fields, value)
        }
    }

    private mutating func constantScale(_ fields: [String: YAMLValue], _ value: YAMLValue) -> PhysicalScale? {
        let range = 1e-6...1e4
        if let value = fields["mmPerPixel"] {
            for name in ["mmPerPixelX", "mmPerPixelY"] where fields[name] != nil {
                report("scale has either mmPerPixel or mmPerPixelX and mmPerPixelY", at: value.mark)
                return nil
            }
            return number(value, of: "scale.mmPerPixel", in: range).flatMap { PhysicalScale(mmPerPixel: $0) }
        }
        guard let x = fields["mmPerPixelX"], let y = fields["mmPerPixelY"] else {
            if fields["mmPerPixelX"] != nil || fields["mmPerPixelY"] != nil {
                report("scale needs both mmPerPixelX and mmPerPixelY, or mmPerPixel alone", at: value.mark)
            } else if case .mapping(let pairs) = value.content, pairs.isEmpty {
                report("\"mmPerPixel\" is missing in scale", at: value.mark)
            }
            return nil
        }
        let columns = number(x, of: "scale.mmPerPixelX", in: range)
        let rows = number(y, of: "scale.mmPerPixelY", in: range)
        guard let columns, let rows else { return nil }
        return PhysicalScale(mmPerPixelX: columns, mmPerPixelY: rows)
    }

    private mutating func points(_ value: YAMLValue) -> PointCalibration? {
        let before = errors.count
        let entries = list(value, of: "scale.points").enumerated().map { index, value in
            (value.mark, pair(value, of: "scale.points[\(index + 1)]"))
        }
        guard errors.count == before else { return nil }
        do throws(PointCalibrationError) {
            let calibration = try PointCalibration(pairs: entries.compactMap(\.1))
            warnOfMisfits(calibration, at: entries.map(\.0))
            return calibration
        } catch {
            report("scale.points: \(error)", at: value.mark)
            return nil
        }
    }

    private mutating func pair(_ value: YAMLValue, of owner: String) -> PointCalibration.Pair? {
        let fields = fields(value, of: owner, allowed: ["px", "mm"], required: ["px", "mm"])
        let pixels = fields["px"].flatMap { place($0, of: "\(owner).px", in: "pixels") }
        let millimetres = fields["mm"].flatMap { place($0, of: "\(owner).mm", in: "mm") }
        guard let pixels, let millimetres else { return nil }
        return PointCalibration.Pair(pixels: pixels, millimetres: millimetres)
    }

    /// A pair that is farther off than a pixel is probably measured or typed wrong.
    private mutating func warnOfMisfits(_ calibration: PointCalibration, at marks: [Mark]) {
        for (index, (pair, residual)) in zip(calibration.pairs, calibration.residuals).enumerated() {
            let size = calibration.map.squareMillimetresPerPixel(at: pair.pixels).squareRoot()
            guard residual > size, index < marks.count else { continue }
            warn(
                "scale.points[\(index + 1)] is \(readable(residual)) mm (\(readable(residual / size)) px) off the map "
                    + "that fits all pairs best",
                at: marks[index]
            )
        }
    }
}
