import ClearcoatImage

/// A recipe laid over pictures of one size and scale: where its zones and ignored areas are, and how large.
///
/// Made once for a picture or for many alike. Plain polygons are asked as they are; what has a mask or a margin is
/// kept as pixels.
package struct RecipeOverlay: Sendable {
    /// The recipe.
    package let recipe: Recipe
    /// How pixels become millimetres; nil without a scale.
    package let calibration: Calibration?
    /// The pixels that are not looked at.
    package let ignored: PixelArea
    private let zones: [(name: String, polygon: Polygon?, pixels: PixelArea?)]
    private let areas: [ZoneArea]
    private let width: Int
    private let height: Int

    /// How large what a limit speaks of is.
    struct ZoneArea: Sendable {
        /// The zone's name; nil for the whole picture.
        var zone: String?
        var pixels: Double
        var squareMillimetres: Double?
    }

    /// Lays a recipe over pictures of `width` x `height` pixels.
    ///
    /// - Throws: ``InspectionError`` when a mask is of another size, or when the scale's points put the horizon
    ///   into such a picture.
    package init(
        fitting recipe: Recipe,
        calibration: Calibration?,
        width: Int,
        height: Int
    ) throws(InspectionError) {
        try recipe.refuseMasks(ofOtherSizeThan: width, height)
        if case .plane(let map)? = calibration, !map.isRegular(width: width, height: height) {
            throw .horizon(width: width, height: height)
        }
        self.init(recipe, calibration: calibration, width: width, height: height)
    }

    private init(_ recipe: Recipe, calibration: Calibration?, width: Int, height: Int) {
        self.recipe = recipe
        self.calibration = calibration
        self.width = width
        self.height = height
        let middle = Rectangle(x: 0, y: 0, width: width, height: height).middle
        let scale = calibration?.scale(at: middle)
        func pixels(_ area: Area) -> PixelArea { area.pixels(width: width, height: height, scale: scale) }
        ignored = recipe.ignore.map(pixels).reduce(.none(height: height)) { $0.union($1) }
        zones = recipe.zones.map { zone in
            let polygon = zone.area.plainPolygon
            return (zone.name, polygon, polygon == nil ? pixels(zone.area) : nil)
        }
        areas =
            recipe.limits.contains { $0.density != nil }
            ? Self.areas(recipe, pixels, ignored, calibration, width, height) : []
    }

    /// The name of the zone that a place lies in: the first in the recipe's order; nil outside of all.
    package func zone(at place: Position) -> String? {
        let point = Point(x: place.x, y: place.y)
        return zones.first { $0.polygon?.contains(point) ?? $0.pixels?.contains(point) ?? false }?.name
    }

    /// The columns of a row that lie in each zone, in the recipe's order; a column may lie in several.
    func zoneColumns(ofRow y: Int) -> [[Range<Int>]] {
        zones.map { $0.polygon?.spans(inRow: y, width: width) ?? $0.pixels?.rows[y] ?? [] }
    }

    /// How large a zone is, or with nil the whole picture: without what is ignored and without what belongs to an
    /// earlier zone.
    func area(of zone: String?) -> ZoneArea? { areas.first { $0.zone == zone } }

    private static func areas(
        _ recipe: Recipe,
        _ pixels: (Area) -> PixelArea,
        _ ignored: PixelArea,
        _ calibration: Calibration?,
        _ width: Int,
        _ height: Int
    ) -> [ZoneArea] {
        var taken = ignored
        var areas: [ZoneArea] = []
        func add(_ zone: String?, _ area: PixelArea) {
            let free = area.subtracting(zone == nil ? ignored : taken, width: width)
            areas.append(
                ZoneArea(
                    zone: zone,
                    pixels: Double(free.pixelCount),
                    squareMillimetres: calibration.map { $0.squareMillimetres(of: free) }
                )
            )
        }
        add(nil, PixelArea(rows: Array(repeating: width > 0 ? [0..<width] : [], count: height)))
        for zone in recipe.zones {
            let area = pixels(zone.area)
            add(zone.name, area)
            taken = taken.union(area)
        }
        return areas
    }
}

extension Recipe {
    fileprivate func refuseMasks(ofOtherSizeThan width: Int, _ height: Int) throws(InspectionError) {
        let areas =
            zones.map { ("zone \"\($0.name)\"", $0.area) }
            + ignore.enumerated().map { ("ignore[\($0.offset + 1)]", $0.element) }
        for (owner, area) in areas {
            guard let mask = area.mask, mask.width != width || mask.height != height else { continue }
            throw .maskSize(
                owner: owner,
                mask: "\(mask.path) (\(mask.width) x \(mask.height) px)",
                picture: "\(width) x \(height) px"
            )
        }
    }
}
