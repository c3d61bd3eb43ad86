extension Double {
    /// The nearest whole number, halves away from zero, as `rounded()` gives it: which is a call into the mathematics
    /// library where the processor's smallest set of instructions has no rounding.
    @inline(__always)
    package var nearest: Int {
        let whole = Int(self)
        // Exact: the two are less than one apart.
        let rest = self - Double(whole)
        return rest >= 0.5 ? whole &+ 1 : rest <= -0.5 ? whole &- 1 : whole
    }
}
