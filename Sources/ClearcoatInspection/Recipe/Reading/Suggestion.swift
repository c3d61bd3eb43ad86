/// The word among `words` that `text` most likely was meant to be; nil when none is near.
///
/// Near is an edit distance of at most a third of the longer word's length, capitals aside.
package func suggestion(for text: some StringProtocol, among words: [String]) -> String? {
    let typed = Array(text.prefix(40).lowercased())
    return words.lazy
        .map { (word: $0, distance: editDistance(typed, Array($0.lowercased()))) }
        .filter { $0.distance <= max(1, max(typed.count, $0.word.count) / 3) }
        .min { $0.distance < $1.distance }?
        .word
}

/// How many letters must be inserted, removed, replaced or exchanged with their neighbour to turn one
/// word into the other.
///
/// - Complexity: the product of the lengths.
/// - Reference: "optimal string alignment" of F. Damerau, "A technique for computer detection and
///   correction of spelling errors", Communications of the ACM 7 (1964) 171-176.
func editDistance(_ one: [Character], _ two: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...two.count)
    for i in 0..<one.count {
        var row = [i + 1]
        for j in 0..<two.count {
            var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == two[j] ? 0 : 1))
            if i > 0, j > 0, one[i] == two[j - 1], one[i - 1] == two[j] {
                least = min(least, beforeLast[j - 1] + 1)
            }
            row.append(least)
        }
        (beforeLast, last) = (last, row)
    }
    return last[two.count]
}
