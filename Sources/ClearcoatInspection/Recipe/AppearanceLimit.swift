/// How uneven the surface of a zone may be as a whole (see ``Appearance``).
public struct AppearanceLimit: Sendable, Hashable {
    /// What is measured.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// The contrast of waves, as of orange peel: ``Appearance/wavinessPercent``.
        case waviness
        /// Clouds: ``Appearance/mottlingPercent``.
        case mottling
        /// Light and dark parts: ``Appearance/unevennessPercent``.
        case unevenness
    }

    /// Wavelengths from one length to another.
    public struct Wavelengths: Sendable, Hashable {
        /// The shortest and the longest, the first above zero.
        public var range: ClosedRange<Double>
        /// Their unit.
        public var unit: Length.Unit

        /// Wavelengths in a unit.
        public init(_ range: ClosedRange<Double>, _ unit: Length.Unit) {
            self.range = range
            self.unit = unit
        }
    }

    /// The zone's name; nil is all of the picture at once.
    public var zone: String?
    /// What is measured.
    public var measure: Measure
    /// Which values are not acceptable, in percent.
    public var percent: Bounds
    /// Which wavelengths of waviness are meant; nil: those that ``Appearance/wavinessPercent`` is about.
    public var wavelengths: Wavelengths?
    /// What follows.
    public var verdict: Verdict

    /// A limit from its parts.
    public init(
        zone: String? = nil,
        _ measure: Measure,
        percent: Bounds,
        wavelengths: Wavelengths? = nil,
        verdict: Verdict
    ) {
        self.zone = zone
        self.measure = measure
        self.percent = percent
        self.wavelengths = wavelengths
        self.verdict = verdict
    }
}

extension AppearanceLimit {
    /// The bound as a recipe writes it: `> 2 %`.
    public var boundText: String { percent.text() + " %" }

    /// The limit in one short phrase, as reasons quote it: `waviness > 2 % of 1 .. 10 mm in zone A`.
    public var text: String {
        var phrase = measure.rawValue + " " + boundText
        if let wavelengths { phrase += " of " + wavelengths.text }
        if let zone { phrase += " in zone " + zone }
        return phrase
    }
}

extension AppearanceLimit.Wavelengths {
    /// The wavelengths as a recipe writes them: `1 .. 10 mm`.
    public var text: String {
        "\(range.lowerBound.shortest) .. \(range.upperBound.shortest) \(unit.rawValue)"
    }
}
