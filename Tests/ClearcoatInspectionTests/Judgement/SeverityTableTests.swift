import ClearcoatInspection
import Testing

@Suite struct SeverityTableTests {
    @Test(
        arguments: [
            (0.29, 0.04, Severity.cosmetic), (0.29, 0.19, .cosmetic), (0.29, 0.2, .minor),
            (0.3, 0.04, .cosmetic), (0.3, 0.05, .minor), (0.3, -0.2, .major),
            (0.8, 0.04, .minor), (0.8, -0.05, .major), (0.8, 0.9, .critical),
            (2, 0.01, .major), (2, 0.1, .critical), (50, -0.9, .critical),
        ] as [(Double, Double, Severity)]
    )
    func followsTheTable(sizeMm: Double, contrast: Double, severity: Severity) {
        #expect(Severity(sizePx: 0, sizeMm: sizeMm, contrast: contrast) == severity)
        // The same in pixels, at 0.065 mm a pixel and a bit.
        let sizePx = sizeMm < 0.3 ? 4.9 : sizeMm < 0.8 ? 5 : sizeMm < 2 ? 12 : 30
        #expect(Severity(sizePx: sizePx, sizeMm: nil, contrast: contrast) == severity)
    }

    @Test func growsWithSizeAndContrast() {
        let sizes = [0.1, 0.5, 1, 5]
        let contrasts = [0.01, 0.1, 0.5]
        for (i, size) in sizes.enumerated() {
            for (j, contrast) in contrasts.enumerated() {
                let here = Severity(sizePx: 0, sizeMm: size, contrast: contrast)
                if i > 0 { #expect(here >= Severity(sizePx: 0, sizeMm: sizes[i - 1], contrast: contrast)) }
                if j > 0 { #expect(here >= Severity(sizePx: 0, sizeMm: size, contrast: contrasts[j - 1])) }
            }
        }
    }
}
