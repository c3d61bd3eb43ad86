// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every Swift target: the compiler checks what a reviewer would forget.
let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .strictMemorySafety(),
    ]
    // Set by .ci/run; not by default, so that a newer compiler's new warnings never stop a user's build.
    + (Context.environment["CLEARCOAT_WARNINGS_ARE_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// A room of the house: a Swift target under `Sources`.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// The tests of a room, which mirror it file for file.
func tests(_ room: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: room + "Tests",
        dependencies: [.init(stringLiteral: room), "ClearcoatTestSupport"] + dependencies,
        swiftSettings: settings
    )
}

let package = Package(
    name: "clearcoat",
    products: [
        .library(
            name: "Clearcoat",
            targets: [
                "Clearcoat", "ClearcoatImage", "ClearcoatCodecs", "ClearcoatFilters", "ClearcoatRegions",
                "ClearcoatInspection", "ClearcoatReports",
            ]
        ),
        .executable(name: "clearcoat", targets: ["ClearcoatCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(
            name: "ClearcoatImage",
            swiftSettings: settings,
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]
        ),
        .target(
            name: "CClearcoatCodecs",
            linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("z")]
        ),
        room("ClearcoatCodecs", ["ClearcoatImage", "CClearcoatCodecs"]),
        room("ClearcoatFilters", ["ClearcoatImage"]),
        room("ClearcoatRegions", ["ClearcoatImage"]),
        room(
            "ClearcoatInspection",
            [
                "ClearcoatImage", "ClearcoatFilters", "ClearcoatRegions",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        room(
            "ClearcoatReports",
            [
                "ClearcoatImage", "ClearcoatInspection", "ClearcoatCodecs",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [
                .embedInCode("Schema/record.schema.json"),
                .embedInCode("Page/report.css"),
                .embedInCode("Page/report.js"),
            ]
        ),
        room(
            "Clearcoat",
            [
                "ClearcoatImage", "ClearcoatInspection", "ClearcoatCodecs",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        room("ClearcoatTraining", ["ClearcoatImage", "ClearcoatInspection"]),
        room("ClearcoatSimulator", ["ClearcoatImage"]),
        room(
            "ClearcoatService",
            [
                "ClearcoatImage", "ClearcoatCodecs", "ClearcoatInspection", "ClearcoatReports", "Clearcoat",
                "ClearcoatTraining",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        room(
            "ClearcoatEvaluation",
            [
                "ClearcoatImage", "ClearcoatCodecs", "ClearcoatRegions", "ClearcoatInspection",
                "ClearcoatReports",
                "Clearcoat", "ClearcoatSimulator",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        room(
            "ClearcoatBenchmark",
            [
                "ClearcoatImage", "ClearcoatCodecs", "ClearcoatFilters", "ClearcoatRegions",
                "ClearcoatInspection", "ClearcoatReports", "Clearcoat", "ClearcoatSimulator",
                "ClearcoatService",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        .target(name: "CClearcoatMemory"),
        .executableTarget(
            name: "ClearcoatCLI",
            dependencies: [
                "CClearcoatMemory",
                "ClearcoatImage", "ClearcoatCodecs", "ClearcoatFilters", "ClearcoatRegions",
                "ClearcoatInspection", "ClearcoatReports", "Clearcoat", "ClearcoatSimulator",
                "ClearcoatService", "ClearcoatBenchmark", "ClearcoatTraining", "ClearcoatEvaluation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "ClearcoatTestSupport",
            dependencies: ["ClearcoatImage"],
            path: "Tests/ClearcoatTestSupport",
            swiftSettings: settings
        ),
        tests("ClearcoatImage"),
        tests("ClearcoatCodecs"),
        tests("ClearcoatFilters"),
        tests("ClearcoatRegions"),
        tests("ClearcoatInspection"),
        tests(
            "ClearcoatReports",
            [
                "ClearcoatInspection", "ClearcoatCodecs", .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        tests(
            "Clearcoat",
            [
                "ClearcoatImage", "ClearcoatCodecs", "ClearcoatFilters", "ClearcoatInspection",
                "ClearcoatSimulator",
                "ClearcoatFileTestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        tests("ClearcoatTraining", ["ClearcoatImage", "ClearcoatInspection"]),
        tests("ClearcoatSimulator"),
        .target(
            name: "ClearcoatFileTestSupport",
            dependencies: [
                "ClearcoatImage", "ClearcoatCodecs", "Clearcoat", "ClearcoatReports",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/ClearcoatFileTestSupport",
            swiftSettings: settings
        ),
        tests(
            "ClearcoatService",
            [
                "Clearcoat", "ClearcoatImage", "ClearcoatCodecs", "ClearcoatInspection", "ClearcoatReports",
                "ClearcoatSimulator", "ClearcoatTraining", "ClearcoatFileTestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        tests(
            "ClearcoatEvaluation",
            [
                "ClearcoatImage", "ClearcoatCodecs", "ClearcoatRegions", "ClearcoatInspection",
                "ClearcoatReports",
                "Clearcoat", "ClearcoatSimulator", "ClearcoatFileTestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        tests("ClearcoatBenchmark", ["ClearcoatImage", "ClearcoatInspection", "ClearcoatReports"]),
        .testTarget(
            name: "ClearcoatCLITests",
            dependencies: [
                "Clearcoat", "ClearcoatImage", "ClearcoatCodecs", "ClearcoatInspection", "ClearcoatReports",
                "ClearcoatService", "ClearcoatFileTestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)

// Needs libFuzzer's flags, so only Tests/Fuzz/run builds it.
if Context.environment["CLEARCOAT_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "ClearcoatFuzz",
            dependencies: [
                "ClearcoatImage", "ClearcoatCodecs", "ClearcoatRegions", "ClearcoatInspection",
                "ClearcoatReports",
            ],
            path: "Tests/Fuzz/ClearcoatFuzz",
            swiftSettings: settings
        )
    )
}
