// What a person sees of what is held of them and who used it, and how they leave.

import Outbound
public import Policy
import Store
public import Vault

/// What a deletion does, told before it is done.
public struct Departure: Sendable {
    /// The fields that go, as the policy names them.
    public let goes: [String]
    /// What the policy keeps, each with its rule.
    public let stays: [Staying]
    /// Why no receipt will be among it; nil: one will.
    public let withoutReceipt: Refused?
    /// The day from which on it can be done at once: until then a former address may still be put back. nil: now.
    public let atOnceFrom: Day?
}
public struct Staying: Sendable, Hashable {
    public let field: String
    /// The rule that keeps it.
    public let rule: String
    /// The words of its reason, or the law that it cites.
    public let reason: String
    public let byLaw: Bool
    /// The last day; nil: as long as the rule's condition holds.
    public let until: Day?
}

/// What was done at a deletion, shown once and kept under its receipt number.
public struct Farewell: Sendable {
    /// Random; says nothing of the person. nil where the policy has no rule for it.
    public let receipt: String?
    public let day: Day
    public let stays: [Staying]
    /// The last day on which the keys in a backup of before could open what was erased; their own key is destroyed then.
    public var lastBackup: Day { LastBackup.ofDeletion(on: day) }
}

/// The last day on which a backup of before a deletion could still be opened.
public struct LastBackup: Sendable {
    /// Of one at this moment, and of one in seven days.
    public let atOnce, later: Day

    public static func ofDeletion(on day: Day) -> Day { Day(day.number + Safe.days) }
}

extension Environment {
    public var lastBackup: LastBackup {
        let now = clock.now()
        return LastBackup(
            atOnce: LastBackup.ofDeletion(on: Day(of: now)), later: LastBackup.ofDeletion(on: Day(of: now + Self.undoing)))
    }
}

extension Environment {
    /// Each stored value with why, since, until, source and version; `item` is the number of the case that it belongs to, `place` where it stands.
    public func holdings(of session: Session) throws(NotDone) -> [Holding] { try held(of: session).values }

    /// The same, and why the person can't leave at this moment, where they can't.
    public func held(of session: Session) throws(NotDone) -> Held {
        try attempt { () throws(Refusal) in
            let places = try places(of: session.subject)
            let onTheirWay = try addressesOnTheirWay(of: session.subject)
            var held = try vault.held(of: session.own, beside: try beside(session) + choices(of: session) + heldCopies(of: session))
            for index in held.values.indices {
                let item = held.values[index].item
                if let (stage, ends) = onTheirWay[item] { held.values[index].isOnItsWay(stage, until: ends) }
                held.values[index].item = places[item]?.matter ?? 0
                held.values[index].place = places[item]?.text
            }
            return held
        }
    }

    /// Everything of theirs to take along; an entry of their own says that they did.
    public func export(of session: Session) async throws(NotDone) -> ExportedPerson {
        let held = try held(of: session)
        return try await attempt { () async throws(Refusal) in
            let places = try places(of: session.subject)
            let closed = held.closed.map { record in
                var closed = record
                closed.item = places[record.item]?.matter ?? 0
                return closed
            }
            return try await outbound.handOver(session.own, held: held.values, closed: closed)
        }
    }

    /// What is held beside the records: the cookie of this session, the marks of browsers, and the entries of uses (their number).
    private func beside(_ session: Session) throws(Refusal) -> [Beside] {
        var beside = [Beside(.collect, "session cookie", from: "browser", to: "run your account", since: session.since)]
        let known = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT min(since) FROM known_browser WHERE subject = \(session.subject)") { $0.instantOrNil(0) } ?? nil
        }
        if let known {
            beside.append(Beside(.collect, "browser mark", from: "browser", to: "make sure it is you", since: known))
        }
        if let uses = try vault.extentOfUses(of: session.own) {
            beside.append(
                Beside(
                    .derive, "record of uses", from: nil, to: "keep the record", via: "email address", value: "\(uses.count)",
                    since: uses.since))
        }
        if session.staff != nil, let since = try vault.beginOfWorkLog(of: session.own) {
            beside.append(Beside(.derive, "work log", from: nil, to: "keep the record", via: "record of uses", since: since))
        }
        return beside
    }

    /// The newest first; `before` is the sequence number to go on from.
    public func uses(of session: Session, before: Int64?, limit: Int) throws(NotDone) -> [ChainEntry] {
        try attempt { () throws(Refusal) in try vault.uses(of: session.own, before: before, limit: limit) }
    }

    /// Whether they see at this moment who used their data.
    public func seesUses(_ session: Session) throws(NotDone) -> Bool {
        try attempt { () throws(Refusal) in try vault.refusalOfUses(session.own) } == nil
    }

    /// One entry of the person's chain, with the state of its proof.
    public func use(_ sequence: Int64, of session: Session) throws(NotDone) -> ChainEntry {
        guard let entry = try attempt({ () throws(Refusal) in try vault.use(sequence, of: session.own) }) else { throw .notFound }
        return entry
    }

    /// The proof as JSON that the browser verifies; nil until it is under a signed checkpoint.
    public func proof(of sequence: Int64, of session: Session) throws(NotDone) -> [UInt8]? {
        try attempt { () throws(Refusal) in try vault.proof(of: sequence, of: session.own) }
    }

    public func departure(of session: Session) throws(NotDone) -> Departure {
        let (goes, kept) = try attempt { () throws(Refusal) in try vault.departure(of: session.own) }
        let withoutReceipt = try attempt { () throws(Refusal) in try vault.refusalOfReceipt(of: session.subject) }
        return Departure(
            goes: goes + ["session cookie", "browser mark", "record of uses"],
            stays: stays(kept, from: Day(of: clock.now()), receipt: withoutReceipt == nil), withoutReceipt: withoutReceipt,
            atOnceFrom: try objectionsEnd(of: session.subject).map { Day(of: $0 + .seconds(86_400)) })
    }

    /// Destroys the keys, then the rows; ends all sessions. Word of it leaves after that, and keeps nobody waiting.
    public func leave(_ session: Session) async throws(NotDone) -> Farewell {
        defer { kept.forget(session.subject) }
        if let refused = try previewOfLeaving(session) { throw .refused(.policy(refused)) }
        // Whoever moved the account to their own address would make "that wasn't me" worth nothing.
        guard try objectionsEnd(of: session.subject) == nil else { throw .form([.addressMayComeBack]) }
        let word = try await lastWord(to: session)
        let erased: Erased
        do throws(Refusal) { erased = try await vault.erase(session.own) } catch {
            await word?.deletionFailed()
            throw .refused(error)
        }
        outbound.forget(session.subject)
        word?.leave()
        let stays = stays(erased.kept, from: erased.day, receipt: erased.receipt != nil)
        return Farewell(receipt: erased.receipt, day: erased.day, stays: stays)
    }

    /// What stays of a deletion, by its receipt; for the page that the person can come back to.
    public func farewell(receipt: String) throws(NotDone) -> Farewell {
        let found = try attempt { () throws(Refusal) in try vault.deletion(receipt: receipt.trimmed.uppercased()) }
        guard let found else { throw .notFound }
        return Farewell(receipt: receipt.trimmed.uppercased(), day: found.day, stays: stays(found.kept, from: found.day, receipt: true))
    }

    /// The log's public checkpoint, a signed note; nil before the first.
    public func checkpoint() throws(NotDone) -> [UInt8]? { try attempt { () throws(Refusal) in try vault.publicCheckpoint() } }

    /// A published tile of the log by its path, like `tile/0/000`; nil where nothing is published.
    public func logFile(_ path: String) throws(NotDone) -> [UInt8]? { try attempt { () throws(Refusal) in try vault.published(path) } }

    /// The key that checkpoints are verified with.
    public var logKey: String { vault.logKeyText }
    /// Those that copies of any time were signed with, the present one first.
    public var logKeys: [String] { vault.logKeyTexts }

    /// What a law keeps, and the receipt itself where there is one.
    private func stays(_ kept: [Kept], from day: Day, receipt: Bool) -> [Staying] {
        let lawful = kept.map { Staying(field: $0.field, rule: $0.rule, reason: $0.law, byLaw: true, until: $0.until) }
        let field = "deletion receipt"
        guard receipt else { return lawful }
        return lawful
            + policy.terms(of: field).compactMap { term in
                guard let until = vault.end(of: field, from: day) else { return nil }
                let (reason, byLaw) =
                    switch term.reason {
                    case .because(let words): (words, false)
                    case .byLaw(let law): (law, true)
                    }
                return Staying(field: field, rule: term.address, reason: reason, byLaw: byLaw, until: until)
            }
    }
}
