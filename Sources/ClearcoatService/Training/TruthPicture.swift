public import Clearcoat
import ClearcoatCodecs
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
        /// A mask that is zero where there is no defect; all defects are of one class.
        case mask(FilePath, DefectClass)
    }
}

extension TruthPicture.Source {
    /// The most bytes of a list of defects.
    private static let maximumList = 16 << 20

    /// Reads the truth about a picture of a size.
    func labels(width: Int, height: Int) throws(TruthError) -> TruthLabels {
        switch self {
        case .simulated(let list, let mask):
            let bytes: [UInt8]
            do {
                bytes = try FileContents.read(list, limit: Self.maximumList)
            } catch {
                throw TruthError(path: list.string, problem: "\(error)")
            }
            guard let truth = try? JSONDecoder().decode(DefectList.self, from: Data(bytes)) else {
                throw TruthError(
                    path: list.string,
                    problem: "is no list of defects as \"clearcoat simulate\" writes it"
                )
            }
            let classes = truth.defects.map { ($0.id, $0.class) }
            return TruthLabels(
                try Self.labels(mask, width: width, height: height),
                classes: Dictionary(classes) { first, _ in first }
            )
        case .mask(let mask, let `class`):
            let labels = try Self.labels(mask, width: width, height: height)
            let one = Image(
                width: width,
                height: height,
                samples: labels.samples.map { $0 == 0 ? 0 : 1 as UInt8 }
            )
            return TruthLabels(one, classes: [1: `class`])
        }
    }

    private static func labels(_ mask: FilePath, width: Int, height: Int) throws(TruthError) -> Image<UInt8> {
        let picture: GrayImage
        do {
            let bytes = try FileContents.read(mask, limit: InspectorOptions().maximumFileBytes)
            picture = try ImageDecoder().decodeGray(bytes).pixels
        } catch {
            throw TruthError(path: mask.string, problem: "\(error)")
        }
        guard case .uint8(let labels) = picture else {
            throw TruthError(path: mask.string, problem: "is a mask of 16 bits; masks have 8 or fewer")
        }
        guard labels.width == width, labels.height == height else {
            throw TruthError(
                path: mask.string,
                problem: "is \(labels.width) x \(labels.height) pixels, its picture \(width) x \(height)"
            )
        }
        return labels
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

/// Why it cannot be read what a picture shows.
struct TruthError: Error, Hashable, CustomStringConvertible {
    var path: String
    var problem: String

    var description: String { "\(path): \(problem)" }
}
