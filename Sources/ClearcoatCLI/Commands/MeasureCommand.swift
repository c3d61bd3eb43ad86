import ArgumentParser
import ClearcoatCodecs
import ClearcoatImage
import ClearcoatRegions
import ClearcoatReports

/// `clearcoat measure`.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measures the regions of a mask that any program has made.",
        discussion: """
              clearcoat measure mask.png --intensity panel.png > regions.ndjson

            A mask with one value besides 0 is split into connected regions, numbered from the top left. With more \
            values it is a label picture: each value is one region. Prints one line of JSON for each, with lengths \
            in pixels, angles in degrees from +x towards +y, and places where (0, 0) is the centre of the \
            top-left pixel. A JPEG, a photograph and a mask with soft edges are refused.

            Exit status: 0; 2 a picture cannot be read; 64 usage, such as pictures of different sizes.
            """
    )

    @Argument(help: "The mask or label picture, PNG of 8 or 16 bits.")
    var mask: String

    @Option(
        help: ArgumentHelp(
            "A picture of the same size, for the brightness of each region.",
            valueName: "image"
        )
    )
    var intensity: String?

    @Option(help: "Whether pixels that only meet at a corner are connected: 8, or 4 if not.")
    var connectivity = 8

    func validate() throws {
        if mask.isEmpty || intensity == "" { throw ValidationError("an empty name names nothing") }
        if connectivity != 4 && connectivity != 8 { throw ValidationError("--connectivity is 4 or 8") }
    }

    func run() throws {
        let picture = try labels()
        let brightness = try intensity.map { try PictureFiles.read($0).pixels }
        if let brightness, brightness.bounds != picture.bounds {
            throw ValidationError(
                "\(mask) has \(picture.width) x \(picture.height) pixels, "
                    + "\(intensity ?? "") has \(brightness.width) x \(brightness.height)"
            )
        }
        let neighbours: Connectivity = connectivity == 4 ? .four : .eight
        let regions =
            switch picture {
            case .uint8(let image): labelledRegions(in: image, connectivity: neighbours)
            case .uint16(let image): labelledRegions(in: image, connectivity: neighbours)
            }
        for (label, region) in regions {
            try StandardOutput.write(JSONWriter.line(Self.features(of: region, label: label, in: brightness)))
        }
    }

    /// The mask; what cannot be one is refused, since each of its values would count as a region.
    private func labels() throws -> GrayImage {
        let decoded = try PictureFiles.read(mask)
        guard decoded.metadata.format == .png else {
            throw ValidationError(
                "\(mask) is a JPEG, which changes the values of a mask; save the mask as PNG"
            )
        }
        let isMask =
            switch decoded.pixels {
            case .uint8(let image): isLabelPicture(image)
            case .uint16(let image): isLabelPicture(image)
            }
        guard isMask else {
            throw ValidationError(
                """
                \(mask) is neither a mask (0 and one other value) nor a label picture: its values come in ramps, as \
                in a photograph or a mask with soft edges; make it hard first, as with \
                "clearcoat filter threshold \(mask) hard.png --level 127"
                """
            )
        }
        return decoded.pixels
    }

    private static func features(of region: Region, label: Int, in brightness: GrayImage?) -> JSONValue {
        let shape = RegionFeatures(of: region)
        let box = shape.boundingBox
        let degrees = { (radians: Double) in JSONValue.number(radians * 180 / .pi) }
        let point = { (point: Point) in JSONValue.object(["x": .number(point.x), "y": .number(point.y)]) }
        var members: [String: JSONValue] = [
            "label": .integer(label),
            "areaPx": .integer(shape.pixelCount),
            "boundingBox": [
                "x": .integer(box.x), "y": .integer(box.y), "width": .integer(box.width),
                "height": .integer(box.height),
            ],
            "centroid": point(shape.centroid),
            "equivalentDiameterPx": .number(shape.equivalentDiameter),
            "majorAxisLengthPx": .number(shape.majorAxisLength),
            "minorAxisLengthPx": .number(shape.minorAxisLength),
            "orientation": degrees(shape.orientation),
            "eccentricity": .number(shape.eccentricity),
            "elongation": .number(shape.elongation),
            "perimeterPx": .number(shape.perimeter),
            "croftonPerimeterPx": .number(shape.croftonPerimeter),
            "circularity": .number(shape.circularity),
            "extent": .number(shape.extent),
            "convexAreaPx": .integer(shape.convexPixelCount),
            "solidity": .number(shape.solidity),
            "maxFeretPx": .number(shape.maxFeret),
            "maxFeretDirection": degrees(shape.maxFeretDirection),
            "minFeretPx": .number(shape.minFeret),
            "minFeretDirection": degrees(shape.minFeretDirection),
            "holes": .integer(shape.holeCount),
            "filledAreaPx": .integer(shape.filledPixelCount),
        ]
        if let brightness {
            let statistics = IntensityStatistics(of: region, in: brightness)
            members["intensity"] = [
                "mean": .number(statistics.mean), "minimum": .number(statistics.minimum),
                "maximum": .number(statistics.maximum),
                "standardDeviation": .number(statistics.standardDeviation),
                "weightedCentroid": point(statistics.weightedCentroid),
            ]
        }
        return .object(members)
    }
}
