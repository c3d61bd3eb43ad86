import ClearcoatInspection
import Testing

/// Texts that mean harm must come back, soon, with an error and never with a crash.
@Suite struct HostileYAMLTests {
    private func firstProblem(_ yaml: String) -> String {
        Recipe.check(yaml: yaml, file: "r").first?.description ?? "none"
    }

    @Test(arguments: [999, 5000, 100_000])
    func deepNesting(levels: Int) {
        for text in [
            String(repeating: "[", count: levels),
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels),
            String(repeating: "{a: ", count: levels),
            String(repeating: "- ", count: levels),
            String(repeating: "? ", count: levels),
            "limits: " + String(repeating: "[", count: levels) + String(repeating: "]", count: levels),
        ] {
            #expect(firstProblem(text) != "none")
        }
    }

    @Test func nestingThatTheLibraryStillReads() {
        let yaml = "ignore: " + String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        let problems = Recipe.check(yaml: yaml, file: "r").map(\.message)
        #expect(problems.contains("more than 20 levels deep"))
    }

    @Test func copiesOfCopies() {
        var yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for (one, two) in zip("abcdefgh", "bcdefghi") {
            let copies = Array(repeating: "*\(one)", count: 9).joined(separator: ", ")
            yaml += "\(two): &\(two) [\(copies)]\n"
        }
        #expect(
            firstProblem(yaml + "? *i\n: 1\n")
                == "r:2:40: error: too many copies (*name); write the values out"
        )
        // A few copies are read, and then refused for what they are.
        let few = "name: &n hood\nzones: [ { name: *n, polygon: [[0,0],[1,0],[0,1]] } ]"
        #expect(
            firstProblem(few)
                == "r:1:7: error: names for copies (&name) are not used in recipes; write the value out"
        )
    }

    @Test func commentsMayHaveStars() throws {
        let comment = "# *a *b *c *d *e *f *g *h *i *j *k\n"
        _ = try Recipe(yaml: comment + "name: hood\n  " + comment, file: "r")
    }

    @Test func tooLarge() {
        let key = String(repeating: "k", count: 1 << 20)
        #expect(
            firstProblem(key + ": 1")
                == "r:1:1: error: 1048579 bytes are too large for a recipe; at most 262144"
        )
        let problem = firstProblem(String(repeating: "k", count: 200_000) + ": 1")
        #expect(problem.utf8.count < 400)
        #expect(problem.contains("error"))
    }

    @Test func manyEntries() {
        let corners = Array(repeating: "[1,2]", count: 40_000).joined(separator: ",")
        #expect(firstProblem("ignore: [[\(corners)]]").contains("encloses nothing"))
        let keys = (0..<9000).map { "k\($0): 1" }.joined(separator: "\n")
        #expect(Recipe.check(yaml: keys, file: "r").count == 9000)
        let twice = Array(repeating: "name: a", count: 9000).joined(separator: "\n")
        #expect(firstProblem(twice).contains("twice"))
    }

    @Test(
        arguments: [
            ("name: a\u{0}b", "r:1:8: error: not valid YAML: control characters are not allowed"),
            (
                "name: x\nscale: \u{1B}[31m",
                "r:2:8: error: not valid YAML: control characters are not allowed"
            ),
        ] as [(String, String)]
    )
    func controlCharacters(yaml: String, problem: String) { #expect(firstProblem(yaml) == problem) }

    @Test(arguments: [
        "\u{FEFF}name: hood", "name: hood\r\nscale: file\r\n", "---\nname: hood\n...\n",
        "'name': \"hood\"",
    ])
    func harmlessOddities(yaml: String) throws {
        #expect(try Recipe(yaml: yaml, file: "r").name == "hood")
    }

    @Test(
        arguments: [
            ("\"a\": 1\n'a': 2", "r:2:1: error: \"a\" is given twice in the recipe, first in line 1"),
            ("\"\": 1\n\"\": 2", "r:1:1: error: the key \"\" is given twice"),
            ("[a]: 1\n[a]: 2", "r:1:1: error: the key \"<uncovertable>\" is given twice"),
            ("<<: 1\n<<: 2", "r:1:1: error: the key \"<<\" is given twice"),
            ("é: 1\né: 2\n", "r:2:1: error: \"é\" is given twice in the recipe, first in line 1"),
        ] as [(String, String)]
    )
    func oddDuplicates(yaml: String, problem: String) {
        #expect(
            Recipe.check(yaml: yaml, file: "r").map(\.description).contains(problem),
            "\(Recipe.check(yaml: yaml, file: "r"))"
        )
    }

    @Test func bytesThatAreNotText() {
        let bytes = Array("name: hood\nscale: ".utf8) + [0xFF, 0xFE]
        let expected = "r:2:8: error: not UTF-8 text; save the file with the encoding UTF-8"
        #expect(Recipe.check(bytes: bytes, file: "r").map(\.description) == [expected])
        #expect(throws: RecipeProblems.self) { try Recipe(bytes: bytes, file: "r") }
        #expect(throws: Never.self) { try Recipe(bytes: Array("name: hood".utf8), file: "r") }
    }

    @Test func everyBeginningOfARecipeComesBack() {
        let text = Recipe().yaml
        for length in 0..<text.utf8.count {
            _ = Recipe.check(bytes: Array(text.utf8.prefix(length)), file: "r")
        }
    }
}
