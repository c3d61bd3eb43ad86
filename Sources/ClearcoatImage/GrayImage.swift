/// A gray picture as the camera stored it: 8 or 16 bits a sample.
///
/// Sixteen bits stay sixteen: no sample is rescaled, so which case it is follows from the file alone.
public enum GrayImage: Sendable, Hashable {
    /// Samples 0...255.
    case uint8(Image<UInt8>)
    /// Samples 0...65535.
    case uint16(Image<UInt16>)

    /// The number of columns, in pixels.
    public var width: Int {
        switch self {
        case .uint8(let image): image.width
        case .uint16(let image): image.width
        }
    }

    /// The number of rows, in pixels.
    public var height: Int {
        switch self {
        case .uint8(let image): image.height
        case .uint16(let image): image.height
        }
    }

    /// 8 or 16.
    public var bitDepth: Int {
        switch self {
        case .uint8: 8
        case .uint16: 16
        }
    }

    /// The rectangle that holds every pixel.
    public var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

    /// The largest value a sample can have: 255 or 65535.
    public var maximumSample: Int { (1 << bitDepth) - 1 }
}

/// A colour picture: three planes of the same size, as stored, not linearised.
public struct RGBImage<Element: Sample>: Sendable, Hashable {
    /// The red plane.
    public let red: Image<Element>
    /// The green plane.
    public let green: Image<Element>
    /// The blue plane.
    public let blue: Image<Element>

    /// Joins three planes.
    ///
    /// - Precondition: all three have the same size.
    public init(red: Image<Element>, green: Image<Element>, blue: Image<Element>) {
        precondition(
            red.bounds == green.bounds && red.bounds == blue.bounds,
            "planes of \(red.bounds), \(green.bounds) and \(blue.bounds)"
        )
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// The number of columns, in pixels.
    public var width: Int { red.width }
    /// The number of rows, in pixels.
    public var height: Int { red.height }
}
