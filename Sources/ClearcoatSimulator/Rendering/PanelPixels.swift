public import ClearcoatImage

/// A rendered picture's samples: as many bits and channels as its camera gives.
public enum PanelPixels: Sendable, Hashable {
    /// From a monochrome camera with 8 bits.
    case gray8(Image<UInt8>)
    /// From a monochrome camera with more.
    case gray16(Image<UInt16>)
    /// From a colour camera with 8 bits.
    case rgb8(RGBImage<UInt8>)
    /// From a colour camera with more.
    case rgb16(RGBImage<UInt16>)

    /// The picture in gray: as it is, or the luma of ITU-R BT.601 (as JPEG stores it), rounded.
    public var gray: GrayImage {
        switch self {
        case .gray8(let image): .uint8(image)
        case .gray16(let image): .uint16(image)
        case .rgb8(let image): .uint8(luma(of: image))
        case .rgb16(let image): .uint16(luma(of: image))
        }
    }

    /// The samples as a file with this EXIF orientation (1...8) stores them: a viewer that honours the
    /// orientation shows the picture upright again.
    ///
    /// - Precondition: `orientation` is 1...8.
    public func stored(orientation: Int) -> PanelPixels {
        switch self {
        case .gray8(let image): .gray8(image.stored(orientation: orientation))
        case .gray16(let image): .gray16(image.stored(orientation: orientation))
        case .rgb8(let image): .rgb8(image.stored(orientation: orientation))
        case .rgb16(let image): .rgb16(image.stored(orientation: orientation))
        }
    }
}

private func luma<Element: FixedWidthInteger & UnsignedInteger>(of image: RGBImage<Element>)
    -> Image<Element>
{
    var samples = image.red.samples
    for index in samples.indices {
        let red = UInt64(image.red.samples[index])
        let green = UInt64(image.green.samples[index])
        let blue = UInt64(image.blue.samples[index])
        samples[index] = Element((299 * red + 587 * green + 114 * blue + 500) / 1000)
    }
    return Image(width: image.width, height: image.height, samples: samples)
}

extension RGBImage {
    fileprivate func stored(orientation: Int) -> RGBImage {
        RGBImage(
            red: red.stored(orientation: orientation),
            green: green.stored(orientation: orientation),
            blue: blue.stored(orientation: orientation)
        )
    }
}

extension Image {
    /// See ``PanelPixels/stored(orientation:)``. EXIF says what the stored row 0 and column 0 show: for
    /// 6, "row 0 is the right side, column 0 the top".
    fileprivate func stored(orientation: Int) -> Image {
        precondition((1...8).contains(orientation), "EXIF orientation \(orientation)")
        let swapsSides = orientation >= 5
        let rows = swapsSides ? width : height
        let columns = swapsSides ? height : width
        var stored: [Element] = []
        stored.reserveCapacity(samples.count)
        for row in 0..<rows {
            for column in 0..<columns {
                let (x, y) =
                    switch orientation {
                    case 2: (width - 1 - column, row)
                    case 3: (width - 1 - column, height - 1 - row)
                    case 4: (column, height - 1 - row)
                    case 5: (row, column)
                    case 6: (width - 1 - row, column)
                    case 7: (width - 1 - row, height - 1 - column)
                    case 8: (row, height - 1 - column)
                    default: (column, row)
                    }
                stored.append(samples[y * width + x])
            }
        }
        return Image(width: columns, height: rows, samples: stored)
    }
}
