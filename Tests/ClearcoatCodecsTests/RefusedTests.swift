import ClearcoatCodecs
import Foundation
import Testing

/// Tests/Golden/codecs/refused: files that must not become a picture, by Tests/Oracles/codecs/make_refused.py.
@Suite struct RefusedTests {
    @Test func everyFileIsRefusedForItsReason() throws {
        let folder = GoldenTests.folder.appending(path: "refused")
        let json = try Data(contentsOf: folder.appending(path: "refused.json"))
        let codes = try JSONDecoder().decode([String: String].self, from: json)
        #expect(codes.count == 45)
        for (name, code) in codes {
            let content = try bytes(of: folder.appending(path: name))
            for decode in [Self.gray, Self.color] {
                let error = #expect(throws: ImageDecodingError.self, "\(name)") { try decode(content) }
                #expect(error?.code == code, "\(name): \(String(describing: error))")
            }
        }
    }

    private static func gray(_ content: [UInt8]) throws { _ = try ImageDecoder().decodeGray(content) }
    private static func color(_ content: [UInt8]) throws { _ = try ImageDecoder().decodeColor(content) }
}
