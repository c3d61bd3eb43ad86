package import SystemPackage

/// What happened in a watched folder.
package enum FolderEvent: Sendable, Hashable {
    /// A file was closed after writing, or moved in under this name.
    case settled(watch: Int32, name: FilePath.Component)
    /// A folder was made or moved in.
    case folderAppeared(watch: Int32, name: FilePath.Component)
    /// A file or folder of this name is there no more.
    case gone(watch: Int32, name: FilePath.Component)
    /// The folder itself was removed or moved elsewhere.
    case ended(watch: Int32)
    /// The kernel had more to say than it could keep; only a listing tells what.
    case overflow
    /// It is time to look for files that nobody announces.
    case listingDue
}

/// Where a drop directory hears of changes.
package protocol FolderEvents: Sendable {
    /// Begins to report what happens in a folder, and says under which number. A folder that is watched
    /// already keeps its number.
    func watch(_ folder: FilePath) throws(Errno) -> Int32

    /// Stops reporting on a folder.
    func unwatch(_ watch: Int32)

    /// What happened since the last call; waits while nothing did. Empty after ``wake()`` and when the
    /// task is cancelled.
    func next() async throws(Errno) -> [FolderEvent]

    /// Ends a wait in ``next()``. Safe to call from any thread.
    func wake()
}
