import Clearcoat
import ClearcoatCodecs
import ClearcoatImage
import ClearcoatInspection
import Testing

/// What the image libraries complain of without losing samples reaches the record.
@Suite struct WarningsTests {
    @Test func complaintsAreInTheRecord() async throws {
        let image = Image<UInt8>(width: 64, height: 64, samples: (0..<4096).map { UInt8(100 + $0 % 7) })
        let sound = try ImageEncoder.jpeg(image, quality: 95)
        let extra = Array(sound.dropLast(2)) + [1, 1, 1, 1] + [0xff, 0xd9]
        for (bytes, count) in [(sound, 0), (extra, 1)] {
            let outcome = await Inspector().inspect(Capture(id: "a.jpg", source: .bytes(bytes)))
            guard case .inspected(let record, _) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(record.capture.warnings.count == count)
            #expect(record.capture.warnings.allSatisfy { $0.contains("extraneous") })
        }
    }
}
