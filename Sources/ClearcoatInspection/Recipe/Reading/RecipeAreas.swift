import ClearcoatImage

// Where zones and ignored areas are: polygons, masks, margins.

/// Gets the mask at a path that stands in a recipe: reading files is not this room's business.
public typealias AreaMaskLoader = (_ path: String) throws(AreaMaskError) -> AreaMask

/// Why a mask cannot be had.
public struct AreaMaskError: Error, Sendable, Hashable {
    /// One clause for the engineer, to follow the path.
    public var message: String

    /// A reason in words.
    public init(_ message: String) { self.message = message }
}

extension RecipeReader {
    static let areaKeys = ["polygon", "mask", "sha256", "margin"]

    /// An entry of `ignore`: a list of corners, or keys.
    mutating func area(_ value: YAMLValue, of owner: String) -> Area? {
        guard case .mapping = value.content else {
            return polygon(value, of: owner).map { Area(polygon: $0) }
        }
        return area(fields(value, of: owner, allowed: Self.areaKeys), at: value.mark, of: owner)
    }

    /// Where something is, from its keys; nil when anything is wrong with it.
    mutating func area(_ fields: [String: YAMLValue], at mark: Mark, of owner: String) -> Area? {
        guard fields["polygon"] != nil || fields["mask"] != nil else {
            report("\(owner) does not say where it is; give it a polygon, a mask or both", at: mark)
            return nil
        }
        if let value = fields["sha256"], fields["mask"] == nil {
            report("\(owner).sha256 is that of a mask, and there is none", at: value.mark)
        }
        let before = errors.count
        let area = Area(
            polygon: fields["polygon"].flatMap { polygon($0, of: "\(owner).polygon") },
            mask: fields["mask"].flatMap { mask($0, of: "\(owner).mask", sha256: fields["sha256"]) },
            margin: fields["margin"].flatMap { margin($0, of: "\(owner).margin") }
        )
        return errors.count == before ? area : nil
    }

    private mutating func mask(_ value: YAMLValue, of owner: String, sha256: YAMLValue?) -> AreaMask? {
        guard let path = name(value, of: owner) else { return nil }
        let mask: AreaMask
        do throws(AreaMaskError) {
            mask = try loadMask(path)
        } catch {
            report("\(owner): \(shortened(path)): \(error.message)", at: value.mark)
            return nil
        }
        if let sha256, let wanted = text(sha256, of: owner.dropLast(4) + "sha256"), wanted != mask.sha256 {
            report(
                "\(owner): \(shortened(path)) has changed: its SHA-256 is \(mask.sha256), not \(shortened(wanted))",
                at: sha256.mark
            )
        }
        if mask.rows.allSatisfy(\.isEmpty) {
            warn("\(owner): \(shortened(path)) is black all over, so nothing belongs to it", at: value.mark)
        }
        return mask
    }

    /// A length of either sign, in at most a thousand pixels or millimetres.
    private mutating func margin(_ value: YAMLValue, of owner: String) -> Length? {
        guard let text = text(value, of: owner) else { return nil }
        do {
            let length = try Length(text: text)
            if abs(length.value) <= Area.maximumMarginPixels { return length }
            report("\(owner) is \(length.text); allowed: -1000 .. 1000", at: value.mark)
        } catch {
            report(
                "\(owner): \"\(shortened(text))\" is no margin such as \"5 px\" (grows) or \"-2 mm\" (shrinks): "
                    + error.message,
                at: value.mark
            )
        }
        return nil
    }
}
