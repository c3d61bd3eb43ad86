import ClearcoatImage

/// Follows a soft line beyond its ends: how far does it go on, too weak to be a candidate itself?
///
/// The edge of a lamp's reflection responds in pieces where it happens to be strongest. Each piece looks
/// like a run; what tells them apart is that a run ends and a reflection goes on across the picture.
struct LineContinuation {
    let flattened: BandedPlane
    let bounds: Rectangle

    /// Pixels from one look to the next, along the line.
    private static let step = 8.0
    /// A look this much weaker than the piece, as a share of its contrast, sees no line…
    private static let leastShare = 0.2
    /// … and none does that is less than this many times what looks see where there is none: the best of nine
    /// places of texture would pass for a line again and again.
    private static let leastSigmas = 2.0
    /// How far beside the piece looks are made that see no line, in pixels beyond its width.
    private static let asides = stride(from: 8.0, through: 56, by: 8)
    /// Looks in a row without a line after which it has ended.
    private static let mostMisses = 5
    /// What comes back from further away than this, in pixels, is a ring.
    private static let leastReach = 4 * step

    /// The length of the piece and of what continues it on both sides, in pixels; of a ring how far it reaches.
    func totalLength(of candidate: Candidate, _ line: Line) -> Double {
        let sign: Double = candidate.contrast < 0 ? -1 : 1
        let offset = max(line.width, 4)
        let least = max(
            Self.leastShare * abs(candidate.contrast) * Double(FixedContrast.one),
            Self.leastSigmas * spreadBeside(line, offset: offset)
        )
        let forward = line.heading(at: 1)
        let start = line.heading(at: -1)
        let ahead = follow(from: line.end, heading: forward, sign, least, offset)
        if ahead.isRing { return max(line.length, ahead.length) }
        let behind = follow(from: line.start, heading: (-start.x, -start.y), sign, least, offset)
        return behind.isRing
            ? max(line.length, behind.length) : line.length + ahead.length + behind.length
    }

    /// One sigma of what a look sees beside the line, from the median of looks on both sides.
    private func spreadBeside(_ line: Line, offset: Double) -> Double {
        var heights: [Double] = []
        for place in [line.start, line.centroid, line.end] {
            for aside in Self.asides {
                for shift in [-line.width - aside, line.width + aside] {
                    let x = place.x - shift * line.direction.y
                    let y = place.y + shift * line.direction.x
                    guard bounds.contains(x: Int(x), y: Int(y)) else { continue }
                    heights.append(abs(height(at: place, line.direction, shift: shift, offset: offset)))
                }
            }
        }
        return 1.4826 * (median(of: heights) ?? 0)
    }

    /// How far the line goes on from a point, keeping to its middle; and whether it comes back there, as the rim of a
    /// stain does. That of a ring is as long as it reaches away.
    private func follow(
        from start: Point,
        heading: (x: Double, y: Double),
        _ sign: Double,
        _ least: Double,
        _ offset: Double
    ) -> (length: Double, isRing: Bool) {
        var place = start
        var heading = heading
        var length = 0.0
        var misses = 0
        var travelled = 0.0
        var reach = 0.0
        // What goes round without coming back to its beginning would go on for ever.
        let most = Double(bounds.width + bounds.height)
        while misses < Self.mostMisses, travelled < most {
            place.x += Self.step * heading.x
            place.y += Self.step * heading.y
            travelled += Self.step
            guard bounds.contains(x: Int(place.x), y: Int(place.y)) else {
                return (travelled, false)
            }
            let best = strongest(at: place, heading, sign, offset)
            if best.height >= least {
                misses = 0
                length = travelled
                place.x -= best.shift * heading.y
                place.y += best.shift * heading.x
                heading = turned(heading, by: best.shift)
                let distance = place.distance(to: start)
                reach = max(reach, distance)
                if reach > Self.leastReach, distance < 2 * Self.step { return (reach, true) }
            } else {
                misses += 1
            }
        }
        return (length, false)
    }

    /// The heading after the line was found `shift` pixels aside: a good part of the way there, so that it
    /// follows a curve and not the noise.
    private func turned(_ heading: (x: Double, y: Double), by shift: Double) -> (x: Double, y: Double) {
        let x = heading.x * 3 * Self.step - heading.y * shift
        let y = heading.y * 3 * Self.step + heading.x * shift
        let length = (x * x + y * y).squareRoot()
        return (x / length, y / length)
    }

    /// The strongest of the looks up to four pixels aside, and where it is.
    private func strongest(
        at place: Point,
        _ heading: (x: Double, y: Double),
        _ sign: Double,
        _ offset: Double
    ) -> (height: Double, shift: Double) {
        let reach = 4
        // Neighbouring looks have most of their middles in common.
        let means = (-reach - 1...reach + 1).map { mean(at: place, heading, across: Double($0)) }
        var best = (height: -Double.infinity, shift: 0.0)
        for index in 0...2 * reach {
            let shift = Double(index - reach)
            let middle = (means[index] + means[index + 1] + means[index + 2]) / 3
            let height = sign * (middle - meanOfSides(at: place, heading, shift: shift, offset: offset))
            if height > best.height { best = (height, shift) }
        }
        return best
    }

    /// Mean brightness along a short piece of the line less that of its two sides.
    private func height(
        at place: Point,
        _ heading: (x: Double, y: Double),
        shift: Double,
        offset: Double
    ) -> Double {
        let middle = [-1.0, 0, 1].reduce(0) { $0 + mean(at: place, heading, across: shift + $1) } / 3
        return middle - meanOfSides(at: place, heading, shift: shift, offset: offset)
    }

    private func meanOfSides(
        at place: Point,
        _ heading: (x: Double, y: Double),
        shift: Double,
        offset: Double
    ) -> Double {
        (mean(at: place, heading, across: shift - offset) + mean(at: place, heading, across: shift + offset))
            / 2
    }

    /// Mean brightness along a short piece of a line, `across` pixels to its side.
    private func mean(at place: Point, _ heading: (x: Double, y: Double), across: Double) -> Double {
        let middle = Point(x: place.x - across * heading.y, y: place.y + across * heading.x)
        var sum = 0
        for step in -4...4 {
            let along = 2 * Double(step)
            let column = min(max((middle.x + along * heading.x).nearest, 0), bounds.width - 1)
            let row = min(max((middle.y + along * heading.y).nearest, 0), bounds.height - 1)
            sum += Int(flattened[column, row])
        }
        return Double(sum) / 9
    }
}
