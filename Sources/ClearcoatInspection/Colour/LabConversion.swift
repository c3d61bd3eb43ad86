#if canImport(Glibc)
    import Glibc
#endif

/// From stored samples to CIELAB, taking them as sRGB under D65, as pictures without a profile are meant.
///
/// - Reference: IEC 61966-2-1 (sRGB), CIE 15 (CIELAB); the matrix and the white point are scikit-image's
///   (`skimage.color.rgb2lab`), against which it is tested (`Tests/Oracles/inspection/lab.py`).
package struct LabConversion: Sendable {
    /// Linear light of the stored shares 0, 1/4096 … 1.
    private let linear: [Float]
    /// The cube root of CIELAB at 0, 1/8192 … 1.1.
    private let roots: [Float]

    private static let linearSteps = 4096
    private static let rootSteps = 8192

    package init() {
        linear = (0...Self.linearSteps).map { index in
            let stored = Double(index) / Double(Self.linearSteps)
            return Float(stored <= 0.04045 ? stored / 12.92 : pow((stored + 0.055) / 1.055, 2.4))
        }
        // One more, so that there is always a next.
        roots = (0...Self.rootSteps * 11 / 10 + 1).map { index in
            Float(Self.root(Double(index) / Double(Self.rootSteps)))
        }
    }

    /// The function of CIELAB: a cube root with a straight beginning.
    private static func root(_ value: Double) -> Double {
        value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
    }

    /// The cube roots of X, Y and Z relative to white: from them L* = 116 y - 16, a* = 500 (x - y), b* = 200 (y - z).
    @inline(__always)
    func roots(red: Float, green: Float, blue: Float) -> (x: Float, y: Float, z: Float) {
        let r = light(red), g = light(green), b = light(blue)
        return (
            root((0.412453 * r + 0.357580 * g + 0.180423 * b) / 0.95047),
            root(0.212671 * r + 0.715160 * g + 0.072169 * b),
            root((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.08883)
        )
    }

    /// L*, a* and b* of shares of full scale.
    package func lab(red: Float, green: Float, blue: Float) -> (l: Float, a: Float, b: Float) {
        let (x, y, z) = roots(red: red, green: green, blue: blue)
        return (116 * y - 16, 500 * (x - y), 200 * (y - z))
    }

    @inline(__always)
    private func light(_ stored: Float) -> Float {
        let place = min(max(stored, 0), 1) * Float(Self.linearSteps)
        let index = min(Int(place), Self.linearSteps - 1)
        return linear[index] + (place - Float(index)) * (linear[index + 1] - linear[index])
    }

    @inline(__always)
    private func root(_ value: Float) -> Float {
        let place = value * Float(Self.rootSteps)
        let index = min(Int(place), roots.count - 2)
        return roots[index] + (place - Float(index)) * (roots[index + 1] - roots[index])
    }
}
