import ArgumentParser
import ClearcoatCodecs
import ClearcoatImage
import ClearcoatReports
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
            and so on. The same seed and settings give the same files.

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

    @Option(help: "How many panels.")
    var count = 4

    @Option(help: "What all that is random follows from.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "The paint: \(Self.paints); all in turn without it.",
            valueName: "paint"
        ),
        transform: Self.preset
    )
    var surface: PanelPreset?

    @Option(help: "Columns of the pictures.")
    var width = 1400

    @Option(help: "Rows of the pictures.")
    var height = 1000

    @Option(help: "Millimetres on the part from one pixel to the next.")
    var mmPerPixel = 0.065

    @Option(help: "The share of panels without any defect, 0 to 1.")
    var clean = 0.25

    @Option(help: "The most defects on one panel.")
    var defects = 8

    func validate() throws {
        if !(1...100_000).contains(count) { throw ValidationError("--count is 1 to 100000, not \(count)") }
        if !(64...16384).contains(width) { throw ValidationError("--width is 64 to 16384, not \(width)") }
        if !(64...16384).contains(height) { throw ValidationError("--height is 64 to 16384, not \(height)") }
        if !(0.001...10).contains(mmPerPixel) {
            throw ValidationError("--mm-per-pixel is 0.001 to 10, not \(mmPerPixel)")
        }
        if !(0...1).contains(clean) { throw ValidationError("--clean is 0 to 1, not \(clean)") }
        if !(1...64).contains(defects) { throw ValidationError("--defects is 1 to 64, not \(defects)") }
    }

    func run() throws {
        let folder = FilePath(output)
        if samples {
            for panel in SamplePanels.all { try SimulatedPanelFiles(of: panel).write(to: folder) }
        } else {
            for index in 0..<count { try panel(index).write(to: folder) }
        }
    }

    /// The panel number `index`: the same whatever the count.
    private func panel(_ index: Int) -> SimulatedPanelFiles {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<index { _ = generator.next() }
        generator = SplitMix64(seed: generator.next())
        let presets = PanelPreset.allCases
        let preset = surface ?? presets[index % presets.count]
        let isClean = generator.nextUnit() < clean
        let number = isClean ? 0 : 1 + Int(generator.next() % UInt64(defects))
        let classes = (0..<number).map { _ in
            PlantedDefectClass.allCases[Int(generator.next() % UInt64(PlantedDefectClass.allCases.count))]
        }
        let panelSeed = generator.next() >> 1
        let digits = String(index + 1)
        let name = "panel-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return SimulatedPanelFiles(
            fileName: name + ".png",
            format: .png,
            seed: panelSeed,
            description: .random(
                preset,
                name: name,
                seed: panelSeed,
                width: width,
                height: height,
                mmPerPixel: mmPerPixel,
                defects: classes
            )
        )
    }

    private static let paints = PanelPreset.allCases.map(\.rawValue).joined(separator: ", ")

    private static func preset(_ name: String) throws -> PanelPreset {
        guard let preset = PanelPreset(rawValue: name) else {
            throw ValidationError("there is no paint \"\(name)\"; there are \(paints)")
        }
        return preset
    }
}
