import ClearcoatCodecs
import ClearcoatImage
import Foundation
import Testing

/// One picture in all orientations, by Dave Perrett.
@Suite(
    .enabled(
        if: SharedData.has("exif-orientation"),
        "the folder exif-orientation is missing, see INDEX.md of the shared data"
    )
)
struct EXIFOrientationTests {
    @Test(arguments: ["Landscape", "Portrait"]) func everyOrientationShowsTheSamePicture(name: String) throws
    {
        var first: [Int] = []
        for number in 0...8 {
            let file = SharedData.folder.appending(path: "exif-orientation/\(name)_\(number).jpg")
            let decoded = try ImageDecoder().decodeGray(bytes(of: file))
            #expect(decoded.metadata.orientation.rawValue == max(number, 1))
            #expect(decoded.pixels.width == (name == "Landscape" ? 1800 : 1200))
            #expect(decoded.pixels.width == decoded.metadata.width)
            let pixels = samples(of: decoded.pixels)
            if number == 0 { first = pixels }
            // Each was compressed by itself, and shows its own number in a corner; a wrong turn differs by 40
            // grey levels on average.
            #expect(difference(pixels, first).mean < 5, "\(name) \(number)")
            #expect(decoded.metadata.scale == nil, "72 to the inch is no measure")
        }
    }
}
