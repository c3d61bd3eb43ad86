import ArgumentParser
import Clearcoat
import ClearcoatCodecs
import ClearcoatFilters
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import SystemPackage

/// `clearcoat filter`.
struct FilterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Applies one filter to one picture, so that it can be held against another library's.",
        discussion: """
              clearcoat filter canny panel.png edges.png --low 40 --high 100
              clearcoat filter --list

            The filter and the two files come first, its settings after them. Pictures of 8 bits stay 8 bits and \
            those of 16 stay 16. Colour is taken as gray. Beyond the border, \
            the picture is mirrored without repeating the edge pixel, as OpenCV does.

            Results that do not fit are stored in 16 bits. Gradients: the magnitude √(x² + y²) rounded, or a \
            component with 32768 for zero; from a picture of 16 bits divided by 64. "flatten": 32768 is no \
            contrast, 0 is −1 (black), 65535 almost +1 (twice as bright) and above.

            Exit status: 0; 2 the picture cannot be read; 64 usage; 74 the output cannot be written.
            """
    )

    @Flag(help: "List all filters with their settings and defaults.")
    var list = false

    @Argument(help: ArgumentHelp("The filter, then the picture and the PNG to write.", valueName: "name"))
    var name: String?

    @Argument(help: "The picture, PNG or JPEG.")
    var image: String?

    @Argument(help: "The PNG to write.")
    var out: String?

    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp("Settings of the filter, such as --sigma 2.", valueName: "--key value")
    )
    var settings: [String] = []

    func run() throws {
        if list { return try StandardOutput.write(Self.listing) }
        guard let name, let image, let out else {
            throw ValidationError("name a filter, a picture and the PNG to write; --list shows the filters")
        }
        guard let filter = NamedFilter(rawValue: name) else {
            let known = NamedFilter.allCases.map(\.rawValue)
            let meant = suggestion(for: name, among: known).map { "; did you mean \($0)?" } ?? "."
            throw ValidationError(
                "there is no filter \"\(name)\"\(meant) There are \(known.joined(separator: ", "))"
            )
        }
        if image.isEmpty || out.isEmpty { throw ValidationError("an empty name names nothing") }
        let file = FilePath(out)
        if let format = file.extension, format.lowercased() != "png" {
            throw ValidationError(
                "\(out) would be a PNG whatever it is called; name it .png, the one format that keeps every sample"
            )
        }
        if let result = FileIdentity(of: file.bytes), result == FileIdentity(of: FilePath(image).bytes) {
            throw ValidationError("\(out) is the picture itself, which would be lost; name another PNG")
        }
        let settings: FilterSettings
        do throws(FilterSettingsError) {
            settings = try FilterSettings(self.settings, for: filter)
        } catch {
            throw ValidationError(error.description)
        }
        let picture = try PictureFiles.read(image).pixels
        let result = filter.apply(to: picture, with: settings)
        if let note = filter.note(on: picture) { StandardError.print(note) }
        let png: [UInt8]
        do {
            png = try ImageEncoder.png(result)
        } catch {
            StandardError.complain("\(image): \(error)")
            throw ExitCode.someFailed
        }
        try PictureFiles.write(png, to: file)
    }

    /// Every filter with its settings, one a line.
    static var listing: String {
        NamedFilter.allCases.map { filter in
            let settings = filter.parameters.map { parameter in
                "    --\(parameter.name) \(parameter.initial)    \(parameter.meaning) (\(parameter.allowed))\n"
            }
            return "\(filter.rawValue): \(filter.summary)\n" + settings.joined()
        }
        .joined()
    }
}
