import ClearcoatImage

/// Which zone each cell of the picture belongs to, and how much of larger blocks does.
struct ZoneCells: Sendable {
    let columns: Int
    let rows: Int
    /// For each cell the place of its zone in the recipe, or one of the two below.
    private let owners: [Int16]

    /// A cell that is judged and in no zone.
    private static let outside: Int16 = -1
    /// A cell that is not judged.
    private static let unjudged: Int16 = -2

    /// A cell belongs to the first zone that has the pixel in its middle, or the picture's last one before it.
    init(_ background: Background, _ overlay: RecipeOverlay, bounds: Rectangle) {
        columns = background.columns
        rows = background.rows
        let size = CellGrid.cellSize
        var owners = background.judged.mapped { $0 ? Self.outside : Self.unjudged }
        if !overlay.recipe.zones.isEmpty {
            for row in 0..<rows {
                let base = row * columns
                let zones = overlay.zoneColumns(ofRow: min(row * size + size / 2, bounds.height - 1))
                for (zone, ranges) in zones.enumerated() {
                    for range in ranges {
                        // Cells whose middle column lies in the range, at the border also the one that ends before it.
                        let first = (range.lowerBound + size / 2 - 1) / size
                        let reachesBorder = range.upperBound >= bounds.width
                        let end = reachesBorder ? columns : (range.upperBound + size / 2 - 1) / size
                        for cell in first..<max(end, first) where owners[base + cell] == Self.outside {
                            owners[base + cell] = Int16(clamping: zone)
                        }
                    }
                }
            }
        }
        self.owners = owners
    }

    /// The cells of a zone, by its place in the recipe; with nil, all that are judged.
    func cells(ofZone zone: Int?) -> [Bool] {
        guard let zone else { return owners.mapped { $0 != Self.unjudged } }
        let owner = Int16(clamping: zone)
        return owners.mapped { $0 == owner }
    }

    /// How many of `cells` each block of a level holds, finest level first.
    func counts(of cells: [Bool], levels: Int) -> [[Int32]] {
        countsInBlocks(of: cells, columns: columns, rows: rows, levels: levels)
    }
}
