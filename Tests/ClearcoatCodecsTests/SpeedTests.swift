import ClearcoatCodecs
import ClearcoatImage
import Foundation
import Testing

/// Not a test of speed, which a busy machine would fail: it prints what Tests/Oracles/codecs/time_opencv.py
/// prints of OpenCV, on the same pictures.
@Suite(
    .serialized,
    .enabled(
        if: ProcessInfo.processInfo.environment["CLEARCOAT_SPEED"] != nil,
        "timing is asked for with CLEARCOAT_SPEED=FOLDER, see Tests/Oracles/codecs/time_opencv.py"
    )
)
struct SpeedTests {
    let folder = URL(filePath: ProcessInfo.processInfo.environment["CLEARCOAT_SPEED"] ?? "/")

    /// Prints the best of seven.
    private func time<Result>(_ name: String, _ work: () throws -> Result) rethrows {
        var best = Duration.seconds(1000)
        for _ in 0..<7 {
            let start = ContinuousClock.now
            let result = try work()
            best = min(best, ContinuousClock.now - start)
            withExtendedLifetime(result) {}
        }
        print("clearcoat \(name): \(String(format: "%.1f", best / .milliseconds(1))) ms")
    }

    @Test func decoding() throws {
        let decoder = ImageDecoder()
        for name in ["gray.jpg", "color.jpg", "gray.png", "color.png", "gray16.png"] {
            let content = try bytes(of: folder.appending(path: name))
            try time("\(name) to gray") { try decoder.decodeGray(content) }
            if name.hasPrefix("color") { try time("\(name) to color") { try decoder.decodeColor(content) } }
        }
    }

    @Test func encoding() throws {
        let content = try bytes(of: folder.appending(path: "color.png"))
        guard case .uint8(let color) = try ImageDecoder().decodeColor(content).pixels else { return }
        for compression in PNGOptions.Compression.allCases where compression != .small {
            var options = PNGOptions()
            options.compression = compression
            try time("color to PNG, \(compression)") { try ImageEncoder.png(color, options: options) }
            print(
                "clearcoat color to PNG, \(compression): \(try ImageEncoder.png(color, options: options).count) bytes"
            )
        }
        try time("color to JPEG 90") { try ImageEncoder.jpeg(color) }
        try time("gray to JPEG 90") { try ImageEncoder.jpeg(color.green) }
        time("quarter turn, gray") { color.green.upright(from: .rightTop) }
        time("half turn, gray") { color.green.upright(from: .bottomRight) }
    }
}
