import ArgumentParser
import ClearcoatReports

/// What the commands exit with. `--help` of each command says which of them it uses.
extension ExitCode {
    /// Some inputs could not be read; the rest is done.
    static let someFailed = ExitCode(2)
    /// An audit found something wrong.
    static let auditFailed = ExitCode(3)
    /// With `--gate`: at least one capture asks for rework.
    static let rework = ExitCode(10)
    /// With `--gate`: at least one capture is rejected.
    static let reject = ExitCode(20)
    /// With `--gate`: at least one capture cannot be judged.
    static let cannotJudge = ExitCode(30)
    /// The command was not used as its help says.
    static let usage = ExitCode(64)
    /// The recipe is wrong, or does not fit the pictures.
    static let badRecipe = ExitCode(65)
    /// The folder to watch is not there, or has gone.
    static let dropGone = ExitCode(66)
    /// The output cannot be written.
    static let outputFailed = ExitCode(74)

    /// The status of a process that a signal ended.
    static func interrupted(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }
}
