/// The shape of the neighbourhood that erosion and dilation look at, centred on the pixel and symmetric.
public enum StructuringElement: Sendable, Hashable {
    /// The pixel and its four neighbours: 3 x 3 without the corners.
    case cross
    /// A square of this many columns and rows, odd.
    case square(Int)
    /// All pixels whose centre is no further away than this many pixels, as scikit-image's `disk`.
    case disk(radius: Int)

    /// How many rows and columns it reaches from the centre.
    ///
    /// - Precondition: a square's side is odd and positive, a disk's radius not negative.
    package var reach: Int {
        switch self {
        case .cross:
            return 1
        case .square(let side):
            precondition(side > 0 && side & 1 == 1, "a square of \(side)")
            return side / 2
        case .disk(let radius):
            precondition(radius >= 0, "a disk of radius \(radius)")
            return radius
        }
    }

    /// How many columns it reaches from the centre in the row `distance` above or below it.
    ///
    /// - Precondition: `distance` is in `0...reach`.
    package func reach(atDistance distance: Int) -> Int {
        switch self {
        case .cross:
            return 1 - distance
        case .square(let side):
            return side / 2
        case .disk(let radius):
            let limit = radius * radius - distance * distance
            var reach = 0
            while (reach + 1) * (reach + 1) <= limit { reach += 1 }
            return reach
        }
    }
}
