import ArgumentParser
import Clearcoat
import ClearcoatCodecs
import ClearcoatImage
import ClearcoatReports
import ClearcoatSimulator
import FoundationEssentials
import SystemPackage

/// The files of one simulated panel: its picture, and the truth about it.
struct SimulatedPanelFiles {
    /// What the picture is called; the truth's files are named after it.
    let fileName: String
    let format: SampleFormat
    let seed: UInt64
    let description: PanelDescription

    /// Refuses to replace what was not simulated: a file of one of the names without the truth of a panel.
    ///
    /// - Throws: the exit status for an output that cannot be written, after telling why.
    func refuseForeignFiles(in folder: FilePath) throws {
        let truth = folder.appending("ground_truth").appending(fileName)
        let json = truth.string + ".json"
        let taken = [folder.appending(fileName).string, truth.string + ".png", json]
            .first { FileIdentity(of: FilePath($0).bytes) != nil }
        guard let taken else { return }
        let bytes = try? FileContents.read(FilePath(json), limit: 1 << 24)
        if bytes.map({ (try? JSONDecoder().decode(GroundTruth.self, from: Data($0))) != nil }) == true {
            return
        }
        throw ResultsError.foreignFile(path: taken, command: "simulate").reported
    }

    /// Renders the panel and writes `name.png`, `ground_truth/name.png.json` and `ground_truth/name.png.png`;
    /// the JSON first, since it is what tells whose the others are.
    func write(to folder: FilePath) throws {
        let rendered = render(description, seed: seed)
        let truth = folder.appending("ground_truth")
        do {
            try PictureFiles.write(json(rendered.truth), to: truth.appending(fileName + ".json"))
            try PictureFiles.write(picture(rendered.pixels), to: folder.appending(fileName))
            let mask = try ImageEncoder.png(Self.mask(rendered.truthLabels), options: Self.smallest)
            try PictureFiles.write(mask, to: truth.appending(fileName + ".png"))
        } catch let error as ImageEncodingError {
            StandardError.complain("\(fileName): \(error)")
            throw ExitCode.outputFailed
        }
    }

    private static let smallest: PNGOptions = {
        var options = PNGOptions()
        options.compression = .small
        return options
    }()

    private func picture(_ pixels: PanelPixels) throws(ImageEncodingError) -> [UInt8] {
        let scale = PhysicalScale(mmPerPixel: description.mmPerPixel)
        switch format {
        case .png:
            var options = Self.smallest
            options.scale = scale
            return switch pixels {
            case .gray8(let image): try ImageEncoder.png(image, options: options)
            case .gray16(let image): try ImageEncoder.png(image, options: options)
            case .rgb8(let image): try ImageEncoder.png(image, options: options)
            case .rgb16(let image): try ImageEncoder.png(image, options: options)
            }
        case .jpeg(let quality, let orientation):
            var options = JPEGOptions()
            options.scale = scale
            options.orientation = Orientation(rawValue: orientation) ?? .topLeft
            let stored = pixels.stored(orientation: options.orientation.rawValue)
            if case .rgb8(let image) = stored {
                return try ImageEncoder.jpeg(image, quality: quality, options: options)
            }
            return switch stored.gray {
            case .uint8(let image): try ImageEncoder.jpeg(image, quality: quality, options: options)
            // JPEG has 8 bits; a camera with more is stored as PNG.
            case .uint16(let image): try ImageEncoder.png(image, options: Self.smallest)
            }
        }
    }

    /// In 8 bits: no panel has more than 255 defects.
    private static func mask(_ labels: Image<UInt16>) -> Image<UInt8> {
        Image(
            width: labels.width,
            height: labels.height,
            samples: labels.samples.map { UInt8(truncatingIfNeeded: $0) }
        )
    }

    private func json(_ truth: GroundTruth) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(truth)) + [UInt8(ascii: "\n")]
    }
}

extension SimulatedPanelFiles {
    /// One of the sample images.
    init(of sample: SamplePanel) {
        self.init(
            fileName: sample.fileName,
            format: sample.format,
            seed: sample.seed,
            description: sample.description
        )
    }
}
