import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatReports
import ClearcoatService
import SystemPackage
import Testing

@Suite("InputListing")
struct InputListingTests {
    let folder: TemporaryFolder
    let picture: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        picture = try TestPicture.png()
    }

    private func ids(_ inputs: String..., excluding output: FilePath? = nil) -> [String] {
        InputListing(of: inputs.map { folder[$0] }, excluding: output).captures.map(\.id)
    }

    @Test("a folder's images are listed with everything below, in the order of their bytes")
    func recursive() throws {
        for name in ["b.png", "a/z.jpg", "a/y/x.png", "B.PNG", "a.png"] {
            try folder.write(picture, to: name)
        }
        #expect(ids("") == ["B.PNG", "a.png", "a/y/x.png", "a/z.jpg", "b.png"])
    }

    @Test("images are told by content, broken images by name; the rest is left out and counted")
    func selection() throws {
        try folder.write(picture, to: "no-extension")
        try folder.write(picture, to: "picture.dat")
        try folder.write([], to: "empty.png")
        try folder.write(Array("GIF89a".utf8), to: "other.gif")
        try folder.write(Array("hello".utf8), to: "notes.txt")
        try folder.write(Array("hello".utf8), to: "README")
        try folder.write(picture, to: ".hidden.png")
        try folder.write(picture, to: "copying.png.part")
        let listing = InputListing(of: [folder.path])
        #expect(listing.captures.map(\.id) == ["empty.png", "no-extension", "other.gif", "picture.dat"])
        #expect(listing.ignored == 4)
        #expect(listing.failures.isEmpty)
    }

    @Test("masks of a data set's ground truth are left out and counted, unless asked for by name")
    func groundTruth() throws {
        for name in ["test/a.png", "ground_truth/a_mask.png", "test/ground_truth/deep/b.png"] {
            try folder.write(picture, to: name)
        }
        let listing = InputListing(of: [folder.path])
        #expect(listing.captures.map(\.id) == ["test/a.png"])
        #expect(listing.ignored == 2)
        #expect(ids("ground_truth") == ["a_mask.png"])
    }

    @Test("pictures of earlier results are left out and counted, those beside them are not")
    func earlierResults() throws {
        let ours = Array(#"{"generator":{"name":"clearcoat","version":"0.0.1"}}"#.utf8)
        let others = Array(#"{"generator":{"name":"another","version":"0.0.1"}}"#.utf8)
        for name in ["a.png", "results/annotated/sub/a.png", "results/b.png", "other/annotated/c.png"] {
            try folder.write(picture, to: name)
        }
        try folder.write(picture, to: "records/d.png")
        try folder.write(ours, to: "results/summary.json")
        try folder.write(Array("{}".utf8), to: "results/records/a.png.json")
        try folder.write(others, to: "other/summary.json")
        let listing = InputListing(of: [folder.path])
        #expect(
            listing.captures.map(\.id) == [
                "a.png", "other/annotated/c.png", "records/d.png", "results/b.png",
            ]
        )
        #expect(listing.ignored == 4)
    }

    @Test("a folder and a list without pictures are failures that say so")
    func nothingToInspect() throws {
        try folder.write(Array("text".utf8), to: "one/notes.txt")
        let listing = InputListing(of: [folder["one"]])
        #expect(listing.failures.map(\.code) == [.noImages])
        #expect(listing.failures.first?.description.contains("(it holds 1 other file)") ?? false)
        let list = InputListing(ofFiles: [], listedIn: "list.txt")
        #expect(list.captures.isEmpty && list.failures.map(\.code) == [.noImages])
        #expect(list.failures.map(\.captureID) == ["list.txt"])
    }

    @Test("several inputs put their own names first; equal names stay apart")
    func severalInputs() throws {
        for name in ["left/a.png", "right/a.png", "other/left/a.png", "top.png"] {
            try folder.write(picture, to: name)
        }
        #expect(ids("left", "right", "top.png") == ["left/a.png", "right/a.png", "top.png"])
        #expect(Set(ids("left", "other/left")) == ["left/a.png", "left-2/a.png"])
    }

    @Test("names with spaces, quotes, line ends and bytes that are no UTF-8 are found and can be read")
    func strangeNames() throws {
        for name in ["a b.png", "it's \"x\".png", "two\nlines.png", "größe.png"] {
            try folder.write(picture, to: name)
        }
        let wild = folder.path.pushing(FilePath(bytes: [0x66, 0xff, 0xfe] + Array(".png".utf8)))
        try AtomicFile.write(picture, to: wild.bytes)
        let captures = InputListing(of: [folder.path]).captures
        #expect(captures.count == 5)
        #expect(Set(captures.map(\.id)).count == 5)
        for capture in captures {
            guard case .file(let path) = capture.source else { continue }
            #expect(throws: Never.self) { try FileContents.read(path, limit: 1 << 20) }
        }
    }

    @Test("links to folders are followed once, and loops end")
    func links() throws {
        try folder.write(picture, to: "real/a.png")
        try folder.write(picture, to: "outside/b.png")
        try folder.link("real/up", to: folder["real"])
        try folder.link("real/0-outside", to: folder["outside"])
        try folder.link("real/1-outside-again", to: folder["outside"])
        try folder.link("real/c.png", to: folder["outside/b.png"])
        #expect(ids("real") == ["0-outside/b.png", "a.png", "c.png"])
    }

    @Test("a link that leads nowhere is a failure if it is called like an image")
    func danglingLinks() throws {
        try folder.link("gone.png", to: folder["nowhere"])
        try folder.link("gone", to: folder["nowhere"])
        let listing = InputListing(of: [folder.path])
        #expect(listing.captures.map(\.id) == ["gone.png"])
        #expect(listing.ignored == 1)
    }

    @Test("the results inside an input folder are not inspected")
    func outputInside() throws {
        try folder.write(picture, to: "a.png")
        try folder.write(picture, to: "results/annotated/a.png.png")
        #expect(ids("", excluding: folder["results"]) == ["a.png"])
        try folder.link("same", to: folder["results"])
        #expect(ids("", excluding: folder["same"]) == ["a.png"])
    }

    @Test("a folder without images and a folder that is not there each have their message")
    func nothing() throws {
        try folder.makeFolder("empty")
        try folder.write(Array("hello".utf8), to: "texts/a.txt")
        let listing = InputListing(of: [folder["empty"], folder["texts"], folder["missing"]])
        #expect(listing.failures.map(\.code) == [.noImages, .noImages])
        #expect(listing.failures[0].message.contains("it is empty"))
        #expect(listing.failures[1].message.contains("it holds 1 other file"))
        // What is not there is a capture that fails in its turn.
        #expect(listing.captures.map(\.id) == ["missing"])
    }

    @Test("a file that is named more than once is one capture, and that is counted")
    func namedTwice() throws {
        for name in ["in/a.png", "in/sub/b.png"] { try folder.write(picture, to: name) }
        let listing = InputListing(of: [
            folder["in/sub/../a.png"], folder["in"], folder["in/sub"], folder["in/a.png"],
        ])
        #expect(listing.captures.map(\.id) == ["in/a.png", "in/sub/b.png"])
        #expect(listing.repeated == 3)
        #expect(listing.failures.isEmpty)
        let files = InputListing(ofFiles: [folder["in/a.png"], folder["in/sub/b.png"], folder["in/./a.png"]])
        #expect(files.captures.count == 2 && files.repeated == 1 && files.failures.isEmpty)
        // Two links to one file have two names.
        try folder.link("in/z.png", to: folder["in/a.png"])
        #expect(ids("in") == ["a.png", "sub/b.png", "z.png"])
    }

    @Test("the order of the inputs cannot be seen")
    func anyOrder() throws {
        for name in ["left/a.png", "other/left/a.png", "left/b.png"] { try folder.write(picture, to: name) }
        try folder.makeFolder("empty")
        try folder.makeFolder("another")
        let inputs = ["left", "other/left", "empty", "another", "left/b.png"].map { folder[$0] }
        let listing = InputListing(of: inputs)
        #expect(listing.captures.map(\.id) == ["left-2/a.png", "left/a.png", "left/b.png"])
        let turned = InputListing(of: inputs.reversed())
        #expect(turned.captures == listing.captures)
        #expect(turned.failures == listing.failures && turned.failures.count == 2)
    }

    @Test("an explicit file is a capture whatever it is")
    func explicitFile() throws {
        try folder.write(Array("hello".utf8), to: "notes.txt")
        #expect(ids("notes.txt") == ["notes.txt"])
    }

    @Test("listed files keep their paths, made to fit below the results; the same name twice is a failure")
    func listedFiles() {
        let listing = InputListing(ofFiles: [
            "/data/b.png", "a/../c.png", "./x/a.png", "x//a.png", "../up.png",
        ])
        #expect(listing.captures.map(\.id) == ["c.png", "data/b.png", "up.png", "x/a.png"])
        #expect(listing.failures.map(\.code) == [.sameName])
    }
}
