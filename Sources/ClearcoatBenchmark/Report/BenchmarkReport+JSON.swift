import ClearcoatImage
package import ClearcoatReports

extension BenchmarkReport {
    /// The report as JSON: times in milliseconds, sizes in bytes, speeds in megapixels a second.
    package var json: JSONValue {
        [
            "image": ["width": .integer(width), "height": .integer(height)],
            "cores": .integer(cores),
            "operations": .array(operations.map(\.json)),
            "inspectionToChain": inspection.map(\.json) ?? .null,
            "components": .array(components.map(\.json)),
            "throughput": .array(throughput.map(\.json)),
            "memory": .array(memory.map(\.json)),
        ]
    }
}

extension Timing {
    fileprivate var members: [String: JSONValue] {
        [
            "bestMs": .number(rounded(best * 1000)),
            "medianMs": .number(rounded(median * 1000)),
            "rounds": .integer(rounds),
        ]
    }
}

extension OperationResult {
    fileprivate var json: JSONValue {
        let members: [String: JSONValue] = [
            "name": .string(name),
            "threads": .integer(threads),
            "sharing": .string(sharing.rawValue),
            "megapixelsPerSecond": .number(rounded(megapixelsPerSecond)),
        ]
        return .object(members.merging(timing.members) { first, _ in first })
    }
}

extension RatioResult {
    fileprivate var json: JSONValue {
        [
            "median": .number(rounded(median)),
            "lowerQuartile": .number(rounded(quartiles.lowerBound)),
            "upperQuartile": .number(rounded(quartiles.upperBound)),
            "rounds": .integer(rounds),
            "target": .number(Self.target),
        ]
    }
}

extension ThroughputResult {
    fileprivate var json: JSONValue {
        let members: [String: JSONValue] = [
            "route": .string(route.rawValue),
            "jobs": .integer(jobs),
            "images": .integer(images),
            "megapixelsPerSecond": .number(rounded(megapixelsPerSecond)),
            "targetOnTwoCores": .number(target),
        ]
        return .object(members.merging(timing.members) { first, _ in first })
    }
}

extension MemoryResult {
    fileprivate var json: JSONValue {
        [
            "pixelsPerImage": .integer(pixelCount),
            "images": .integer(images),
            "jobs": .integer(jobs),
            "pictures": .bool(drawsPictures),
            "earlyBytes": .integer(earlyBytes),
            "peakBytes": .integer(peakBytes),
            "targetBytes": .integer(targetBytes),
        ]
    }
}

extension Component {
    /// `[area, x, y, width, height, centroid x, centroid y]`.
    fileprivate var json: JSONValue {
        [
            .integer(area), .integer(box.x), .integer(box.y), .integer(box.width), .integer(box.height),
            .number(centroid.x), .number(centroid.y),
        ]
    }
}

/// A thousandth is more than any clock here is good for.
private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
