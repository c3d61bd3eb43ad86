import Foundation

/// `CLEARCOAT_FUZZ_TARGET=NAME ClearcoatFuzz …` is libFuzzer on one target, with libFuzzer's own options;
/// `ClearcoatFuzz seeds FOLDER` writes seeds and dictionaries for all. `Tests/Fuzz/run` calls both.
@main enum FuzzCommand {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "seeds", let folder = arguments.dropFirst().first {
            try await writeSeeds(to: URL(filePath: folder))
            return
        }
        guard target != nil else {
            print("CLEARCOAT_FUZZ_TARGET is one of: \(targets.keys.sorted().joined(separator: " "))")
            exit(64)
        }
        var count = CommandLine.argc
        var values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
        exit(unsafe runLibFuzzer(&count, &values, runTarget))
    }

    private static func writeSeeds(to folder: URL) async throws {
        for (name, target) in targets {
            let place = folder.appending(path: name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for (index, seed) in try await target.seeds().enumerated() {
                try Data(seed).write(to: place.appending(path: "seed-\(index)"))
            }
            let words = target.words.map { "\"\(escaped($0))\"\n" }.joined()
            try Data(words.utf8).write(to: folder.appending(path: "\(name).words"))
            try Data("\(target.maximumLength)\n".utf8).write(to: folder.appending(path: "\(name).length"))
        }
    }

    /// As libFuzzer's dictionaries write bytes.
    private static func escaped(_ word: String) -> String {
        word.unicodeScalars.map { scalar in
            let number = scalar.value
            return number > 0x20 && number < 0x7f && number != 0x22 && number != 0x5c
                ? String(scalar) : "\\x" + (number < 16 ? "0" : "") + String(number & 0xff, radix: 16)
        }.joined()
    }
}

/// From the environment, since libFuzzer starts itself again with its own arguments.
private let target = ProcessInfo.processInfo.environment["CLEARCOAT_FUZZ_TARGET"].flatMap { targets[$0] }

/// libFuzzer's entry, called for every input.
private func runTarget(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer owns `count` bytes until this returns.
    target?.run(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runLibFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ values: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ run: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
