import ClearcoatImage
import ClearcoatReports
import Testing

@Suite struct CapturePathTests {
    @Test(arguments: [
        ("a.jpg", "a.jpg"), ("./a//b/./c.png", "a/b/c.png"), ("/etc/passwd", "etc/passwd"),
        ("a/...", "a/..."),
    ])
    func pathsPointDownwards(given: String, expected: String) throws {
        #expect(try CapturePath(id: given).id == expected)
    }

    @Test(arguments: [
        "", "/", ".", "..", "../a", "a/../../b", "a/..", "a\0b", #"\x2e\x2e/a"#, #"\x2e./a"#, #"a\x00"#,
    ])
    func pathsThatLeadOutAreRefused(given: String) {
        #expect(throws: ResultsError.self) { try CapturePath(id: given) }
    }

    @Test func anyBytesHaveTheirOwnTextThatReadsBack() throws {
        var generator = SplitMix64(seed: 21)
        let alphabet: [UInt8] = Array(#"\x5cfü/ "#.utf8) + [0xFF, 0xC3, 0x80, 0x0A, UInt8(ascii: "\\")]
        var seen: [String: [UInt8]] = [:]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...6, using: &generator)).compactMap { _ in
                alphabet.randomElement(using: &generator)
            }
            guard let path = try? CapturePath(bytes: bytes) else { continue }
            #expect(try CapturePath(id: path.id) == path)
            #expect(seen.updateValue(path.bytes, forKey: path.id) ?? path.bytes == path.bytes, "\(path.id)")
        }
        #expect(seen.count > 1000)
    }

    @Test func ordinaryNamesAreTheirOwnText() throws {
        for name in ["a b.png", "Tür \"1\".jpg", #"back\slash.png"#, "zeile\n2.png", "😀.png", "<script>.png"]
        {
            #expect(try CapturePath(bytes: Array(name.utf8)).id == name)
        }
        #expect(try CapturePath(bytes: [0x61, 0xFF]).id == #"a\xff"#)
    }
}

@Suite struct InputNamesTests {
    @Test func oneInputGivesPathsBelowIt() throws {
        #expect(try InputNames(["/data/line 1"]).path(of: "x/a.jpg", inInput: 0).id == "x/a.jpg")
        #expect(try InputNames(["/data/a.jpg"]).path(of: nil as String?, inInput: 0).id == "a.jpg")
        #expect(try InputNames(["."]).path(of: "a.jpg", inInput: 0).id == "a.jpg")
    }

    @Test func severalInputsComeFirstAndStayApart() throws {
        let names = InputNames([
            "/d/cam1/", "/e/cam1", "f/a.png", "g/a.png", "/d/cam1-2", "..", "h/.hidden", "i/.hidden",
        ])
        let expected = [
            "cam1/x.png", "cam1-3/x.png", "a.png", "a-2.png", "cam1-2/x.png", "input/x.png", ".hidden/x.png",
            ".hidden-2/x.png",
        ]
        for (index, name) in expected.enumerated() {
            let inside: String? = name.hasSuffix("x.png") ? "x.png" : nil
            #expect(try names.path(of: inside, inInput: index).id == name)
        }
    }

    @Test func nothingLeadsOut() {
        #expect(throws: ResultsError.self) { try InputNames(["a"]).path(of: "../b.png", inInput: 0) }
        #expect(throws: ResultsError.self) { try InputNames(["a", "b"]).path(of: "../../b.png", inInput: 1) }
    }
}
