package import ClearcoatImage

/// How places of a picture become places on the part.
package enum Calibration: Sendable, Hashable {
    /// Every pixel is as large as any other.
    case constant(PhysicalScale)
    /// The part's plane seen at an angle: pixels differ in size over the picture.
    case plane(PlaneMap)

    /// The calibration that a record says (see ``CaptureDescription/Calibration``); nil for numbers that are none.
    package init?(plane: [Double]) {
        guard plane.count == 9, plane.allSatisfy(\.isFinite) else { return nil }
        let isDiagonal = [1, 2, 3, 5, 6, 7].allSatisfy { plane[$0] == 0 } && plane[8] == 1
        if isDiagonal {
            guard let scale = PhysicalScale(mmPerPixelX: plane[0], mmPerPixelY: plane[4]) else { return nil }
            self = .constant(scale)
        } else {
            self = .plane(PlaneMap(plane))
        }
    }

    /// The coefficients of the map, row by row.
    package var plane: [Double] {
        switch self {
        case .constant(let scale): [scale.mmPerPixelX, 0, 0, 0, scale.mmPerPixelY, 0, 0, 0, 1]
        case .plane(let map): map.coefficients
        }
    }

    /// The place on the part, in millimetres.
    package func millimetres(_ point: Point) -> Point {
        switch self {
        case .constant(let scale): Point(x: point.x * scale.mmPerPixelX, y: point.y * scale.mmPerPixelY)
        case .plane(let map): map.millimetres(point)
        }
    }

    /// The scale around a place.
    package func scale(at point: Point) -> PhysicalScale? {
        switch self {
        case .constant(let scale): scale
        case .plane(let map): PhysicalScale(mmPerPixel: map.squareMillimetresPerPixel(at: point).squareRoot())
        }
    }

    /// How large an area is on the part, in mm²: pixel by pixel where they differ.
    func squareMillimetres(of area: PixelArea) -> Double {
        switch self {
        case .constant(let scale): Double(area.pixelCount) * scale.mm2PerPixel
        case .plane(let map):
            area.rows.enumerated().reduce(0) { sum, row in
                row.element.reduce(sum) { $0 + map.squareMillimetres(ofRow: row.offset, columns: $1) }
            }
        }
    }
}
