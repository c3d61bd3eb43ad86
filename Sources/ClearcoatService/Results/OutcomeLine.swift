public import Clearcoat
public import ClearcoatReports

/// An outcome as one line of JSON, for programs that read a stream of them.
///
/// An inspected capture gives its record. One that failed gives
/// `{"capture":{"id":…,"source":…},"error":{"code":…,"message":…}}`, so that there is a line for every
/// input and a reader can tell the two by the key `error`.
public enum OutcomeLine {
    /// The line, with its newline. A record that JSON cannot say becomes a failure that says so.
    ///
    /// - Throws: `RecordCodingError`, which no failure's line can.
    public static func bytes(of outcome: Outcome) throws(RecordCodingError) -> [UInt8] {
        switch outcome {
        case .inspected(let record, _):
            do {
                return try RecordCoder.line(record)
            } catch {
                return try bytes(of: .failed(CaptureFailure(of: record, because: error.description)))
            }
        case .failed(let failure):
            return try JSONWriter.line([
                "capture": ["id": .string(failure.captureID), "source": .string(failure.source)],
                "error": ["code": .string(failure.code.rawValue), "message": .string(failure.message)],
            ])
        }
    }
}
