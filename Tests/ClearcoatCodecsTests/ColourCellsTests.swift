import ClearcoatCodecs
import ClearcoatImage
import Foundation
import Testing

/// The colours of cells as the decoder adds them up, against those of the decoded colour picture.
@Suite struct ColourCellsTests {
    private func files() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: GoldenTests.folder, includingPropertiesForKeys: nil)
            .filter { ["png", "jpg"].contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
    }

    @Test func grayIsThatOfAGrayDecoderAndColoursAreThoseOfTheColourPicture() throws {
        let decoder = ImageDecoder()
        var coloured = 0
        for file in try files() {
            let bytes = [UInt8](try Data(contentsOf: file))
            let gray = try decoder.decodeGray(bytes)
            let (picture, colour) = try decoder.decodeGrayAndColour(bytes)
            #expect(picture.pixels == gray.pixels, "\(file.lastPathComponent)")
            #expect(picture.metadata == gray.metadata, "\(file.lastPathComponent)")
            guard let colour else { continue }
            coloured += 1
            switch try decoder.decodeColor(bytes).pixels {
            case .uint8(let image): compare(colour, image, file.lastPathComponent)
            case .uint16(let image): compare(colour, image, file.lastPathComponent)
            }
        }
        #expect(coloured > 30)
    }

    /// Cell by cell, from the pixels that lie inside; a cell of a turned picture may begin outside of it.
    private func compare<Element>(_ cells: ColourCells, _ image: RGBImage<Element>, _ name: String)
    where Element: FixedWidthInteger & UnsignedInteger {
        let side = ColourCells.side
        // JPEG's own colours go through a rounded matrix, and where pixels share them, a decoder spreads them smoothly.
        let tolerance = cells.encoding == .rgb ? 1 : name.contains("444") ? 3.0 * 257 : 24 * 257
        let scale = Element.bitWidth == 8 ? 257.0 : 1
        for row in 0..<cells.rows {
            for column in 0..<cells.columns {
                let xs = column * side + cells.originX..<(column + 1) * side + cells.originX
                let ys = row * side + cells.originY..<(row + 1) * side + cells.originY
                let inside = Rectangle(columns: xs, rows: ys)
                    .intersection(Rectangle(x: 0, y: 0, width: image.width, height: image.height))
                let stored = cells.planes.map { Double($0[column, row]) }
                var expected = [image.red, image.green, image.blue].map { plane -> Double in
                    var sum = 0.0
                    for y in inside.rows { for x in inside.columns { sum += Double(plane[x, y]) } }
                    return scale * sum / Double(inside.pixelCount)
                }
                if cells.encoding == .yCbCr {
                    // Cut colours have no way back.
                    if expected.contains(where: { $0 < 4 * 257 || $0 > 251 * 257 }) { continue }
                    let (r, g, b) = (expected[0], expected[1], expected[2])
                    expected = [
                        0.299 * r + 0.587 * g + 0.114 * b,
                        128 * 257 - 0.168736 * r - 0.331264 * g + 0.5 * b,
                        128 * 257 + 0.5 * r - 0.418688 * g - 0.081312 * b,
                    ]
                }
                for (one, two) in zip(stored, expected) where abs(one - two) > tolerance {
                    Issue.record("\(name): \(stored) instead of \(expected) at \(column), \(row)")
                    return
                }
            }
        }
    }

    @Test func grayStoredAsColourHasNone() throws {
        var generator = SplitMix64(seed: 3)
        let plane = Image<UInt8>(
            width: 21,
            height: 13,
            samples: (0..<21 * 13).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        )
        let image = RGBImage(red: plane, green: plane, blue: plane)
        for bytes in [try ImageEncoder.png(image), try ImageEncoder.jpeg(image)] {
            let (picture, colour) = try ImageDecoder().decodeGrayAndColour(bytes)
            #expect(picture.metadata.colorKind != .gray && colour == nil)
        }
    }

    @Test func cellsInMemoryAreThoseOfTheFile() throws {
        var generator = SplitMix64(seed: 4)
        let planes = (0..<3).map { _ in
            Image<UInt16>(
                width: 19,
                height: 9,
                samples: (0..<19 * 9).map { _ in UInt16(truncatingIfNeeded: generator.next()) }
            )
        }
        let image = RGBImage(red: planes[0], green: planes[1], blue: planes[2])
        let colour = try ImageDecoder().decodeGrayAndColour(try ImageEncoder.png(image)).colour
        #expect(colour == ColourCells(of: image))
    }
}
