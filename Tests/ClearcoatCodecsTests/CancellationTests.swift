import ClearcoatCodecs
import ClearcoatImage
import Foundation
import Testing

/// A decoder that is stopped in the middle of a picture says so, gives no picture and keeps no memory.
@Suite struct CancellationTests {
    /// Every form that has rows or scans of its own, all of them the same few pixels.
    private static func files(side: Int) throws -> [(name: String, bytes: [UInt8])] {
        let samples = (0..<side * side).map { UInt8($0 % 251) }
        let plane = Image(width: side, height: side, samples: samples)
        let color = RGBImage(red: plane, green: plane, blue: plane)
        var progressive = JPEGOptions()
        progressive.isProgressive = true
        return try [
            ("gray PNG", ImageEncoder.png(plane)), ("colour PNG", ImageEncoder.png(color)),
            ("gray JPEG", ImageEncoder.jpeg(plane)), ("colour JPEG", ImageEncoder.jpeg(color)),
            ("progressive gray JPEG", ImageEncoder.jpeg(plane, options: progressive)),
            ("progressive colour JPEG", ImageEncoder.jpeg(color, options: progressive)),
        ]
    }

    /// How often a decoder looks at the flag on its way through a file.
    private func looks(_ decode: (CancellationFlag) throws -> Void) throws -> Int {
        for count in 0..<10_000 {
            let flag = CancellationFlag(raisedAfterLooks: count)
            do {
                try decode(flag)
                #expect(!flag.isRaised)
                return count
            } catch ImageDecodingError.cancelled {
                #expect(flag.isRaised)
            }
        }
        return .max
    }

    @Test func everyPlaceToStopIsAnErrorAndThePictureIsWholeWithoutOne() throws {
        let golden = try GoldenTests.expectations().map { expectation in
            (expectation.name, try bytes(of: GoldenTests.folder.appending(path: expectation.name)))
        }
        for (name, file) in try Self.files(side: 40) + golden {
            let whole = try ImageDecoder().decodeGray(file)
            let inGray = try looks { flag in
                let gray = try ImageDecoder().decodeGray(file, cancellation: flag)
                #expect(gray.pixels == whole.pixels)
            }
            let inColor = try looks { flag in
                let color = try ImageDecoder().decodeColor(file, cancellation: flag)
                #expect(color.metadata == whole.metadata)
            }
            // libjpeg is asked for 16 rows of gray at once, for anything else row by row.
            let atLeast = (min(whole.pixels.width, whole.pixels.height) + 15) / 16
            #expect(inGray >= atLeast && inColor >= atLeast && inGray < .max && inColor < .max, "\(name)")
        }
    }

    @Test func aThousandStoppedPicturesLeaveNoMemory() throws {
        // So large that what was left behind could not be overlooked: 16 MB a plane and more inside of libjpeg.
        // Taken but hardly touched, since the decoders are stopped after a few rows.
        for (name, file) in try Self.files(side: 4096) where !name.hasPrefix("progressive") {
            let before = try Self.addressSpace()
            for count in 0..<250 {
                let flag = CancellationFlag(raisedAfterLooks: count % 3)
                #expect(throws: ImageDecodingError.cancelled) {
                    try ImageDecoder().decodeGray(file, cancellation: flag)
                }
            }
            // 250 planes would be 4 GB; other tests run at the same time and take what they need.
            #expect(try Self.addressSpace() - before < 2_000_000_000, "\(name)")
        }
    }

    /// All memory this process has reserved, in bytes.
    private static func addressSpace() throws -> Int {
        let statm = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return (statm.split(separator: " ").first.flatMap { Int($0) } ?? 0) * 4096
    }
}
