/// The languages that reports have names for.
public enum Language: String, Sendable, Hashable, CaseIterable {
    /// English.
    case english = "en"
    /// German.
    case german = "de"
    /// Chinese, simplified characters.
    case chinese = "zh"
}

extension DefectClass {
    /// What people call it, by language, fit for a heading. Records and recipes use ``rawValue``.
    public var names: [Language: String] {
        switch self {
        case .inclusion: [.english: "Inclusion", .german: "Einschluss", .chinese: "夹杂"]
        case .crater: [.english: "Crater", .german: "Krater", .chinese: "缩孔"]
        case .pinhole: [.english: "Pinhole", .german: "Nadelstich", .chinese: "针孔"]
        case .scratch: [.english: "Scratch", .german: "Kratzer", .chinese: "划痕"]
        case .run: [.english: "Run", .german: "Läufer", .chinese: "流挂"]
        case .fibre: [.english: "Fibre", .german: "Faser", .chinese: "纤维"]
        case .stain: [.english: "Stain", .german: "Fleck", .chinese: "污斑"]
        case .dent: [.english: "Dent or bump", .german: "Delle oder Beule", .chinese: "凹凸"]
        case .unknown: [.english: "Unknown", .german: "Unbekannt", .chinese: "未知"]
        }
    }

    /// The name in a language; every class has one in each.
    public func name(in language: Language) -> String { names[language] ?? rawValue }
}
