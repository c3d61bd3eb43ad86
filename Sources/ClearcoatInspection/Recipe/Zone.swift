public import ClearcoatImage

/// A closed polygon, in pixels of the picture as displayed; a pixel belongs to it when its centre
/// is inside (even-odd rule).
public struct Polygon: Sendable, Hashable {
    /// The corners in order; the last is joined to the first. At least three.
    public var corners: [Point]

    /// A polygon from its corners.
    public init(corners: [Point]) { self.corners = corners }
}

/// An area of the part with its own limits.
public struct Zone: Sendable, Hashable {
    /// What limits and records call it, usually A, B, C.
    public var name: String
    /// Where it is.
    public var area: Area

    /// A zone from its name and where it is.
    public init(name: String, area: Area) {
        self.name = name
        self.area = area
    }

    /// A zone from its name and its outline.
    public init(name: String, polygon: Polygon) { self.init(name: name, area: Area(polygon: polygon)) }
}
