public import Clearcoat
import ClearcoatImage
import ClearcoatInspection
import ClearcoatTraining
import FoundationEssentials
import SystemPackage

/// A picture and where it is written what it really shows.
public struct TruthPicture: Sendable, Hashable {
    /// The picture.
    public var capture: Capture
    /// What it shows.
    var truth: Source

    /// Where the truth stands.
    enum Source: Sendable, Hashable {
        /// A file of `clearcoat simulate`, and a mask with the number of the defect at each pixel.
        case simulated(list: FilePath, mask: FilePath)
        /// A mask of defects that are all of one class.
        case mask(FilePath, DefectClass)
    }
}

extension TruthPicture.Source {
    /// The most bytes of a list of defects.
    private static let maximumList = 16 << 20

    /// Reads the truth about a picture of a size.
    func labels(width: Int, height: Int) throws(TruthMaskError) -> TruthLabels {
        let bounds = Rectangle(x: 0, y: 0, width: width, height: height)
        switch self {
        case .simulated(let list, let mask):
            let bytes: [UInt8]
            do {
                bytes = try FileContents.read(list, limit: Self.maximumList)
            } catch {
                throw TruthMaskError(path: list.string, problem: "\(error)")
            }
            guard let truth = try? JSONDecoder().decode(DefectList.self, from: Data(bytes)) else {
                throw TruthMaskError(
                    path: list.string,
                    problem: "is no list of defects as \"clearcoat simulate\" writes it"
                )
            }
            let classes = truth.defects.map { ($0.id, $0.class) }
            return TruthLabels(
                try TruthMaskFile.numbers(mask, in: bounds),
                classes: Dictionary(classes) { first, _ in first }
            )
        case .mask(let mask, let `class`):
            let defects = try TruthMaskFile.defects(mask, in: bounds)
            let ones = Image(
                width: width,
                height: height,
                samples: defects.samples.map { $0 == 0 ? 0 : 1 as UInt8 }
            )
            return TruthLabels(ones, classes: [1: `class`])
        }
    }

    /// The part of the simulator's truth that is needed.
    private struct DefectList: Decodable {
        var defects: [Defect]

        struct Defect: Decodable {
            var id: UInt8
            var `class`: DefectClass
        }
    }
}
