extension Severity {
    /// How bad a finding looks, from its size and its contrast.
    ///
    /// | size        | without a scale | below 5 % contrast | 5 to 20 % | 20 % and more |
    /// | ---         | ---             | ---                | ---       | ---           |
    /// | < 0.3 mm    | < 5 px          | cosmetic           | cosmetic  | minor         |
    /// | 0.3 to 0.8 mm | 5 to 12 px    | cosmetic           | minor     | major         |
    /// | 0.8 to 2 mm | 12 to 30 px     | minor              | major     | critical      |
    /// | >= 2 mm     | >= 30 px        | major              | critical  | critical      |
    ///
    /// The sizes follow what an eye resolves at arm's length (about one minute of arc, 0.2 mm at
    /// 0.7 m) and the usual inclusion limits of paint shops, 0.3 to 0.8 mm; the pixels are those sizes
    /// at 0.065 mm a pixel. The table is ours; no standard fixes one.
    ///
    /// - Parameters:
    ///   - sizePx: the size in pixels, used when there is no size in millimetres.
    ///   - sizeMm: the size in millimetres; nil without a scale.
    ///   - contrast: relative contrast; the sign does not matter.
    package init(sizePx: Double, sizeMm: Double?, contrast: Double) {
        let size = sizeMm ?? sizePx
        let steps = sizeMm == nil ? [5.0, 12, 30] : [0.3, 0.8, 2]
        let row = steps.count { size >= $0 }
        let column = [0.05, 0.2].count { abs(contrast) >= $0 }
        self = Severity.table[row][column]
    }

    private static let table: [[Severity]] = [
        [.cosmetic, .cosmetic, .minor],
        [.cosmetic, .minor, .major],
        [.minor, .major, .critical],
        [.major, .critical, .critical],
    ]
}
