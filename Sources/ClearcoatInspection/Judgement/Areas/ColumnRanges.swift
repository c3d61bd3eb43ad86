// Pixels of a row as ranges of columns: sorted, neither empty nor touching.

/// Ranges in the order of their starts, with those that touch or overlap made one and empty ones left
/// out.
func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges where !range.isEmpty {
        if let last = result.last, range.lowerBound <= last.upperBound {
            result[result.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
        } else {
            result.append(range)
        }
    }
    return result
}

/// What is in both of two sets of columns.
func intersection(_ one: [Range<Int>], _ two: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var i = 0, j = 0
    while i < one.count, j < two.count {
        let common = one[i].clamped(to: two[j])
        if !common.isEmpty { result.append(common) }
        if one[i].upperBound < two[j].upperBound { i += 1 } else { j += 1 }
    }
    return result
}

/// The columns within `whole` that are not in `ranges`.
func complement(_ ranges: [Range<Int>], in whole: Range<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = whole.lowerBound
    for range in ranges {
        let range = range.clamped(to: whole)
        if start < range.lowerBound { result.append(start..<range.lowerBound) }
        start = max(start, range.upperBound)
    }
    if start < whole.upperBound { result.append(start..<whole.upperBound) }
    return result
}
