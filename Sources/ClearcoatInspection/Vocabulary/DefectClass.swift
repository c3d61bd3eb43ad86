/// What a finding is. The names and numbers follow VDA 16, "Decorative surfaces of accessories and
/// functional parts", annex (2016).
public enum DefectClass: String, Sendable, Hashable, Codable, CaseIterable {
    /// Dirt under or in the paint: a compact spot, dark or bright, with a sharp edge.
    case inclusion
    /// A pit with a raised rim, from contamination or gas ("fisheye").
    case crater
    /// A tiny round hole ("pinprick").
    case pinhole
    /// A long, thin, sharp-edged line.
    case scratch
    /// A run or sag: paint that flowed down, wide, long and soft.
    case run
    /// A hair or fibre in the paint: long, thin and curved.
    case fibre
    /// A large soft spot of another brightness.
    case stain
    /// A dent or bump: a smooth deformation, bright on one side and dark on the other.
    case dent
    /// Something that does not belong there and fits no rule.
    case unknown

    /// The position in VDA 16's list of defects; nil for ``unknown``.
    public var vda16: String? {
        switch self {
        case .inclusion: "26"
        case .crater: "4b"
        case .pinhole: "22"
        case .scratch: "17"
        case .run: "18"
        case .fibre: "26"
        case .stain: "10"
        case .dent: "3"
        case .unknown: nil
        }
    }
}

/// Whether a defect is darker or brighter than the paint around it.
public enum Polarity: String, Sendable, Hashable, Codable, CaseIterable {
    /// Darker than its surroundings.
    case dark
    /// Brighter than its surroundings.
    case bright
    /// Has both a dark and a bright part, as a crater with its rim.
    case mixed
}

/// How bad a finding is, from its size and contrast; the verdict follows from the limits instead.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Visible to the instrument, hardly to the customer.
    case cosmetic
    /// Visible on a close look.
    case minor
    /// Visible at arm's length.
    case major
    /// Visible at once.
    case critical

    /// Orders from the least to the most severe.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What becomes of the capture.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// No limit is exceeded.
    case accept
    /// To be polished or repainted locally.
    case rework
    /// Beyond repair at this station.
    case reject
    /// The picture does not allow a judgement. Never counted as good.
    case cannotJudge

    /// Orders by precedence: the verdict of several is the highest among them.
    public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
