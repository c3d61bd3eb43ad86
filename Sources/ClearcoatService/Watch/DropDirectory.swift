import Clearcoat
package import SystemPackage

/// The files that arrive in a folder and below it, each when its writer is done with it.
///
/// Events are a hint, the listing is the truth: the folder is listed at the start, and again whenever the
/// kernel lost count; a subfolder is listed when it appears, after it is watched. A file that is announced
/// twice is delivered once; one whose content changed is delivered again.
///
/// Links are announced by nobody, nor is what another machine does on a network share. So the folder is also
/// listed every now and then, and a file that only such a listing shows is delivered when the next one finds
/// it unchanged: nobody says when its writer is done.
///
/// Left out: hidden files, what is no image by content nor by name, ground truth, earlier results and folders the caller
/// excludes.
///
/// Files that wait for their turn are kept by name, so memory is bounded by what lies in the folder.
package struct DropDirectory: AsyncSequence, Sendable {
    package typealias Element = DropFile
    package typealias Failure = Errno

    private let root: FilePath
    private let excluded: Set<FileIdentity>
    private let events: any FolderEvents
    private let stop: StopSignal

    /// The folder at `root`, without the folder `output`, until `stop` is raised.
    package init(_ root: FilePath, excluding output: FilePath?, events: any FolderEvents, stop: StopSignal) {
        self.root = root
        self.events = events
        self.stop = stop
        excluded = Set([output].compactMap { path in (try? path?.stat()).map(FileIdentity.init) })
        stop.whenRaised { events.wake() }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(root: root, excluded: excluded, events: events, stop: stop)
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        private let root: FilePath
        private let excluded: Set<FileIdentity>
        private let events: any FolderEvents
        private let stop: StopSignal

        /// Watched folders by number; paths below the root.
        private var folders: [Int32: FilePath] = [:]
        private var rootWatch: Int32?
        /// What was delivered or waits to be, by path below the root.
        private var seen: [FilePath: FileState] = [:]
        /// What was delivered before and was being written again when its turn came.
        private var unfinished: Set<FilePath> = []
        /// What nobody announced, as the last listing found it.
        private var unannounced: [FilePath: FileState] = [:]
        private var waiting: ArraySlice<DropFile> = []
        private var isListed = false
        private var arrived = 0

        fileprivate init(
            root: FilePath,
            excluded: Set<FileIdentity>,
            events: any FolderEvents,
            stop: StopSignal
        ) {
            self.root = root
            self.excluded = excluded
            self.events = events
            self.stop = stop
        }

        /// The next file; nil after the stop.
        ///
        /// - Throws: an error of the system when the folder itself is gone or cannot be watched.
        package mutating func next() async throws(Errno) -> DropFile? {
            if !isListed { try list() }
            while !stop.isRaised, !Task.isCancelled {
                if let file = waiting.popFirst() {
                    if isReady(file) { return file }
                    continue
                }
                for event in try await events.next() { try handle(event) }
            }
            return nil
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async throws(Errno) -> DropFile? {
            try await next()
        }

        /// A file that was rewritten or is being written again is announced again when that is done.
        private mutating func isReady(_ file: DropFile) -> Bool {
            let isUnchanged = FileState(of: file.path).map(file.state.hasSameContent) ?? false
            if isUnchanged && !(file.state.isRegular && file.path.isBeingWritten) { return true }
            seen[file.relative] = nil
            if !file.isNew { unfinished.insert(file.relative) }
            return false
        }

        private mutating func handle(_ event: FolderEvent) throws(Errno) {
            switch event {
            case .settled(let watch, let name):
                if let folder = folders[watch] { add(folder.appending(name)) }
            case .folderAppeared(let watch, let name):
                if let folder = folders[watch]?.appending(name), isWanted(folder) { walk(folder) }
            case .gone(let watch, let name):
                if let folder = folders[watch] { forget(folder.appending(name)) }
            case .ended(let watch):
                if watch == rootWatch { throw .noSuchFileOrDirectory }
                folders[watch] = nil
            case .overflow:
                try list()
            case .listingDue:
                try look()
            }
        }

        /// Everything that is there now, and nothing else, is what was seen.
        private mutating func list() throws(Errno) {
            rootWatch = try events.watch(root)
            isListed = true
            let found = find("")
            for file in found { add(file) }
            forget(allBut: found)
        }

        /// Takes what nobody announced and two listings have found the same.
        private mutating func look() throws(Errno) {
            rootWatch = try events.watch(root)
            let found = find("")
            var candidates: [FilePath: FileState] = [:]
            for file in found {
                guard let state = FileState(of: root.pushing(file)) else { continue }
                if seen[file]?.hasSameContent(as: state) ?? false { continue }
                if unannounced[file]?.hasSameContent(as: state) ?? false {
                    add(file)
                } else {
                    candidates[file] = state
                }
            }
            unannounced = candidates
            forget(allBut: found)
        }

        private mutating func forget(allBut found: [FilePath]) {
            let found = Set(found)
            unfinished.formIntersection(found)
            seen = seen.filter { found.contains($0.key) }
        }

        /// Not what is hidden, and neither ground truth nor earlier results, as when the folder is listed.
        private func isWanted(_ folder: FilePath) -> Bool {
            !folder.isHidden && !FolderWalk.leavesOut(folder, below: root)
        }

        private mutating func walk(_ relative: FilePath) {
            for file in find(relative) { add(file) }
        }

        /// Watches a folder and those below it, each before it is listed, so that nothing falls between.
        private mutating func find(_ relative: FilePath) -> [FilePath] {
            let events = events
            var numbers: [(Int32, FilePath)] = []
            let walk = FolderWalk(root.pushing(relative), excluding: excluded) { folder in
                guard !folder.isLeftOut, let number = try? events.watch(folder.path) else { return }
                numbers.append((number, relative.pushing(folder.relative)))
            }
            for (number, folder) in numbers { folders[number] = folder }
            return walk.files.map { relative.pushing($0.relative) }
        }

        private mutating func add(_ relative: FilePath) {
            let path = root.pushing(relative)
            // What is called like an image and is none, such as a pipe, is delivered: it fails aloud.
            guard !path.isHidden, let state = FileState(of: path),
                path.isImage(ofType: state.isRegular ? .regular : nil)
            else { return }
            let known = seen.updateValue(state, forKey: relative)
            if let known, known.hasSameContent(as: state) { return }
            let isNew = known == nil && unfinished.remove(relative) == nil
            waiting.append(
                DropFile(path: path, relative: relative, state: state, order: arrived, isNew: isNew)
            )
            arrived += 1
        }

        /// Forgets a file, or a folder with everything below, that was removed or moved away.
        private mutating func forget(_ relative: FilePath) {
            unfinished.remove(relative)
            if seen.removeValue(forKey: relative) != nil { return }
            for (number, folder) in folders where folder.starts(with: relative) {
                events.unwatch(number)
                folders[number] = nil
            }
            seen = seen.filter { !$0.key.starts(with: relative) }
            unfinished = unfinished.filter { !$0.starts(with: relative) }
        }
    }
}
