import ClearcoatImage

// What belongs to the part and is no paint: style lines, gaps and the panel's own border.
extension PanelScene {
    /// Multiplies a row by the style lines and gaps that cross it.
    func applyFeatures(
        _ y: Int,
        _ columns: Range<Int>,
        to row: inout MutableSpan<Float>,
        at base: Int
    ) {
        let yMm = Double(y) * panel.mmPerPixel
        for line in panel.styleLines {
            for x in columns {
                let factor = line.factor(xMm: Double(x) * panel.mmPerPixel, yMm: yMm)
                row[base + x - columns.lowerBound] *= Float(factor)
            }
        }
        for gap in panel.gaps {
            for x in columns {
                let factor = gap.factor(xMm: Double(x) * panel.mmPerPixel, yMm: yMm)
                row[base + x - columns.lowerBound] *= Float(factor)
            }
        }
    }

    /// Puts the background outside the panel's border. The border itself is a bent edge: the last
    /// 0.8 mm mirror the dark surroundings more and more.
    func applyOutline(_ y: Int, _ columns: Range<Int>, to row: inout MutableSpan<Float>, at base: Int) {
        guard let outline = panel.outline else { return }
        let mmPerPixel = panel.mmPerPixel
        let bend = 0.8
        for x in columns {
            let inside = outline.depth(
                xMm: Double(x) * mmPerPixel,
                yMm: Double(y) * mmPerPixel,
                widthMm: Double(panel.width - 1) * mmPerPixel,
                heightMm: Double(panel.height - 1) * mmPerPixel
            )
            guard inside < bend else { continue }
            let share = Float(min(max(inside / mmPerPixel + 0.5, 0), 1))
            let darkening = Float(1 - 0.5 * (1 - smoothStep(inside / bend)))
            let place = base + x - columns.lowerBound
            row[place] = share * darkening * row[place] + (1 - share) * Float(outline.background)
        }
    }
}

extension StyleLine {
    /// What the line does to the light at a point: a smooth step with a highlight in its middle.
    func factor(xMm: Double, yMm: Double) -> Double {
        let t = across(xMm: xMm, yMm: yMm) / widthMm
        guard t > -2 else { return 1 - step / 2 }
        guard t < 2 else { return 1 + step / 2 }
        return 1 + step * (smoothStep(t / 2 + 0.5) - 0.5) + highlight * exponential(-8 * t * t)
    }

    /// How far a point is from the line, in mm.
    func distance(xMm: Double, yMm: Double) -> Double { across(xMm: xMm, yMm: yMm).magnitude }

    /// The same, positive on the line's right, looking along it. The curve is taken as a parabola.
    private func across(xMm: Double, yMm: Double) -> Double {
        let dx = xMm - self.xMm
        let dy = yMm - self.yMm
        let along = dx * cosine(angle) + dy * sine(angle)
        return dy * cosine(angle) - dx * sine(angle) - curvaturePerMm / 2 * along * along
    }
}

extension PanelGap {
    /// What the gap does to the light at a point: its sides are round, over a quarter of its width.
    func factor(xMm: Double, yMm: Double) -> Double {
        1 - depth * smoothStep((widthMm / 2 - distance(xMm: xMm, yMm: yMm)) / (widthMm / 4) + 0.5)
    }

    /// How far a point is from the gap's middle line, in mm.
    func distance(xMm: Double, yMm: Double) -> Double {
        ((yMm - self.yMm) * cosine(angle) - (xMm - self.xMm) * sine(angle)).magnitude
    }
}

extension PanelOutline {
    /// How far inside the panel a point lies, in mm; negative outside. The distance to a rounded
    /// rectangle.
    func depth(xMm: Double, yMm: Double, widthMm: Double, heightMm: Double) -> Double {
        let halfWidth = widthMm / 2 - insetMm - cornerRadiusMm
        let halfHeight = heightMm / 2 - insetMm - cornerRadiusMm
        let x = (xMm - widthMm / 2).magnitude - halfWidth
        let y = (yMm - heightMm / 2).magnitude - halfHeight
        let outsideX = max(x, 0)
        let outsideY = max(y, 0)
        let outside = (outsideX * outsideX + outsideY * outsideY).squareRoot()
        return cornerRadiusMm - outside - min(max(x, y), 0)
    }
}
