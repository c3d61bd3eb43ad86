/// Tells of single pixels whether they are edges: those that ``canny(_:low:high:)`` marks, without a look at the rest
/// of the picture.
///
/// Where edges are asked for near one outline only, most of its box is of no interest.
///
/// - Complexity: O(pixels asked for, and those of edges that hang together with them).
package struct EdgeProbe: Sendable {
    private let width: Int
    private let height: Int
    /// Row-major.
    private let samples: [UInt16]
    private let low: Int32
    private let high: Int32
    /// The magnitude of each pixel's gradient; -1 where it is not known yet.
    private var magnitudes: [Int32]
    /// What is known of each pixel.
    private var answers: [Answer]

    private enum Answer: UInt8 {
        case unknown, edge, none
    }

    /// For the row-major samples of a picture and thresholds as those of ``canny(_:low:high:)``.
    package init(_ samples: [UInt16], width: Int, height: Int, low: Int, high: Int) {
        precondition(low >= 0 && high >= 0, "negative edge thresholds \(low) and \(high)")
        precondition(samples.count == width * height, "\(samples.count) samples for \(width) x \(height)")
        self.samples = samples
        self.width = width
        self.height = height
        self.low = Int32(clamping: min(low, high))
        self.high = Int32(clamping: max(low, high))
        magnitudes = [Int32](repeating: -1, count: samples.count)
        answers = [Answer](repeating: .unknown, count: magnitudes.count)
    }

    /// Whether the pixel at (x, y), which must be inside, is an edge.
    package mutating func isEdge(x: Int, y: Int) -> Bool {
        let place = y * width + x
        if answers[place] == .unknown { follow(from: place) }
        return answers[place] == .edge
    }

    /// Follows the candidates that hang together with a pixel until a strong one is found.
    private mutating func follow(from start: Int) {
        guard isCandidate(start) else {
            answers[start] = .none
            return
        }
        var reached = [start]
        var next = 0
        // None of them is an edge unless one that is strong turns up, or one that is known to be an edge.
        answers[start] = .none
        while next < reached.count {
            let place = reached[next]
            next += 1
            if magnitudes[place] > high {
                for place in reached { answers[place] = .edge }
                return
            }
            let (x, y) = (place % width, place / width)
            for row in max(y - 1, 0)..<min(y + 2, height) {
                for column in max(x - 1, 0)..<min(x + 2, width) {
                    let neighbour = row * width + column
                    switch answers[neighbour] {
                    case .none: continue
                    case .edge:
                        for place in reached { answers[place] = .edge }
                        return
                    case .unknown:
                        answers[neighbour] = .none
                        if isCandidate(neighbour) { reached.append(neighbour) }
                    }
                }
            }
        }
    }

    /// Whether a pixel's magnitude is above the lower threshold and not exceeded along the gradient. Afterwards the
    /// magnitude is known.
    ///
    /// Which neighbour may be equal, and the angles between the sectors, are those of ``EdgeFinder``.
    private mutating func isCandidate(_ place: Int) -> Bool {
        let (x, y) = (place % width, place / width)
        let own = magnitude(x, y)
        guard own > low else { return false }
        let (right, down) = derivatives(x, y)
        let steepness = Int(down.magnitude) << 15
        let flat = Int(right.magnitude) * 13573
        if steepness < flat { return own > magnitude(x - 1, y) && own >= magnitude(x + 1, y) }
        if steepness > flat + Int(right.magnitude) << 16 {
            return own > magnitude(x, y - 1) && own >= magnitude(x, y + 1)
        }
        let step = (right < 0) != (down < 0) ? -1 : 1
        return own > magnitude(x - step, y - 1) && own > magnitude(x + step, y + 1)
    }

    /// |x| + |y| of the gradient; 0 outside the picture.
    private mutating func magnitude(_ x: Int, _ y: Int) -> Int32 {
        guard x >= 0, y >= 0, x < width, y < height else { return 0 }
        let place = y * width + x
        if magnitudes[place] >= 0 { return magnitudes[place] }
        let (right, down) = derivatives(x, y)
        let magnitude = abs(right) + abs(down)
        magnitudes[place] = magnitude
        return magnitude
    }

    /// The Sobel derivatives to the right and down; beyond the border the nearest pixel inside.
    private func derivatives(_ x: Int, _ y: Int) -> (right: Int32, down: Int32) {
        let left = max(x - 1, 0)
        let right = min(x + 1, width - 1)
        let rows = (max(y - 1, 0), y, min(y + 1, height - 1))
        func sample(_ x: Int, _ y: Int) -> Int32 { Int32(samples[y * width + x]) }
        let fall = sample(right, rows.2) - sample(left, rows.0)
        let rise = sample(right, rows.0) - sample(left, rows.2)
        let across = sample(right, rows.1) - sample(left, rows.1)
        let straight = sample(x, rows.2) - sample(x, rows.0)
        return (fall + rise + 2 * across, fall - rise + 2 * straight)
    }
}
