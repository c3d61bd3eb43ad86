/// Which connected component each run belongs to.
///
/// One flat array and nothing else, so that a mask of pure noise, with millions of components, costs 4
/// bytes a run here; ``regions(of:connectivity:minimumPixelCount:)`` makes a ``Region`` of those that
/// count.
struct Components {
    /// The component of the run at the same place, from 0. Components are numbered in the order of
    /// their first pixels.
    let componentOfRun: [UInt32]
    /// How many components there are.
    let count: Int

    /// Joins the runs that touch.
    ///
    /// Neighbouring rows are merged like two sorted lists, and runs that touch are united in a forest
    /// whose roots are always the earliest run of their tree, so that no order of the input can change
    /// the numbers.
    ///
    /// - Precondition: `runs` are sorted, disjoint and apart, as ``runs(in:rows:)`` gives them.
    /// - Complexity: O(*n*) in runs, but for the inverse Ackermann function.
    /// - Reference: C. Fiorio, J. Gustedt, "Two linear time union-find strategies for image
    ///   processing", Theoretical Computer Science 154 (1996), for the forest with the earliest root.
    init(of runs: [Run], connectivity: Connectivity) {
        precondition(runs.count < Int(UInt32.max), "\(runs.count) runs")
        // Two runs of neighbouring rows touch when their columns overlap, or with eight neighbours
        // when they overlap after one is made longer by a column on both sides.
        let reach = connectivity == .eight ? 1 : 0
        var parents = Array(0..<UInt32(runs.count))
        Self.unite(runs, reach: reach, parents: &parents)

        // A parent comes before its children, so one pass turns the forest into numbers.
        var count: UInt32 = 0
        for index in parents.indices {
            let parent = Int(parents[index])
            if parent == index {
                parents[index] = count
                count &+= 1
            } else {
                parents[index] = parents[parent]
            }
        }
        componentOfRun = parents
        self.count = Int(count)
    }

    private static func unite(_ runs: [Run], reach: Int, parents: inout [UInt32]) {
        let runs = runs.span
        var forest = parents.mutableSpan
        var above = 0  // the first run of the row above that may still touch
        var index = 0
        while index < runs.count {
            let run = runs[index]
            while above < index, runs[above].row < run.row &- 1 { above &+= 1 }
            // What ends left of this run ends left of the following ones too.
            while above < index, runs[above].row < run.row, runs[above].end &+ reach <= run.start {
                above &+= 1
            }
            var candidate = above
            while candidate < index, runs[candidate].row < run.row,
                runs[candidate].start < run.end &+ reach
            {
                unite(candidate, index, in: &forest)
                candidate &+= 1
            }
            // The last one may reach on to the next run, so it is not passed yet.
            index &+= 1
        }
    }

    private static func unite(_ one: Int, _ two: Int, in forest: inout MutableSpan<UInt32>) {
        let first = root(of: one, in: &forest)
        let second = root(of: two, in: &forest)
        if first < second {
            forest[second] = UInt32(truncatingIfNeeded: first)
        } else if second < first {
            forest[first] = UInt32(truncatingIfNeeded: second)
        }
    }

    private static func root(of index: Int, in forest: inout MutableSpan<UInt32>) -> Int {
        var index = index
        while Int(forest[index]) != index {
            // Path halving: every second tree node is hung on its grandparent.
            let grandparent = forest[Int(forest[index])]
            forest[index] = grandparent
            index = Int(grandparent)
        }
        return index
    }
}
