import ArgumentParser
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes data for other programs.
enum StandardOutput {
    /// Writes all of `bytes` at once, so that a reader never waits for the rest of a line.
    ///
    /// A reader that goes away before everything is delivered has not got it: the command fails.
    static func deliver(_ bytes: [UInt8]) throws {
        do {
            try FileDescriptor.standardOutput.writeAll(bytes)
        } catch {
            let why = error as? Errno == .brokenPipe ? "its reader has gone away" : "\(error)"
            StandardError.print("clearcoat: cannot write to standard output: \(why)")
            throw ExitCode.outputFailed
        }
    }

    /// Writes text for somebody to look at.
    ///
    /// A reader that has gone away has seen enough: the command ends in silence and with success.
    static func write(_ bytes: [UInt8]) throws {
        do {
            try FileDescriptor.standardOutput.writeAll(bytes)
        } catch Errno.brokenPipe {
            throw ExitCode.success
        } catch {
            StandardError.print("clearcoat: cannot write to standard output: \(error)")
            throw ExitCode.outputFailed
        }
    }

    /// Writes text as it is.
    static func write(_ text: String) throws { try write(Array(text.utf8)) }
}

/// Writes messages for people.
enum StandardError {
    /// Whether somebody is looking.
    static let isTerminal = isatty(FileDescriptor.standardError.rawValue) == 1

    /// Writes a line. There is nobody left to tell when that fails.
    static func print(_ line: String) { write(line + "\n") }

    /// Writes text as it is.
    static func write(_ text: String) { _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8)) }
}
