import ClearcoatFilters
import ClearcoatImage
import Testing

@Suite struct FilterSettingsTests {
    @Test func whatIsNotGivenHasItsDefault() throws {
        for filter in NamedFilter.allCases {
            let settings = try FilterSettings([], for: filter)
            for parameter in filter.parameters {
                #expect(settings.word(parameter.name) == parameter.initial, "\(filter) \(parameter.name)")
            }
        }
        let canny = try FilterSettings(["--low", "7", "--high=7"], for: .canny)
        #expect((canny.whole("low"), canny.whole("high")) == (7, 7))
        #expect(try FilterSettings(["--sigma=2.5"], for: .gaussian).number("sigma") == 2.5)
    }

    @Test(
        arguments: [
            (.gaussian, ["3"], .unexpected("3")), (.otsu, ["--level", "3"], .unknown("level", .otsu)),
            (.median, ["--size"], .missingValue("size", allowed: "odd, 3 to 5")),
            (.median, ["--size", "4"], .badValue("size", "4", allowed: "odd, 3 to 5")),
            (.gaussian, ["--sigma", "nan"], .badValue("sigma", "nan", allowed: "0.25 to 1000.0")),
            (.canny, ["--low", "200"], .lowAboveHigh(low: 200, high: 100)),
            (.hysteresis, ["--high", "99"], .lowAboveHigh(low: 100, high: 99)),
        ] as [(NamedFilter, [String], FilterSettingsError)]
    )
    func whatCannotBeIsRefused(filter: NamedFilter, arguments: [String], error: FilterSettingsError) {
        #expect(throws: error) { try FilterSettings(arguments, for: filter) }
        #expect(!error.description.isEmpty)
    }

    @Test func otsuTellsItsLevel() throws {
        let settings = try FilterSettings([], for: .otsu)
        let image = GrayImage.uint8(Image(width: 4, height: 1, samples: [10, 12, 200, 202]))
        #expect(
            NamedFilter.otsu.apply(to: image, with: settings)
                == .uint8(Image(width: 4, height: 1, samples: [0, 0, 255, 255]))
        )
        #expect(NamedFilter.otsu.note(on: image)?.hasPrefix("level ") == true)
        #expect(NamedFilter.median.note(on: image) == nil)
    }
}
