import ClearcoatInspection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The least focus that sharp pictures of a paint on a station have, from pictures of good parts.
///
/// How much fine texture a sharp picture shows depends on paint and station, so only pictures of them can say. The
/// bound is a one-sided tolerance limit: with ``confidence``, ``share`` of all sharp pictures lie above it.
///
/// - Reference: M. G. Natrella, "Experimental Statistics", NBS Handbook 91, 1963, 2-5.2: tolerance limits of a normal
///   distribution; here of the logarithm of the measure, which is a ratio.
package struct FocusCalibration: Sendable, Hashable {
    /// The least focus; nil when the pictures cannot say.
    package let minimum: Double?
    /// Of the pictures that have one, in order.
    package let measured: [Double]
    /// Pictures without texture that stands out of the noise.
    package let unknown: Int

    /// The share of sharp pictures above the bound, and how sure that is.
    package static let share = 0.99
    package static let confidence = 0.95
    private static let quantileOfShare = 2.326_348
    private static let quantileOfConfidence = 1.644_854
    /// With fewer pictures, the bound would be far below them all.
    private static let fewestPictures = 5
    /// Pictures of one station may be more alike than those of tomorrow: the deviation is at least this share.
    private static let leastDeviation = 0.02

    /// - Parameter pictures: the focus of each good picture; nil where no texture stands out.
    package init(_ pictures: [Double?]) {
        measured = pictures.compactMap { $0 }.filter { $0 > 0 }.sorted()
        unknown = pictures.count - measured.count
        guard unknown == 0, measured.count >= Self.fewestPictures else {
            minimum = nil
            return
        }
        let logs = measured.map { log($0) }
        let count = Double(logs.count)
        let mean = logs.reduce(0, +) / count
        let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let deviation = max(variance.squareRoot(), Self.leastDeviation)
        let bound = exp(mean - Self.toleranceFactor(logs.count) * deviation)
        // Down to three decimals: rounding must not make it stricter.
        let rounded = (bound * 1000).rounded(.down) / 1000
        minimum = rounded > 0 ? rounded : nil
    }

    /// How many deviations the bound lies below the mean of so many pictures.
    package static func toleranceFactor(_ count: Int) -> Double {
        let z = quantileOfShare
        let confidence = quantileOfConfidence * quantileOfConfidence
        let a = 1 - confidence / (2 * Double(count - 1))
        let b = z * z - confidence / Double(count)
        return (z + (z * z - a * b).squareRoot()) / a
    }
}

extension FocusCalibration {
    /// What was found out, in sentences for the engineer.
    package var summary: [String] {
        let count = measured.count + unknown
        if unknown > 0 {
            return [
                "focus cannot be learnt: on \(unknown) of \(count) good pictures no texture of the paint stands out of the "
                    + "noise, so a lens out of focus would not be noticed on them; station.focus stays as it was"
            ]
        }
        guard let minimum, let first = measured.first, let last = measured.last else {
            return [
                "focus needs at least \(Self.fewestPictures) good pictures to be learnt, these are \(count); "
                    + "station.focus stays as it was"
            ]
        }
        let lines = [
            "focus \(readable(first)) to \(readable(last)) on \(count) good pictures; the least that is accepted is "
                + "\(readable(minimum)): \(Int(100 * Self.share)) % of sharp pictures have more, with "
                + "\(Int(100 * Self.confidence)) % confidence"
        ]
        // Out of focus by 3 px, fine orange peel keeps seven tenths of its focus, flakes less than half.
        return minimum > 0.6 * measured[measured.count / 2]
            ? lines
            : lines + [
                "good pictures vary so much in it that only a picture far out of focus will be noticed"
            ]
    }
}
