// What lies in the key folder, and what doesn't belong there: a copy of the key store that an interrupted backup left, or somebody by hand. It
// opens under the root as the key store does and still has what was destroyed since, so it is overwritten and taken away.

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
        let ours = Set(["", "-wal", "-shm", "-journal"].map { store + $0 } + ["renewing", "backing-up", Vault.consent])
        return try DurableFile.names(in: folder).filter { name in
            !ours.contains(name) && !isGeneration(name) && DurableFile.isRegular("\(folder)/\(name)")
        }.sorted()
    }

    /// Overwrites them and takes them away. False: a backup is under way, whose copies go with it.
    static func clear(_ folder: String, besides database: Database?) throws(KeyFault) -> Bool {
        let strangers = try strangers(in: folder, besides: database)
        guard !strangers.isEmpty else { return true }
        guard let lock = try DurableFile.hold(backingUp(folder)) else { return false }
        defer { DurableFile.release(lock) }
        for name in strangers { try DurableFile.shred("\(folder)/\(name)") }
        return true
    }

    /// What a backup that is under way made, or one that was interrupted left; whoever calls holds `backingUp`.
    static func clearCopies(_ folder: String) throws(KeyFault) {
        for copy in copies(folder) { for end in ["", "-wal", "-shm", "-journal"] { try DurableFile.shred(copy + end) } }
    }

    /// `root.N` or `ring.N`, or one of them that is being written: a renewal forgets these.
    private static func isGeneration(_ name: String) -> Bool {
        let name = name.hasSuffix(".new") ? name.dropLast(4) : name[...]
        return ["root.", "ring."].contains { name.hasPrefix($0) && Int64(name.dropFirst(5)) != nil }
    }
}

/// Whether the key folder is to be looked through: a start does so, and whatever destroys keys.
final class Leftovers: Sendable {
    let isDue = Atomic<Bool>(true)
}

extension KeyStore {
    /// Takes away what doesn't belong in the key folder, if something was destroyed; tried again each second while a backup is under way.
    func clearLeftoversIfDue() {
        guard leftovers.isDue.exchange(false, ordering: .relaxed) else { return }
        do throws(KeyFault) {
            guard try KeyFolder.clear(rings.folder, besides: database) else { return leftovers.isDue.store(true, ordering: .relaxed) }
        } catch { leftovers.isDue.store(true, ordering: .relaxed) }
    }

    /// Something was destroyed: what still has it is to go.
    func leaveNothing() {
        truncation.isDue.store(true, ordering: .relaxed)
        leftovers.isDue.store(true, ordering: .relaxed)
    }
}
