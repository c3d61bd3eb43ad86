import Clearcoat
import ClearcoatInspection
import ClearcoatReports
import FoundationEssentials
import SystemPackage

/// Writes what was scored.
package enum EvaluationFiles {
    /// Writes `evaluation.json` and `evaluation.html`, each whole or not at all.
    package static func write(_ evaluation: Evaluation, to folder: String) throws {
        try write(json(evaluation), page: EvaluationPage(evaluation).bytes, named: "evaluation", to: folder)
    }

    /// Writes `repeatability.json` and `repeatability.html`.
    package static func write(_ study: RepeatStudy, to folder: String) throws {
        try write(json(study), page: RepeatPage(study).bytes, named: "repeatability", to: folder)
    }

    /// Refuses a folder that holds files of our names that we did not write.
    package static func refuseForeignFiles(in folder: String) throws {
        for name in ["evaluation", "repeatability"] {
            let root = folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
            let taken = ["json", "html"].map { "\(root)\(name).\($0)" }
                .first { (try? FilePath($0).stat()) != nil }
            guard let taken else { continue }
            let bytes = try? FileContents.read(FilePath("\(root)\(name).json"), limit: 1 << 28)
            let value = bytes.flatMap { try? JSONDecoder().decode(JSONValue.self, from: Data($0)) }
            guard value?["generator"]?["name"] == .string(Inspector.generator.name) else {
                throw ResultsError.foreignFile(path: taken, command: "evaluate")
            }
        }
    }

    /// Sorted keys; numbers with nine digits, since the last ones of logarithms differ from machine to machine.
    package static func json(_ value: some Encodable) throws -> [UInt8] {
        try JSONWriter.pretty(rounded(JSONValue(encoding: value)))
    }

    private static func write(_ json: [UInt8], page: [UInt8], named name: String, to folder: String) throws {
        let root = folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
        try AtomicFile.write(json, to: Array("\(root)\(name).json".utf8))
        try AtomicFile.write(page, to: Array("\(root)\(name).html".utf8))
    }

    private static func rounded(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): .number(number.rounded(digits: 9))
        case .array(let values): .array(values.map(rounded))
        case .object(let members): .object(members.mapValues(rounded))
        default: value
        }
    }
}

extension Double {
    /// With so many digits that mean something.
    func rounded(digits: Int) -> Double {
        guard isFinite, self != 0 else { return self }
        var scale = 1.0
        var most = 1.0
        for _ in 0..<digits { most *= 10 }
        while abs(self) * scale < most / 10, scale < 1e30 { scale *= 10 }
        while abs(self) * scale >= most, scale > 1e-30 { scale /= 10 }
        return (self * scale).rounded() / scale
    }
}
