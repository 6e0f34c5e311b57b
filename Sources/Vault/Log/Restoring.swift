// Data that are older than their keys, or another history: refused by name, and opened only when somebody means it.

import Crypto
import Policy
import Store
import TransparencyLog

/// The data's log beside what the key store has seen of it.
enum Standing {
    case fits
    /// The data end before what the keys have signed.
    case behind(size: Int, seen: SeenTree)
    /// The data's tree of that size isn't the one that the keys have signed.
    case other(seen: SeenTree)
}

extension Vault {
    /// The file in the key folder that says: take the older data, and what they lack is lost. It is used up.
    static let consent = "accept-older-data"

    /// Refuses data behind their keys, unless the operator put the consent there, or restored them; then gives the newest tree that was
    /// signed before, and the log's name then. Changes nothing.
    static func lost(
        in store: Store, _ keys: KeyStore, keyFolder: String, origin: String
    ) throws(HouseFault) -> (log: String, tree: SeenTree)? {
        let standing: Standing, consent = "\(keyFolder)/\(consent)"
        do throws(Refusal) {
            if let restored = try keys.restoredAfter() { return restored }
            standing = try Self.standing(of: store, keys, origin: origin)
        } catch { throw .refusal(error) }
        switch standing {
        case .fits:
            // One that a crash left behind must not consent to anything later.
            DurableFile.remove(consent)
            return nil
        case .other(let seen): throw .otherHistory(data: store.name, size: seen.size)
        case .behind(let size, let seen):
            guard DurableFile.exists(consent) else { throw .behind(data: store.name, size: size, seen: seen.size, consent: consent) }
            return (origin.hasSuffix(".\(seen.size)") ? String(origin.dropLast("\(seen.size)".count + 1)) : origin, seen)
        }
    }

    private static func standing(of store: Store, _ keys: KeyStore, origin: String) throws(Refusal) -> Standing {
        guard let seen = try keys.seenTree() else { return .fits }
        let (size, note) = try store.read { (rows) throws(Refusal) -> (Int64, [UInt8]?) in
            (
                try rows.first("SELECT max(size) FROM log_checkpoint") { $0.integerOrNil(0) ?? 0 } ?? 0,
                try rows.first("SELECT note FROM log_checkpoint WHERE size = \(seen.size)") { Array($0.text(0).utf8) }
            )
        }
        guard size >= seen.size else { return .behind(size: Int(size), seen: seen) }
        do throws(LogFault) {
            let log = try NoteVerifier(name: origin, key: keys.ring.signing.publicKey)
            guard let note, try SignedCheckpoint.open(note, of: log).checkpoint.root.bytes == seen.root else { return .other(seen: seen) }
            return .fits
        } catch { return .other(seen: seen) }
    }

    /// The log's name from then on: a checkpoint is never taken back, so what goes on from older data is another log.
    static func name(afterLosing seen: SeenTree, of log: String) -> String { "\(log).\(seen.size)" }

    /// The log's names, the present one first: each loss of entries put a number behind the one before.
    static func names(upTo origin: String) -> [String] {
        var names = [origin]
        while let last = names.last, let dot = last.lastIndex(of: "."), dot != last.startIndex, Int(last[last.index(after: dot)...]) != nil
        {
            names.append(String(last[..<dot]))
        }
        return names
    }

    /// Goes on from older data. Whom the register of the destroyed names is forgotten again; the first new leaf says openly what was
    /// lost; refusals whose first may be lost are no longer counted. A crash in between leaves the consent, and the next start goes on.
    func goOn(losing seen: SeenTree, of former: String, keyFolder: String) async throws(Refusal) {
        let origin = origin
        try await store.write { (rows) throws(Refusal) in
            guard try !rows.exists("SELECT 1 FROM log_origin WHERE name = \(origin)") else { return }
            let size = try rows.first("SELECT max(size) FROM log_checkpoint") { $0.integerOrNil(0) ?? 0 } ?? 0
            let lost = Int(size) < seen.size ? "lost \(size)..\(seen.size - 1)\n" : ""
            let leaf = Leaf.open(
                Array("voffice log 1\nafter \(former)\nsize \(seen.size)\nroot \(Hex.encode(seen.root))\n\(lost)".utf8))
            try rows.run("UPDATE log_origin SET name = \(origin)")
            try rows.run("DELETE FROM log_public")
            try LeafQueue.add(leaf, in: rows)
        }
        for subject in try keys.destroyedSubjects() where try isThere(subject) { try await expire(subject) }
        // Whose data are lost has nothing that their keys could open.
        for subject in try keys.holders() {
            if try isThere(subject) { continue }
            if try !hasRows(subject) { try await keys.destroyAll(of: subject) }
        }
        try await keys.takeBackWhatWasSeen()
        try await sequence()
        DurableFile.remove("\(keyFolder)/\(Self.consent)")
    }

    private func isThere(_ subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in
            try rows.exists("SELECT 1 FROM subject WHERE id = \(subject) UNION ALL SELECT 1 FROM retained WHERE subject = \(subject)")
        }
    }

    /// Whose own row alone is gone has lost nothing: keys are destroyed only where there is nothing that they could open.
    func hasRows(_ subject: Subject) throws(Refusal) -> Bool {
        try store.read { (rows) throws(Refusal) in
            try rows.exists("SELECT 1 FROM record WHERE subject = \(subject) UNION ALL SELECT 1 FROM use_record WHERE subject = \(subject)")
        }
    }
}
