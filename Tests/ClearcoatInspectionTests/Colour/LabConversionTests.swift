import ClearcoatInspection
import Testing

@Suite struct LabConversionTests {
    /// Made by `Tests/Oracles/inspection/lab.py`: red, green and blue of 255, then L*, a* and b*.
    @Test func agreesWithScikitImage() {
        let colours: [(UInt16, UInt16, UInt16, Float, Float, Float)] = [
            (0, 0, 0, 0.0000, 0.0000, 0.0000),
            (255, 255, 255, 100.0000, -0.0025, 0.0047),
            (128, 128, 128, 53.5850, -0.0015, 0.0028),
            (255, 0, 0, 53.2406, 80.0923, 67.2028),
            (0, 255, 0, 87.7351, -86.1830, 83.1797),
            (0, 0, 255, 32.2957, 79.1856, -107.8573),
            (10, 3, 5, 1.2703, 2.1085, -0.1118),
            (200, 180, 20, 72.8752, -7.5501, 72.2764),
            (70, 90, 160, 39.8343, 13.7702, -40.3985),
            (30, 200, 190, 73.0880, -41.7655, -6.4863),
            (171, 31, 36, 37.4229, 54.7449, 34.3166),
            (1, 1, 1, 0.2742, -0.0000, 0.0000),
            (254, 250, 245, 98.4461, 0.4644, 2.8657),
            (97, 105, 108, 43.8389, -2.3934, -2.7297),
        ]
        let conversion = LabConversion()
        for (red, green, blue, l, a, b) in colours {
            let lab = conversion.lab(red: 257 * red, green: 257 * green, blue: 257 * blue)
            // Two steps of Newton take the place of the cube root.
            #expect(abs(lab.l - l) < 0.01 && abs(lab.a - a) < 0.02 && abs(lab.b - b) < 0.02, "\(lab)")
        }
    }
}
