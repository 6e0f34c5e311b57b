// The only home of personal data: sealed records, one key for each, opened only on a grant.

public import Crypto
public import Policy
public import Store
import Synchronization
import TransparencyLog

public struct Vault: Sendable {
    let rooms: Rooms
    /// One version for the whole of what is being done.
    private var pinned: Versions?

    public typealias Forget = @Sendable (_ subject: Subject, _ rows: borrowing Transaction<Refusal>) throws(Refusal) -> Void

    init(_ rooms: Rooms) { self.rooms = rooms }

    /// What stays while the house is open. Behind one reference: a vault goes into the closure of each write.
    final class Rooms: Sendable {
        let store: Store
        let keys: KeyStore
        let ledger: Ledger
        let course: Course
        let conditions: [String: any Condition]
        let clock: any Clock
        let randomness: any Randomness
        let origin: String
        let head = LogHead()
        let emptying = Emptying()
        let safe = Mutex<Safe?>(nil)
        let events: [any Event]
        let forget: Forget

        init(
            store: Store, keys: KeyStore, course: Course, conditions: [String: any Condition], clock: any Clock,
            randomness: any Randomness, origin: String, events: [any Event], forget: @escaping Forget
        ) {
            (self.store, self.keys, self.course, self.conditions, self.clock) = (store, keys, course, conditions, clock)
            (self.randomness, self.origin, self.events, self.forget) = (randomness, origin, events, forget)
            ledger = Ledger(randomness: randomness)
        }
    }

    var store: Store { rooms.store }
    var keys: KeyStore { rooms.keys }
    var ledger: Ledger { rooms.ledger }
    var course: Course { rooms.course }
    var conditions: [String: any Condition] { rooms.conditions }
    var clock: any Clock { rooms.clock }
    var randomness: any Randomness { rooms.randomness }
    /// Name of the log in its checkpoints, e.g. `voffice.example/log`.
    var origin: String { rooms.origin }
    var head: LogHead { rooms.head }
    var emptying: Emptying { rooms.emptying }
    var events: [any Event] { rooms.events }
    /// Deletes the office's own rows about a subject; runs in the erasure's last transaction.
    var forget: Forget { rooms.forget }

    var versions: Versions { pinned ?? course.versions(at: clock.now()) }
    var judge: Judge { Judge(versions: versions, conditions: conditions, clock: clock) }
    /// The same vault under the version of this moment, so that a judgement and its record can't be of two.
    var atThisMoment: Vault {
        var vault = self
        vault.pinned = versions
        return vault
    }

    /// The policy in force.
    public var policy: Policy { versions.current.policy }
    /// The one before it, where there is one.
    public var formerPolicy: Policy? { versions.former?.policy }
    /// The key that signs the log's checkpoints.
    public var logKey: VerifyingKey { keys.ring.signing.publicKey }
    /// The same as the verifier key of the signed notes, which is published.
    public var logKeyText: String { (try? logVerifier.description) ?? "" }
    /// The same, and before it went on from older data: the present one first.
    public var logKeyTexts: [String] {
        Self.names(upTo: origin).compactMap { name in (try? NoteVerifier(name: name, key: logKey))?.description }
    }

    /// The tables of the key store, for whoever makes many of them.
    package static let keyMigrations = [KeyStore.migrations]

    public static let migrations = [Ledger.migrations, recordMigrations, Force.migrations]

    static let recordMigrations = Migrations(
        room: "vault", everywhere: ["policy_version", "legal_hold", "legal_hold_field", "restraint", "withheld", "ended"],
        onOne: ["use_month"],
        steps: [
            (
                "subjects and records",
                [
                    """
                    CREATE TABLE policy_version (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, document BLOB NOT NULL,
                        digest BLOB NOT NULL UNIQUE, loaded_at INTEGER NOT NULL) STRICT
                    """,
                    "CREATE TABLE house (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL) STRICT",
                    "CREATE TABLE subject (id INTEGER NOT NULL PRIMARY KEY, since INTEGER NOT NULL) STRICT",
                    """
                    CREATE TABLE record (subject INTEGER NOT NULL, kind INTEGER NOT NULL, item INTEGER NOT NULL,
                        generation INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (subject, kind, item)) STRICT, WITHOUT ROWID
                    """,
                    """
                    CREATE TABLE erasure (subject INTEGER NOT NULL PRIMARY KEY, receipt BLOB NOT NULL, day INTEGER NOT NULL) STRICT
                    """,
                    """
                    CREATE TABLE deletion_receipt (receipt BLOB NOT NULL PRIMARY KEY, day INTEGER NOT NULL, until INTEGER NOT NULL)
                        STRICT
                    """,
                ]
            ),
            (
                "what a law keeps of those who left",
                [
                    "CREATE TABLE retained (subject INTEGER NOT NULL PRIMARY KEY, until INTEGER) STRICT",
                    """
                    CREATE TABLE deletion_kept (receipt BLOB NOT NULL, place INTEGER NOT NULL, field TEXT NOT NULL, rule TEXT NOT NULL,
                        law TEXT NOT NULL, until INTEGER, PRIMARY KEY (receipt, place)) STRICT, WITHOUT ROWID
                    """,
                ]
            ),
            KeysKnown.step, holds, restraints, Agreements.step, looking, ends, numbers,
            (
                "numbers of versions",
                ["INSERT INTO number_given (name, last) SELECT 'policy_version', coalesce(max(id), 0) FROM policy_version"]
            ),
            ("whose word an erasure is", ["ALTER TABLE erasure ADD COLUMN word BLOB"]),
            ("whose word the end of a term by law is", ["ALTER TABLE retained ADD COLUMN word BLOB"]),
            ("whose word it is until when something is held", ["ALTER TABLE legal_hold ADD COLUMN word BLOB"]),
        ])
}
