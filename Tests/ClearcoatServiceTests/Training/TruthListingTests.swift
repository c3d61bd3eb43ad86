import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import ClearcoatService
import ClearcoatTraining
import Foundation
import SystemPackage
import Testing

@Suite("pictures with known defects") struct TruthListingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func png(_ width: Int = 60, _ height: Int = 40, _ spot: UInt8 = 0) throws -> [UInt8] {
        var image = Image<UInt8>(width: width, height: height, filledWith: spot == 0 ? 128 : 0)
        if spot != 0 { image[5, 5] = spot }
        return try ImageEncoder.png(image)
    }

    @Test("simulated panels and class folders are understood, the rest is counted")
    func listing() throws {
        try folder.write(png(), to: "sim/p.png")
        try folder.write([], to: "sim/ground_truth/p.png.json")
        try folder.write(png(), to: "mvtec/test/scratch/1.png")
        try folder.write(png(), to: "mvtec/ground_truth/scratch/1_mask.png")
        try folder.write(png(), to: "mvtec/test/good/1.png")
        try folder.write(png(), to: "mvtec/test/crack/1.png")
        try folder.write(png(), to: "mvtec/ground_truth/crack/1_mask.png")
        try folder.write(png(), to: "own/dent/a.jpg")
        try folder.write(png(), to: "own/ground_truth/dent/a.png")
        try folder.write(png(), to: "own/dent/b.png")
        let listing = TruthListing(of: folder.path)
        #expect(
            listing.pictures.map(\.capture.id) == ["mvtec/test/scratch/1.png", "own/dent/a.jpg", "sim/p.png"]
        )
        #expect(listing.good == 1 && listing.withoutTruth == 1)
        #expect(listing.problems.count == 1)
        #expect(listing.problems[0].contains("the folder \"crack\" is named after no defect class"))
        let missing = TruthListing(of: folder["missing"])
        #expect(missing.pictures.isEmpty && missing.problems.count == 1)
    }

    @Test("truth that does not fit its picture leaves the picture out and says so")
    func broken() async throws {
        try folder.write(png(), to: "a/p1.png")
        try folder.write(Array("{}".utf8), to: "a/ground_truth/p1.png.json")
        try folder.write(png(), to: "a/p2.png")
        try folder.write(Array("{\"defects\": []}".utf8), to: "a/ground_truth/p2.png.json")
        try folder.write(png(60, 41), to: "a/ground_truth/p2.png.png")
        try folder.write(Array("no picture".utf8), to: "a/scratch/p3.png")
        try folder.write(png(60, 40, 255), to: "a/ground_truth/scratch/p3.png")
        try folder.write(png(), to: "a/scratch/p4.png")
        try folder.write(png(60, 40, 255), to: "a/ground_truth/scratch/p4.png")
        let listing = TruthListing(of: folder["a"])
        #expect(listing.pictures.count == 4 && listing.problems.isEmpty)
        var problems: [String] = []
        let examples = await ExampleRun(Inspector(), over: listing.pictures).examples { _, problem in
            if let problem { problems.append(problem) }
        }
        #expect(examples.pictures == 1 && examples.missedDefects == 1)
        #expect(problems.count == 3)
        #expect(problems.contains { $0.contains("p1.png.json: is no list of defects") })
        let size = "p2.png.png: is a mask of 60 x 41 pixels, its picture has 60 x 40"
        #expect(problems.contains { $0.contains(size) })
        #expect(problems.contains { $0.contains("p3.png: not a PNG or JPEG file") })
    }
}
