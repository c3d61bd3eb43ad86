#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// The few functions of the C library that the simulator needs, in one place: they are the only part
// of it that may differ by a last bit from one machine to another.

func sine(_ x: Double) -> Double { sin(x) }
func cosine(_ x: Double) -> Double { cos(x) }
func angle(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// 0 below 0, 1 above 1, and a smooth rise between that is level at both ends (6t⁵ - 15t⁴ + 10t³);
/// 1/2 at 1/2.
func smoothStep(_ t: Double) -> Double {
    let t = min(max(t, 0), 1)
    return t * t * t * (t * (t * 6 - 15) + 10)
}

/// ``smoothStep(_:)`` in single precision, for whole rows.
func smoothStep(_ t: Float) -> Float {
    let t = min(max(t, 0), 1)
    return t * t * t * (t * (t * 6 - 15) + 10)
}
