/// n Σab − Σa Σb over n², for whole numbers: a covariance without cancellation, since the products are
/// exact in 128 bits and rounded only at the end.
func covariance(count: Int, products: Int, _ first: Int, _ second: Int) -> Double {
    let wide = Int128(count) * Int128(products) - Int128(first) * Int128(second)
    return double(wide) / double(Int128(count) * Int128(count))
}

/// The number as a `Double`: exact below 2⁵³, else within a rounding error or two. Swift 6.3's
/// own conversion goes bit by bit and takes a microsecond.
private func double(_ wide: Int128) -> Double {
    let low = Int64(truncatingIfNeeded: wide)
    if Int128(low) == wide { return Double(low) }
    return Double(Int64(truncatingIfNeeded: wide >> 64)) * 0x1p64 + Double(UInt64(truncatingIfNeeded: wide))
}
