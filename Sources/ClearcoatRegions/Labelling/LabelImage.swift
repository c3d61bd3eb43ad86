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

/// Whether a picture looks like one that ``labelledRegions(in:connectivity:)`` is for, a mask or a label picture,
/// rather than a photograph or a mask with soft edges.
///
/// In a label picture the pixels of a label lie together. Where a mask was scaled, anti-aliased or compressed with
/// loss, and in a photograph, values come in ramps, each pixel unlike both its neighbours. So of the pixels that are
/// neither 0 nor of the most frequent value, no more than half may differ from both pixels beside them, or both
/// above and below, one of those not being 0.
///
/// - Precondition: samples of at most 16 bits.
/// - Complexity: O(*n*) in pixels.
public func isLabelPicture<Element: Sample & FixedWidthInteger & UnsignedInteger>(
    _ image: Image<Element>
) -> Bool {
    precondition(Element.bitWidth <= 16, "samples of \(Element.bitWidth) bits")
    var counts = [Int](repeating: 0, count: Int(Element.max) + 1)
    for sample in image.samples { counts[Int(sample)] += 1 }
    counts[0] = 0
    guard let most = counts.max(), let frequent = counts.firstIndex(of: most) else { return true }
    var others = 0
    var alone = 0
    for y in 0..<image.height {
        for x in 0..<image.width where image[x, y] != 0 && Int(image[x, y]) != frequent {
            others += 1
            let value = image[x, y]
            func isBetween(_ one: Element, _ two: Element) -> Bool {
                one != value && two != value && (one != 0 || two != 0)
            }
            let isInner = x > 0 && x < image.width - 1
            let isInnerRow = y > 0 && y < image.height - 1
            if isInner && isBetween(image[x - 1, y], image[x + 1, y])
                || isInnerRow && isBetween(image[x, y - 1], image[x, y + 1])
            {
                alone += 1
            }
        }
    }
    return 2 * alone <= others
}
