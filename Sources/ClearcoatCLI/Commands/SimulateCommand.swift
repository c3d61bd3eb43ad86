import ArgumentParser
import ClearcoatSimulator
import SystemPackage

/// `clearcoat simulate`.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Paints pictures of panels with known defects, to try recipes on.",
        discussion: """
              clearcoat simulate --output panels --count 8 --seed 1 --surface solidDark
              clearcoat simulate --output SampleImages --samples

            Writes the pictures, and for each of them in ground_truth/ a JSON file with every defect (class, place, \
            size in mm, contrast, contrast over noise) and a PNG in which the pixels of defect 1 have the value 1, \
            and so on. The same seed and settings give the same files. Panels painted earlier are replaced; pictures \
            of the same names without such a JSON file are somebody else's and stay: the command refuses.

            Exit status: 0; 64 usage; 74 the output cannot be written.
            """
    )

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder for the pictures; made if it is missing.", valueName: "folder")
    )
    var output: String

    @Flag(help: "Paint the sample images that come with Clearcoat instead.")
    var samples = false

    @Option(help: "How many panels; 4 without it.")
    var count: Int?

    @Option(help: "What all that is random follows from; 1 without it.")
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "The paint: \(Self.paints); all in turn without it.",
            valueName: "paint"
        ),
        transform: Self.preset
    )
    var surface: PanelPreset?

    @Option(help: "Columns of the pictures; 1400 without it.")
    var width: Int?

    @Option(help: "Rows of the pictures; 1000 without it.")
    var height: Int?

    @Option(help: "Millimetres on the part from one pixel to the next; 0.065 without it.")
    var mmPerPixel: Double?

    @Option(help: "The share of panels without any defect, 0 to 1; 0.25 without it.")
    var clean: Double?

    @Option(help: "The most defects on one panel; 8 without it.")
    var defects: Int?

    @Option(
        help: ArgumentHelp(
            "The lens's blur, before the sensor's noise; 0.7 is sharp, and without it; 3 is out of focus.",
            valueName: "pixels"
        )
    )
    var blur: Double?

    func validate() throws {
        func check<Value: Comparable>(_ name: String, _ value: Value?, _ allowed: ClosedRange<Value>) throws {
            guard let value, !allowed.contains(value) else { return }
            throw ValidationError("\(name) is \(allowed.lowerBound) to \(allowed.upperBound), not \(value)")
        }
        try check("--count", count, 1...100_000)
        try check("--width", width, 64...16384)
        try check("--height", height, 64...16384)
        try check("--mm-per-pixel", mmPerPixel, 0.001...10)
        try check("--clean", clean, 0...1)
        try check("--defects", defects, 1...64)
        try check("--blur", blur, 0...20)
        let given: [(name: String, isGiven: Bool)] = [
            ("--count", count != nil), ("--seed", seed != nil), ("--surface", surface != nil),
            ("--width", width != nil), ("--height", height != nil), ("--mm-per-pixel", mmPerPixel != nil),
            ("--clean", clean != nil), ("--defects", defects != nil), ("--blur", blur != nil),
        ]
        if samples, let other = given.first(where: \.isGiven) {
            throw ValidationError("--samples paints a fixed set; \(other.name) does not go with it")
        }
    }

    func run() throws {
        let folder = FilePath(output)
        let panels = self.panels
        for panel in panels { try panel.refuseForeignFiles(in: folder) }
        for panel in panels { try panel.write(to: folder) }
    }

    /// All panels that are asked for, each made when its turn comes.
    private var panels: some Sequence<SimulatedPanelFiles> {
        let series = PanelSeries(
            seed: seed ?? 1,
            preset: surface,
            width: width ?? 1400,
            height: height ?? 1000,
            mmPerPixel: mmPerPixel ?? 0.065,
            cleanShare: clean ?? 0.25,
            mostDefects: defects ?? 8,
            blurSigmaPx: blur ?? PanelCamera().blurSigmaPx
        )
        let fixed = samples ? SamplePanels.all.map(SimulatedPanelFiles.init(of:)) : nil
        return (0..<(fixed?.count ?? count ?? 4)).lazy.map { index in
            if let fixed { return fixed[index] }
            let (description, seed) = series.panel(index)
            return SimulatedPanelFiles(
                fileName: description.name + ".png",
                format: .png,
                seed: seed,
                description: description
            )
        }
    }

    private static let paints = PanelPreset.allCases.map(\.rawValue).joined(separator: ", ")

    private static func preset(_ name: String) throws -> PanelPreset {
        guard let preset = PanelPreset(rawValue: name) else {
            throw ValidationError("there is no paint \"\(name)\"; there are \(paints)")
        }
        return preset
    }
}
