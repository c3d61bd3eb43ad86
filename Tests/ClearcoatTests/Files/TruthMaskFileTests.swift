import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import SystemPackage
import Testing

@Suite struct TruthMaskFileTests {
    private let folder: TemporaryFolder
    private let bounds = Rectangle(x: 0, y: 0, width: 4, height: 1)

    init() throws { folder = try TemporaryFolder() }

    private func file(_ samples: [UInt8]) throws -> FilePath {
        let image = Image<UInt8>(width: samples.count, height: 1, samples: samples)
        return try folder.write(ImageEncoder.png(image), to: "mask.png")
    }

    private func defects(_ samples: [UInt8]) throws -> [UInt8] {
        try TruthMaskFile.defects(file(samples), in: bounds).samples
    }

    @Test func softBordersAreNoDefect() throws {
        #expect(try defects([0, 100, 128, 255]) == [0, 0, 255, 255])
    }

    @Test func numbersAndOnesAreDefectsHoweverSmall() throws {
        #expect(try defects([0, 1, 2, 0]) == [0, 255, 255, 0])
        #expect(try defects([0, 0, 0, 0]) == [0, 0, 0, 0])
        #expect(try TruthMaskFile.numbers(file([0, 3, 2, 200]), in: bounds).samples == [0, 3, 2, 200])
    }

    @Test func sixteenBitsHaveNoNumbers() throws {
        let image = Image<UInt16>(width: 4, height: 1, samples: [0, 1, 40_000, 65_535])
        let path = try folder.write(ImageEncoder.png(image), to: "deep.png")
        #expect(try TruthMaskFile.defects(path, in: bounds).samples == [0, 0, 255, 255])
        #expect(throws: TruthMaskError.self) { try TruthMaskFile.numbers(path, in: bounds) }
    }

    @Test func whatDoesNotFitNamesTheFileAndBothSizes() throws {
        let path = try file([1, 2, 3])
        let error = #expect(throws: TruthMaskError.self) { try TruthMaskFile.defects(path, in: bounds) }
        #expect(error?.description == "\(path): is a mask of 3 x 1 pixels, its picture has 4 x 1")
        let none = #expect(throws: TruthMaskError.self) { try TruthMaskFile.defects("/none.png", in: bounds) }
        #expect(none?.description == "/none.png: there is no such file")
    }
}
