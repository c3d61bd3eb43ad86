public import ClearcoatImage

/// A picture of regions: every pixel of `regions[i]` holds i + 1, every other pixel 0. Where regions
/// overlap the later one wins; what lies outside the picture is left out.
///
/// - Complexity: O(*n*) in pixels.
public func labels(of regions: [Region], width: Int, height: Int) -> Image<UInt32> {
    var samples = [UInt32](repeating: 0, count: width * height)
    for (label, region) in zip(UInt32(1)..., regions) {
        for run in region.runs where (0..<height).contains(run.row) {
            for x in run.columns.clamped(to: 0..<width) { samples[run.row * width + x] = label }
        }
    }
    return Image(width: width, height: height, samples: samples)
}

/// A mask of regions: 255 in every pixel of any of them, 0 elsewhere. What lies outside is left out.
///
/// - Complexity: O(*n*) in pixels.
public func mask(of regions: [Region], width: Int, height: Int) -> Mask {
    var samples = [UInt8](repeating: 0, count: width * height)
    for region in regions {
        for run in region.runs where (0..<height).contains(run.row) {
            for x in run.columns.clamped(to: 0..<width) { samples[run.row * width + x] = 255 }
        }
    }
    return Image(width: width, height: height, samples: samples)
}

/// The regions that another program painted into a picture, with the labels it gave them.
///
/// A picture with a single value besides 0 is a mask: its connected regions are numbered from 1 in the
/// order of their first pixels. A picture with more values is a label picture: all pixels of one value
/// are one region, connected or not, and its label is the value. Labels ascend.
///
/// - Parameter connectivity: what connects the regions of a mask; not used on a label picture.
/// - Complexity: O(*n*) in pixels.
public func labelledRegions<Element: Sample & FixedWidthInteger & UnsignedInteger>(
    in image: Image<Element>,
    connectivity: Connectivity = .eight
) -> [(label: Int, region: Region)] {
    var runsOfLabel: [Element: [Run]] = [:]
    for y in 0..<image.height {
        let row = image.samples[image.row(y)]
        var start = row.startIndex
        while start < row.endIndex {
            let label = row[start]
            var end = start + 1
            while end < row.endIndex, row[end] == label { end += 1 }
            if label != 0 {
                let run = Run(row: y, start: start - row.startIndex, end: end - row.startIndex)
                runsOfLabel[label, default: []].append(run)
            }
            start = end
        }
    }
    if runsOfLabel.count == 1, let runs = runsOfLabel.values.first {
        return zip(1..., regions(of: runs, connectivity: connectivity)).map { (label: $0, region: $1) }
    }
    return runsOfLabel.sorted { $0.key < $1.key }.map { (label: Int($0.key), region: Region(runs: $0.value)) }
}
