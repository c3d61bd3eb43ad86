public import ClearcoatInspection
public import SystemPackage

extension Recipe {
    /// The recipe with its classifier, if it names one, read and checked.
    ///
    /// - Parameter file: the recipe's own file; the classifier's path is relative to its folder. Without one, to
    ///   the working directory.
    /// - Throws: ``ClassifierFileError``.
    public func readingClassifier(besides file: FilePath? = nil) throws(ClassifierFileError) -> Recipe {
        guard let classifier else { return self }
        let path = (file?.removingLastComponent() ?? "").pushing(FilePath(classifier.file))
        var recipe = self
        recipe.classifier = try classifier.read(from: path)
        return recipe
    }
}

extension Recipe.Classifier {
    fileprivate func read(from path: FilePath) throws(ClassifierFileError) -> Recipe.Classifier {
        let bytes: [UInt8]
        do {
            bytes = try FileContents.read(path, limit: ClassifierModel.maximumBytes)
        } catch {
            throw ClassifierFileError(path: path.string, problem: .unreadable("\(error)"))
        }
        let hash = SHA256Digest(of: bytes).hexadecimal
        if let sha256, sha256 != hash {
            throw ClassifierFileError(path: path.string, problem: .another(expected: sha256, found: hash))
        }
        do {
            return with(try ClassifierModel(json: bytes), sha256: hash)
        } catch {
            throw ClassifierFileError(path: path.string, problem: .broken(error))
        }
    }
}

/// Why the classifier that a recipe names cannot be used.
public struct ClassifierFileError: Error, Sendable, Hashable {
    /// The file, as it was looked for.
    public var path: String
    /// What is wrong with it.
    public var problem: Problem

    /// What is wrong with a classifier's file.
    public enum Problem: Sendable, Hashable {
        /// It cannot be read, and why.
        case unreadable(String)
        /// Its bytes are not those that the recipe was agreed with.
        case another(expected: String, found: String)
        /// It is no classifier.
        case broken(ClassifierModelError)
    }
}

extension ClassifierFileError: CustomStringConvertible {
    /// The path and one sentence with the remedy.
    public var description: String {
        switch problem {
        case .unreadable(let why):
            "classifier \(path): \(why); its path is relative to the recipe's folder"
        case .another(let expected, let found):
            "classifier \(path): its SHA-256 is \(found), the recipe asks for \(expected); get that file, or agree "
                + "on this one and change sha256 in the recipe"
        case .broken(let error): "classifier \(path): \(error)"
        }
    }
}
