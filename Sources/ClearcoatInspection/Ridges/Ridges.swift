import ClearcoatImage
import ClearcoatRegions

/// Finds scratches, hairs and fibres that are weaker than the paint's own noise in every pixel but go on
/// for so long that their sum is not.
///
/// Line sums of a level's response stand out (``LineSums``), are chained from strip to strip
/// (``RidgeChain``), followed exactly (``RidgeTrack``) and measured by the mean of the picture along them
/// (``RidgeProfile``). Spots that are candidates already are taken out first, so that a row of them is no line.
struct Ridges: Sendable {
    let pyramid: Pyramid
    let plan: InspectionPlan

    /// Level 0 shows nothing that level 1, with less noise, does not; beyond level 3 nothing is thin.
    static let levels = 1...3
    /// From here on lines are looked for in the even response: beside the edge of a large dent or run, a whitened one
    /// has lines of its own.
    static let firstBroadLevel = 2
    /// Lines shorter than this many widths are spots.
    private static let leastElongation = 6.0
    /// Pieces of at most this share of a line's width, together at least this share of its length, tell where it is.
    private static let thinShare = 0.6, leastKnownShare = 0.5
    /// Lines of this share of the threshold are worth telling, and at most so many of a quarter and polarity.
    private static let nearShare: Float = 0.85, mostNear = 1
    /// The mean along a ridge is known to so many sigmas at least.
    private static let leastProfileSigmas: Float = 4

    /// A level's response and what is noise in it.
    struct Material: Sendable {
        let level: Int
        let response: BandedPlane
        let noise: NoiseMap
    }

    /// Candidates for lines that `known` does not hold yet, and `known` with what the lines are made of taken
    /// out. Beside them lines that come near.
    func adding(
        to known: [Candidate],
        from materials: [Material],
        with scheduler: some BandScheduler
    ) async throws -> (candidates: [Candidate], nearMisses: [Candidate]) {
        let spots = known.filter { !LineAxis($0.region).isElongated }
        var found: [RidgeTrace] = [], near: [RidgeTrace] = []
        for material in materials {
            let bounds = material.response.bounds
            let explained = spots.compactMap {
                $0.region.onLevel(material.level, from: 0, in: bounds)?.dilated(by: 3).clipped(to: bounds)
            }
            let segments = RidgeSegments(
                response: material.response,
                noise: material.noise,
                explained: explained
            )
            let quarters = try await segments.find(
                normalThreshold: plan.threshold(ofLevel: material.level),
                factor: plan.thresholdFactor,
                with: scheduler
            )
            for all in quarters {
                for polarity in [Polarity.dark, .bright] {
                    let chains = RidgeChain.link(all.filter { $0.polarity == polarity })
                    found += chains.filter(\.isSignificant).compactMap {
                        RidgeTrace($0, material, segments.plane)
                    }
                    let weak = chains.filter { !$0.isSignificant && $0.excess >= Self.nearShare }
                    near += weak.sorted { $0.excess > $1.excess }.prefix(Self.mostNear).compactMap {
                        RidgeTrace($0, material, segments.plane)
                    }
                }
            }
        }
        var candidates = known
        var lines: [Candidate] = []
        // A line is seen on several levels and in two quarters; best first, so that most need not be measured.
        for trace in found.sorted(by: { $0.evidence > $1.evidence }) {
            if lines.contains(where: trace.isPart) { continue }
            guard let line = candidate(trace) else { continue }
            if lines.contains(where: line.isPart) || known.contains(where: line.isEcho) { continue }
            lines.append(line)
            take(line, into: &candidates)
        }
        // Beside a line that was joined from pieces, each of them too short to tell.
        let all = candidates
        candidates.removeAll { $0.seed.detector == .ridge && all.contains(where: $0.isEcho) }
        var nearMisses: [Candidate] = []
        for trace in near.sorted(by: { $0.chain.excess > $1.chain.excess }) {
            let others = candidates + nearMisses
            if others.contains(where: trace.isPart) { continue }
            guard let line = candidate(trace) else { continue }
            if others.contains(where: line.isPart) || known.contains(where: line.isEcho) { continue }
            nearMisses.append(line)
        }
        return (candidates, nearMisses)
    }

    /// Adds a line, unless a candidate is most of it; pieces of it among the candidates become part of it.
    private func take(_ line: Candidate, into candidates: inout [Candidate]) {
        let axis = LineAxis(line.region)
        let pieces = candidates.indices.filter { candidates[$0].isPiece(of: line) }
        if let whole = pieces.first(where: { LineAxis(candidates[$0].region).length >= 0.7 * axis.length }) {
            candidates[whole].join(evidence: line)
            return
        }
        // A coarse level sees a thin line as wide as its samples are apart. Pieces that are seen themselves tell better
        // where it is.
        let thin = pieces.filter { LineAxis(candidates[$0].region).width <= Self.thinShare * axis.width }
        let known = thin.reduce(0) { $0 + LineAxis(candidates[$1].region).length }
        var result = line
        let longest = thin.max {
            LineAxis(candidates[$0].region).length < LineAxis(candidates[$1].region).length
        }
        if let longest, known >= Self.leastKnownShare * axis.length {
            result.takeOutline(of: candidates[longest])
        }
        for index in pieces.reversed() {
            let piece = candidates.remove(at: index)
            result.region = result.region.union(piece.region)
            result.fragments += piece.fragments
            result.join(evidence: piece)
        }
        candidates.append(result)
    }

    /// A trace as it is measured in the picture; nil when it turns out to be no line.
    private func candidate(_ trace: RidgeTrace) -> Candidate? {
        let (chain, material, course) = (trace.chain, trace.material, trace.course)
        let segment = chain.strongest
        let picture = pyramid.levels[0]
        guard
            let profile = RidgeProfile(
                of: picture,
                along: course,
                reach: 8 << material.level,
                polarity: segment.polarity
            ), abs(profile.height) >= Self.leastProfileSigmas * profile.noise,
            // So many pixels it has at most.
            (trace.length + 2) * (profile.width + 2) >= Self.leastElongation * profile.width * profile.width,
            let region = Region.band(
                along: course,
                width: profile.width,
                offset: profile.offset,
                in: picture.bounds
            ), Double(region.pixelCount) >= Self.leastElongation * profile.width * profile.width,
            let samples = region.onLevel(material.level, from: 0, in: material.response.bounds)
        else { return nil }
        let middle = course[course.count / 2]
        let peak = PixelCoordinate(
            x: min(max(Int(middle.x), 0), picture.width - 1),
            y: min(max(Int(middle.y), 0), picture.height - 1)
        )
        let block = material.noise.block(x: peak.x >> material.level, y: peak.y >> material.level)
        let response = trace.response
        let seed = Seed(
            detector: .ridge,
            level: material.level,
            polarity: segment.polarity,
            region: samples,
            peak: peak,
            response: response,
            meanAmplitude: abs(profile.height),
            threshold: chain.isSignificant ? min(segment.threshold, response) : segment.threshold,
            lowThreshold: segment.threshold * RidgeSegments.lowShare,
            sigma: material.noise.sigmas[block]
        )
        return Candidate(
            region: region,
            polarity: segment.polarity,
            contrast: Double(profile.height / FixedContrast.one),
            noise: Double(profile.noise / FixedContrast.one),
            smoothing: 2,
            seed: seed,
            strongest: seed
        )
    }
}

/// A chain and its course through the picture, not yet measured there.
private struct RidgeTrace {
    let chain: RidgeChain
    let material: Ridges.Material
    /// Where it was followed to, in pixels.
    let course: [Point]
    let length: Double
    /// The box around its course.
    private let box: Rectangle

    /// Nil when nothing stands out along the chain.
    init?(_ chain: RidgeChain, _ material: Ridges.Material, _ plane: LinePlane) {
        let points = chain.points(width: plane.width, height: plane.height)
        guard let track = RidgeTrack(along: points, in: plane, polarity: chain.strongest.polarity) else {
            return nil
        }
        self.chain = chain
        self.material = material
        let factor = Double(1 << material.level)
        course = track.points.map { Point(x: factor * $0.x, y: factor * $0.y) }
        length = zip(course, course.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
        box = course.reduce(Rectangle(x: 0, y: 0, width: 0, height: 0)) { box, point in
            box.union(Rectangle(x: point.x.nearest, y: point.y.nearest, width: 1, height: 1))
        }
    }

    /// How strongly it responds, in sigmas.
    var response: Float {
        let segment = chain.strongest
        return chain.isSignificant
            ? max(segment.response, chain.response) : chain.excess * segment.threshold
    }

    /// Which of two traces at the same place describes a line better: the one that is more of it.
    var evidence: Double { Double(response) * Double(box.width + box.height).squareRoot() }

    /// Whether it is surely another look at a line, or at a part of it: whether more of its course lies on it than
    /// ``Candidate/isPart(of:)`` asks of pixels, and nearly all beside a line of the other polarity, where pixels of its
    /// own may lie further out.
    func isPart(of line: Candidate) -> Bool {
        let least = line.polarity == chain.strongest.polarity ? 0.6 : 0.95
        let margin = 2 << max(material.level, line.seed.level)
        let common = line.region.boundingBox.expanded(by: margin).intersection(box)
        guard !common.isEmpty else { return false }
        let shared = course.count { point in
            let (x, y) = (point.x.nearest, point.y.nearest)
            return common.contains(x: x, y: y) && line.region.hasPixel(within: margin, x: x, y: y)
        }
        return Double(shared) > least * Double(course.count)
    }
}

extension Candidate {
    /// Whether it is another look at a line, or at a part of it.
    fileprivate func isPart(of line: Candidate) -> Bool {
        share(within: line, margin: 2 << max(seed.level, line.seed.level)) > 0.5
    }

    /// Whether it runs along a stronger candidate of the other polarity, as the ringing of lens, JPEG and
    /// band-pass does.
    fileprivate func isEcho(of other: Candidate) -> Bool {
        guard polarity != other.polarity, 2 * abs(contrast) < abs(other.contrast) else { return false }
        return share(within: other, margin: 4 << seed.level) > 0.25
            || share(within: other, margin: Self.ringingReach << seed.level) > 0.5
    }

    /// So many samples beside a line its level still rings.
    private static var ringingReach: Int { 8 }

    /// Takes the pixels, and what they measure, from a piece of it.
    fileprivate mutating func takeOutline(of piece: Candidate) {
        region = piece.region
        contrast = piece.contrast
        noise = piece.noise
        smoothing = piece.smoothing
    }

    /// Whether it lies on a line of the same polarity, and is no wider than a piece of it.
    fileprivate func isPiece(of line: Candidate) -> Bool {
        guard polarity == line.polarity, isNear(line, margin: 2 << line.seed.level) else { return false }
        return LineAxis(region).width <= 2.5 * max(LineAxis(line.region).width, 1.5)
            && share(within: line, margin: 2 << line.seed.level) > 0.6
    }

    /// Whether its box and that of another candidate, grown by `margin`, have pixels in common: without, it shares
    /// nothing.
    private func isNear(_ other: Candidate, margin: Int) -> Bool {
        !other.region.boundingBox.expanded(by: margin).intersection(region.boundingBox).isEmpty
    }

    /// The share of its pixels that lie within `margin` of another candidate.
    private func share(within other: Candidate, margin: Int) -> Double {
        let box = other.region.boundingBox.expanded(by: margin).intersection(region.boundingBox)
        guard !box.isEmpty else { return 0 }
        var near = Patch(rectangle: box, filledWith: false)
        near.draw(other.region, margin: margin)
        let shared = near.countShared(with: Patch(of: region, in: box))
        return Double(shared) / Double(region.pixelCount)
    }
}

extension Region {
    /// Whether one of its pixels lies at most `margin` columns and rows from (x, y).
    ///
    /// - Complexity: O(log *n*) in runs, and O(*n*) in those of the rows that near.
    fileprivate func hasPixel(within margin: Int, x: Int, y: Int) -> Bool {
        var first = 0
        var end = runs.count
        while first < end {
            let middle = (first + end) / 2
            if runs[middle].row < y - margin { first = middle + 1 } else { end = middle }
        }
        return runs[first...].prefix { $0.row <= y + margin }
            .contains { $0.start - margin <= x && x < $0.end + margin }
    }
}
