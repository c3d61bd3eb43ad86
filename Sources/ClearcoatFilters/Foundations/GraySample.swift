public import ClearcoatImage

/// A sample as a camera delivers it: an unsigned integer of 8 or 16 bits.
///
/// The integer kernels of this room are written once for both depths. The two associated types are
/// what lets them be exact: each is the smallest integer that no sum of a kernel can overflow.
public protocol GraySample: Sample, FixedWidthInteger, UnsignedInteger {
    /// Holds a weighted sum whose weights add up to 256.
    associatedtype WeightedSum: Sample, FixedWidthInteger, UnsignedInteger
    /// Holds a 3x3 derivative, whose positive weights add up to 16 at most.
    associatedtype Derivative: Sample, FixedWidthInteger, SignedInteger
}

extension UInt8: GraySample {
    /// 255 x 256 is below 65536.
    public typealias WeightedSum = UInt16
    /// 255 x 16 is below 32768.
    public typealias Derivative = Int16
}

extension UInt16: GraySample {
    /// 65535 x 256 is below 2³².
    public typealias WeightedSum = UInt32
    /// 65535 x 16 is below 2³¹.
    public typealias Derivative = Int32
}
