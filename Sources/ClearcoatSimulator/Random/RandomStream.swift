import ClearcoatImage

/// What random numbers are drawn for. Each purpose has its own sequence, so that a change in one
/// (a longer scratch, another camera) leaves the others as they were.
enum RandomStream: UInt64 {
    case orangePeel = 1
    case mottle, flake, grain, sensor, noiseOnly, shape, description
}

extension SplitMix64 {
    /// The generator for one purpose and one place (a row, a tile), independent of all others.
    init(seed: UInt64, _ stream: RandomStream, _ first: Int = 0, _ second: Int = 0) {
        var state = seed
        for part in [
            stream.rawValue, UInt64(bitPattern: Int64(first)), UInt64(bitPattern: Int64(second)),
        ] {
            var mixer = SplitMix64(seed: state ^ (part &* 0xd134_2543_de82_ef95))
            state = mixer.next()
        }
        self.init(seed: state)
    }

    /// A number from `range`, evenly distributed.
    mutating func next(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + nextUnit() * (range.upperBound - range.lowerBound)
    }

    /// A number from `range`, whose logarithm is evenly distributed: as many between 1 and 2 as
    /// between 2 and 4.
    mutating func nextLogarithmic(in range: ClosedRange<Double>) -> Double {
        range.lowerBound * power(range.upperBound / range.lowerBound, nextUnit())
    }
}
