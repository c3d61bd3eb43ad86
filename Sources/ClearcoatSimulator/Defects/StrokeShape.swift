import ClearcoatImage

/// A scratch or a fibre: a line of constant width along a path, with soft sides and round ends.
struct StrokeShape: DefectShape {
    /// A straight piece of the path and how far along the whole it begins and ends, 0...1.
    private struct Segment {
        var u0: Double, v0: Double, u1: Double, v1: Double
        var start: Double, end: Double
    }

    private var segments: [Segment]
    private let halfWidth: Double
    private let edge: Double
    private let phase: Double
    /// How much weaker the ends are than the middle, 0...1.
    private let fade: Double
    let reachMm: Double

    /// A circular arc that turns by `bend` in all, cut into `pieces`; deepest in its middle.
    init(scratch defect: PlantedDefect) {
        var generator = SplitMix64(seed: defect.shapeSeed, .shape)
        let phase = generator.next(in: 0...(2 * .pi))
        var path = Self.path(length: defect.lengthMm) { defect.bend * ($0 - 0.5) }
        if defect.pieces > 1 {
            // Gaps of 4...8 % of the length between pieces of about the same length.
            for cut in 1..<defect.pieces {
                let middle = (Double(cut) + generator.next(in: -0.15...0.15)) / Double(defect.pieces)
                let half = generator.next(in: 0.02...0.04)
                path.removeAll { $0.end > middle - half && $0.start < middle + half }
            }
        }
        self.init(path, defect, phase: phase, fade: 0.35)
    }

    /// A winding path: its direction is a sum of three slow waves of typical size `bend`.
    init(fibre defect: PlantedDefect) {
        var generator = SplitMix64(seed: defect.shapeSeed, .shape)
        let waves = (1...3).map { order in
            (
                order: Double(order) * generator.next(in: 0.7...1.2),
                amplitude: defect.bend * generator.next(in: 0.5...1) / Double(order),
                phase: generator.next(in: 0...(2 * .pi))
            )
        }
        let path = Self.path(length: defect.lengthMm) { place in
            waves.reduce(0) { $0 + $1.amplitude * sine(.pi * $1.order * (place - 0.5) + $1.phase) }
        }
        self.init(path, defect, phase: generator.next(in: 0...(2 * .pi)), fade: 0)
    }

    private init(_ segments: [Segment], _ defect: PlantedDefect, phase: Double, fade: Double) {
        self.segments = segments
        halfWidth = defect.widthMm / 2
        edge = min(defect.edgeMm, defect.widthMm)
        self.phase = phase
        self.fade = fade
        let farthest = segments.map {
            max($0.u0 * $0.u0 + $0.v0 * $0.v0, $0.u1 * $0.u1 + $0.v1 * $0.v1)
        }
        reachMm = (farthest.max() ?? 0).squareRoot() + halfWidth + edge / 2
    }

    /// A path of the given length and of direction `heading(place)`, place 0...1, with its middle in
    /// the origin and its ends level with each other.
    private static func path(length: Double, heading: (Double) -> Double) -> [Segment] {
        let count = 64
        let step = length / Double(count)
        var points = [(0.0, 0.0)]
        for index in 0..<count {
            let direction = heading((Double(index) + 0.5) / Double(count))
            let last = points[index]
            points.append((last.0 + step * cosine(direction), last.1 + step * sine(direction)))
        }
        let turn = angle(points[count].1, points[count].0)
        let (cosTurn, sinTurn) = (cosine(turn), sine(turn))
        let us: [Double] = points.map { point in point.0 * cosTurn + point.1 * sinTurn }
        let vs: [Double] = points.map { point in point.1 * cosTurn - point.0 * sinTurn }
        let middleU = ((us.min() ?? 0) + (us.max() ?? 0)) / 2
        let middleV = ((vs.min() ?? 0) + (vs.max() ?? 0)) / 2
        let us0 = us.map { $0 - middleU }
        let vs0 = vs.map { $0 - middleV }
        return (0..<count).map { index -> Segment in
            let start = Double(index) / Double(count)
            let end = Double(index + 1) / Double(count)
            return Segment(
                u0: us0[index],
                v0: vs0[index],
                u1: us0[index + 1],
                v1: vs0[index + 1],
                start: start,
                end: end
            )
        }
    }

    func part(nearU u: Double, v: Double, radius: Double) -> (any DefectShape)? {
        let reach = radius + halfWidth + edge / 2
        var copy = self
        copy.segments = segments.filter { Self.distance($0, u, v).squared <= reach * reach }
        return copy.segments.isEmpty ? nil : copy
    }

    func effect(u: Double, v: Double) -> DefectEffect {
        var nearest = Double.infinity
        var place = 0.0
        for segment in segments {
            let (squared, share) = Self.distance(segment, u, v)
            guard squared < nearest else { continue }
            nearest = squared
            place = segment.start + share * (segment.end - segment.start)
        }
        let distance = nearest.squareRoot() - halfWidth
        guard distance < edge / 2 || distance <= 0 else { return .none }
        let side = edge > 0 ? smoothStep(0.5 - distance / edge) : 1
        let depth = 1 - fade * (1 - smoothStep(6 * min(place, 1 - place)))
        let ripple = 1 - fade * 0.3 * (0.5 + 0.5 * cosine(23 * place + phase))
        return DefectEffect(strength: side * depth * ripple, isInside: distance <= 0)
    }

    /// The squared distance of a point to a segment, and how far along it the nearest place is.
    private static func distance(
        _ segment: Segment,
        _ u: Double,
        _ v: Double
    ) -> (squared: Double, share: Double) {
        let du = segment.u1 - segment.u0
        let dv = segment.v1 - segment.v0
        let length = du * du + dv * dv
        let along = (u - segment.u0) * du + (v - segment.v0) * dv
        let share = length > 0 ? min(max(along / length, 0), 1) : 0
        let x = u - segment.u0 - share * du
        let y = v - segment.v0 - share * dv
        return (x * x + y * y, share)
    }
}
