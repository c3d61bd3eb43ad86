import ClearcoatImage
import ClearcoatRegions
import Foundation
import Testing

/// SciPy's own labelling cases, which are not ours to copy: seven pictures of 7 × 7, each labelled with
/// every kind of neighbourhood, of which two are ours.
@Suite struct SciPyCasesTests {
    /// The folder of the real data: beside the repository, or where `CLEARCOAT_SHARED` says.
    static let folder: URL? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..")
            .standardized
        let shared = ProcessInfo.processInfo.environment["CLEARCOAT_SHARED"].map { URL(filePath: $0) }
        return [shared, root.appending(path: "shared")].compactMap { $0?.appending(path: "data/labelling") }
            .first { FileManager.default.fileExists(atPath: $0.appending(path: "label_inputs.txt").path) }
    }()

    func matrices(_ name: String, size: Int) throws -> [[UInt32]] {
        let folder = try #require(Self.folder)
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { UInt32($0) }
        return stride(from: 0, to: numbers.count, by: size * size).map {
            Array(numbers[$0..<$0 + size * size])
        }
    }

    @Test(.enabled(if: folder != nil, "no shared/data/labelling: set CLEARCOAT_SHARED to the folder shared"))
    func labelsAsSciPyDoes() throws {
        let neighbourhoods = try matrices("label_strels.txt", size: 3)
        let results = try matrices("label_results.txt", size: 7)
        let inputs = try matrices("label_inputs.txt", size: 7)
        #expect(results.count == inputs.count * neighbourhoods.count)
        let cases: [(Connectivity, [UInt32])] = [
            (.four, [0, 1, 0, 1, 1, 1, 0, 1, 0]), (.eight, Array(repeating: 1, count: 9)),
        ]
        for (connectivity, neighbourhood) in cases {
            let which = try #require(neighbourhoods.firstIndex(of: neighbourhood))
            for (index, input) in inputs.enumerated() {
                let mask = Mask(width: 7, height: 7, samples: input.map { UInt8($0) })
                let found = regions(in: mask, connectivity: connectivity)
                let expected = results[index * neighbourhoods.count + which]
                #expect(labels(of: found, width: 7, height: 7).samples == expected)
            }
        }
    }
}
