import ClearcoatInspection
import Testing

/// What people get wrong in recipes, and the exact words they are told.
@Suite struct BrokenRecipeTests {
    struct Broken: CustomTestStringConvertible {
        var yaml: String
        var problems: [String]

        init(_ yaml: String, _ problems: String...) {
            self.yaml = yaml
            self.problems = problems
        }

        var testDescription: String { yaml }
    }

    @Test(arguments: [
        Broken("", "1:1: error: the recipe is empty; \"clearcoat recipe show\" prints one to start from"),
        Broken(
            "# only a comment\n",
            "1:1: error: the recipe is empty; \"clearcoat recipe show\" prints one to start from"
        ),
        Broken(
            "[]",
            "1:1: error: the recipe is { name: …, scale: …, surface: …, detect: …, station: …, zones: …, ignore: …, classes: …, classifier: …, limits: …, uncertainSizes: …, appearance: …, report: … }, not a list"
        ),
        Broken(
            "hello",
            "1:1: error: the recipe is { name: …, scale: …, surface: …, detect: …, station: …, zones: …, ignore: …, classes: …, classifier: …, limits: …, uncertainSizes: …, appearance: …, report: … }, not \"hello\""
        ),
        Broken(
            "nam: hood",
            "1:1: error: unknown key \"nam\" in the recipe; allowed: name, scale, surface, detect, station, zones, ignore, classes, classifier, limits, uncertainSizes, appearance, report; did you mean \"name\"?"
        ),
        Broken("name: [a, b]", "1:7: error: name is a single value, not a list"),
        Broken("name: \"\"", "1:7: error: name has 1 to 100 characters, not 0"),
        Broken("name: \"a\\nb\"", "1:7: error: name is one line of printable text"),
        Broken("name: a\nname: b", "2:1: error: \"name\" is given twice in the recipe, first in line 1"),
        Broken(
            "name: a\nscale: { mmPerPixel: 1, mmPerPixel: 2 }\nname: b\nsurfase: 1",
            "2:25: error: \"mmPerPixel\" is given twice in scale, first in line 2",
            "3:1: error: \"name\" is given twice in the recipe, first in line 1",
            "4:1: error: unknown key \"surfase\" in the recipe; allowed: name, scale, surface, detect, station, zones, ignore, classes, classifier, limits, uncertainSizes, appearance, report; did you mean \"surface\"?"
        ),
        Broken("scale: 0.065", "1:8: error: scale is { mmPerPixel: 0.065 } or file, not \"0.065\""),
        Broken("scale: { mmPerPixel: 0 }", "1:22: error: scale.mmPerPixel is 0; allowed: 1e-06 .. 10000"),
        Broken("scale: { mmPerPixel: .nan }", "1:22: error: scale.mmPerPixel is a number, not \".nan\""),
        Broken("scale: { mmPerPixel: .inf }", "1:22: error: scale.mmPerPixel is a number, not \".inf\""),
        Broken(
            "scale: { mmPerPixel: -0.1 }",
            "1:22: error: scale.mmPerPixel is -0.1; allowed: 1e-06 .. 10000"
        ),
        Broken(
            "scale: { mmPerPixel: 0,065 }",
            "1:22: error: scale.mmPerPixel is 0; allowed: 1e-06 .. 10000",
            "1:24: error: unknown key \"065\" in scale; the decimal sign is a point, not a comma"
        ),
        Broken(
            "scale: { mmPerPixelX: 0.1 }",
            "1:8: error: scale needs both mmPerPixelX and mmPerPixelY, or mmPerPixel alone"
        ),
        Broken("scale: {}", "1:8: error: \"mmPerPixel\" is missing in scale"),
        Broken(
            "surface: { polarity: darck }",
            "1:22: error: surface.polarity cannot be \"darck\"; allowed: dark, bright, both; did you mean \"dark\"?"
        ),
        Broken(
            "surface: { ilumination: diffuse }",
            "1:12: error: unknown key \"ilumination\" in surface; allowed: polarity, illumination; did you mean \"illumination\"?"
        ),
        Broken(
            "surface:\n  polarity: both\n  illumination: [diffuse]",
            "3:17: error: surface.illumination is a single value, not a list"
        ),
        Broken(
            "detect: { size: { min: 0.2, max: 8 mm } }",
            "1:24: error: detect.size.min: \"0.2\" is no length such as \"0.2 mm\": a unit is missing: px or mm"
        ),
        Broken(
            "detect: { size: { min: -1 px } }",
            "1:24: error: detect.size.min is -1 px; a length is above 0"
        ),
        Broken(
            "detect: { size: { min: 8 mm, max: 2 mm } }",
            "1:24: error: detect.size.min 8 mm is not below detect.size.max 2 mm"
        ),
        Broken(
            "detect: { size: { min: 0.5 px } }",
            "1:24: error: detect.size.min 0.5 px is smaller than a pixel"
        ),
        Broken(
            "scale: { mmPerPixel: 0.5 }\ndetect: { size: { min: 0.2 mm, max: 9 mm } }",
            "2:24: error: detect.size.min 0.2 mm, 0.4 px, is smaller than a pixel"
        ),
        Broken(
            "detect: { size: { min: 300 um } }",
            "1:24: error: detect.size.min: \"300 um\" is no length such as \"0.2 mm\": unknown unit \"um\"; allowed: px, mm"
        ),
        Broken(
            "detect: { size: { min: 0,2 mm } }",
            "1:24: error: detect.size.min: \"0\" is no length such as \"0.2 mm\": a unit is missing: px or mm",
            "1:26: error: unknown key \"2 mm\" in detect.size; the decimal sign is a point, not a comma"
        ),
        Broken(
            "detect: { falseAlarms: 0.1 }",
            "1:24: error: detect.falseAlarms is such as \"0.1 per image\" or \"2 per m2\", not \"0.1\""
        ),
        Broken(
            "detect: { falseAlarms: 0.1 per picture }",
            "1:24: error: detect.falseAlarms cannot be per \"picture\"; allowed: image, m2"
        ),
        Broken(
            "detect: { falseAlarms: 0 per image }",
            "1:24: error: detect.falseAlarms is 0; allowed: above 0, usually 0.01 .. 10"
        ),
        Broken("station: { focus: { min: 2 } }", "1:26: error: station.focus.min is 2; allowed: 0 .. 1"),
        Broken("station: { grain: { min: -1 } }", "1:26: error: station.grain.min is -1; allowed: 0 .. 1"),
        Broken(
            "station: { exposure: { min: 0.9, max: 0.1 } }",
            "1:22: error: station.exposure.min 0.9 is not below station.exposure.max 0.1"
        ),
        Broken(
            "station: { saturation: { min: 0.9 } }",
            "1:26: error: unknown key \"min\" in station.saturation; allowed: max"
        ),
        Broken("zones: { A: [[0,0]] }", "1:8: error: zones is a list, not a group of keys"),
        Broken(
            "zones: [ { name: A, polygon: [[0,0],[5,5]] } ]",
            "1:30: error: zones[1].polygon has 2 corners; at least 3 make an area"
        ),
        Broken(
            "zones: [ { name: A, polygon: [[0,0],[5,5],[10,10]] } ]",
            "1:30: error: zones[1].polygon encloses nothing: its corners are on one line"
        ),
        Broken(
            "zones: [ { name: A, polygon: [[0,0],[5],[10,a],[1e9,0]] } ]",
            "1:37: error: zones[1].polygon[2] is a corner [x, y] in pixels, not a list",
            "1:45: error: zones[1].polygon[3].y is a number, not \"a\"",
            "1:49: error: zones[1].polygon[4].x is 1000000000; allowed: -1000000 .. 1000000"
        ),
        Broken(
            "zones:\n  - { name: A, polygon: [[0,0],[9,0],[0,9]] }\n  - { name: A, polygon: [[0,0],[9,0],[0,9]] }",
            "3:13: error: zones[2].name \"A\" is taken by zones[1]; a zone of several parts needs a name for each"
        ),
        Broken(
            "zones:\n  - { name: any, polygon: [[0,0],[9,0],[0,9]] }\n  - { polygon: [[0,0],[9,0],[0,9]] }",
            "2:13: error: zones[1].name cannot be \"any\": in limits that word means every zone",
            "3:5: error: \"name\" is missing in zones[2]"
        ),
        Broken(
            "ignore: [ [[0,0],[9,0],[0,9]], [1,2] ]",
            "1:33: error: ignore[2][1] is a corner [x, y] in pixels, not \"1\"",
            "1:35: error: ignore[2][2] is a corner [x, y] in pixels, not \"2\""
        ),
        Broken(
            "classes:\n  - { class: scrach, when: { elongation: \"> 5\" } }",
            "2:14: error: classes[1].class cannot be \"scrach\"; allowed: inclusion, crater, pinhole, scratch, run, fibre, stain, dent, unknown; did you mean \"scratch\"?"
        ),
        Broken(
            "classes:\n  - { class: scratch, when: { elongatoin: \"> 5\" } }",
            "2:31: error: unknown key \"elongatoin\" in classes[1].when; allowed: size, length, width, area, elongation, curvature, solidity, circularity, contrast, snr, edgeSharpness, edgeShare, oppositeShare, rimCoverage, orientation; did you mean \"elongation\"?"
        ),
        Broken(
            "classes:\n  - { class: scratch, when: { elongation: \"> 5 px\", width: \"< 12\" } }",
            "2:43: error: classes[1].when.elongation: \"> 5 px\" is no bound: a plain number is wanted here, without \"px\"",
            "2:60: error: classes[1].when.width: \"< 12\" is no bound: a unit is missing: px or mm"
        ),
        Broken(
            "classes:\n  - { class: scratch, when: { elongation: 5, width: 12 px } }",
            "2:43: error: classes[1].when.elongation: \"5\" is no bound: say which side: \"> 5\" or \"< 5\"",
            "2:53: error: classes[1].when.width: \"12 px\" is no bound: say which side: \"> 12 px\" or \"< 12 px\""
        ),
        Broken(
            "classes:\n  - { class: scratch, when: { solidity: \"> 1\", oppositeShare: \"0.6 .. 0.9\" } }",
            "2:41: error: classes[1].when.solidity: \"> 1\" is impossible; it is always within 0 .. 1",
            "2:63: error: classes[1].when.oppositeShare: \"0.6 .. 0.9\" is impossible; it is always within 0 .. 0.5"
        ),
        Broken(
            "classes:\n  - { class: stain, when: { area: \"> 20 mm\", orientation: \"> 80 deg\" } }",
            "2:35: error: classes[1].when.area: \"> 20 mm\" is no bound: unknown unit \"mm\"; allowed: px2, mm2",
            "2:59: error: classes[1].when.orientation: \"> 80 deg\" is no bound: angles are in degrees and written without a unit, so without \"deg\""
        ),
        Broken(
            "classes:\n  - { polarity: bleak }",
            "2:5: error: \"class\" is missing in classes[1]",
            "2:17: error: classes[1].polarity cannot be \"bleak\"; allowed: dark, bright, mixed, any"
        ),
        Broken(
            "limits:\n  - { zone: B, verdict: reject }",
            "2:13: error: limits[1].zone \"B\" is no zone of this recipe; allowed: any"
        ),
        Broken(
            "limits:\n  - { class: dirt, size: \"> 0.5 mm\", verdict: rejct }",
            "2:14: error: limits[1].class cannot be \"dirt\"; allowed: inclusion, crater, pinhole, scratch, run, fibre, stain, dent, unknown, any",
            "2:47: error: limits[1].verdict cannot be \"rejct\"; allowed: rework, reject, cannotJudge; did you mean \"reject\"?"
        ),
        Broken(
            "limits:\n  - { class: crater, size: \"0.5 .. 0.2 mm\" }",
            "2:5: error: \"verdict\" is missing in limits[1]",
            "2:28: error: limits[1].size: \"0.5 .. 0.2 mm\" is no bound: nothing lies in it: the lower end is above the upper"
        ),
        Broken(
            "limits:\n  - { size: \"> -1 mm\", verdict: reject }",
            "2:13: error: limits[1].size: \"> -1 mm\" is impossible; it is never below 0"
        ),
        Broken(
            "limits:\n  - { size: \"> 1 px, < 2 mm\", verdict: reject }",
            "2:13: error: limits[1].size: \"> 1 px, < 2 mm\" is no bound: both ends need the same unit"
        ),
        Broken(
            "limits:\n  - { size: \"> 1 px, > 2 px\", verdict: reject }",
            "2:13: error: limits[1].size: \"> 1 px, > 2 px\" is no bound: two lower ends"
        ),
        Broken(
            "limits:\n  - { count: \"> 2.5\", verdict: reject }",
            "2:14: error: limits[1].count: \"> 2.5\" counts findings, so whole numbers only"
        ),
        Broken(
            "limits:\n  - { count: \"< 3\", verdict: reject }",
            "2:14: error: limits[1].count: \"< 3\" has no lower end; say how many are too many: \"> 3\""
        ),
        Broken(
            "limits:\n  - { spacing: 0 mm, verdict: accept }",
            "2:16: error: limits[1].spacing is 0 mm; a length is above 0",
            "2:31: error: limits[1].verdict cannot be \"accept\", which is what remains when no limit is exceeded; allowed: rework, reject, cannotJudge"
        ),
        Broken("limits: reject", "1:9: error: limits is a list, not \"reject\""),
        Broken(
            "limits:\n  - size: > 0.5 mm\n    verdict: reject",
            "2:13: error: not valid YAML: did not find expected comment or line break (while scanning a block scalar from line 2); put bounds in quotes: size: \"> 0.5 mm\""
        ),
        Broken(
            "limits:\n\t- { verdict: reject }",
            "2:1: error: not valid YAML: found character that cannot start any token (while scanning for the next token from line 2); indent with blanks, not with tabs"
        ),
        Broken(
            "name: hood\nlimits: [ { verdict: reject }",
            "3:1: error: not valid YAML: did not find expected ',' or ']' (while parsing a flow sequence from line 2)"
        ),
        Broken(
            "name: \"hood",
            "1:12: error: not valid YAML: found unexpected end of stream (while scanning a quoted scalar from line 1)"
        ),
        Broken(
            "name: hood\n---\nname: door",
            "2:1: error: not valid YAML: found another document (expected a single document in the stream from line 1)"
        ),
        Broken("? [a, b]\n: 1", "1:3: error: a key in the recipe is a word, not a list or a group"),
        Broken(
            "name: &a hood",
            "1:7: error: names for copies (&name) are not used in recipes; write the value out"
        ),
        Broken("name: *a", "1:7: error: not valid YAML: found undefined alias"),
    ])
    func saysEveryProblemWithItsPlace(_ broken: Broken) throws {
        let found = Recipe.check(yaml: broken.yaml, file: "r").map { "\($0)".dropFirst(2) }.map(String.init)
        #expect(found == broken.problems)
        #expect(throws: RecipeProblems.self) { try Recipe(yaml: broken.yaml, file: "r") }
    }
}
