import ClearcoatImage
import ClearcoatReports
import Foundation
import Testing

@Suite struct JSONWriterTests {
    private func line(_ value: JSONValue) throws -> String {
        String(decoding: try JSONWriter.line(value), as: UTF8.self)
    }

    @Test func keysAreSortedAndNothingIsSpaced() throws {
        let value: JSONValue = ["b": [1, 2], "a/c": ["z": true, "y": .null], "B": "x"]
        #expect(try line(value) == #"{"B":"x","a/c":{"y":null,"z":true},"b":[1,2]}"# + "\n")
    }

    @Test func prettyFormKeepsNumbersTogether() throws {
        let value: JSONValue = [
            "contour": [[1, 2], [3, .number(4.5)]], "empty": [], "none": [:], "words": ["a"],
        ]
        let expected = """
            {
              "contour": [[1, 2], [3, 4.5]],
              "empty": [],
              "none": {},
              "words": [
                "a"
              ]
            }

            """
        #expect(String(decoding: try JSONWriter.pretty(value), as: UTF8.self) == expected)
    }

    @Test(arguments: [
        (1.0, "1"), (0.1, "0.1"), (-0.0, "0"), (1e-7, "1e-07"), (1e22, "1e+22"), (123456.789, "123456.789"),
        (Double.leastNonzeroMagnitude, "5e-324"), (-2.5, "-2.5"),
    ])
    func numbersAreShort(number: Double, text: String) throws {
        #expect(try line(.number(number)) == text + "\n")
    }

    @Test func randomNumbersReadBackTheSame() throws {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<5000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            let text = try #require(JSONWriter.text(of: number))
            #expect(Double(text) == number)
            let read = try JSONDecoder().decode([Double].self, from: Data("[\(text)]".utf8))
            #expect(read == [number], "\(text)")
        }
    }

    @Test func everyCharacterReadsBackTheSame() throws {
        let text =
            String(String.UnicodeScalarView((1...0x3000).compactMap(Unicode.Scalar.init))) + "\0😀\u{202E}"
        let bytes = try JSONWriter.line(.string(text))
        #expect(!bytes.dropLast().contains(where: { $0 < 0x20 }))
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) == .string(text))
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func numbersThatAreNoneAreRefusedWithTheirPlace(number: Double) {
        let value: JSONValue = ["findings": [["contrast": 1], ["contrast": .number(number)]]]
        #expect(throws: RecordCodingError.notFinite(path: "findings[1].contrast")) {
            try JSONWriter.line(value)
        }
    }
}
