internal import ClearcoatCodecs
internal import ClearcoatInspection

extension CaptureFailure {
    /// The failure of `capture` that `error` stands for.
    package init(of capture: Capture, _ error: any Error) {
        switch error {
        case let error as FileReadError:
            self.init(of: capture, error.code, error.description)
        case let error as ImageDecodingError:
            self.init(of: capture, Code(error), error.description)
        case let error as InspectionError:
            self.init(of: capture, Code(error), error.description)
        case is CancellationError:
            self.init(of: capture, .cancelled, "the inspection was stopped before it was done")
        default:
            self.init(of: capture, .readFailed, "\(error)")
        }
    }
}

extension CaptureFailure.Code {
    fileprivate init(_ error: InspectionError) {
        self =
            switch error {
            case .scaleRequired: .scaleUnknown
            case .classifierNotRead: .classifierMissing
            case .maskSize: .maskSize
            case .horizon: .horizon
            }
    }

    fileprivate init(_ error: ImageDecodingError) {
        self =
            switch error {
            case .unknownFormat(let bytes): bytes.isEmpty ? .empty : .notAnImage
            case .truncated: .truncated
            case .malformed: .malformed
            case .unsupported: .unsupported
            case .tooLarge: .tooLarge
            case .overLimit: .overLimit
            case .outOfMemory: .outOfMemory
            case .cancelled: .cancelled
            }
    }
}
