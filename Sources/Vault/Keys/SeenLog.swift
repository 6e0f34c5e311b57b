// What the key store has seen of the log and of each person's chain, so that data which were cut or put back don't pass for whole.

import Crypto
import Store
import TransparencyLog

/// The newest entry of a person that the key store has seen.
struct SeenEntry: Sendable {
    let sequence: Int64, leaf: Digest?
    /// The first entry that didn't follow on what had been seen: the chain was cut before it. nil: it never was.
    let cut: Int64?

    /// Whether an entry can be what it says, after what was seen.
    func allows(_ number: Int64, _ leaf: Digest) -> Bool { number != cut && (number != sequence || leaf == self.leaf) }
}

/// A tree that the log has signed. The root as bytes: a `Digest` is aligned to 32, which what an asynchronous write returns isn't kept to.
struct SeenTree: Sendable { let size: Int, root: [UInt8] }

extension KeyStore {
    static let seen: (name: StaticString, statements: [SQL]) = (
        "what was seen of the log",
        [
            "CREATE TABLE seen_entry (subject INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, leaf BLOB NOT NULL, cut INTEGER) STRICT",
            "CREATE TABLE seen_tree (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL) STRICT",
        ]
    )

    static let firsts: (name: StaticString, statements: [SQL]) = (
        "from which entry on each chain is kept",
        // Of chains that are longer than this step nobody knows how much of them went; of all others everything is kept until it is let go.
        ["ALTER TABLE seen_entry ADD COLUMN kept INTEGER"]
    )

    static let unkept: (name: StaticString, statements: [SQL]) = (
        "chains of which nobody knows from where on they are kept",
        ["CREATE INDEX seen_entry_unkept ON seen_entry (subject) WHERE kept IS NULL"]
    )

    static let fences: (name: StaticString, statements: [SQL]) = (
        "who placed leaves last",
        [
            "CREATE TABLE seen_fence (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT",
            "INSERT INTO seen_fence (one, number) VALUES (1, 0)",
        ]
    )

    /// The highest number under which anybody placed leaves.
    func seenFence() throws(Refusal) -> Int64 {
        let number = try store.read { (rows) throws(Refusal) in try rows.first("SELECT number FROM seen_fence") { $0.integer(0) } }
        guard let number else { throw .logHalted(.fenceGone) }
        return number
    }

    /// From here on whoever placed before is refused; false: somebody has come after.
    func see(fence: Int64) async throws(Refusal) -> Bool {
        try await store.write { (rows) throws(Refusal) in try Self.isNewest(fence, in: rows) }
    }

    private static func isNewest(_ fence: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        if try rows.run("UPDATE seen_fence SET number = \(fence) WHERE one = 1 AND number <= \(fence)") == 1 { return true }
        guard try rows.exists("SELECT 1 FROM seen_fence") else { throw .logHalted(.fenceGone) }
        return false
    }

    /// Before entries leave the queue: of each person the newest. Every entry comes by here, in its order, so that one which doesn't
    /// follow on the newest seen says that the chain was cut; that stays on record. By whoever places leaves, and nobody who did before them:
    /// what these know is old.
    /// - Parameter fence: nil while nobody places any: what was seen already stays.
    /// - Throws: `outdated` where somebody else has taken over.
    func see(_ entries: [(subject: Subject, sequence: Int64, leaf: Digest)], by fence: Int64? = nil) async throws(Refusal) {
        let chains = Dictionary(grouping: entries, by: \.subject)
        try await change { (rows) throws(Refusal) in
            if let fence { guard try Self.isNewest(fence, in: rows) else { throw .outdated } }
            for (subject, entries) in chains {
                let first = entries.min { $0.sequence < $1.sequence }!, newest = entries.max { $0.sequence < $1.sequence }!
                guard try !rows.exists("SELECT 1 FROM destroyed WHERE subject = \(subject)") else { continue }
                var cut: Int64?
                if let seen = try Self.seenEntry(of: subject, in: rows.snapshot) {
                    if fence == nil, seen.sequence >= newest.sequence { continue }
                    // What a crash left in the queue was seen before.
                    let isKnown = entries.contains { $0.sequence == seen.sequence && $0.leaf == seen.leaf }
                    cut = seen.cut ?? (first.sequence == seen.sequence + 1 || isKnown ? nil : first.sequence)
                }
                try rows.run(
                    """
                    INSERT INTO seen_entry (subject, seq, leaf, cut, kept)
                        VALUES (\(subject), \(newest.sequence), \(newest.leaf.bytes), \(cut), \(first.sequence == 1 ? 1 as Int64 : nil))
                        ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq, leaf = excluded.leaf, cut = excluded.cut
                    """)
            }
        }
    }

    /// Before a month of somebody's entries goes: the later ones must still be there. Only of months that have keys, so that nobody who can
    /// write the data makes young entries old.
    func letGo(_ months: [(name: RecordName, last: Int64)]) async throws(Refusal) {
        try await change { (rows) throws(Refusal) in
            for (name, last) in months {
                try rows.run(
                    """
                    UPDATE seen_entry SET kept = \(last + 1) WHERE subject = \(name.subject) AND kept <= \(last)
                        AND EXISTS (SELECT 1 FROM item_key k WHERE k.subject = \(name.subject) AND k.kind = \(name.kind) AND k.item = \(name.item))
                    """)
            }
        }
    }

    /// The first entry of somebody's chain that hasn't been let go; nil: nobody knows. To be asked after the chain is read, from which some may
    /// go in between.
    func firstKept(of subject: Subject) throws(Refusal) -> Int64? {
        try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT kept FROM seen_entry WHERE subject = \(subject)") { $0.integerOrNil(0) } ?? nil
        }
    }

    /// nil: none of theirs has left the queue yet. To be asked before the chain is read: it may grow in between.
    func seenEntry(of subject: Subject) throws(Refusal) -> SeenEntry? {
        try store.read { (rows) throws(Refusal) in try Self.seenEntry(of: subject, in: rows) }
    }

    private static func seenEntry(of subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> SeenEntry? {
        try rows.first("SELECT seq, leaf, cut FROM seen_entry WHERE subject = \(subject)") {
            SeenEntry(sequence: $0.integer(0), leaf: Digest(bytes: $0.blob(1)), cut: $0.integerOrNil(2))
        }
    }

    /// The newest tree that was signed; nil: none yet.
    func seenTree() throws(Refusal) -> SeenTree? {
        try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT size, root FROM seen_tree") { SeenTree(size: Int($0.integer(0)), root: $0.blob(1)) }
        }
    }

    /// After a tree is durable in the data.
    func see(_ tree: SeenTree) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run(
                """
                INSERT INTO seen_tree (one, size, root) VALUES (1, \(tree.size), \(tree.root))
                    ON CONFLICT (one) DO UPDATE SET size = excluded.size, root = excluded.root WHERE excluded.size > seen_tree.size
                """)
            return
        }
    }

    /// After the operator has said that what was lost is lost. The persons' newest entries stay: their lists show the loss.
    func takeBackWhatWasSeen() async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM seen_tree")
            try rows.run("DELETE FROM repeated_refusal")
            try rows.run("DELETE FROM restored")
            // Older data may be of before their rows bore words.
            try rows.run("DELETE FROM worded")
            return
        }
    }
}

extension Vault {
    /// Of chains that are older than what the keys remember of their beginning: from now on what is there of them is what must be there. Never
    /// beside `sweepUses`, which lets entries go.
    public func keepFirsts() async throws(Refusal) {
        while true {
            let some = try keys.store.read { (rows) throws(Refusal) in
                try rows.all("SELECT subject FROM seen_entry WHERE kept IS NULL LIMIT 500") { Subject(id: $0.identity(0)) }
            }
            guard !some.isEmpty else { return }
            let firsts = try store.read { (rows) throws(Refusal) in
                try some.map { (subject) throws(Refusal) -> (subject: Subject, first: Int64) in
                    let first = try rows.first("SELECT min(seq) FROM use_record WHERE subject = \(subject)") { $0.integerOrNil(0) } ?? nil
                    // One without an entry goes on behind its end.
                    let end = try rows.first("SELECT seq FROM chain WHERE subject = \(subject)") { $0.integer(0) }
                    return (subject, first ?? (end ?? 0) + 1)
                }
            }
            try await keys.change { (rows) throws(Refusal) in
                for (subject, first) in firsts {
                    try rows.run("UPDATE seen_entry SET kept = \(first) WHERE subject = \(subject) AND kept IS NULL")
                }
            }
        }
    }
}
