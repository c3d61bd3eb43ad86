package import ClearcoatImage

/// A projective map (homography) from the picture to the part's plane: what a camera does that looks at a flat part
/// at an angle.
///
/// `(X, Y) = ((a x + b y + c) / w, (d x + e y + f) / w)` with `w = g x + h y + i`, in millimetres from pixels.
public struct PlaneMap: Sendable, Hashable {
    /// `a b c d e f g h i`, with the largest at a size near 1 and `w` above zero where the picture is.
    public let coefficients: [Double]

    init(_ coefficients: [Double]) {
        precondition(coefficients.count == 9, "\(coefficients.count) numbers are no 3 x 3 matrix")
        self.coefficients = coefficients
    }

    /// What a place is divided by: zero on the horizon.
    func depth(_ point: Point) -> Double {
        coefficients[6] * point.x + coefficients[7] * point.y + coefficients[8]
    }

    /// The place on the part, in millimetres.
    package func millimetres(_ point: Point) -> Point {
        let m = coefficients
        let w = depth(point)
        return Point(
            x: (m[0] * point.x + m[1] * point.y + m[2]) / w,
            y: (m[3] * point.x + m[4] * point.y + m[5]) / w
        )
    }

    /// How large an infinitely small piece of the picture is on the part, in mm² a pixel: the size of the map's
    /// Jacobian determinant, which for a projective map is `|det M| / |w|³`.
    package func squareMillimetresPerPixel(at point: Point) -> Double {
        let w = abs(depth(point))
        return abs(determinant) / (w * w * w)
    }

    /// How large the pixels of a part of a row are on the part: each pixel square is a quadrilateral there.
    ///
    /// The squares of a row lie side by side, so their sum is the area of one quadrilateral: exact.
    package func squareMillimetres(ofRow y: Int, columns: Range<Int>) -> Double {
        guard !columns.isEmpty else { return 0 }
        let left = Double(columns.lowerBound) - 0.5, right = Double(columns.upperBound) - 0.5
        let top = Double(y) - 0.5, bottom = Double(y) + 0.5
        let corners = [
            Point(x: left, y: top), Point(x: right, y: top), Point(x: right, y: bottom),
            Point(x: left, y: bottom),
        ].map(millimetres)
        var double = 0.0
        for (one, two) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
            // From the first corner, so that large coordinates do not cancel.
            let a = Point(x: one.x - corners[0].x, y: one.y - corners[0].y)
            let b = Point(x: two.x - corners[0].x, y: two.y - corners[0].y)
            double += a.x * b.y - b.x * a.y
        }
        return abs(double) / 2
    }

    /// Whether no place of a picture lies on the horizon or beyond it.
    package func isRegular(width: Int, height: Int) -> Bool {
        let right = Double(max(width, 1)) - 0.5, bottom = Double(max(height, 1)) - 0.5
        let corners = [
            Point(x: -0.5, y: -0.5), Point(x: right, y: -0.5), Point(x: right, y: bottom),
            Point(x: -0.5, y: bottom),
        ]
        return corners.allSatisfy { depth($0) > 0 && squareMillimetresPerPixel(at: $0).isFinite }
    }

    private var determinant: Double {
        let m = coefficients
        return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
            + m[2] * (m[3] * m[7] - m[4] * m[6])
    }
}
