public import ClearcoatCodecs

/// How an ``Inspector`` does its work. Nothing here changes a verdict.
public struct InspectorOptions: Sendable {
    /// How many captures are inspected at the same time; the machine's cores unless set. With fewer
    /// captures than that, the bands of one picture share the cores.
    public var jobs: Int
    /// What a file may ask for before it is refused.
    public var decodingLimits = DecodingLimits()
    /// The most bytes a file may have: 1 GiB unless set.
    public var maximumFileBytes = 1 << 30
    /// Whether records leave out when and how fast they were made, so that two runs give the same bytes.
    public var isReproducible = false
    /// Whether an ``Outcome`` carries the decoded picture. Without, memory is free again sooner.
    public var keepsPictures = true
    /// Rows of a picture that are worked on at a time, for the test that this cannot be seen.
    package var bandHeight = 64

    /// The options written above.
    public init(jobs: Int = Cores.available) { self.jobs = max(1, jobs) }
}
