// Looks through a whole house, data and keys of one moment, and names everything that doesn't fit. It changes nothing.

import Crypto
import Glibc
import Policy
public import Store
import TransparencyLog

public struct Inspection {
    let data: Still, keys: Still
    let buckets: Buckets
    let now: Instant
    /// The log's name as the data say it.
    let origin: String
    /// Everybody who has rows, those who left but are kept by a law included.
    let people: Set<Int64>

    /// Whether the house runs by a file, as how it was founded shows; nil: it has no version of the policy yet.
    public let isDevelopment: Bool?

    public private(set) var findings: [Finding] = []
    /// How much was looked at.
    public internal(set) var records = 0, secrets = 0, uses = 0, entries = 0
    public var persons: Int { people.count }
    public var faults: [Finding] { findings.filter(\.isFault) }

    /// The versions of the policy, by their rows, and those of which it is said that they are others than somebody's list has.
    var policies: [Int64: Policy] = [:], misnamed: Set<Int64> = []
    /// Keys that nothing is sealed under, of which some may be in the making.
    var keysOfNothing: [RecordName] = []
    /// What the papers of matters say, against which their rows are held in the end.
    var papers = PapersInspected()
    /// The rows that must be there because others are, and who of the people is found by their name.
    let presence: Presence, searched: Set<Int64>
    /// As whom members of the staff used something, by their numbers and as the entries have it.
    var worked: [Int64: Set<String>] = [:]
    /// Keys of the person who is looked at, made not long ago: what a crash leaves of nothing isn't wrong yet.
    var young: Set<RecordName> = []
    /// When the keys of the person who is looked at were made, and what their list says that was stored.
    var mades: [RecordName: Instant] = [:], changed = ChangesSeen()

    /// Restored from a backup, and not started since: so much else isn't in order yet, and the start puts it right.
    let isRestored: Bool
    private static let rightAfterStart: Set<Finding.Kind> = [
        .forgottenThere, .logBehind, .chainCut, .keysOfNobody, .lookupOfNobody, .rowsOfNobody, .mirrorAltered, .mirrorBehind,
    ]

    private var counts: [Finding.Kind: Int] = [:]
    /// Of one kind so many are named, the rest is counted.
    private static let mostNamed = 20

    /// Those of whom only the row that says so is gone.
    private let lost: [LostPerson]

    /// Knows who is there, and has looked at nothing yet.
    private init(_ data: Still, _ keys: Still, _ buckets: Buckets, at now: Instant, _ presence: Presence) throws(StoreFault) {
        self.presence = presence
        (self.data, self.keys, self.buckets, self.now) = (data, keys, buckets, now)
        searched = try data.read { (rows) throws(StoreFault) in
            guard let searched = presence.searched else { return [] }
            return Set(try rows.all(searched.subjects) { $0.identity(0) })
        }
        isRestored = try keys.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM restored") }
        (isDevelopment, origin) = try data.read { (rows) throws(StoreFault) in
            (
                try rows.exists("SELECT 1 FROM policy_founding") ? false : try rows.exists("SELECT 1 FROM policy_version") ? true : nil,
                try rows.first("SELECT name FROM log_origin") { $0.text(0) } ?? ""
            )
        }
        let known = try LostPerson.known(in: data)
        do throws(StoreFault) { lost = try LostPerson.all(in: data, besides: known, keys) } catch {
            // Which number is damaged is named by its row.
            guard case .corrupt = error else { throw error }
            lost = []
        }
        people = known.union(lost.map(\.subject.id))
    }

    /// Looks at everything.
    /// - Parameter tables: tables of others that have a column `subject`: name, and a query that gives each subject once.
    init(
        data: Still, keys: Still, buckets: Buckets, now: Instant, tables: [(name: String, subjects: SQL)], presence: Presence = .init()
    ) throws(StoreFault) {
        try self.init(data, keys, buckets, at: now, presence)
        for still in [data, keys] {
            for damage in try still.damages() { report(.databaseDamaged, "\(still.name): \(damage)") }
            let uncounted = try still.read { (rows) throws(StoreFault) in try rows.uncounted(besides: Self.identities) }
            for place in uncounted { report(.numberDamaged, "\(still.name), \(place)") }
        }
        try look { (all) throws(StoreFault) in try all.inspectHouse() }
        try look { (all) throws(StoreFault) in try all.inspectPolicy() }
        try look { (all) throws(StoreFault) in try all.inspectLog() }
        try look { (all) throws(StoreFault) in try all.readHolds() }
        let gone = isRestored ? try forgotten() : []
        for person in people.subtracting(gone).sorted() {
            try look { (all) throws(StoreFault) in try all.inspect(Subject(id: person)) }
        }
        try look { (all) throws(StoreFault) in try all.inspectLookups() }
        try look { (all) throws(StoreFault) in try all.inspectForgotten() }
        try look { (all) throws(StoreFault) in try all.inspectRowsOfNobody(tables) }
        try look { (all) throws(StoreFault) in try all.inspectHolds() }
        try look { (all) throws(StoreFault) in try all.inspectWithheld() }
        try look { (all) throws(StoreFault) in try all.inspectPapers() }
        try look { (all) throws(StoreFault) in try all.inspectPresence() }
        try look { (all) throws(StoreFault) in try all.inspectWork() }
        if isRestored { report(.restoreUnfinished, "the house was restored from a backup, and hasn't been started since") }
    }

    /// Of what `voffice admin mend` is for, what is left in a house that was mended.
    static func afterMending(_ data: Still, _ keys: Still, _ buckets: Buckets, at now: Instant) throws(StoreFault) -> [Finding] {
        var all = try Inspection(data, keys, buckets, at: now, Presence())
        try all.look { (all) throws(StoreFault) in try all.inspectHouse() }
        try all.look { (all) throws(StoreFault) in try all.inspectLog() }
        for person in all.people.sorted() { try all.look { (all) throws(StoreFault) in try all.inspect(Subject(id: person)) } }
        all.sum()
        return all.findings.filter(\.kind.isForMending)
    }

    /// Columns whose numbers only tell one thing from another, and may be any.
    private static let identities: Set<String> = ["subject", "kind", "item", "staff", "matter", "former", "line", "words", "answer"]

    /// One part of all; what it meets of a damaged row is named, and the other parts go on.
    private mutating func look(_ part: (inout Self) throws(StoreFault) -> Void) throws(StoreFault) {
        do throws(StoreFault) { try part(&self) } catch {
            guard case .corrupt(let what) = error else { throw error }
            if counts[.numberDamaged] == nil { report(.numberDamaged, what) }
        }
    }

    func forgotten() throws(StoreFault) -> Set<Int64> {
        Set(try keys.read { (rows) throws(StoreFault) in try rows.all("SELECT subject FROM destroyed") { $0.identity(0) } })
    }

    /// A second look a moment later: what was in the making is of something by then.
    mutating func confirm(_ later: (data: Still, keys: Still)) throws(StoreFault) {
        for name in keysOfNothing {
            let isHeld = try later.keys.read { (rows) throws(StoreFault) in
                try rows.exists(
                    """
                    SELECT 1 FROM item_key WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                        AND generation = \(name.generation)
                    """)
            }
            let isUsed = try later.data.read { (rows) throws(StoreFault) in
                try rows.exists(
                    """
                    SELECT 1 FROM record WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                        AND generation = \(name.generation)
                    """)
            }
            guard isHeld, !isUsed else { continue }
            report(.keyOfNothing, "item \(name.item), generation \(name.generation), class \(name.kind) of person \(name.subject.id)")
        }
    }

    /// Says how many weren't named.
    mutating func sum() {
        for (kind, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where count > Self.mostNamed {
            findings.append(Finding(kind, "and \(count - Self.mostNamed) more of this kind"))
        }
    }

    mutating func report(_ kind: Finding.Kind, _ what: String) {
        if isRestored, Self.rightAfterStart.contains(kind) { return }
        counts[kind, default: 0] += 1
        if counts[kind, default: 0] <= Self.mostNamed { findings.append(Finding(kind, what)) }
    }

    mutating func add(_ more: [Finding]) { for finding in more { report(finding.kind, finding.what) } }

    private mutating func inspectHouse() throws(StoreFault) {
        let ours = try data.read { (rows) throws(StoreFault) in try rows.first("SELECT id FROM house") { $0.blob(0) } }
        let theirs = try keys.read { (rows) throws(StoreFault) in try rows.first("SELECT id, probe FROM house") { ($0.blob(0), $0.blob(1)) }
        }
        if ours != theirs?.0 { report(.housesDiffer, "\(data.name) and \(keys.name)") }
        let known = try data.read { (rows) throws(StoreFault) in try KeysKnown.number(in: rows) }
        let has = try keys.read { (rows) throws(StoreFault) in try KeyStore.changes(in: rows) }
        try inspectOneRows()
        for person in lost {
            report(.rowMissing, "subject in \(data.name), of person \(person.subject.id), whose keys and entries are there")
        }
        if known > has { report(.keysOlder, "\(keys.name) was changed \(has) times, and \(data.name) remembers change \(known)") }
        if let doubt = try data.read({ (rows) throws(StoreFault) in try KnownTime.doubt(at: now, in: rows) }) {
            let effect = doubt.isAhead ? "nothing is forgotten meanwhile" : "what runs out may stay too long"
            report(.clockDoubtful, "it says \(now.iso), and the last moment that this house knows is \(doubt.known.iso): \(effect)")
        }
        if let (id, probe) = theirs, (try? Sealed.open(probe, under: buckets.ring.lookup, boundTo: id)) == nil {
            report(.housesDiffer, "\(keys.name) and ring.\(buckets.generation)")
        }
    }
}

extension Vault {
    /// Takes data and keys at one moment and looks through them, whether the house is open or not.
    public static func inspect(
        database: Database, keyFolder: String, keys keyDatabase: Database? = nil, migrations: [Migrations],
        tables: [(name: String, subjects: SQL)], presence: Presence = Presence(), safe: Safe? = nil,
        mirror: String? = nil, now: Instant
    ) throws(HouseFault) -> Inspection {
        let mirrored = mirror.flatMap { (try? DurableFile.read($0 + "/checkpoint")) ?? nil }
        let before = safe.map(\.registered) ?? 0
        let (data, keys, buckets) = try still(database: database, keyFolder: keyFolder, keyDatabase)
        var inspection: Inspection
        let pending: Int
        do throws(StoreFault) { pending = try data.pending(migrations) + keys.pending([KeyStore.migrations]) } catch { throw .store(error) }
        guard pending == 0 else { throw .pending(pending) }
        do throws(StoreFault) {
            inspection = try Inspection(data: data, keys: keys, buckets: buckets, now: now, tables: tables, presence: presence)
            if let safe { try inspection.inspect(safe, registered: before) }
            if let mirror { try inspection.inspect(mirror: mirror, before: mirrored) }
        } catch { throw .store(error) }
        if !inspection.keysOfNothing.isEmpty {
            usleep(500_000)
            let later = try still(database: database, keyFolder: keyFolder, keyDatabase)
            do throws(StoreFault) { try inspection.confirm((later.data, later.keys)) } catch { throw .store(error) }
        }
        inspection.inspectWriteAheadLogs(of: keyDatabase ?? KeyStore.database(in: keyFolder), database)
        inspection.add(try filesInspected(keyFolder, besides: keyDatabase, of: buckets.generation, safe))
        inspection.sum()
        return inspection
    }

    /// Data, keys and the buckets that the keys stand under, of one moment.
    static func still(
        database: Database, keyFolder: String, _ keyDatabase: Database? = nil
    ) throws(HouseFault) -> (data: Still, keys: Still, buckets: Buckets) {
        guard try database.holdsHouse() else { throw .keys(.unreadable(database.place)) }
        let keyDatabase = keyDatabase ?? KeyStore.database(in: keyFolder)
        guard try keyDatabase.holdsHouse() else { throw .keys(.lost(keyFolder)) }
        let rings = Rings(folder: keyFolder, roots: FileRoots(folder: keyFolder, named: "root"), randomness: SystemRandomness())
        var tries = 0
        while true {
            let stills: [Still], generation: Int64
            do throws(StoreFault) {
                stills = try Still.take([database, keyDatabase])
                let hasRing = try stills[1].has(table: "ring")
                generation = try stills[1].read { (rows) throws(StoreFault) in
                    guard hasRing else { return 1 }
                    if let held = try rows.first("SELECT generation FROM ring", { $0.integer(0) }) { return held }
                    return try rings.generation(shownBy: rows)
                }
            } catch { throw .store(error) }
            tries += 1
            // A renewal that ended just now has taken this generation away: once more.
            do throws(KeyFault) { return (stills[0], stills[1], try rings.buckets(generation)) } catch {
                guard case .unreadable = error, tries < 5 else { throw .keys(error) }
            }
        }
    }
}
