internal import ClearcoatCodecs
public import ClearcoatImage
public import ClearcoatInspection

/// Inspects captures by one recipe.
///
/// Cheap to copy and safe to share: any number of tasks may use the same inspector. The verdict, the
/// findings and every byte of the record follow from the picture, the recipe and the version alone,
/// however many captures are inspected at the same time; only the record's `timings` tell the hour.
///
/// ```swift
/// let inspector = Inspector(recipe: try Recipe(yaml: text, file: "hood.yaml"))
/// for await outcome in inspector.outcomes(of: captures) { … }
/// ```
public struct Inspector: Sendable {
    /// By which recipe.
    public let recipe: Recipe
    /// How the work is done.
    public let options: InspectorOptions

    private let cores: Cores
    private let decoder: ImageDecoder
    /// Goes into every record.
    package let recipeIdentity: InspectionRecord.RecipeIdentity

    /// An inspector for `recipe`.
    public init(recipe: Recipe = Recipe(), options: InspectorOptions = InspectorOptions()) {
        self.recipe = recipe
        self.options = options
        cores = Cores(count: options.jobs)
        decoder = ImageDecoder(limits: options.decodingLimits)
        // How reports are written changes no record.
        var judging = recipe
        judging.report = Recipe.Report()
        recipeIdentity = .init(
            name: recipe.name,
            sha256: SHA256Digest(of: Array(judging.yaml.utf8)).hexadecimal
        )
    }

    /// The hash that records name the recipe by.
    public var recipeSHA256: String { recipeIdentity.sha256 }

    /// What the records of this version say of who wrote them.
    public static let generator = InspectionRecord.Generator(name: "clearcoat", version: "0.1.0")

    /// Inspects a picture that is in memory already. Its bands run in parallel where cores are idle.
    ///
    /// - Parameters:
    ///   - colour: the colours of a colour picture's cells (``ColourCells/init(of:)``); nil leaves them unlooked at.
    ///   - scale: the size of a pixel on the part, if known. The recipe's own scale wins.
    /// - Throws: ``InspectionError`` when the recipe needs a scale and there is none, and
    ///   `CancellationError`.
    public func inspect(
        _ image: GrayImage,
        colour: ColourCells? = nil,
        scale: PhysicalScale? = nil
    ) async throws -> InspectionContent {
        let inspection = try Inspection(recipe: recipe, scale: scale, bandHeight: options.bandHeight)
        cores.occupy()
        defer { cores.release() }
        return try await inspection.run(on: image, colour: colour, bands: TaskGroupBands(cores: cores))
    }

    /// Reads, decodes and inspects one capture.
    ///
    /// Never throws: what goes wrong with one capture is its outcome. A task that is cancelled gets
    /// ``CaptureFailure/Code/cancelled`` within a few rows of pixels.
    public func inspect(_ capture: Capture) async -> Outcome {
        do {
            return try await outcome(of: capture)
        } catch {
            return .failed(CaptureFailure(of: capture, error))
        }
    }

    private func outcome(of capture: Capture) async throws -> Outcome {
        try await outcome(of: load(capture))
    }

    /// Reads a capture's bytes and hashes them; nothing is decoded yet.
    ///
    /// - Throws: whatever ``CaptureFailure/init(of:_:)-(_,Error)`` takes.
    package func load(_ capture: Capture) throws -> LoadedCapture {
        var watch = StopWatch(isRunning: !options.isReproducible)
        let bytes = try contents(of: capture)
        watch.lap()
        return LoadedCapture(capture: capture, bytes: bytes, digest: SHA256Digest(of: bytes), watch: watch)
    }

    /// Decodes and inspects a capture whose bytes are there.
    package func inspect(_ loaded: LoadedCapture) async -> Outcome {
        do {
            return try await outcome(of: loaded)
        } catch {
            return .failed(CaptureFailure(of: loaded.capture, error))
        }
    }

    private func outcome(of loaded: LoadedCapture) async throws -> Outcome {
        var watch = loaded.watch
        let (decoded, colour) = try await decode(loaded.bytes)
        watch.lap()
        let content = try await inspect(decoded.pixels, colour: colour, scale: decoded.metadata.scale)
        watch.lap()
        let record = InspectionRecord(
            generator: Self.generator,
            capture: description(of: loaded.capture, loaded.digest, decoded),
            recipe: recipeIdentity,
            content: content,
            timings: watch.timings
        )
        return .inspected(record, picture: options.keepsPictures ? decoded.pixels : nil)
    }

    private func contents(of capture: Capture) throws -> [UInt8] {
        try Task.checkCancellation()
        return switch capture.source {
        case .file(let path): try FileContents.read(path, limit: options.maximumFileBytes)
        case .bytes(let bytes): bytes
        }
    }

    private func decode(_ bytes: [UInt8]) async throws -> (DecodedImage<GrayImage>, ColourCells?) {
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            guard recipe.detect.usesColour else {
                return (try decoder.decodeGray(bytes, cancellation: flag), nil)
            }
            let (picture, colour) = try decoder.decodeGrayAndColour(bytes, cancellation: flag)
            return (picture, colour)
        } onCancel: {
            flag.raise()
        }
    }

    private func description(
        of capture: Capture,
        _ digest: SHA256Digest,
        _ decoded: DecodedImage<GrayImage>
    ) -> CaptureDescription {
        let metadata = decoded.metadata
        let source = recipe.hasScale ? "recipe" : metadata.scale != nil ? "file" : nil
        let middle = Rectangle(x: 0, y: 0, width: metadata.width, height: metadata.height).middle
        let scale =
            recipe.points.map { Calibration.plane($0.map).scale(at: middle) } ?? recipe.scale
            ?? metadata.scale
        return CaptureDescription(
            id: capture.id,
            source: capture.sourceDescription,
            sha256: digest.hexadecimal,
            width: metadata.width,
            height: metadata.height,
            bitDepth: metadata.bitDepth,
            orientation: metadata.orientation.rawValue,
            mmPerPixel: scale?.mmPerPixel,
            scaleSource: source,
            calibration: calibration(in: metadata),
            partId: capture.partID,
            warnings: metadata.warnings
        )
    }
}

extension Inspector {
    /// What one number does not say of the scale; nil when it does.
    private func calibration(in metadata: ImageMetadata) -> CaptureDescription.Calibration? {
        if let points = recipe.points {
            return .init(
                plane: points.map.coefficients,
                points: points.pairs.count,
                residualMm: points.residualMm
            )
        }
        guard let scale = recipe.scale ?? metadata.scale, !scale.isIsotropic else { return nil }
        return .init(plane: Calibration.constant(scale).plane)
    }
}

/// A capture's bytes and their hash, not decoded yet.
package struct LoadedCapture: Sendable {
    /// Whose bytes they are.
    package let capture: Capture
    fileprivate let bytes: [UInt8]
    /// What tells whether they are the same as another time.
    package let digest: SHA256Digest
    fileprivate let watch: StopWatch
}

extension Inspector {
    /// What in the recipe needs a scale that the recipe itself does not give; nil when nothing does.
    ///
    /// With this, captures whose files state no scale fail; see ``statedScale(of:)``.
    public var missingScale: InspectionError? {
        do throws(InspectionError) {
            _ = try Inspection(recipe: recipe, scale: nil)
            return nil
        } catch {
            if case .scaleRequired = error { return error }
            return nil
        }
    }

    /// The scale that a capture's file states in its header; nil when it states none or cannot be read.
    /// No pixel is decoded.
    public func statedScale(of capture: Capture) -> PhysicalScale? {
        guard let bytes = try? contents(of: capture) else { return nil }
        return (try? decoder.metadata(of: bytes))?.scale
    }
}
