/// Rounds numbers less an offset to whole ones, halves to even, that are held within ±`most`, in steps that are each one
/// vector instruction on every machine. What is not a number becomes `most`.
///
/// Adding 1.5 × 2^23 to a small number leaves it, rounded, in the lowest bits.
package struct HeldRounding {
    private let sum: Float
    private let highest: Float
    private let lowest: Float

    private static let magic: Float = 12_582_912

    /// - Parameters:
    ///   - offset: a whole number.
    ///   - late: any number that the compiler does not foresee. Bounds that it does foresee it works into the steps
    ///     that follow, which then take many instructions instead of one.
    @inline(__always)
    package init(less offset: Float = 0, most: Float, late: Float) {
        let most = most + (late.isFinite ? 0 * late : 0)
        sum = Self.magic - offset
        highest = most + offset
        lowest = Self.magic - most
    }

    @inline(__always)
    package func int16(_ value: Float) -> Int16 {
        // Held once more, though it fits: with that it is one instruction.
        Int16(truncatingIfNeeded: min(max(whole(value), -32768), 32767))
    }

    @inline(__always)
    package func int8(_ value: Float) -> Int8 { Int8(truncatingIfNeeded: min(max(whole(value), -128), 127)) }

    @inline(__always)
    private func whole(_ value: Float) -> Int32 {
        let notHigher = (value < highest ? value : highest) + sum
        let held = notHigher > lowest ? notHigher : lowest
        return Int32(bitPattern: held.bitPattern) &- Int32(bitPattern: Self.magic.bitPattern)
    }
}
