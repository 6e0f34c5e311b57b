// The folder that holds everything: `stamp` (development or production), `data.sqlite`, and `keys` apart from it.

import Glibc
import Vault

/// A data directory with its stamp. One process at a time holds it; of a house whose rows lie on a server, several that let others in.
struct DataDirectory {
    let path: String
    let isDevelopment: Bool
    /// Held open and locked for the life of the process.
    private let lock: Int32

    var keyFolder: String { Self.keyFolder(of: path) }
    static func database(of path: String) -> String { path + "/data.sqlite" }
    static func keyFolder(of path: String) -> String { path + "/keys" }

    enum Unfit: Error, Equatable {
        case cannotMake(String)
        case inUse(String)
        /// Neither of the two words.
        case badStamp(String)
        /// A house is in it already.
        case taken(String)
        /// It holds other things, and none.
        case foreign(String)
        /// A restore into it was interrupted.
        case halfRestored(String)
        /// A move into it was.
        case halfMoved(String)

        var sentence: String {
            switch self {
            case .cannotMake(let path): "\(path) can't be made or written. Give the process a data directory that it owns (setting `data`)."
            case .inUse(let path):
                "\(path) is in use by another `voffice serve` or `voffice work`. Stop that one first, or set another `data`."
            case .badStamp(let path): "\(path) should say `development` or `production` and says neither. Put it back from a backup."
            case .halfRestored(let path): "a restore into \(path) was interrupted. Run `voffice restore` again: it begins anew."
            case .halfMoved(let path): "a move into \(path) isn't finished. Run `voffice admin move` again: it goes on where it ended."
            case .foreign(let path): "\(path) holds other files and no house. Set `data` to a directory that is empty or not there."
            case .taken(let path): "\(path) holds a house already. Set `data` to a directory that is empty or not there."
            }
        }
    }

    /// Whether a house of production is there; makes nothing.
    static func isProduction(_ path: String) -> Bool { (try? File.read(path + "/stamp")) == Array("production\n".utf8) }

    /// Whether anything is there; makes nothing.
    static func isThere(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Why no command can look at a house there: what to do about a setting `data` that was mistyped; nil: something of one is there.
    static func lacksHouse(_ path: String) -> String? {
        guard isThere(path) else { return "\(path) isn't there. Set `data` to the directory of the house." }
        if isThere(path + "/restoring") { return Unfit.halfRestored(path).sentence }
        // A house that lost one of its halves is one.
        let hasKeys = Surroundings.names(in: keyFolder(of: path)).contains { $0 != "lock" }
        guard !hasKeys, !["/stamp", "/data.sqlite"].contains(where: { isThere(path + $0) }) else { return nil }
        return "\(path) holds no house. Set `data` to the directory of the house."
    }

    /// Makes a directory of production, empty.
    init(makingProduction path: String) throws(Unfit) {
        (self.path, isDevelopment) = (path, false)
        try Self.refuseForeign(path)
        lock = try Self.hold(path)
        guard unsafe access(path + "/stamp", F_OK) != 0, unsafe access(path + "/data.sqlite", F_OK) != 0 else { throw .taken(path) }
        do throws(WrongUse) { try File.write(Array("production\n".utf8), to: path + "/stamp") } catch { throw .cannotMake(path) }
    }

    /// Opens the directory, or makes it with the stamp `development` where there is none.
    /// - Parameter besideOthers: who else has it open, and has let others in, may go on.
    init(opening path: String, besideOthers: Bool = false) throws(Unfit) {
        self.path = path
        try Self.refuseForeign(path)
        lock = try Self.hold(path, besideOthers: besideOthers)
        guard unsafe access(path + "/restoring", F_OK) != 0 else { throw .halfRestored(path) }
        guard !Self.isThere(path + "/moving") else { throw .halfMoved(path) }
        let stampPath = path + "/stamp"
        guard let stamp = try? File.read(stampPath) else {
            // A house that has lost its stamp must not become one of development by that.
            guard unsafe access(path + "/data.sqlite", F_OK) != 0 else { throw .badStamp(stampPath) }
            do throws(WrongUse) { try File.write(Array("development\n".utf8), to: stampPath) } catch { throw .cannotMake(stampPath) }
            isDevelopment = true
            return
        }
        switch String(decoding: stamp, as: UTF8.self) {
        case "development\n": isDevelopment = true
        case "production\n": isDevelopment = false
        default: throw .badStamp(stampPath)
        }
    }

    /// Where no house is, nothing may be but what one that was just begun, or whoever made room for one, leaves.
    fileprivate static func refuseForeign(_ path: String) throws(Unfit) {
        guard !["/stamp", "/data.sqlite", "/restoring", "/moving"].contains(where: { isThere(path + $0) }) else { return }
        let ours: Set = ["keys", "lock", "safe", "mirror", "lost+found"]
        guard Surroundings.names(in: path).allSatisfy(ours.contains) else { throw .foreign(path) }
    }

    /// All is made that a start makes: from here on others may open it too, and nobody may who needs it for themselves.
    func letOthersIn() { flock(lock, LOCK_SH) }

    /// Makes what is missing of the folders, and gives the lock.
    fileprivate static func hold(_ path: String, besideOthers: Bool = false) throws(Unfit) -> Int32 {
        // A house that has lost its keys is told so, and its empty folder isn't made.
        guard makeFolder(path) else { throw .cannotMake(path) }
        guard isThere(database(of: path)) && !isThere(keyFolder(of: path)) || makeFolder(keyFolder(of: path)) else {
            throw .cannotMake(keyFolder(of: path))
        }
        let lock = unsafe open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .cannotMake(path) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 || besideOthers && joins(lock) else {
            close(lock)
            throw .inUse(path)
        }
        return lock
    }

    /// Waits a minute at most for somebody who is opening it.
    private static func joins(_ lock: Int32) -> Bool {
        for _ in 0..<600 {
            if flock(lock, LOCK_SH | LOCK_NB) == 0 { return true }
            usleep(100_000)
        }
        return false
    }

    /// Makes the folder with those above it where they lack; false where it can't be made or written.
    static func makeFolder(_ path: String, mode: mode_t = 0o700) -> Bool {
        var upTo = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            upTo += upTo.isEmpty && !path.hasPrefix("/") ? String(part) : "/" + part
            if upTo.isEmpty || upTo == "/" { continue }
            if unsafe mkdir(upTo, mode) != 0, errno != EEXIST { return false }
        }
        return unsafe access(path, W_OK) == 0
    }
}

extension DataDirectory {
    /// A directory that a house is being restored into. Until it is finished, a file `restoring` says that nothing in it counts.
    struct Empty {
        let path: String
        private let lock: Int32

        /// What an interrupted restore left goes; anything else stays, and is refused.
        init(restoringInto path: String) throws(Unfit) {
            self.path = path
            lock = try DataDirectory.hold(path)
            if unsafe access(path + "/restoring", F_OK) == 0 { clear() }
            for file in [path + "/stamp", DataDirectory.database(of: path)] where unsafe access(file, F_OK) == 0 { throw .taken(path) }
            guard Surroundings.names(in: DataDirectory.keyFolder(of: path)).isEmpty else { throw .taken(path) }
            do throws(WrongUse) { try File.write([], to: path + "/restoring") } catch { throw .cannotMake(path) }
        }

        /// From here on it is a house.
        func finish(stamp: String) throws(BackupFault) {
            do throws(WrongUse) { try File.write(Array("\(stamp)\n".utf8), to: path + "/stamp") } catch { throw .unwritable(path) }
            guard unsafe unlink(path + "/restoring") == 0 else { throw .unwritable(path) }
        }

        /// Takes away what was put here.
        func clear() {
            let keys = DataDirectory.keyFolder(of: path), database = DataDirectory.database(of: path)
            for file in ["", "-wal", "-shm", "-journal"].map({ database + $0 }) + Surroundings.names(in: keys).map({ "\(keys)/\($0)" }) {
                unsafe unlink(file)
            }
            unsafe unlink(path + "/restoring")
        }
    }
}

extension DataDirectory {
    /// One whose house is closed, and stays so until `release`.
    struct Closed {
        private let lock: Int32

        init(_ path: String) throws(Unfit) { lock = try DataDirectory.hold(path) }
        func release() { close(lock) }
    }

    /// One that a house is being moved into. Until that is finished, a file `moving` says that nothing in it counts.
    struct Moving {
        let path: String
        /// An earlier run was interrupted.
        let goesOn: Bool
        private let lock: Int32

        init(into path: String) throws(Unfit) {
            self.path = path
            goesOn = DataDirectory.isThere(path + "/moving")
            try DataDirectory.refuseForeign(path)
            lock = try DataDirectory.hold(path)
            guard goesOn || !["/stamp", "/data.sqlite", "/restoring"].contains(where: { DataDirectory.isThere(path + $0) }) else {
                throw .taken(path)
            }
            do throws(WrongUse) { try File.write([], to: path + "/moving") } catch { throw .cannotMake(path) }
        }

        /// From here on it is a house.
        func finish(stamp: [UInt8]) throws(Unfit) {
            do throws(WrongUse) { try File.write(stamp, to: path + "/stamp") } catch { throw .cannotMake(path) }
            guard unsafe unlink(path + "/moving") == 0 else { throw .cannotMake(path) }
        }
    }
}
