/// Turns any `Encodable` into a ``JSONValue``.
///
/// Foundation's encoder would do but for two things: it spreads every contour over thousands of
/// lines, and its error for a number that is not finite does not say where. The tree lets
/// ``JSONWriter`` decide the form.
struct JSONTreeEncoder: Encoder {
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    fileprivate let slot = JSONSlot()

    /// The tree of a value.
    static func tree(of value: some Encodable) throws -> JSONValue {
        let encoder = JSONTreeEncoder()
        try value.encode(to: encoder)
        return encoder.slot.value
    }

    func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.content = .object([:])
        return KeyedEncodingContainer(JSONKeyedContainer<Key>(slot: slot))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.content = .array([])
        return JSONUnkeyedContainer(slot: slot)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingleContainer(slot: slot) }
}

/// The place of one value while it is being built.
private final class JSONSlot {
    enum Content {
        case leaf(JSONValue)
        case array([JSONSlot])
        case object([String: JSONSlot])
    }

    var content: Content

    init(_ leaf: JSONValue = .null) { content = .leaf(leaf) }

    var value: JSONValue {
        switch content {
        case .leaf(let value): value
        case .array(let slots): .array(slots.map(\.value))
        case .object(let slots): .object(slots.mapValues(\.value))
        }
    }

    /// The slot of a value: leaves at once, the rest by asking the value to encode itself.
    static func holding<Value: Encodable>(_ value: Value) throws -> JSONSlot {
        switch value {
        case let text as String: return JSONSlot(.string(text))
        case let number as Double: return JSONSlot(.number(number))
        case let points as [[Double]]:
            return JSONSlot(.array(points.map { .array($0.map(JSONValue.number)) }))
        default:
            let encoder = JSONTreeEncoder()
            try value.encode(to: encoder)
            return encoder.slot
        }
    }

    func append(_ slot: JSONSlot) {
        guard case .array(var slots) = content else { return }
        content = .leaf(.null)  // so that the array has one owner and is not copied
        slots.append(slot)
        content = .array(slots)
    }

    func set(_ slot: JSONSlot, for key: String) {
        guard case .object(var slots) = content else { return }
        content = .leaf(.null)
        slots[key] = slot
        content = .object(slots)
    }
}

private struct JSONKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: JSONSlot
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { slot.set(JSONSlot(), for: key.stringValue) }
    func encode(_ value: Bool, forKey key: Key) { slot.set(JSONSlot(.bool(value)), for: key.stringValue) }
    func encode(_ value: Int, forKey key: Key) { slot.set(JSONSlot(.integer(value)), for: key.stringValue) }
    func encode(_ value: String, forKey key: Key) { slot.set(JSONSlot(.string(value)), for: key.stringValue) }
    func encode(_ value: Double, forKey key: Key) { slot.set(JSONSlot(.number(value)), for: key.stringValue) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        slot.set(try .holding(value), for: key.stringValue)
    }

    func nestedContainer<Nested>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        nested(for: key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        nested(for: key).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { nested(named: "super") }
    func superEncoder(forKey key: Key) -> any Encoder { nested(for: key) }

    private func nested(for key: Key) -> JSONTreeEncoder { nested(named: key.stringValue) }
    private func nested(named name: String) -> JSONTreeEncoder {
        let encoder = JSONTreeEncoder()
        slot.set(encoder.slot, for: name)
        return encoder
    }
}

private struct JSONUnkeyedContainer: UnkeyedEncodingContainer {
    let slot: JSONSlot
    var codingPath: [any CodingKey] { [] }
    var count: Int {
        guard case .array(let slots) = slot.content else { return 0 }
        return slots.count
    }

    func encodeNil() { slot.append(JSONSlot()) }
    func encode<Value: Encodable>(_ value: Value) throws { slot.append(try .holding(value)) }

    func nestedContainer<Nested>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        nested().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    func superEncoder() -> any Encoder { nested() }

    private func nested() -> JSONTreeEncoder {
        let encoder = JSONTreeEncoder()
        slot.append(encoder.slot)
        return encoder
    }
}

private struct JSONSingleContainer: SingleValueEncodingContainer {
    let slot: JSONSlot
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { slot.content = .leaf(.null) }
    func encode(_ value: Bool) { slot.content = .leaf(.bool(value)) }
    func encode(_ value: String) { slot.content = .leaf(.string(value)) }
    func encode(_ value: Double) { slot.content = .leaf(.number(value)) }
    func encode(_ value: Float) { encode(Double(value)) }
    func encode(_ value: Int) { slot.content = .leaf(.integer(value)) }
    func encode(_ value: Int8) { encode(Int(value)) }
    func encode(_ value: Int16) { encode(Int(value)) }
    func encode(_ value: Int32) { encode(Int(value)) }
    func encode(_ value: Int64) { encode(Int(value)) }
    func encode(_ value: UInt8) { encode(Int(value)) }
    func encode(_ value: UInt16) { encode(Int(value)) }
    func encode(_ value: UInt32) { encode(Int(value)) }
    func encode(_ value: UInt) throws { try encode(UInt64(value)) }
    func encode(_ value: UInt64) throws {
        guard let number = Int(exactly: value) else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "over Int.max"))
        }
        encode(number)
    }
    func encode<Value: Encodable>(_ value: Value) throws {
        slot.content = try JSONSlot.holding(value).content
    }
}
