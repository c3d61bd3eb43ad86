public import ClearcoatImage

/// How brightly a picture is lit, as a smooth surface: known on a coarse grid, read at any pixel.
///
/// **Definition.** The picture is cut into square cells of 8 pixels (4, 2, 1 for windows under 64, 32,
/// 16), the last column and row of cells maybe smaller. Each cell counts and sums the samples where
/// `mask` is not 0. Around each cell, a window of *k* x *k* cells, *k* the odd number for which it is
/// nearest to `window` pixels (3 at least), is summed twice over, so that samples weigh less the further
/// away they are. What lies outside the picture or is masked off weighs nothing at all. Through the
/// weighted samples a plane is laid by least squares and read at the cell's centre: where the window is
/// whole and unmasked that is simply the weighted mean, and where a side is missing the slope keeps the
/// value from leaning towards the side that is there. Between centres of cells the surface is bilinear,
/// beyond the outermost ones constant.
///
/// The plane's slope is damped as if the samples were spread a little wider than they are (by a
/// hundredth of a whole window's spread), so that a thin sliver of valid samples gives a mean rather than
/// a wild slope; the value is kept within the range of the cells' means. A cell with no valid sample
/// within reach takes the mean of all valid samples; a picture without any, 0.
///
/// Sums are whole numbers, so they are exact and the surface does not depend on the order of adding.
public struct Illumination: Sendable, Hashable {
    /// The side of a cell, in pixels.
    let cell: Int
    /// The surface at the centres of the cells.
    let grid: Image<Float>
    /// The picture's columns and rows.
    let width: Int, height: Int

    /// Estimates the illumination of `image` from the samples where `mask` is not 0; from all without
    /// a mask.
    ///
    /// - Parameter window: the side of the window, in pixels, 3 at least: several times the size of
    ///   the largest defect, which else is taken for light.
    /// - Precondition: `mask` has the size of `image`.
    /// - Complexity: O(*n*) in pixels, whatever the window.
    @specialized(where Element == UInt8)
    @specialized(where Element == UInt16)
    public init<Element: GraySample>(of image: Image<Element>, mask: Mask? = nil, window: Int) {
        precondition(window >= 3, "a window of \(window)")
        precondition(
            mask == nil || mask?.bounds == image.bounds,
            "a mask of another size than \(image.bounds)"
        )
        cell = window >= 64 ? 8 : window >= 32 ? 4 : window >= 16 ? 2 : 1
        width = image.width
        height = image.height
        let cells = CellSums(of: image, mask: mask, cell: cell)
        grid = cells.surface(radius: max(1, window / (2 * cell)))
    }

    /// The illumination at each pixel, in grey levels.
    ///
    /// - Parameter rows: these rows only; nil for all.
    public func image(rows: Range<Int>? = nil) -> Image<Float> {
        let rows = rows ?? 0..<height
        precondition(rows.lowerBound >= 0 && rows.upperBound <= height, "rows \(rows) of \(height)")
        var result = [Float](repeating: 0, count: width * rows.count)
        var row = IlluminationRow(self)
        var output = result.mutableSpan
        for y in rows where width > 0 {
            row.read(y, of: self)
            let light = row.light.span.extracting(row.lead..<row.lead + width)
            let base = (y - rows.lowerBound) * width
            for x in 0..<width { output[base &+ x] = light[x] }
        }
        return Image(width: width, height: rows.count, samples: result)
    }

    /// How far each sample of `image` lies from the illumination, relative to it: (I − B)/B.
    ///
    /// 0 where `mask` is 0, so that what is to be ignored looks like clean surface and cannot bleed into
    /// its neighbours in later steps; and 0 where the illumination is 0.
    ///
    /// - Parameter rows: these rows only; nil for all.
    /// - Precondition: `image` and `mask` have the size of the picture the illumination comes from.
    @specialized(where Element == UInt8)
    @specialized(where Element == UInt16)
    public func contrast<Element: GraySample>(
        of image: Image<Element>,
        mask: Mask? = nil,
        rows: Range<Int>? = nil
    ) -> Image<Float> {
        precondition(image.width == width && image.height == height, "an image of \(image.bounds)")
        precondition(
            mask == nil || mask?.bounds == image.bounds,
            "a mask of another size than \(image.bounds)"
        )
        let rows = image.checked(rows: rows)
        var result = [Float](repeating: 0, count: width * rows.count)
        var row = IlluminationRow(self)
        var output = result.mutableSpan
        let width = width
        for y in rows where width > 0 {
            row.read(y, of: self)
            let light = row.light.span.extracting(row.lead..<row.lead + width)
            let samples = image.samples.span.extracting(image.row(y))
            let base = (y - rows.lowerBound) * width
            for x in 0..<width {
                let contrast = (Float(Int32(truncatingIfNeeded: samples[x])) - light[x]) / light[x]
                output[base &+ x] = light[x] > 0 ? contrast : 0
            }
            guard let mask else { continue }
            let valid = mask.samples.span.extracting(image.row(y))
            for x in 0..<width { output[base &+ x] = valid[x] != 0 ? output[base &+ x] : 0 }
        }
        return Image(width: width, height: rows.count, samples: result)
    }
}

/// The illumination of `image` at each pixel, in grey levels; see ``Illumination`` for what it is.
public func illumination<Element: GraySample>(
    of image: Image<Element>,
    mask: Mask? = nil,
    window: Int
) -> Image<Float> {
    Illumination(of: image, mask: mask, window: window).image()
}

/// `image` with its illumination taken out: (I − B)/B, the relative contrast of each sample to the light
/// B that falls on it.
///
/// A scratch as deep in the shade as in the light gives the same contrast. See ``Illumination`` for B,
/// and ``Illumination/contrast(of:mask:rows:)`` for what masked samples give and for bands of rows.
public func flatten<Element: GraySample>(
    _ image: Image<Element>,
    mask: Mask? = nil,
    window: Int
) -> Image<Float> {
    Illumination(of: image, mask: mask, window: window).contrast(of: image, mask: mask)
}
