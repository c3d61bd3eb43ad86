public import ClearcoatImage
import ClearcoatRegions

/// Every stage of one inspection as a picture, for `explain`.
public struct InspectionTrace: Sendable {
    /// The result.
    public let content: InspectionContent
    /// The stages in the order they run.
    public let stages: [Stage]

    /// One stage's result.
    public struct Stage: Sendable {
        /// A short name, fit for a file: `flattened`.
        public let name: String
        /// What the picture shows and how values map to gray, one or two sentences.
        public let explanation: String
        /// The picture.
        public let image: Image<UInt8>
    }
}

/// Draws the stages of one inspection.
struct TraceBuilder {
    let image: GrayImage
    let detection: Detection

    func stages() -> [InspectionTrace.Stage] {
        var stages = [judged, illumination, flattened]
        for (index, level) in detection.levels.enumerated() {
            if let response = level.response { stages.append(self.response(response, level, index)) }
        }
        return stages + [candidates]
    }

    private var judged: InspectionTrace.Stage {
        stage(
            "judged",
            "The picture where it is judged; black is ignored by the recipe, glare, or without light."
        ) { x, y in
            cellValue(x, y) { cell in
                // Never as dark as what is not judged, never as white as the page around it.
                detection.background.judged[cell] ? UInt8(60 + 160 * sample(x, y) / image.maximumSample) : 0
            }
        }
    }

    private var illumination: InspectionTrace.Stage {
        let brightest = detection.background.gains.map { 1 / $0 }.max() ?? 1
        return stage(
            "illumination",
            "The brightness that the paint would have without defects; white is its brightest place."
        ) { x, y in cellValue(x, y) { UInt8(clamping: Int(255 / detection.background.gains[$0] / brightest)) }
        }
    }

    private var flattened: InspectionTrace.Stage {
        // Ten sigmas of the noise to either side fill the scale.
        let noise = max(detection.levels.first?.texture.medianSigma ?? 1, 1)
        let range = min(max(10 * noise / 0.361, 40), FixedContrast.maximum)
        return stage(
            "flattened",
            "Relative contrast after the illumination is removed: middle gray is the paint, black and white are \(rounded(Double(100 * range / FixedContrast.one), decimals: 1)) % darker and brighter."
        ) { x, y in gray(Float(detection.flattened[x, y]) / range) }
    }

    private func response(
        _ response: BandedPlane,
        _ level: Detection.Level,
        _ index: Int
    ) -> InspectionTrace.Stage {
        let noise = level.noise
        let range = max(noise.brightThreshold, noise.darkThreshold)
        let image = drawn(width: response.width, height: response.height) { x, y in
            gray(Float(response[x, y]) / noise.sigmas[noise.block(x: x, y: y)] / range)
        }
        var explanation = """
            Response at scale \(1 << index) px in units of local noise: middle gray is the paint; black and \
            white are at the threshold (dark \(rounded(Double(noise.darkThreshold), decimals: 1)), \
            bright \(rounded(Double(noise.brightThreshold), decimals: 1)) sigma).
            """
        if level.weights != .even {
            explanation += """
                 Whitened for this paint: the next coarser band counts \(Double(level.weights.second) / 4) times, \
                the one after \(Double(level.weights.third) / 4) times.
                """
        }
        if level.isFlakeless {
            explanation += " Flakes narrower than \(OpenedRows.side) px were taken out of the picture before."
        }
        return InspectionTrace.Stage(
            name: "response-\(1 << index)px",
            explanation: explanation,
            image: image
        )
    }

    private var candidates: InspectionTrace.Stage {
        var picture = Image<UInt8>(width: image.width, height: image.height, filledWith: 0)
        func paint(_ region: Region, _ value: UInt8) {
            for run in region.runs { for x in run.columns { picture[x, run.row] = value } }
        }
        for drop in detection.dropped {
            if let region = drop.region ?? drop.seed.footprint(in: image.bounds) { paint(region, 90) }
        }
        for candidate in detection.candidates { paint(candidate.region, 255) }
        return InspectionTrace.Stage(
            name: "candidates",
            explanation:
                "White: candidates that were measured and named. Gray: dropped, see the list for why.",
            image: picture
        )
    }

    private func stage(
        _ name: String,
        _ explanation: String,
        _ value: (Int, Int) -> UInt8
    ) -> InspectionTrace.Stage {
        InspectionTrace.Stage(
            name: name,
            explanation: explanation,
            image: drawn(width: image.width, height: image.height, value)
        )
    }

    private func drawn(width: Int, height: Int, _ value: (Int, Int) -> UInt8) -> Image<UInt8> {
        var samples: [UInt8] = []
        samples.reserveCapacity(width * height)
        for y in 0..<height { for x in 0..<width { samples.append(value(x, y)) } }
        return Image(width: width, height: height, samples: samples)
    }

    private func sample(_ x: Int, _ y: Int) -> Int {
        switch image {
        case .uint8(let image): Int(image.samples[y * image.width + x])
        case .uint16(let image): Int(image.samples[y * image.width + x])
        }
    }

    private func cellValue(_ x: Int, _ y: Int, _ value: (Int) -> UInt8) -> UInt8 {
        let size = CellGrid.cellSize
        return value(y / size * detection.background.columns + x / size)
    }

    /// -1 ... 1 to black ... white.
    private func gray(_ value: Float) -> UInt8 { UInt8(max(0, min(255, 127.5 + 127.5 * value))) }
}
