import ClearcoatImage
import ClearcoatRegions

/// A place that does not look like its surroundings, measured at full resolution.
struct Candidate: Sendable {
    /// Its pixels: those of at least half its height.
    var region: Region
    var polarity: Polarity
    /// The part of the polarity opposite to the stronger one, for `mixed`.
    var opposite: Region?
    /// Signed contrast of its core, relative to the paint around it.
    var contrast: Double
    /// One sigma of the smoothed picture around it, relative; of what was found by its colour, in CIELAB.
    var noise: Double
    /// Pixels that the picture was smoothed over to measure it.
    var smoothing: Int
    /// Where it was measured: the level that sees the whole of it.
    var seed: Seed
    /// Where it responds most, on any level and in any part: what its detection rests on.
    var strongest: Seed
    /// How many fragments it was joined from.
    var fragments = 1
    /// How its colour differs, when it does.
    var colour: ColourEvidence?

    /// How its colour differs, when it was found by nothing else.
    var colourAlone: ColourEvidence? { strongest.channel == .colour ? colour : nil }

    /// About how wide it is across its length, in pixels.
    var thinness: Double { max(Moments(of: region).minorAxisLength, 1) }

    /// Takes up the response of another look at the same thing.
    mutating func join(evidence other: Candidate) {
        if other.strongest.excess > strongest.excess { strongest = other.strongest }
    }

    /// The pixels of the stronger polarity.
    var dominant: Region {
        guard let opposite else { return region }
        var mask = Patch(of: region, in: region.boundingBox)
        for run in opposite.runs { mask.fill(run.box, with: false) }
        let runs = mask.runs()
        return runs.isEmpty ? region : Region(runs: runs)
    }
}
