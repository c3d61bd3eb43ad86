/// The operations of this room by name, with their settings as text: `clearcoat filter`.
package enum NamedFilter: String, CaseIterable, Sendable {
    case gaussian, gaussian5, box, median
    case sobel, scharr, canny
    case erode, dilate, open, close, tophat, blackhat
    case threshold, hysteresis, otsu
    case illumination, flatten

    /// What it does and what comes out, in one line.
    package var summary: String {
        switch self {
        case .gaussian: "smooths with a Gaussian of any width"
        case .gaussian5: "smooths with the binomial 5 x 5 kernel, as OpenCV's GaussianBlur of size 5"
        case .box: "the mean of a window"
        case .median: "the median of a window"
        case .sobel: "the gradient by Sobel's kernels; see below for how it is stored"
        case .scharr: "the gradient by Scharr's kernels; see below for how it is stored"
        case .canny: "edges, one pixel wide: 255 on an edge, else 0"
        case .erode: "the darkest sample under an element"
        case .dilate: "the brightest sample under an element"
        case .open: "erode, then dilate: bright specks go"
        case .close: "dilate, then erode: dark specks go"
        case .tophat: "the picture less its opening: bright specks alone"
        case .blackhat: "the closing less the picture: dark specks alone"
        case .threshold: "255 where strictly above the level, else 0"
        case .hysteresis: "255 where above low and connected to a pixel above high, else 0"
        case .otsu: "the threshold that separates two classes best, applied; tells the level"
        case .illumination: "how bright the paint would be without defects"
        case .flatten: "relative contrast to the illumination; see below for how it is stored"
        }
    }

    /// What can be set.
    package var parameters: [FilterParameter] {
        switch self {
        case .gaussian: [.number("sigma", 1, 0.25...1000, "width, in pixels")]
        case .gaussian5, .otsu: []
        case .box:
            [
                .odd("width", 5, 1...255, "columns of the window"),
                .odd("height", 5, 1...255, "rows of the window"),
            ]
        case .median: [.odd("size", 3, 3...5, "side of the window")]
        case .sobel, .scharr: [.choice("output", ["magnitude", "x", "y"], "which part of the gradient")]
        case .canny:
            [
                .whole("low", 40, 0...2_000_000, "edges go on above this, |x| + |y| of Sobel"),
                .whole("high", 100, 0...2_000_000, "edges begin above this"),
            ]
        case .erode, .dilate, .open, .close, .tophat, .blackhat:
            [
                .choice("element", ["cross", "square", "disk"], "its shape; a cross is 3 x 3"),
                .odd("size", 3, 1...255, "columns and rows of a square or disk"),
            ]
        case .threshold: [.whole("level", 128, 0...65535, "grey level")]
        case .hysteresis:
            [.whole("low", 100, 0...65535, "grey level"), .whole("high", 150, 0...65535, "grey level")]
        case .illumination, .flatten:
            [.odd("window", 65, 3...4095, "side of the window, several times the largest defect")]
        }
    }
}

/// A setting of an operation: what it is called, what it may be and what it is unless set.
package struct FilterParameter: Sendable {
    /// The kinds of value.
    enum Kind: Sendable {
        case number(ClosedRange<Double>)
        case whole(ClosedRange<Int>)
        case odd(ClosedRange<Int>)
        case choice([String])
    }

    /// As in `--sigma`, without the dashes.
    package let name: String
    let kind: Kind
    /// As one would write it.
    package let initial: String
    /// What it does, in a few words.
    package let meaning: String

    static func number(
        _ name: String,
        _ initial: Double,
        _ range: ClosedRange<Double>,
        _ meaning: String
    ) -> FilterParameter {
        FilterParameter(name: name, kind: .number(range), initial: "\(initial)", meaning: meaning)
    }

    static func whole(_ name: String, _ initial: Int, _ range: ClosedRange<Int>, _ meaning: String)
        -> FilterParameter
    {
        FilterParameter(name: name, kind: .whole(range), initial: "\(initial)", meaning: meaning)
    }

    static func odd(_ name: String, _ initial: Int, _ range: ClosedRange<Int>, _ meaning: String)
        -> FilterParameter
    {
        FilterParameter(name: name, kind: .odd(range), initial: "\(initial)", meaning: meaning)
    }

    static func choice(_ name: String, _ words: [String], _ meaning: String) -> FilterParameter {
        FilterParameter(name: name, kind: .choice(words), initial: words.first ?? "", meaning: meaning)
    }

    /// What may be given, in words.
    package var allowed: String {
        switch kind {
        case .number(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .odd(let range): "odd, \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): words.joined(separator: ", ")
        }
    }

    /// Whether `text` is a value it may have.
    func accepts(_ text: String) -> Bool {
        switch kind {
        case .number(let range): Double(text).map(range.contains) ?? false
        case .whole(let range): Int(text).map(range.contains) ?? false
        case .odd(let range): Int(text).map { range.contains($0) && $0 & 1 == 1 } ?? false
        case .choice(let words): words.contains(text)
        }
    }
}
