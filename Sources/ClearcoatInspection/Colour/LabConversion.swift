import ClearcoatImage

#if canImport(Glibc)
    import Glibc
#endif

/// From stored samples to CIELAB, taking them as sRGB under D65, as pictures without a profile are meant.
///
/// - Reference: IEC 61966-2-1 (sRGB), CIE 15 (CIELAB); the matrix and the white point are scikit-image's
///   (`skimage.color.rgb2lab`), against which it is tested (`Tests/Oracles/inspection/lab.py`).
package struct LabConversion: Sendable {
    /// Linear light of every stored sample of 16 bits.
    private let linear: [Float]

    package init() {
        linear = (0...65535).map { index in
            let stored = Double(index) / 65535
            return Float(stored <= 0.04045 ? stored / 12.92 : pow((stored + 0.055) / 1.055, 2.4))
        }
    }

    /// L*, a* and b* of samples.
    package func lab(red: UInt16, green: UInt16, blue: UInt16) -> (l: Float, a: Float, b: Float) {
        let (x, y, z) = roots(linear[Int(red)], linear[Int(green)], linear[Int(blue)])
        return (116 * y - 16, 500 * (x - y), 200 * (y - z))
    }

    /// The cube roots of X, Y and Z relative to white: from them L* = 116 y - 16, a* = 500 (x - y), b* = 200 (y - z).
    @inline(__always)
    private func roots(_ red: Float, _ green: Float, _ blue: Float) -> (x: Float, y: Float, z: Float) {
        (
            root((0.412453 * red + 0.357580 * green + 0.180423 * blue) / 0.95047),
            root(0.212671 * red + 0.715160 * green + 0.072169 * blue),
            root((0.019334 * red + 0.119193 * green + 0.950227 * blue) / 1.08883)
        )
    }

    /// The function of CIELAB: a cube root with a straight beginning.
    ///
    /// Two steps of Newton from a third of the exponent, which are exact to a millionth and, unlike `cbrt`, are done
    /// for several numbers at once.
    @inline(__always)
    private func root(_ value: Float) -> Float {
        let held = value > 0.008856 ? value : 0.008856
        // No conversion of numbers, which could trap and would be done one by one.
        var root = Float(bitPattern: held.bitPattern / 3 &+ 709_921_077)
        root = (2 * root + held / (root * root)) * (1 / 3)
        root = (2 * root + held / (root * root)) * (1 / 3)
        return value > 0.008856 ? root : 7.787 * value + 16.0 / 116
    }
}

/// The chromaticity of cells: what light times a factor leaves as it is.
struct ChromaticityRows {
    /// a* over the cube root of Y.
    fileprivate(set) var a: [Float]
    /// b* over the cube root of Y.
    fileprivate(set) var b: [Float]
    /// The cube root of Y.
    fileprivate(set) var lightness: [Float]
}

extension LabConversion {
    /// The chromaticity of whole rows of cells.
    ///
    /// - Parameter range: of the places in the planes.
    func chromaticity(of cells: ColourCells, in range: Range<Int>) -> ChromaticityRows {
        let zeros = [Float](repeating: 0, count: range.count)
        var rows = ChromaticityRows(a: zeros, b: zeros, lightness: zeros)
        let one = cells.planes[0].samples
        let two = cells.planes[1].samples
        let three = cells.planes[2].samples
        let first = one.span.extracting(range)
        let second = two.span.extracting(range)
        let third = three.span.extracting(range)
        switch cells.encoding {
        case .rgb: linearise(first, second, third, into: &rows.a, &rows.lightness, &rows.b)
        case .yCbCr: lineariseYCbCr(first, second, third, into: &rows.a, &rows.lightness, &rows.b)
        }
        divide(&rows.a, &rows.lightness, &rows.b)
        return rows
    }
}

extension LabConversion {
    /// Linear red, green and blue of samples.
    fileprivate func linearise(
        _ one: Span<UInt16>,
        _ two: Span<UInt16>,
        _ three: Span<UInt16>,
        into red: inout [Float],
        _ green: inout [Float],
        _ blue: inout [Float]
    ) {
        let table = linear.span
        var red = red.mutableSpan
        var green = green.mutableSpan
        var blue = blue.mutableSpan
        for x in 0..<one.count {
            // SAFETY: the table has a place for every number of 16 bits.
            red[x] = unsafe table[unchecked: Int(one[x])]
            green[x] = unsafe table[unchecked: Int(two[x])]
            blue[x] = unsafe table[unchecked: Int(three[x])]
        }
    }

    /// The same of Y, Cb and Cr as JFIF has them: full range, chroma around 128 of 255.
    fileprivate func lineariseYCbCr(
        _ one: Span<UInt16>,
        _ two: Span<UInt16>,
        _ three: Span<UInt16>,
        into red: inout [Float],
        _ green: inout [Float],
        _ blue: inout [Float]
    ) {
        let table = linear.span
        var red = red.mutableSpan
        var green = green.mutableSpan
        var blue = blue.mutableSpan
        func place(_ value: Float) -> Int { Int(min(max(value, 0), 65535)) }
        for x in 0..<one.count {
            let y = Float(one[x]) + 0.5
            let cb = Float(two[x]) - 128 * 257
            let cr = Float(three[x]) - 128 * 257
            // SAFETY: held within 0 ... 65535.
            red[x] = unsafe table[unchecked: place(y + 1.402 * cr)]
            green[x] = unsafe table[unchecked: place(y - 0.344136 * cb - 0.714136 * cr)]
            blue[x] = unsafe table[unchecked: place(y + 1.772 * cb)]
        }
    }

    /// From linear red, green and blue to a* over the cube root of Y, that root, and b* over it.
    fileprivate func divide(_ first: inout [Float], _ second: inout [Float], _ third: inout [Float]) {
        var first = first.mutableSpan
        var second = second.mutableSpan
        var third = third.mutableSpan
        for x in 0..<first.count {
            let (rootX, rootY, rootZ) = roots(first[x], second[x], third[x])
            first[x] = 500 * (rootX / rootY - 1)
            second[x] = rootY
            third[x] = 200 * (1 - rootZ / rootY)
        }
    }
}
