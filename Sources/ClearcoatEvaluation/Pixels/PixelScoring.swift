package import ClearcoatImage
package import ClearcoatInspection
import ClearcoatRegions

/// The score of every pixel in steps of `PixelHistogram`, row by row.
package struct PixelScoring: Sendable {
    package private(set) var steps: [UInt16]
    package let width: Int

    /// What the detectors answer at each pixel, in units of the threshold; nothing in what the record says was
    /// not judged.
    package init(_ responses: Image<Float>, record: InspectionRecord) {
        width = responses.width
        steps = responses.samples.map { UInt16(PixelHistogram.step(of: $0)) }
        for area in record.excluded {
            guard let region = Region(outline: area.contour, box: area.boundingBox, in: responses.bounds)
            else { continue }
            for run in region.runs {
                for x in run.columns { steps[run.row * width + x] = 0 }
            }
        }
    }

    /// What the record alone says: each mark's pixels have its score.
    package init(_ record: InspectionRecord) {
        width = record.capture.width
        steps = [UInt16](repeating: 0, count: record.capture.width * record.capture.height)
        for mark in Mark.all(of: record) {
            let step = UInt16(PixelHistogram.step(of: Float(mark.score)))
            for run in mark.region.runs {
                for x in run.columns {
                    steps[run.row * width + x] = max(steps[run.row * width + x], step)
                }
            }
        }
    }
}
