// "That wasn't me": the former address takes its place back, and everybody who is signed in goes out. What is over is forgotten.

public import Policy
import Store
public import Vault

/// What "that wasn't me" of a changed address or number would do.
public struct StandingObjection: Sendable {
    /// `email address`, or `telephone number`.
    public let field: String
    /// Codes went there, so that keys go (`shutOut`).
    public let takesKeys: Bool
    /// Why the policy keeps the keys.
    public let staying: Refused?
    /// Customer service changed it at somebody's word.
    public let opensCase: Bool
    /// The day on which the account goes, as somebody asked who was signed in, unless it is woken; nil: it doesn't.
    public let deletedOn: Day?
}

/// What came of "that wasn't me" of a changed address or number.
public struct Objected: Sendable {
    public let keys: KeysTaken
    /// The case in which it is looked into; nil: the person's account made the change, or no rule takes their word in.
    public let opened: Int64?
    /// The day on which the account goes, as somebody asked who was signed in, unless it is woken; nil: it doesn't.
    public let deletedOn: Day?
}

extension Environment {
    /// What the letter's link would do; nil: it is no longer good, for it is for a week, and once.
    public func objection(_ token: Token) throws(NotDone) -> StandingObjection? {
        let now = clock.now()
        let found = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in try AddressChange.find(objection: token, by: vault, at: now, in: rows) }
        }
        guard let change = found else { return nil }
        let takesKeys = try attempt { () throws(Refusal) in try isKey(change) }
        return StandingObjection(
            field: change.field, takesKeys: takesKeys, staying: takesKeys ? try previewOfTaking(from: change.subject) : nil,
            opensCase: change.matter != nil, deletedOn: try attempt { () throws(Refusal) in try dayOfDeletion(of: change.subject) })
    }

    /// Undoes the change, ends every session of the account and, where codes went there, takes the keys away (`shutOut`): whoever has the
    /// former address signs in with it again, and nobody else. Where the staff made the change, a case says so.
    @discardableResult
    public func object(_ token: Token) async throws(NotDone) -> Objected {
        let now = clock.now()
        func change() throws(Refusal) -> AddressChange {
            let change = try store.read { (rows) throws(Refusal) in try AddressChange.find(objection: token, by: vault, at: now, in: rows) }
            guard let change else { throw .gone }
            return change
        }
        let found = try attempt { () throws(Refusal) in try change() }
        let keys = try await turns.run(found.subject) { () async throws(NotDone) -> KeysTaken? in
            let change = try attempt { () throws(Refusal) in try change() }
            guard try attempt({ () throws(Refusal) in try isKey(change) }) else {
                try await attempt { () async throws(Refusal) in try await undo(change, token) }
                return nil
            }
            return try await shutOut(change.subject, since: change.begun) { () async throws(Refusal) in
                try await undo(change, token)
                return true
            }
        }
        let opened = try await attempt { () async throws(Refusal) -> Int64? in
            guard let number = found.matter else { return nil }
            return try await openObjection(to: number, of: found.subject)
        }
        let goes = try attempt { () throws(Refusal) in try dayOfDeletion(of: found.subject) }
        return Objected(keys: keys ?? KeysTaken(), opened: opened, deletedOn: goes)
    }

    private func dayOfDeletion(of subject: Subject) throws(Refusal) -> Day? {
        let at = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT deleted_at FROM asleep WHERE subject = \(subject) AND ended IS NULL") { $0.instantOrNil(0) } ?? nil
        }
        return at.map(Day.init(of:))
    }

    /// Codes went there.
    private func isKey(_ change: AddressChange) throws(Refusal) -> Bool { try reachedBy(change.subject).field == change.field }

    private func undo(_ change: AddressChange, _ token: Token) async throws(Refusal) {
        let subject = change.subject
        let field = change.field, now = clock.now(), isKey = try isKey(change)
        let former = try await address(of: subject, item: change.former, field), present = try await address(of: subject, item: 0, field)
        guard let text = former.text, let changed = change.changed else { throw .gone }
        // Whoever took the address may have changed it again: those changes are undone too, with their letters' links.
        let later = try changes("subject = \(subject) AND field = \(field) AND (changed IS NULL OR changed > \(changed))")
        try await vault.correct(Given(field, text), from: Self.settingsPage, of: subject) { (rows) throws(Refusal) in
            try turnOut(subject, in: rows)
            try rows.run("DELETE FROM address_change WHERE subject = \(subject) AND objection = \(token.hash)")
            // Notices that went to the address that goes were read there.
            if isKey { try rows.run("DELETE FROM alarm WHERE subject = \(subject) AND made > \(changed)") }
            try Self.unindex(subject, in: rows)
            if let number = change.matter { try Self.note(.objected, in: number, by: nil, at: now, rows) }
        }
        try await index(field, text, of: subject)
        if let present = present.address, present != former.address { try await vault.release(present, from: subject) }
        for change in later { if change.isProved { try await settle(change) } else { try await drop(change) } }
        try await vault.discard(item: change.former, of: subject)
    }
}

extension Environment {
    /// Until when a former address may still take its place back; nil: none may.
    func objectionsEnd(of subject: Subject) throws(NotDone) -> Instant? {
        let then = clock.now() - AddressChange.objectionLasts
        return try attempt { () throws(Refusal) in
            let field = try reachedBy(subject).field
            return try store.read { (rows) throws(Refusal) in
                try rows.first(
                    "SELECT max(changed) FROM address_change WHERE subject = \(subject) AND field = \(field) AND changed > \(then)"
                ) {
                    $0.instantOrNil(0)
                } ?? nil
            }
        }.map { $0 + AddressChange.objectionLasts }
    }

    /// Forgets the new addresses, or numbers, of the person that nobody proved.
    func dropAddressChanges(of subject: Subject, _ field: String) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in
            for change in try changes("changed IS NULL AND subject = \(subject) AND field = \(field)") { try await drop(change) }
        }
    }

    /// New addresses that weren't proved in time, and former ones whose week is over.
    func sweepAddressChanges(at now: Instant) async throws(Refusal) {
        let unproved = now - AddressChange.proofLasts, undisputed = now - AddressChange.objectionLasts
        let isOver: SQL = "(changed IS NULL AND made < \(unproved) OR changed < \(undisputed))"
        // Rows of before there were words get theirs at the first look.
        _ = try await vault.subjects(of: Self.addressChanges, where: "1 = 0")
        let subjects = Set(try changes(isOver).map(\.subject))
        try await Vault.each(of: subjects) { (subject) async throws(Refusal) in
            try await turns.run(subject) { () async throws(Refusal) in
                for change in try changes("subject = \(subject) AND changed IS NULL AND made < \(unproved)") { try await drop(change) }
                for change in try changes("subject = \(subject) AND changed < \(undisputed)") { try await settle(change) }
            }
        }
        let areOurs = try store.read { (rows) throws(Refusal) in try vault.areOurs(Self.addressChanges, where: isOver, in: rows) }
        guard areOurs else { throw Self.changedDays }
    }

    static let changedDays = Refusal.damaged("the days of a change of address, which this house didn't write,")

    /// With its days a former address goes, and the right to take its place back.
    static let addressChanges = WordedTable("address_change") { condition in
        "SELECT subject, \(changeText), word FROM address_change WHERE \(condition)"
    } put: { (subject, text, word) in
        "UPDATE address_change SET word = \(word) WHERE subject = \(subject) AND \(changeText) = \(text)"
    }
    private static let changeText: SQL = """
        '' || subject || '|' || item || '|' || former || '|' || field || '|' || coalesce(matter, 0) || '|' || coalesce(begun, 0) || '|' || made
            || '|' || coalesce(proved, 0) || '|' || coalesce(changed, 0)
        """

    private func drop(_ change: StoredChange) async throws(Refusal) {
        if change.isProved { try await release(item: change.item, of: change) }
        try await vault.discard(item: change.item, of: change.subject, as: "end unproved")
        try await delete(change)
    }

    private func settle(_ change: StoredChange) async throws(Refusal) {
        try await release(item: change.former, of: change)
        try await vault.discard(item: change.item, of: change.subject)
        try await vault.discard(item: change.former, of: change.subject, as: "end former")
        try await delete(change)
    }

    /// The address of the item leads to nobody any more, unless it is the account's own again.
    private func release(item: Int64, of change: StoredChange) async throws(Refusal) {
        let subject = change.subject, over = try await address(of: subject, item: item, change.field)
        let present = try await address(of: subject, item: 0, change.field)
        if let over = over.address, over != present.address { try await vault.release(over, from: subject) }
    }

    private struct StoredChange: Sendable {
        let id: [UInt8], subject: Subject, item: Int64, former: Int64, isProved: Bool, field: String, text: String, word: [UInt8]?
    }

    /// Those that this house wrote: nothing goes on another's word.
    private func changes(_ condition: SQL) throws(Refusal) -> [StoredChange] {
        let found = try store.read { (rows) throws(Refusal) in
            try rows.all(
                "SELECT id, subject, item, former, proved, field, \(Self.changeText), word FROM address_change WHERE \(condition)"
            ) { row in
                StoredChange(
                    id: row.blob(0), subject: Subject(id: row.identity(1)), item: row.identity(2), former: row.identity(3),
                    isProved: row.integerOrNil(4) != nil, field: row.text(5), text: row.text(6), word: row.blobOrNil(7))
            }
        }
        var ours: [StoredChange] = []
        for change in found where try vault.isOurs(change.text, change.word, of: Self.addressChanges) { ours.append(change) }
        return ours
    }

    private func delete(_ change: StoredChange) async throws(Refusal) {
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM address_change WHERE id = \(change.id)")
            return
        }
    }
}

extension Environment {
    /// The items of a person that hold an address on its way in or out, and when each goes.
    func addressesOnTheirWay(of subject: Subject) throws(Refusal) -> [Int64: (stage: Holding.Stage, ends: Instant)] {
        let items = try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT item, former, made, changed FROM address_change WHERE subject = \(subject)") { row in
                (item: row.identity(0), former: row.identity(1), made: row.instant(2), changed: row.instantOrNil(3))
            }
        }
        return items.reduce(into: [:]) { found, change in
            found[change.item] = (.unproved, change.made + AddressChange.proofLasts)
            if let changed = change.changed { found[change.former] = (.former, changed + AddressChange.objectionLasts) }
        }
    }
}
