public import Clearcoat
public import ClearcoatReports

/// An outcome as one line of JSON, for programs that read a stream of them.
///
/// An inspected capture gives its record. One that failed gives
/// `{"capture":{"id":…,"source":…},"error":{"code":…,"message":…}}`, so that there is a line for every
/// input and a reader can tell the two by the key `error`.
public enum OutcomeLine {
    /// The line, with its newline.
    ///
    /// - Throws: `RecordCodingError` when a record holds a number that JSON cannot say.
    public static func bytes(of outcome: Outcome) throws(RecordCodingError) -> [UInt8] {
        switch outcome {
        case .inspected(let record, _): try RecordCoder.line(record)
        case .failed(let failure):
            try JSONWriter.line([
                "capture": ["id": .string(failure.captureID), "source": .string(failure.source)],
                "error": ["code": .string(failure.code.rawValue), "message": .string(failure.message)],
            ])
        }
    }
}
