import ClearcoatImage
import ClearcoatRegions

#if canImport(Glibc)
    import Glibc
#endif

/// A recipe with its lengths in pixels and its budgets in sigmas, for pictures of one size.
struct InspectionPlan: Sendable {
    let minimumSize: Double
    let maximumSize: Double
    /// Levels of the pyramid on which candidates are looked for.
    let levelCount: Int
    /// Cells on a side of the window that the illumination is smoothed over: three times the largest
    /// defect, odd.
    let windowInCells: Int
    /// Levels of the colour's own pyramid; 0 for a gray picture.
    let colourLevelCount: Int
    /// How often the detectors look, independently of each other.
    let looks: Double
    /// The least response of a candidate in normal noise, in sigmas.
    let normalThreshold: Float
    /// What the recipe multiplies thresholds by.
    let thresholdFactor: Float

    /// Pixels of a candidate respond with at least this share of the threshold.
    static let lowShare: Float = 0.55
    /// A response of level 0 varies over about this many pixels: its independent looks.
    private static let pixelsPerLook = 4.0
    /// Lines of four quarters of directions begin at each sample of a level; so many look at the same.
    private static let samplesPerLine = 8.0

    init(_ recipe: Recipe, scale: PhysicalScale?, bounds: Rectangle, hasColour: Bool = false) {
        minimumSize = recipe.detect.minimumSize.pixels(at: scale) ?? 3
        maximumSize = max(recipe.detect.maximumSize.pixels(at: scale) ?? 128, minimumSize)
        // A level sees defects up to eight of its samples; its surround needs two levels more.
        let shortest = min(bounds.width, bounds.height)
        let mostLevels = Self.mostLevels(forSize: maximumSize)
        var levels = 1
        while levels < mostLevels, shortest >> (levels + 2) >= 8 { levels += 1 }
        levelCount = levels
        windowInCells = max(Int(3 * maximumSize / Double(CellGrid.cellSize)), 8) | 1

        let area = Double(bounds.pixelCount)
        var budget = recipe.detect.falseAlarms
        if recipe.detect.per == .squareMetre, let scale { budget *= area * scale.mm2PerPixel / 1e6 }
        var looks = 0.0
        for level in 0..<levels {
            let samples = area / Double(1 << (2 * level))
            looks += samples / Self.pixelsPerLook
            if Ridges.levels.contains(level) { looks += samples / Self.samplesPerLine }
        }
        let side = Double(ColourCells.side)
        var colourLevels = 0
        if hasColour {
            let most = Self.mostLevels(forSize: maximumSize / side)
            colourLevels = 1
            while colourLevels < most, (shortest / ColourCells.side) >> (colourLevels + 2) >= 8 {
                colourLevels += 1
            }
        }
        colourLevelCount = colourLevels
        for level in 0..<colourLevels {
            // Once in a* and once in b*.
            looks += 2 * area / (side * side) / Double(1 << (2 * level)) / Self.pixelsPerLook
        }
        self.looks = looks
        thresholdFactor = Float(recipe.detect.thresholdFactor)
        normalThreshold = Float(ClearcoatInspection.normalThreshold(budget: budget, tests: looks))
    }

    /// How many levels defects of up to `size` pixels take on a large picture.
    static func mostLevels(forSize size: Double) -> Int {
        var levels = 1
        while levels < 6, Double(8 << (levels - 1)) < size { levels += 1 }
        return levels
    }

    /// The number of false alarms (NFA): how many responses as strong as this the paint's own texture is
    /// expected to give in one picture, when `threshold` is the least response of a
    /// candidate.
    ///
    /// Below 1e-20, which no count of parts will ever tell from 0, it is 1e-20.
    ///
    /// - Reference: A. Desolneux, L. Moisan, J.-M. Morel, "From Gestalt Theory to Image Analysis", Springer
    ///   2008: a candidate is kept when its NFA is at most the budget.
    func falseAlarms(response: Float, threshold: Float) -> Double {
        let normal = Double(normalThreshold * thresholdFactor * response / threshold)
        return max(looks * erfc(normal / 2.0.squareRoot()), 1e-20)
    }
}
