import ClearcoatImage
import ClearcoatRegions

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
    /// What the recipe multiplies thresholds by.
    let thresholdFactor: Float
    /// Of the luminance's levels, then of the colour's.
    private let budget: FalseAlarmBudget

    /// Pixels of a candidate respond with at least this share of the threshold.
    static let lowShare: Float = 0.55
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
        var falseAlarms = recipe.detect.falseAlarms
        if recipe.detect.per == .squareMetre, let scale { falseAlarms *= area * scale.mm2PerPixel / 1e6 }
        let luminance = (0..<levels).map { level in
            // As many looks as samples: white noise has so many regions above 4 to 4.5 sigma, although
            // neighbours are alike (`Tests/Oracles/inspection/block_maxima.py`).
            let samples = area / Double(1 << (2 * level))
            let lines = Ridges.levels.contains(level) ? samples / Self.samplesPerLine : 0
            return FalseAlarmBudget.Level(looks: samples + lines, sampleSide: Double(1 << level))
        }
        colourLevelCount = hasColour ? Self.colourLevels(forSize: maximumSize, shortest: shortest) : 0
        let colour = (0..<colourLevelCount).map { level in
            let side = Double(ColourCells.side << level)
            // Once in a* and once in b*.
            return FalseAlarmBudget.Level(looks: 2 * area / (side * side), sampleSide: side)
        }
        budget = FalseAlarmBudget(falseAlarms, levels: luminance + colour)
        thresholdFactor = Float(recipe.detect.thresholdFactor)
    }

    /// The least response, in sigmas, of a candidate in normal noise on a level of the luminance's pyramid.
    func threshold(ofLevel level: Int) -> Float { budget.thresholds[level] }

    /// The same on a level of the colour's own pyramid.
    func colourThreshold(ofLevel level: Int) -> Float { budget.thresholds[levelCount + level] }

    /// How many levels colours are looked for on.
    private static func colourLevels(forSize size: Double, shortest: Int) -> Int {
        let most = mostLevels(forSize: size / Double(ColourCells.side))
        var levels = 1
        while levels < most, (shortest / ColourCells.side) >> (levels + 2) >= 8 { levels += 1 }
        return levels
    }

    /// How many levels defects of up to `size` pixels take on a large picture.
    static func mostLevels(forSize size: Double) -> Int {
        var levels = 1
        while levels < 6, Double(8 << (levels - 1)) < size { levels += 1 }
        return levels
    }

    /// The number of false alarms (NFA) of a seed: how many that stand out as much, on any level, the paint's own
    /// texture is expected to give in one picture. A candidate's is at most the budget.
    func falseAlarms(of seed: Seed) -> Double {
        let level = seed.channel == .colour ? levelCount + seed.level - ColourDeviation.level : seed.level
        return budget.falseAlarms(excess: Double(thresholdFactor * seed.excess), level: level)
    }
}
