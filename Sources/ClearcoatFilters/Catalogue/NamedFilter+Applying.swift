package import ClearcoatImage

extension NamedFilter {
    /// The operation's result on a picture.
    ///
    /// - Parameter settings: those of this filter.
    package func apply(to image: GrayImage, with settings: FilterSettings) -> GrayImage {
        switch image {
        case .uint8(let image): apply(to: image, with: settings) { .uint8($0) }
        case .uint16(let image): apply(to: image, with: settings) { .uint16($0) }
        }
    }

    private func apply<Element: GraySample>(
        to image: Image<Element>,
        with settings: FilterSettings,
        as gray: (Image<Element>) -> GrayImage
    ) -> GrayImage {
        switch self {
        case .gaussian: gray(ClearcoatFilters.gaussian(image, sigma: settings.number("sigma")))
        case .gaussian5: gray(ClearcoatFilters.gaussian5(image))
        case .box:
            gray(
                ClearcoatFilters.box(image, width: settings.whole("width"), height: settings.whole("height"))
            )
        case .median: gray(ClearcoatFilters.median(image, size: settings.whole("size") == 5 ? .five : .three))
        case .sobel: Self.stored(ClearcoatFilters.sobel(image), settings.word("output"), of: Element.self)
        case .scharr: Self.stored(ClearcoatFilters.scharr(image), settings.word("output"), of: Element.self)
        case .canny:
            .uint8(ClearcoatFilters.canny(image, low: settings.whole("low"), high: settings.whole("high")))
        case .erode: gray(ClearcoatFilters.erode(image, with: Self.element(settings)))
        case .dilate: gray(ClearcoatFilters.dilate(image, with: Self.element(settings)))
        case .open: gray(ClearcoatFilters.open(image, with: Self.element(settings)))
        case .close: gray(ClearcoatFilters.close(image, with: Self.element(settings)))
        case .tophat: gray(topHat(image, with: Self.element(settings)))
        case .blackhat: gray(blackHat(image, with: Self.element(settings)))
        case .threshold:
            .uint8(ClearcoatFilters.threshold(image, above: Element(clamping: settings.whole("level"))))
        case .hysteresis:
            .uint8(
                hysteresisThreshold(
                    image,
                    low: Element(clamping: settings.whole("low")),
                    high: Element(clamping: settings.whole("high"))
                )
            )
        case .otsu: Self.otsu(of: image)
        case .illumination:
            gray(Self.rounded(ClearcoatFilters.illumination(of: image, window: settings.whole("window"))))
        case .flatten:
            .uint16(Self.contrast(ClearcoatFilters.flatten(image, window: settings.whole("window"))))
        }
    }

    private static func element(_ settings: FilterSettings) -> StructuringElement {
        switch settings.word("element") {
        case "square": .square(settings.whole("size"))
        case "disk": .disk(radius: settings.whole("size") / 2)
        default: .cross
        }
    }

    /// What else there is to say of a result: the level that Otsu's method chose.
    package func note(on image: GrayImage) -> String? {
        guard self == .otsu else { return nil }
        let level: Int? =
            switch image {
            case .uint8(let image): otsuThreshold(of: image).map { Int($0) }
            case .uint16(let image): otsuThreshold(of: image).map { Int($0) }
            }
        return level.map { "level \($0)" }
    }

    private static func otsu<Element: GraySample>(of image: Image<Element>) -> GrayImage {
        .uint8(ClearcoatFilters.threshold(image, above: otsuThreshold(of: image) ?? 0))
    }

    /// A gradient in 16 bits: the magnitude √(x² + y²) rounded, or a component with 32768 for zero. From a
    /// picture of 16 bits, divided by 64 first.
    private static func stored<Component: Sample & BinaryInteger, Element: FixedWidthInteger>(
        _ gradient: Gradient<Component>,
        _ output: String,
        of type: Element.Type
    ) -> GrayImage {
        let divisor = Element.bitWidth == 16 ? 64.0 : 1
        let samples = zip(gradient.x.samples, gradient.y.samples).map { x, y in
            let (x, y) = (Double(x) / divisor, Double(y) / divisor)
            let value =
                switch output {
                case "x": 32768 + x
                case "y": 32768 + y
                default: (x * x + y * y).squareRoot()
                }
            return UInt16(min(max(value.rounded(), 0), 65535))
        }
        return .uint16(Image(width: gradient.x.width, height: gradient.x.height, samples: samples))
    }

    /// Samples as the picture has them.
    private static func rounded<Element: GraySample>(_ image: Image<Float>) -> Image<Element> {
        Image(
            width: image.width,
            height: image.height,
            samples: image.samples.map { Element(min(max($0.rounded(), 0), Float(Element.max))) }
        )
    }

    /// Relative contrast in 16 bits: 32768 for none, 0 for −1, 65535 for almost +1 and above.
    private static func contrast(_ image: Image<Float>) -> Image<UInt16> {
        Image(
            width: image.width,
            height: image.height,
            samples: image.samples.map { UInt16(min(max((32768 + $0 * 32768).rounded(), 0), 65535)) }
        )
    }
}
