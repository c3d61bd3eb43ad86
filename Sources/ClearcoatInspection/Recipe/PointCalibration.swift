public import ClearcoatImage

/// A scale that comes from places in the picture whose places on the part are known: four or more, so that a part
/// seen at an angle is measured right everywhere.
public struct PointCalibration: Sendable, Hashable {
    /// One place in both worlds.
    public struct Pair: Sendable, Hashable {
        /// In pixels of the picture as displayed.
        public var pixels: Point
        /// In millimetres on the part's plane, from any origin.
        public var millimetres: Point

        /// A place in the picture and on the part.
        public init(pixels: Point, millimetres: Point) {
            self.pixels = pixels
            self.millimetres = millimetres
        }
    }

    /// The places, in the order of the recipe.
    public let pairs: [Pair]
    /// The map that fits them best, in the sense of least squares on the part.
    public let map: PlaneMap
    /// How far each pair is from where the map puts it, in millimetres.
    public let residuals: [Double]

    /// The fewest pairs that determine a map.
    public static let minimumPairs = 4

    /// Fits a map to pairs.
    ///
    /// - Throws: ``PointCalibrationError`` when no map follows from them.
    /// - Complexity: O(pairs).
    public init(pairs: [Pair]) throws(PointCalibrationError) {
        guard pairs.count >= Self.minimumPairs else { throw .tooFew(pairs.count) }
        let map = try PointFit(pairs).map()
        self.pairs = pairs
        self.map = map
        residuals = pairs.map { map.millimetres($0.pixels).distance(to: $0.millimetres) }
    }

    /// The root of the mean squared residual, in millimetres; 0 up to rounding for four pairs, which any map fits.
    public var residualMm: Double {
        (residuals.reduce(0) { $0 + $1 * $1 } / Double(residuals.count)).squareRoot()
    }
}

/// Why no map follows from pairs of places.
public enum PointCalibrationError: Error, Sendable, Hashable {
    /// Four pairs are needed.
    case tooFew(Int)
    /// All places but one, or all, lie on one line or on each other, in the picture or on the part.
    case degenerate
    /// The map that fits turns the part inside out between the places, as no camera does.
    case folded
}

extension PointCalibrationError: CustomStringConvertible {
    /// One clause for the engineer, with the remedy.
    public var description: String {
        switch self {
        case .tooFew(let count): "\(count) pairs do not fix a plane; at least 4 do"
        case .degenerate:
            "the places do not fix a plane: all of them but one lie on one line, or some are the same; "
                + "take the corners of a large rectangle"
        case .folded: "no camera sees these places so; are two of them exchanged?"
        }
    }
}
