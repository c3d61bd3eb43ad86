package import SystemPackage

extension FileContents {
    /// Writes a file that stands under its name whole or not at all: beside it first, forced to the
    /// medium, then renamed. Folders above it are made where they are missing.
    package static func write(_ bytes: [UInt8], to path: FilePath) throws(Errno) {
        do {
            let folder = path.removingLastComponent()
            try makeFolder(folder.isEmpty ? "." : folder)
            let name = ".clearcoat-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
            let hidden = folder.appending(name)
            let file = try FileDescriptor.open(
                hidden,
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o666)
            )
            do {
                defer { try? file.close() }
                try file.writeAll(bytes)
                try synchronize(file)
            } catch {
                remove(hidden)
                throw error
            }
            do {
                try rename(hidden, to: path)
            } catch {
                remove(hidden)
                throw error
            }
        } catch {
            throw error as? Errno ?? .ioError
        }
    }
}
