// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Consumer",
    dependencies: [.package(name: "clearcoat", path: "../..")],
    targets: [
        .executableTarget(
            name: "Consumer",
            dependencies: [.product(name: "Clearcoat", package: "clearcoat")]
        )
    ],
    swiftLanguageModes: [.v6]
)
