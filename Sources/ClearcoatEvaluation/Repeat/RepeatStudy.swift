package import ClearcoatInspection

/// How far several captures of the same parts agree: what `repeatability.json` says.
package struct RepeatStudy: Sendable, Hashable, Codable {
    /// The version of this format.
    package var schemaVersion = 1
    package var generator: InspectionRecord.Generator
    package var name: String
    /// By what captures are of the same part.
    package var partRule: PartRule
    package var parts: [Part]
    /// What could not be inspected, and parts that were seen once.
    package var failures: [DatasetProblem]
    /// Parts whose captures all got the same verdict.
    package var agreeing: Proportion
    /// Fleiss' kappa of the verdicts; null when all captures of all parts got the same one, or nothing repeats.
    @Nullable package var fleissKappa: Double?
    /// Cohen's kappa; null as above, and unless every part was captured twice.
    @Nullable package var cohenKappa: Double?
    /// Defects that were found in every capture of their part.
    package var foundEveryTime: Proportion
    /// The sizes of defects that were found at least twice; null with fewer than two of them.
    @Nullable package var sizes: GaugeStudy?
    /// How findings of several captures are taken for one defect.
    package var sameDefectRule = SameDefect.text

    /// By what captures are of the same part.
    package enum PartRule: String, Sendable, Hashable, Codable {
        /// Each folder is a part.
        case folder
        /// The name up to its last `_` or `-` is the part.
        case prefix
    }

    /// One part.
    package struct Part: Sendable, Hashable, Codable {
        package var name: String
        package var captures: [Capture]
        package var defects: [Defect]
    }

    /// One capture of a part.
    package struct Capture: Sendable, Hashable, Codable {
        package var id: String
        package var verdict: Verdict
        package var findings: Int
    }

    /// One defect of a part.
    package struct Defect: Sendable, Hashable, Codable {
        /// The mean of where it was found.
        package var centroid: Position
        /// What it was called, and how often.
        package var classes: [String: Int]
        /// The size in each capture that found it, in the unit of ``RepeatStudy/sizes``.
        package var sizes: [Double]
        package var foundIn: Int
    }
}

/// When findings of two captures are the same defect.
package enum SameDefect {
    private static let allowancePx = 5.0

    static let text = """
        The captures show the part at the same place: findings whose middles are at most 5 px and half the larger \
        size apart are one defect, the nearest first.
        """

    /// A defect while its findings are gathered.
    package struct Cluster: Sendable {
        package var findings: [Finding]

        var centroid: Position {
            let n = Double(findings.count)
            return Position(
                x: findings.reduce(0) { $0 + $1.centroid.x } / n,
                y: findings.reduce(0) { $0 + $1.centroid.y } / n
            )
        }
        var size: Double { findings.map(\.sizePx).max() ?? 0 }
    }

    /// The defects of one part: each capture's findings go to the nearest defect that has none of that capture
    /// yet, and what is left over begins new ones.
    package static func clusters(_ captures: [[Finding]]) -> [Cluster] {
        var clusters: [Cluster] = []
        for findings in captures {
            var pairs: [(distance: Double, cluster: Int, finding: Int)] = []
            for (index, cluster) in clusters.enumerated() {
                let middle = cluster.centroid
                for (number, finding) in findings.enumerated() {
                    let (dx, dy) = (finding.centroid.x - middle.x, finding.centroid.y - middle.y)
                    let distance = (dx * dx + dy * dy).squareRoot()
                    if distance <= allowancePx + 0.5 * max(cluster.size, finding.sizePx) {
                        pairs.append((distance, index, number))
                    }
                }
            }
            var takenClusters: Set<Int> = []
            var takenFindings: Set<Int> = []
            for pair in pairs.sorted(by: {
                ($0.distance, $0.cluster, $0.finding) < ($1.distance, $1.cluster, $1.finding)
            })
            where !takenClusters.contains(pair.cluster) && !takenFindings.contains(pair.finding) {
                takenClusters.insert(pair.cluster)
                takenFindings.insert(pair.finding)
                clusters[pair.cluster].findings.append(findings[pair.finding])
            }
            for number in findings.indices where !takenFindings.contains(number) {
                clusters.append(Cluster(findings: [findings[number]]))
            }
        }
        return clusters
    }
}

extension RepeatStudy {
    /// Puts together what the captures came to.
    ///
    /// - Parameter records: of each part, in the order of its captures' names.
    package init(
        _ records: [(part: String, captures: [InspectionRecord])],
        name: String,
        partRule: PartRule,
        failures: [DatasetProblem],
        generator: InspectionRecord.Generator
    ) {
        let repeated = records.filter { $0.captures.count >= 2 }
        let isScaled = repeated.allSatisfy { $0.captures.allSatisfy { $0.capture.mmPerPixel != nil } }
        self.generator = generator
        self.name = name
        self.partRule = partRule
        parts = repeated.map { part in
            Part(
                name: part.part,
                captures: part.captures.map {
                    Capture(id: $0.capture.id, verdict: $0.verdict, findings: $0.findings.count)
                },
                defects: SameDefect.clusters(part.captures.map(\.findings)).map { cluster in
                    Defect(
                        centroid: cluster.centroid,
                        classes: Dictionary(
                            cluster.findings.map { ($0.class.rawValue, 1) },
                            uniquingKeysWith: +
                        ),
                        sizes: cluster.findings.map { isScaled ? $0.sizeMm ?? $0.sizePx : $0.sizePx },
                        foundIn: cluster.findings.count
                    )
                }
            )
        }
        let single = records.filter { $0.captures.count == 1 }.map {
            DatasetProblem(name: $0.part, message: "there is one capture of this part only")
        }
        self.failures = failures + single
        let verdicts = parts.map { $0.captures.map(\.verdict) }
        let ratings = verdicts.map { $0.map { Verdict.allCases.firstIndex(of: $0) ?? 0 } }
        agreeing = Proportion(ratings.map { Set($0).count == 1 })
        fleissKappa = Agreement.fleissKappa(ratings)
        cohenKappa =
            ratings.allSatisfy { $0.count == 2 } ? Agreement.cohenKappa(ratings.map { ($0[0], $0[1]) }) : nil
        foundEveryTime = Proportion(
            parts.flatMap { part in part.defects.map { $0.foundIn == part.captures.count } }
        )
        sizes = GaugeStudy(parts.flatMap { $0.defects.map(\.sizes) }, unit: isScaled ? "mm" : "px")
    }
}
