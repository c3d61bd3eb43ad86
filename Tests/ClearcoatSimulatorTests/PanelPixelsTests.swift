import ClearcoatImage
import ClearcoatSimulator
import Testing

@Suite struct PanelPixelsTests {
    let upright = Image<UInt8>(width: 3, height: 2, samples: [1, 2, 3, 4, 5, 6])

    /// By the EXIF standard's table of what the stored row 0 and column 0 show, drawn by hand.
    @Test(
        arguments: [
            (1, 3, [1, 2, 3, 4, 5, 6]), (2, 3, [3, 2, 1, 6, 5, 4]), (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]), (5, 2, [1, 4, 2, 5, 3, 6]), (6, 2, [3, 6, 2, 5, 1, 4]),
            (7, 2, [6, 3, 5, 2, 4, 1]), (8, 2, [4, 1, 5, 2, 6, 3]),
        ] as [(Int, Int, [UInt8])]
    )
    func storedSidesAreTheStandards(_ orientation: Int, _ width: Int, _ samples: [UInt8]) {
        let stored = PanelPixels.gray8(upright).stored(orientation: orientation)
        #expect(stored == .gray8(Image(width: width, height: 6 / width, samples: samples)))
    }

    @Test func grayOfAColourPictureIsItsLuma() {
        func plane(_ sample: UInt8) -> Image<UInt8> { Image(width: 1, height: 1, samples: [sample]) }
        let picture = RGBImage(red: plane(200), green: plane(100), blue: plane(50))
        // 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2
        #expect(PanelPixels.rgb8(picture).gray == .uint8(plane(124)))
    }
}
