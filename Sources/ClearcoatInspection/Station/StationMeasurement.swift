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
        let looks = samplePlaces(where: ignored.map { !$0 })
        let darkest = Self.darkShare * (quantile(0.75, of: looks.map { means[$0] }) ?? 0)
        var bright = [Bool](repeating: false, count: means.count)
        var dark = bright
        var saturatedPixels = 0
        var blackPixels = 0
        var pixels = 0
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let index = row * grid.columns + column
                if ignored[index] { continue }
                let count = grid.pixelCount(column: column, row: row)
                dark[index] = means[index] < darkest
                pixels += count
                let full = Int(grid.saturated[index])
                let black = Int(grid.black[index])
                if full == 0, black == 0 { continue }
                bright[index] = Double(full) > Self.fullShare * Double(count)
                dark[index] = dark[index] || Double(black) > Self.fullShare * Double(count)
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
        judged = unusable.values.map { !$0 }
        excluded =
            Patch(rectangle: cells, values: ignored).regions().map { (.ignored, $0) }
            + glareAreas.map { (.glare, $0) } + lightless.map { (.noLight, $0) }
        let total = Double(max(pixels, 1))
        saturation = Double(saturatedPixels) / total
        underexposed = Double(blackPixels) / total
        glare = min(Double(glareAreas.reduce(0) { $0 + $1.pixelCount }) * size * size / total, 1)
    }
}
