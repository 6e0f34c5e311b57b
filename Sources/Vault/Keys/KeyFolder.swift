// What lies in the key folder, and what doesn't belong there: a copy of the key store that an interrupted backup left, or somebody by hand. It
// opens under the root as the key store does and still has what was destroyed since. A copy of our own is overwritten and taken away; what
// somebody else put there isn't ours to destroy, and the doctor names it.

import Glibc
import Store
import Synchronization

enum KeyFolder {
    /// Held by a backup as long as it is under way, and by a renewal.
    static func backingUp(_ folder: String) -> String { folder + "/backing-up" }
    static func renewing(_ folder: String) -> String { folder + "/renewing" }

    /// A backup's copy of the key store, and the one that it reads back.
    static func copies(_ folder: String) -> [String] { ["copied", "read"].map { "\(folder)/\($0).sqlite" } }

    /// The names of the files that neither an open house nor one that is closed needs there.
    static func strangers(in folder: String, besides database: Database?) throws(KeyFault) -> [String] {
        var store = KeyStore.database(in: folder).name
        if case .file(let path) = database, path.hasPrefix(folder + "/") { store = String(path.dropFirst(folder.utf8.count + 1)) }
        let ours = Set(parts(of: [store]))
        let locks: Set = ["renewing", "backing-up", Vault.consent]
        return try DurableFile.names(in: folder).filter { name in
            // A folder or a link may lead to a copy as well; of a disk of its own the folder has one.
            guard DurableFile.isRegular("\(folder)/\(name)") else { return name != "lost+found" }
            // These say what they say by being there.
            if locks.contains(name) { return DurableFile.length(of: "\(folder)/\(name)") != 0 }
            return !ours.contains(name) && !isGeneration(name) && !isHalf(name)
        }.sorted()
    }

    /// What lies beside the folder and opens as it does, or holds what opens so: a folder with files of keys, a key store, a root or a ring.
    static func copiesBeside(_ folder: String, besides database: Database?) throws(KeyFault) -> [String] {
        func name(of path: String) -> String { String(path.split(separator: "/").last ?? "") }
        let place = DurableFile.folder(of: folder)
        var ours: Set = [name(of: folder)], found: [String] = []
        if case .file(let path) = database, DurableFile.folder(of: path) == place { ours.formUnion(parts(of: [name(of: path)])) }
        for name in try DurableFile.names(in: place).sorted() where !ours.contains(name) {
            let path = "\(place)/\(name)"
            if DurableFile.isRegular(path) {
                if isOfKeys(name) || DurableFile.begins(path, with: "class_key") { found.append(path) }
            } else if let inside = try? DurableFile.names(in: path), inside.contains(where: isOfKeys) {
                found.append(path)
            }
        }
        return found
    }

    private static func isOfKeys(_ name: String) -> Bool {
        name.hasPrefix("keys.sqlite")
            || ["root.", "ring."].contains { name.hasPrefix($0) && name.dropFirst(5).first?.isWholeNumber == true }
    }

    /// Overwrites and takes away what a backup left. False: one is under way, whose copies go with it.
    static func clear(_ folder: String) throws(KeyFault) -> Bool {
        guard parts(of: copies(folder)).contains(where: DurableFile.isRegular) else { return true }
        guard let lock = try DurableFile.hold(backingUp(folder)) else { return false }
        defer { DurableFile.release(lock) }
        try clearCopies(folder)
        return true
    }

    /// What a backup that is under way made, or one that was interrupted left; whoever calls holds `backingUp`.
    static func clearCopies(_ folder: String) throws(KeyFault) {
        for file in parts(of: copies(folder)) { try DurableFile.shred(file) }
    }

    /// The files that SQLite has of a database.
    private static func parts(of databases: [String]) -> [String] {
        databases.flatMap { database in ["", "-wal", "-shm", "-journal"].map { database + $0 } }
    }

    /// `root.N` or `ring.N`.
    private static func isGeneration(_ name: some StringProtocol) -> Bool {
        ["root.", "ring."].contains { name.hasPrefix($0) && Int64(name.dropFirst(5)) != nil }
    }

    /// One of them that is being written: a renewal forgets what is left of it.
    static func isHalf(_ name: String) -> Bool { name.hasSuffix(".new") && isGeneration(name.dropLast(4)) }
}

/// Whether the key folder is to be looked through: a start does so, and whatever destroys keys.
final class Leftovers: Sendable {
    let isDue = Atomic<Bool>(true)
}

extension KeyStore {
    /// Takes away what a backup left in the key folder, if something was destroyed; tried again each second while a backup is under way.
    func clearLeftoversIfDue() {
        guard leftovers.isDue.exchange(false, ordering: .relaxed) else { return }
        do throws(KeyFault) {
            guard try KeyFolder.clear(rings.folder) else { return leftovers.isDue.store(true, ordering: .relaxed) }
        } catch { leftovers.isDue.store(true, ordering: .relaxed) }
    }

    /// Something was destroyed: what still has it is to go.
    func leaveNothing() {
        truncation.isDue.store(true, ordering: .relaxed)
        leftovers.isDue.store(true, ordering: .relaxed)
    }
}
