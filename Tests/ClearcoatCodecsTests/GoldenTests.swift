import ClearcoatCodecs
import ClearcoatImage
import Foundation
import Testing

/// Tests/Golden/codecs: files of every kind with what is in them, by Tests/Oracles/codecs/make_golden.py.
@Suite struct GoldenTests {
    /// What the script says of a file.
    struct Expected: Decodable {
        var width: Int
        var height: Int
        var bits: Int
        var depth: Int
        var kind: String
        var rgba: [Int]
        var orientation: Int?
        var scale: [Double]?
        var text: [[String]]?
        var warnings: [String]?
        var tolerance: Int?

        /// Red, green, blue or alpha.
        func channel(_ index: Int) -> [Int] { stride(from: index, to: rgba.count, by: 4).map { rgba[$0] } }
    }

    static let folder = SharedData.repository.appending(path: "Tests/Golden/codecs")

    static func expectations() throws -> [(name: String, expected: Expected)] {
        let json = try Data(contentsOf: folder.appending(path: "expected.json"))
        let all = try JSONDecoder().decode([String: Expected].self, from: json)
        return all.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
    }

    /// Calls `check` for every file, and holds their number against what the folder has.
    private func forEach(_ check: (String, [UInt8], Expected) throws -> Void) throws {
        let all = try Self.expectations()
        #expect(all.count == 100)
        for (name, expected) in all {
            try check(name, bytes(of: Self.folder.appending(path: name)), expected)
        }
    }

    @Test func metadataIsWhatTheFileSays() throws {
        try forEach { name, content, expected in
            let metadata = try ImageDecoder().metadata(of: content)
            #expect(metadata.format == (name.hasSuffix("png") ? .png : .jpeg), "\(name)")
            #expect(metadata.width == expected.width && metadata.height == expected.height, "\(name)")
            #expect(metadata.bitDepth == expected.depth, "\(name)")
            #expect(metadata.colorKind.rawValue == expected.kind, "\(name)")
            #expect(metadata.orientation.rawValue == expected.orientation ?? 1, "\(name)")
            #expect(metadata.scale.map { [$0.mmPerPixelX, $0.mmPerPixelY] } == expected.scale, "\(name)")
            #expect(metadata.text.map { [$0.key, $0.value] } == expected.text ?? [], "\(name)")
            #expect(metadata.warnings == expected.warnings ?? [], "\(name)")
        }
    }

    @Test func colorIsWhatTheFileHoldsLaidOverBlack() throws {
        try forEach { name, content, expected in
            let image = try ImageDecoder().decodeColor(content).pixels
            let maximum = (1 << expected.bits) - 1
            for (channel, plane) in planes(of: image).enumerated() {
                let laidOver = zip(expected.channel(channel), expected.channel(3)).map { sample, alpha in
                    (2 * sample * alpha + maximum) / (2 * maximum)  // rounded to nearest
                }
                #expect(
                    difference(plane, laidOver).maximum <= expected.tolerance ?? 0,
                    "\(name), channel \(channel)"
                )
            }
        }
    }

    @Test func grayIsLuma() throws {
        try forEach { name, content, expected in
            let gray = try ImageDecoder().decodeGray(content).pixels
            #expect(gray.bitDepth == expected.bits, "\(name)")
            let color = planes(of: try ImageDecoder().decodeColor(content).pixels)
            let luma = color[0].indices.map { index in
                (19595 * color[0][index] + 38470 * color[1][index] + 7471 * color[2][index] + 32768) >> 16
            }
            // A JPEG's own luma is taken before its colour is rounded and clamped.
            let tolerance = expected.kind == "yCbCr" ? 40 : 0
            let (maximum, mean) = difference(samples(of: gray), luma)
            #expect(maximum <= tolerance && mean < 2, "\(name): \(maximum), \(mean)")
        }
    }

    @Test func alphaIsAsStored() throws {
        try forEach { name, content, expected in
            guard name.hasSuffix("png") else { return }
            let alpha =
                expected.bits == 16
                ? try ImageDecoder().decodeStoredRGBA(content, as: UInt16.self)[3].samples.map(Int.init)
                : try ImageDecoder().decodeStoredRGBA(content, as: UInt8.self)[3].samples.map(Int.init)
            #expect(alpha == expected.channel(3), "\(name)")
            let isTransparent = expected.channel(3).contains { $0 != (1 << expected.bits) - 1 }
            #expect(try !isTransparent || ImageDecoder().metadata(of: content).hasAlpha, "\(name)")
        }
    }
}
