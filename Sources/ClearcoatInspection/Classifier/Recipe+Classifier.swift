extension Recipe {
    /// Which trained classifier names findings beside the rules, and when it is believed.
    public struct Classifier: Sendable {
        /// Its file, relative to the folder of the recipe.
        public var file: String
        /// The least probability at which the model's class is taken; below, the rules decide.
        public var minimumConfidence: Double
        /// SHA-256 of the file's bytes, in hexadecimal: what the recipe was agreed with. Nil takes any; it is
        /// filled in when the file is read, so that a record's recipe hash tells models apart.
        public private(set) var sha256: String?
        /// The model; nil until the file is read, which ``Recipe`` itself never does.
        public private(set) var model: ClassifierModel?

        /// What ``minimumConfidence`` is unless it is said.
        public static let defaultMinimumConfidence = 0.5

        /// A classifier that is not read yet.
        public init(
            file: String,
            minimumConfidence: Double = Self.defaultMinimumConfidence,
            sha256: String? = nil
        ) {
            self.file = file
            self.minimumConfidence = minimumConfidence
            self.sha256 = sha256
        }

        /// The same with its model.
        ///
        /// - Parameter sha256: of the bytes that `model` was read from.
        public func with(_ model: ClassifierModel, sha256: String) -> Classifier {
            var copy = self
            copy.model = model
            copy.sha256 = sha256
            return copy
        }
    }
}

/// By the recipe's words alone: which model it is, its hash says.
extension Recipe.Classifier: Hashable {
    /// Whether both say the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.file == right.file && left.minimumConfidence == right.minimumConfidence
            && left.sha256 == right.sha256
    }

    /// Feeds what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(file)
        hasher.combine(minimumConfidence)
        hasher.combine(sha256)
    }
}

extension Recipe.Classifier {
    /// The line of the effective recipe.
    var yaml: String {
        let hash = sha256.map { ", sha256: \(quoted($0))" } ?? ""
        return "classifier: { model: \(quoted(file)), minConfidence: \(minimumConfidence.shortest)\(hash) }"
    }
}

extension RecipeReader {
    /// `classifier: models/x.json`, or a mapping with the file as `model`; nil for `none`.
    mutating func classifier(_ value: YAMLValue) -> Recipe.Classifier? {
        if case .null = value.content { return nil }
        if case .scalar("none") = value.content { return nil }
        if case .scalar = value.content {
            return classifierFile(value, of: "classifier").map { Recipe.Classifier(file: $0) }
        }
        let fields = fields(value, of: "classifier", allowed: ["model", "minConfidence", "sha256"])
        guard let model = fields["model"] else {
            report(
                "\"model\" is missing in classifier; it is the file that \"clearcoat train\" wrote",
                at: value.mark
            )
            return nil
        }
        let file = classifierFile(model, of: "classifier.model")
        let least = fields["minConfidence"].flatMap { number($0, of: "classifier.minConfidence", in: 0...1) }
        let hash = fields["sha256"].flatMap { value -> String? in
            let text = text(value, of: "classifier.sha256")
            guard let text, text.utf8.count != 64 || !text.utf8.allSatisfy(Self.isHexadecimal) else {
                return text
            }
            report("classifier.sha256 is 64 digits 0-9 and a-f, not \"\(shortened(text))\"", at: value.mark)
            return nil
        }
        return file.map {
            Recipe.Classifier(
                file: $0,
                minimumConfidence: least ?? Recipe.Classifier.defaultMinimumConfidence,
                sha256: hash
            )
        }
    }

    private static func isHexadecimal(_ digit: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
    }

    /// The most bytes of a file's path.
    private static let maximumPath = 4096

    private mutating func classifierFile(_ value: YAMLValue, of owner: String) -> String? {
        guard let text = text(value, of: owner) else { return nil }
        guard !text.isEmpty, text.utf8.count <= Self.maximumPath, !text.utf8.contains(where: { $0 < 0x20 })
        else {
            report("\(owner) is the path of a file, not \"\(shortened(text))\"", at: value.mark)
            return nil
        }
        return text
    }
}
