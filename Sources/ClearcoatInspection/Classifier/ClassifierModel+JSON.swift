import FoundationEssentials

extension ClassifierModel {
    /// The most bytes that a model's file may have.
    package static let maximumBytes = 16 << 20

    /// Reads a model from the bytes of its file.
    ///
    /// Hostile bytes are safe: they can only throw, and a model that is read can be asked about anything.
    /// Keys that this version does not know are ignored.
    ///
    /// - Throws: ``ClassifierModelError`` with the place.
    public init(json: [UInt8]) throws(ClassifierModelError) {
        guard json.count <= Self.maximumBytes else {
            throw .malformed("it has more than \(Self.maximumBytes) bytes")
        }
        let file = try Self.file(from: json)
        guard file.kind == Form.forest else {
            throw .invalid(place: "kind", problem: "is \"\(shortened(file.kind))\", not \"\(Form.forest)\"")
        }
        var classes: [DefectClass] = []
        for name in file.classes {
            guard let known = DefectClass(rawValue: name) else {
                throw .invalid(
                    place: "classes",
                    problem: "name \"\(shortened(name))\", which is no defect class"
                )
            }
            classes.append(known)
        }
        var inputs: [ClassifierInput] = []
        for name in file.inputs {
            guard let known = ClassifierInput(name: name) else {
                throw .invalid(place: "inputs", problem: "name \"\(shortened(name))\", which is not measured")
            }
            inputs.append(known)
        }
        guard file.calibration.map(\.class) == file.classes else {
            throw .invalid(place: "calibration", problem: "is not of the model's classes, in their order")
        }
        guard file.trees.count <= Self.maximumTrees else {
            throw .invalid(place: "trees", problem: "are \(file.trees.count), not 1 to \(Self.maximumTrees)")
        }
        guard file.trees.reduce(0, { $0 + $1.count }) <= Self.maximumNodes else {
            throw .invalid(place: "trees", problem: "have more than \(Self.maximumNodes) nodes together")
        }
        try self.init(
            classes: classes,
            inputs: inputs,
            trees: Self.trees(file.trees, classes, inputs),
            calibration: file.calibration.map { Calibration(slope: $0.slope, offset: $0.offset) },
            training: file.training
        )
    }

    private static func trees(
        _ texts: [[String]],
        _ classes: [DefectClass],
        _ inputs: [ClassifierInput]
    ) throws(ClassifierModelError) -> [DecisionTree] {
        var trees: [DecisionTree] = []
        for (number, lines) in texts.enumerated() {
            let place = "tree \(number)"
            var nodes: [DecisionTree.Node] = []
            for (index, line) in lines.enumerated() {
                let place = "\(place), node \(index)"
                nodes.append(
                    try DecisionTree.Node(text: line, classes: classes, inputs: inputs, place: place)
                )
            }
            trees.append(
                try DecisionTree(nodes, classCount: classes.count, inputCount: inputs.count, place: place)
            )
        }
        return trees
    }

    private static func file(from json: [UInt8]) throws(ClassifierModelError) -> Form {
        do {
            let decoder = JSONDecoder()
            let version = try decoder.decode(Versioned.self, from: Data(json)).schemaVersion
            guard version == currentSchemaVersion else {
                throw ClassifierModelError.unsupportedVersion(version)
            }
            return try decoder.decode(Form.self, from: Data(json))
        } catch let error as ClassifierModelError {
            throw error
        } catch let error as DecodingError {
            throw .malformed(error.place)
        } catch {
            throw .malformed("\(error)")
        }
    }

    private struct Versioned: Decodable { var schemaVersion: Int }
}

/// A model as its file has it.
private struct Form: Codable {
    static let forest = "forest"

    var schemaVersion = ClassifierModel.currentSchemaVersion
    var kind = Self.forest
    var classes: [String]
    var inputs: [String]
    var calibration: [Entry]
    var training: ClassifierTraining
    var trees: [[String]]

    struct Entry: Codable {
        var `class`: String
        var slope: Double
        var offset: Double
    }
}

extension ClassifierModel: Encodable {
    /// Writes the model as its file has it.
    public func encode(to encoder: any Encoder) throws {
        let form = Form(
            classes: classes.map(\.rawValue),
            inputs: inputs.map(\.name),
            calibration: zip(classes, calibration).map {
                Form.Entry(class: $0.rawValue, slope: $1.slope, offset: $1.offset)
            },
            training: training,
            trees: trees.map { tree in tree.nodes.map { $0.text(classes: classes, inputs: inputs) } }
        )
        try form.encode(to: encoder)
    }
}

extension DecodingError {
    /// Where and what, without the type names of Swift.
    fileprivate var place: String {
        func path(_ context: Context, _ last: (any CodingKey)? = nil) -> String {
            (context.codingPath + [last].compactMap(\.self)).reduce("") { path, key in
                key.intValue.map { path + "[\($0)]" } ?? (path.isEmpty ? "" : path + ".") + key.stringValue
            }
        }
        switch self {
        case .keyNotFound(let key, let context): return "\"\(path(context, key))\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return path(context).isEmpty ? "it is no JSON object" : "\"\(path(context))\" has the wrong type"
        case .dataCorrupted(let context):
            return path(context).isEmpty ? "it is no JSON" : "\"\(path(context))\" has an impossible value"
        @unknown default: return "it is no JSON"
        }
    }
}
