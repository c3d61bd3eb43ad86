public import ClearcoatImage

/// The connected regions of a mask, in the order of their first pixels: top to bottom, then left to
/// right.
///
/// ```
/// # . . #        eight: one region, with the column on the right, since corners connect
/// . # # .        four: three regions
/// ```
///
/// - Parameters:
///   - minimumPixelCount: smaller regions are left out before any memory is taken for them.
/// - Complexity: O(*n*) in pixels for the scan at memory speed, then O(*r*) in runs.
public func regions(
    in mask: Mask,
    connectivity: Connectivity = .eight,
    minimumPixelCount: Int = 1
) -> [Region] {
    regions(of: runs(in: mask), connectivity: connectivity, minimumPixelCount: minimumPixelCount)
}

/// The connected regions of a set of runs, in the order of their first pixels: top to bottom, then left
/// to right.
///
/// - Parameters:
///   - runs: in reading order, disjoint and apart, as ``runs(in:rows:)`` gives them.
///   - minimumPixelCount: smaller regions are left out before any memory is taken for them.
/// - Complexity: O(*n*) in runs, whatever the size of the picture; at most 40
///   bytes a run on the way, besides the regions themselves. A caller that must not spend memory on
///   a mask full of noise looks at `runs.count` first.
public func regions(
    of runs: [Run],
    connectivity: Connectivity = .eight,
    minimumPixelCount: Int = 1
) -> [Region] {
    assert(runs.isNormalized, "runs in disorder")
    let components = Components(of: runs, connectivity: connectivity)

    // A counting sort by component keeps the runs of each in reading order.
    var ends = [UInt32](repeating: 0, count: components.count)
    var pixelCounts = [Int](repeating: 0, count: components.count)
    for (run, component) in zip(runs, components.componentOfRun) {
        ends[Int(component)] &+= 1
        pixelCounts[Int(component)] &+= run.length
    }
    var place: UInt32 = 0
    var kept = 0
    for component in ends.indices {
        let runCount = ends[component]
        ends[component] = place
        guard pixelCounts[component] >= minimumPixelCount else { continue }
        place &+= runCount
        kept &+= 1
    }
    guard kept > 0 else { return [] }
    var sorted = [Run](repeating: runs[0], count: Int(place))
    for (run, component) in zip(runs, components.componentOfRun)
    where pixelCounts[Int(component)] >= minimumPixelCount {
        sorted[Int(ends[Int(component)])] = run
        ends[Int(component)] &+= 1
    }

    var regions: [Region] = []
    regions.reserveCapacity(kept)
    var start = 0
    for (component, end) in ends.enumerated() where pixelCounts[component] >= minimumPixelCount {
        regions.append(Region(normalizedRuns: Array(sorted[start..<Int(end)])))
        start = Int(end)
    }
    return regions
}
