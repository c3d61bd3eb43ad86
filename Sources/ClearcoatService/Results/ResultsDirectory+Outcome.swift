import Clearcoat
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports

extension ResultsDirectory {
    /// Writes what became of a capture: its picture and its record, or its line in `failures.ndjson`.
    ///
    /// A record that cannot be written for a reason of its own is a failure of that capture alone.
    ///
    /// - Parameter path: where the record of an earlier inspection of the same input may be, which a failure
    ///   removes.
    /// - Returns: the record, or the failure that stands for it. A cancelled capture leaves nothing.
    /// - Throws: `ResultsError` when the output as a whole cannot be written.
    nonisolated func write(
        _ outcome: Outcome,
        at order: Int,
        replacingRecordAt path: CapturePath? = nil
    ) async throws(ResultsError) -> Result<InspectionRecord, CaptureFailure> {
        switch outcome {
        case .inspected(let record, let picture):
            do throws(ResultsError) {
                try await write(record, picture: picture, at: order)
                return .success(record)
            } catch {
                guard error.isAboutOneCapture else { throw error }
                let failure = CaptureFailure(of: record, because: error.description)
                try await write(failure.line, at: order, replacingRecordAt: path)
                return .failure(failure)
            }
        case .failed(let failure):
            if failure.code != .cancelled {
                try await write(failure.line, at: order, replacingRecordAt: path)
            }
            return .failure(failure)
        }
    }
}

extension CaptureFailure {
    /// The line of `failures.ndjson`.
    var line: InspectionFailure {
        InspectionFailure(code: code.rawValue, message: message, path: source, id: captureID)
    }

    /// The failure of a capture whose record cannot be written.
    init(of record: InspectionRecord, because why: String) {
        self.init(captureID: record.capture.id, source: record.capture.source, .outputFailed, why)
    }
}

extension ResultsError {
    /// Whether other captures can still be written.
    fileprivate var isAboutOneCapture: Bool {
        switch self {
        case .record, .picture, .unsafePath: true
        case .system, .notADirectory, .noResults, .foreign, .isInput, .foreignFile, .inUse: false
        }
    }
}

extension RunDescription {
    /// What all records of `inspector` have in common.
    init(of inspector: Inspector, drawsPictures: Bool) {
        self.init(
            generator: Inspector.generator,
            recipe: inspector.recipeIdentity,
            recipeText: inspector.recipe.yaml,
            areas: .init(
                zones: inspector.recipe.zones,
                ignore: inspector.recipe.ignore,
                language: inspector.recipe.report.language
            ),
            isReproducible: inspector.options.isReproducible,
            drawsPictures: drawsPictures
        )
    }
}

extension InspectionRecord {
    /// Whether inspecting the same bytes again could only give the same record.
    func isRight(for loaded: LoadedCapture, by inspector: Inspector) -> Bool {
        capture.id == loaded.capture.id && capture.sha256 == loaded.digest.hexadecimal
            && isMade(by: inspector)
    }

    /// Whether it was made by this recipe and this version.
    func isMade(by inspector: Inspector) -> Bool {
        recipe == inspector.recipeIdentity && generator == Inspector.generator
    }
}
