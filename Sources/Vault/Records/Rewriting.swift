// A record is never changed: it is written anew under a fresh key, and the key of what was there before is destroyed.

import Crypto
import Store

/// A record before and after. `new` is sealed under a key that is durable; nil: nothing of the old one stays.
struct Rewrite: Sendable {
    let old: RecordName?, new: Vault.Stored?
}

extension Vault {
    /// What is to stand in the place of a record, not sealed yet.
    struct Plain {
        let old: RecordName?, name: RecordName, entries: [Entry]
    }

    /// Makes the keys, and seals.
    func seal(_ plain: [Plain]) async throws(Refusal) -> [Rewrite] {
        let made = try await keys.makeKeys(for: plain.filter { !$0.entries.isEmpty }.map(\.name), replacing: plain.compactMap(\.old))
        return try plain.map { (plain) throws(Refusal) in
            guard !plain.entries.isEmpty else { return Rewrite(old: plain.old, new: nil) }
            guard let key = made[plain.name] else { throw .damaged("key store") }
            let sealed = Sealed.seal(EntryCoding.encode(plain.entries), under: key, boundTo: plain.name.binding)
            return Rewrite(old: plain.old, new: Stored(name: plain.name, sealed: sealed))
        }
    }

    /// Throws `outdated` where somebody wrote the record, or took it away, since it was read.
    func put(_ rewrite: Rewrite, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        guard let old = rewrite.old else {
            if let new = rewrite.new { try put(new, in: rows) }
            return
        }
        let change: SQL =
            if let new = rewrite.new {
                """
                UPDATE record SET generation = \(new.name.generation), sealed = \(new.sealed) WHERE subject = \(old.subject)
                    AND kind = \(old.kind) AND item = \(old.item) AND generation = \(old.generation)
                """
            } else {
                """
                DELETE FROM record WHERE subject = \(old.subject) AND kind = \(old.kind) AND item = \(old.item)
                    AND generation = \(old.generation)
                """
            }
        guard try rows.run(change) == 1 else { throw .outdated }
    }

    /// A record where there was none.
    func put(_ new: Stored, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        let name = new.name
        let added = try rows.run(
            """
            INSERT INTO record (subject, kind, item, generation, sealed)
                VALUES (\(name.subject), \(name.kind), \(name.item), \(name.generation), \(new.sealed)) ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw .outdated }
    }

    /// What stands in the place of the old ones is durable, so their keys go. What fails here is done by `finishRewriting`: what was
    /// written is no less written.
    func forget(_ rewrites: [Rewrite]) async { try? await keys.destroy(rewrites.compactMap(\.old)) }
}
