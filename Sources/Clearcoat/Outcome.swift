public import ClearcoatImage
public import ClearcoatInspection

/// What became of one capture. Every capture that goes in comes out as one of these.
public enum Outcome: Sendable {
    /// It was inspected: the record, and the picture unless the options say otherwise.
    case inspected(InspectionRecord, picture: GrayImage?)
    /// It could not be inspected. It is not good and not bad: somebody has to look at it.
    case failed(CaptureFailure)
}
