import ClearcoatImage
import ClearcoatInspection

/// Recipes: what reads has one written form, and that form reads as the same recipe.
struct RecipeTarget: FuzzTarget {
    func run(_ bytes: [UInt8]) {
        let problems = Recipe.check(bytes: bytes, file: "recipe.yaml")
        let recipe = try? Recipe(bytes: bytes, file: "recipe.yaml")
        promise((recipe == nil) == problems.contains { $0.kind == .error }, "read unless there is an error")
        for problem in problems {
            promise(problem.line > 0 && problem.column > 0 && !problem.message.isEmpty, "\(problem)")
            promise(problem.message.utf8.count < 2000, "a message that can be read: \(problem.message)")
        }
        guard let recipe else { return }
        do {
            let again = try Recipe(yaml: recipe.yaml, file: "effective.yaml")
            promise(again == recipe && again.yaml == recipe.yaml, "the same recipe again")
        } catch {
            promise(false, "its own text reads: \(error)")
        }
    }

    func seeds() -> [[UInt8]] {
        var recipe = Recipe()
        recipe.scale = PhysicalScale(mmPerPixel: 0.065)
        recipe.zones = [Zone(name: "A", polygon: ZonesTarget.triangle)]
        recipe.ignore = [Area(polygon: ZonesTarget.triangle)]
        let comment =
            "# a door\nname: door\ndetect: { size: { min: 0.2 mm, max: 8 mm } }\nlimits:\n"
            + "  - { zone: any, class: run, size: \"0.2 .. 0.5 mm\", count: \"> 3\", verdict: rework }\n"
        return [Recipe().yaml, recipe.yaml, comment].map { Array($0.utf8) }
    }

    var words: [String] {
        let keys = [
            "name", "scale", "surface", "detect", "station", "zones", "ignore", "classes", "limits",
            "polygon",
            "class", "polarity", "when", "size", "count", "spacing", "verdict", "min", "max", "falseAlarms",
            "mmPerPixel", "mmPerPixelX", "mmPerPixelY", "focus", "grain", "exposure", "saturation", "glare",
            "noise",
            "illumination",
        ]
        let signs = [
            " mm", " px", " .. ", ">= ", "< ", "any", "1e308", "-0", ".nan", ".inf", "0x7f", "&a ", "*a",
            "!!", "|\n",
            ">-\n", "---\n", "...\n", "%YAML", "? ", "- ", "[[", "]]", "{ ", " }", "\"", "'", "~", "<<: ",
            " per image",
        ]
        return keys.map { $0 + ": " } + signs + Feature.allCases.map(\.rawValue)
            + DefectClass.allCases.map(\.rawValue)
    }
    let maximumLength = 4096
}
