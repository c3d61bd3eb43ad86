import ClearcoatImage
import ClearcoatRegions

/// How good a picture is and which of its cells can be judged, from the sums of its cells.
struct StationMeasurement: Sendable {
    /// Which cells are neither ignored, nor glare, nor without light.
    let judged: [Bool]
    /// Areas that cannot be judged, as cells, with why.
    let excluded: [(reason: ExcludedArea.Reason, cells: Region)]
    let saturation: Double
    let underexposed: Double
    let glare: Double

    /// A cell with this share of saturated (or black) pixels shows the lamp (or nothing).
    private static let fullShare = 0.5
    /// So does a cell this much darker than the typical one: it lies beside the part.
    private static let darkShare: Float = 0.15

    /// - Parameter ignored: cells with a pixel in an ignored area.
    init(_ grid: CellGrid, ignored: [Bool], maximumSize: Double) {
        let means = grid.means
        let looked = ignored.mapped { !$0 }
        let looks = samplePlaces(where: looked)
        let darkest = Self.darkShare * (quantile(0.75, of: looks.map { means[$0] }) ?? 0)
        var bright = [Bool](repeating: false, count: means.count)
        var dark = means.mapped(with: looked) { $1 && $0 < darkest }
        var saturatedPixels = 0
        var blackPixels = 0
        // Hardly any row of cells has pixels at either end of the scale.
        for row in 0..<grid.rows where grid.hasEnds(row: row) {
            for column in 0..<grid.columns {
                let index = row * grid.columns + column
                let full = Int(grid.saturated[index])
                let black = Int(grid.black[index])
                if ignored[index] || full + black == 0 { continue }
                let count = Double(grid.pixelCount(column: column, row: row))
                if Double(full) > Self.fullShare * count { bright[index] = true }
                if Double(black) > Self.fullShare * count { dark[index] = true }
                saturatedPixels += full
                blackPixels += black
            }
        }
        let size = Double(CellGrid.cellSize)
        let cells = Rectangle(x: 0, y: 0, width: grid.columns, height: grid.rows)
        func large(_ mask: [Bool]) -> [Region] {
            Patch(rectangle: cells, values: mask).regions().filter {
                Double(max($0.boundingBox.width, $0.boundingBox.height)) * size > maximumSize
            }
        }
        // Smaller bright or black areas may be defects.
        let glareAreas = large(bright)
        let lightless = large(dark)
        var unusable = Patch(rectangle: cells, values: ignored)
        // Two cells more all round: at its border the brightness is a mixture, and blurred.
        for area in glareAreas + lightless { unusable.draw(area, margin: 2) }
        judged = unusable.values.mapped { !$0 }
        excluded =
            Patch(rectangle: cells, values: ignored).regions().map { (.ignored, $0) }
            + glareAreas.map { (.glare, $0) } + lightless.map { (.noLight, $0) }
        let total = Double(max(grid.pixelCount(of: looked), 1))
        saturation = Double(saturatedPixels) / total
        underexposed = Double(blackPixels) / total
        glare = min(Double(glareAreas.reduce(0) { $0 + $1.pixelCount }) * size * size / total, 1)
    }
}
