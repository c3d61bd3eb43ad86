/// A number a camera can store for one pixel, or a kernel can compute for it.
public protocol Sample: BitwiseCopyable, Sendable, Hashable, Comparable {}

extension UInt8: Sample {}
extension UInt16: Sample {}
extension Int16: Sample {}
extension Int32: Sample {}
extension UInt32: Sample {}
extension Float: Sample {}

/// A single-channel picture: rows from top to bottom, each from left to right, with no padding
/// between rows.
///
/// `x` counts columns to the right and `y` counts rows down, both from zero at the top-left pixel;
/// the pixel at (x, y) has its centre there. Samples are what the camera stored: nothing in this
/// package rescales them unasked, so a 12-bit camera fills only 0...4095 of an `Image<UInt16>`.
///
/// `Image` is a value. Copies share storage until one of them is changed.
public struct Image<Element: Sample>: Sendable, Hashable {
    /// The number of columns, in pixels. May be zero.
    public let width: Int
    /// The number of rows, in pixels. May be zero.
    public let height: Int
    /// The samples in row-major order; `samples.count == width * height`.
    public private(set) var samples: [Element]

    /// Takes `samples`, given in row-major order, as they are.
    ///
    /// - Precondition: `samples.count == width * height`. A wrong count is a mistake in the calling
    ///   code, not bad data, so it stops the program.
    public init(width: Int, height: Int, samples: [Element]) {
        precondition(width >= 0 && height >= 0, "negative size \(width) x \(height)")
        precondition(
            samples.count == width * height,
            "\(samples.count) samples cannot fill \(width) x \(height) pixels"
        )
        self.width = width
        self.height = height
        self.samples = samples
    }

    /// A picture with the same sample everywhere.
    public init(width: Int, height: Int, filledWith sample: Element) {
        precondition(width >= 0 && height >= 0, "negative size \(width) x \(height)")
        self.init(width: width, height: height, samples: Array(repeating: sample, count: width * height))
    }

    /// The sample at column `x`, row `y`.
    ///
    /// - Complexity: O(1). Checked, so not for inner loops: a kernel takes whole rows with ``row(_:)``.
    public subscript(x: Int, y: Int) -> Element {
        get { samples[offset(x, y)] }
        set { samples[offset(x, y)] = newValue }
    }

    /// Where row `y` lies in ``samples``.
    public func row(_ y: Int) -> Range<Int> {
        precondition((0..<height).contains(y), "row \(y) of \(height)")
        return y * width..<(y + 1) * width
    }

    /// The rectangle that holds every pixel.
    public var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

    /// Whether there is no pixel at all.
    public var isEmpty: Bool { samples.isEmpty }

    /// The part of the picture inside `rectangle`, which is clipped to ``bounds``.
    ///
    /// - Complexity: O(*n*) in the pixels of the part.
    public func cropped(to rectangle: Rectangle) -> Image {
        let part = rectangle.intersection(bounds)
        var copy: [Element] = []
        copy.reserveCapacity(part.width * part.height)
        for y in part.rows { copy += samples[row(y)][(y * width + part.x)...].prefix(part.width) }
        return Image(width: part.width, height: part.height, samples: copy)
    }

    private func offset(_ x: Int, _ y: Int) -> Int {
        precondition((0..<width).contains(x), "column \(x) of \(width)")
        return row(y).lowerBound + x
    }
}

/// A one-bit picture: 0 is background and anything else foreground. Our own kernels write 255.
public typealias Mask = Image<UInt8>
