import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Another run of a program, watched from outside while it works.
struct ChildProcess {
    private let identifier: pid_t

    /// Starts a program with its standard output and standard error thrown away.
    ///
    /// - Throws: what the system answers.
    init(_ program: FilePath, _ arguments: [String]) throws(Errno) {
        let words = [program.string] + arguments
        var copies = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe copies.forEach { unsafe free($0) } }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
        }
        var identifier: pid_t = 0
        let status = unsafe posix_spawn(&identifier, words[0], &actions, nil, &copies, environ)
        if status != 0 { throw Errno(rawValue: status) }
        self.identifier = identifier
    }

    /// Waits until the program ends, and looks at it every few milliseconds.
    ///
    /// - Returns: its exit status; nil when a signal ended it.
    func wait(_ look: (pid_t) -> Void) -> Int32? {
        var status: Int32 = 0
        while true {
            look(identifier)
            let answer = unsafe waitpid(identifier, &status, WNOHANG)
            if answer == identifier { break }
            if answer < 0 && errno != EINTR { return nil }
            usleep(2000)
        }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : nil
    }
}
