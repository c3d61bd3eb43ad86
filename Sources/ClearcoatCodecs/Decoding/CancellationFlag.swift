internal import CClearcoatCodecs

/// Lets one thread stop a decoder that runs in another.
///
/// The decoder looks at the flag between rows, so it stops within a row of pixels, or a row of blocks of
/// one scan where it still gathers a progressive JPEG. To follow the task it runs in:
///
/// ```swift
/// let flag = CancellationFlag()
/// try await withTaskCancellationHandler { try decoder.decodeGray(bytes, cancellation: flag) } onCancel: { flag.raise() }
/// ```
@safe public final class CancellationFlag: Sendable {
    // SAFETY: the pointer never changes, and what it points to is an atomic that C reads and writes.
    nonisolated(unsafe) let pointer: OpaquePointer

    /// A flag that is not raised.
    public convenience init() { self.init(raisedAfterLooks: -1) }

    /// A flag that raises itself when decoders have looked at it `looks` times; never when negative. With it,
    /// a decoder is stopped at a chosen place instead of a chosen time.
    package init(raisedAfterLooks looks: Int) {
        guard let pointer = unsafe CClearcoatCodecs_makeFlag(Int64(looks)) else {
            preconditionFailure("no memory for a flag")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe CClearcoatCodecs_destroyFlag(pointer) }

    /// Asks every decoder that was given this flag to stop. It cannot be lowered again.
    public func raise() { unsafe CClearcoatCodecs_raiseFlag(pointer) }

    /// Whether somebody has raised it.
    public var isRaised: Bool { unsafe CClearcoatCodecs_isFlagRaised(pointer) != 0 }
}
