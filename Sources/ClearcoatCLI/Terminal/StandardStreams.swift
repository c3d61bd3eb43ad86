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
            throw refused(error)
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
            throw refused(error)
        }
    }

    private static func refused(_ error: any Error) -> ExitCode {
        let why =
            switch error as? Errno {
            case .brokenPipe: "its reader has gone away"
            case .badFileDescriptor: "it is closed"
            default: "\(error)"
            }
        StandardError.complain("cannot write to standard output: \(why)")
        return .outputFailed
    }

    /// Writes text as it is.
    static func write(_ text: String) throws { try write(Array(text.utf8)) }
}

/// Writes messages for people.
enum StandardError {
    /// Whether somebody is looking.
    static let isTerminal = isatty(FileDescriptor.standardError.rawValue) == 1

    /// Says what is wrong: the program's name comes first, as with other tools, then often a path and a colon.
    ///
    /// Problems of a recipe are the exception: they begin with file, line and column, which editors jump to.
    static func complain(_ message: String) { print("clearcoat: " + message) }

    /// Writes a line. There is nobody left to tell when that fails.
    static func print(_ line: String) { write(line + "\n") }

    /// Writes text as it is.
    static func write(_ text: String) { _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8)) }
}

/// Takes the places of standard streams that are closed, so that no file which is opened later gets one of
/// them, and messages in it. Reading or writing there still fails.
func holdClosedStreams() {
    for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 {
        // Of the two ways to open it, the one that the stream is not used in.
        _ = unsafe open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
    }
}
