import FoundationEssentials

/// The JSON Schema (draft 2020-12) of a record, for readers in any language.
///
/// The file `record.schema.json` is compiled into the library (`.embedInCode`), so it is there in a
/// statically linked program and needs no bundle beside it.
public enum RecordSchema {
    /// The schema's text.
    public static var json: String { String(decoding: PackageResources.record_schema_json, as: UTF8.self) }

    /// What is wrong with a record's JSON, one sentence a violation; empty when it is as it should be.
    public static func violations(in bytes: [UInt8]) -> [String] {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
            return ["broken JSON"]
        }
        return validator?.violations(in: value) ?? ["the schema itself is broken"]
    }

    /// The schema, ready to be asked; nil only if the file in this package were broken, which a test
    /// rules out.
    package static let validator: JSONSchemaValidator? = try? JSONSchemaValidator(
        schema: JSONDecoder().decode(JSONValue.self, from: Data(PackageResources.record_schema_json))
    )
}
