import ClearcoatCodecs
package import ClearcoatImage
package import SystemPackage

/// Reading a picture whose pixels say where the defects of another picture are: one reading for all who score against
/// the truth or learn from it.
package enum TruthMaskFile {
    private static let maximumBytes = 1 << 28

    /// The number of the defect at each pixel, 0 for none.
    ///
    /// - Parameter bounds: of the picture that the mask belongs to.
    package static func numbers(_ path: FilePath, in bounds: Rectangle) throws(TruthMaskError) -> Image<UInt8>
    {
        guard case .uint8(let image) = try read(path, in: bounds) else {
            throw TruthMaskError(
                path: path.string,
                problem: "is a mask of 16 bits; numbered masks have 8 or fewer"
            )
        }
        return image
    }

    /// Which pixels are defects.
    ///
    /// Samples of at least half the range are, since masks have been seen with soft borders; in a mask without such
    /// samples (numbered defects, zeros and ones) all but zero.
    ///
    /// - Parameter bounds: of the picture that the mask belongs to.
    package static func defects(_ path: FilePath, in bounds: Rectangle) throws(TruthMaskError) -> Mask {
        switch try read(path, in: bounds) {
        case .uint8(let image): mask(image)
        case .uint16(let image): mask(image)
        }
    }

    private static func mask<Element: Sample & FixedWidthInteger & UnsignedInteger>(_ image: Image<Element>)
        -> Mask
    {
        let half = Element.max / 2 + 1
        let threshold = (image.samples.max() ?? 0) >= half ? half : 1
        return Mask(
            width: image.width,
            height: image.height,
            samples: image.samples.map { $0 >= threshold ? 255 : 0 }
        )
    }

    private static func read(_ path: FilePath, in bounds: Rectangle) throws(TruthMaskError) -> GrayImage {
        let picture: GrayImage
        do {
            picture = try ImageDecoder().decodeGray(FileContents.read(path, limit: maximumBytes)).pixels
        } catch {
            throw TruthMaskError(path: path.string, problem: "\(error)")
        }
        guard picture.bounds == bounds else {
            throw TruthMaskError(
                path: path.string,
                problem: "is a mask of \(picture.width) x \(picture.height) pixels, its picture has "
                    + "\(bounds.width) x \(bounds.height)"
            )
        }
        return picture
    }
}

/// Why a mask of known defects cannot be used.
package struct TruthMaskError: Error, Hashable, CustomStringConvertible {
    /// The file.
    package var path: String
    /// What is wrong with it.
    package var problem: String

    package init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    package var description: String { "\(path): \(problem)" }
}
