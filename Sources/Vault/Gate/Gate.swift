// The gate: no use without a grant, no grant without a rule, none released before its entry is durable.

import Crypto
import Policy
public import Store

/// Permission for one use of one subject's data. Its entry is durable when you hold it; it is spent once, within 30 seconds.
public struct Grant<U: Use>: ~Copyable, Sendable {
    let subject: Subject, items: [Int64], entry: Int64
    /// When its entry was made.
    public let since: Instant
    let expires: Instant
    /// The fields that its entry names.
    let things: [String]
    /// What was opened to ask about it. `read` gives it where it still lies there as it did.
    let opened: [(record: Vault.Stored, entries: [Entry])]
}

/// Proof that this session's own reading has been recorded: later own reads of the session go without a write.
public struct OwnSession: Sendable {
    public let subject: Subject
    /// The entry in the person's chain that says so.
    public let entry: Int64
}

extension Vault {
    /// Asks the policy, records the attempt, and gives permission. Facts, both versions, entry and leaf are one transaction.
    /// A refusal is recorded too, and thrown as `.policy` only when its entry is durable; one like another of the same day is counted
    /// with that instead, and its number is that of the first.
    public func grant<U: Reading>(_: U.Type = U.self, of subject: Subject, by actor: Actor, on basis: Basis) async throws(Refusal)
        -> Grant<U>
    {
        try await atThisMoment.judgedGrant(U.self, of: subject, by: actor, on: basis)
    }

    /// The same; but what this member of staff was granted in this case within the last `span` is the same use, if the policy still says
    /// yes: no second entry is made.
    public func grant<U: Reading>(
        _: U.Type = U.self, of subject: Subject, by actor: Actor, on basis: Basis, sameWithin span: Swift.Duration
    ) async throws(Refusal) -> Grant<U> {
        if let again = try again(U.self, of: subject, by: actor, on: basis, within: span) { return again }
        return try await grant(U.self, of: subject, by: actor, on: basis)
    }

    private func judgedGrant<U: Reading>(
        _: U.Type, of subject: Subject, by actor: Actor, on basis: Basis
    ) async throws(Refusal) -> Grant<U> {
        let month = try monthNames(of: subject)
        let records = try stored(of: subject, holding: fields(of: U.self), in: basis.items)
        let (found, hasRefusals) = try keys.look(for: records.map(\.name) + [month.uses, month.staff], of: subject)
        let opened = try records.map { (record) throws(Refusal) in (record, try open(record, under: found[record.name])) }
        let collected = collected(U.self, in: Self.entries(opened), basis)
        if hasRefusals { try await countRefusal(U.self, of: subject, by: actor, on: basis, collected: collected) }
        let keys = try await monthKeys(month, among: found)
        let moment = Moment(subject: subject, actor: actor, basis: basis)
        let who = actor.name(in: U.self)
        let now = clock.now(), things = things(U.self, in: Self.entries(opened))
        var papers: Papers?, done: (judgement: Judge.Judgement, use: RecordedUse, entry: Int64)?
        while done == nil {
            do throws(Refusal) {
                done = try await store.write { [papers] (rows) throws(Refusal) -> (Judge.Judgement, RecordedUse, Int64) in
                    try self.refuseErased(subject, in: rows)
                    let judgement = try self.judge.judge(U.self, who: who, moment: moment, collectedEach: collected, in: rows.snapshot)
                    let use = self.record(
                        U.self, by: actor, basis: basis, judgement, at: now, things: judgement.refused == nil ? things : U.things)
                    guard judgement.waits else {
                        return (judgement, use, try self.ledger.append(use, of: subject, staff: actor.staff, under: keys, in: rows))
                    }
                    guard let papers else { throw .outdated }
                    return (judgement, use, try self.withhold(use, of: subject, staff: actor.staff, in: papers, rows))
                }
            } catch {
                guard case .outdated = error else { throw error }
                // An outcome would have to stand there too: what leaves the house must be told of at once.
                guard !(U.self is any Sending.Type) else { throw .untellable }
                papers = try await self.papers(about: subject, basis.matter)
            }
        }
        guard let (judgement, use, entry) = done else { throw .untellable }
        if let refused = judgement.refused, judgement.waits { throw .policy(refused) }
        if let refused = judgement.refused {
            let likeness = self.keys.likeness(use, of: subject, staff: actor.staff)
            try await self.keys.beginCounting(likeness, of: subject, first: entry, try leaf(of: entry, subject), at: now)
            throw .policy(refused.recorded(as: entry))
        }
        return Grant(
            subject: subject, items: basis.items, entry: entry, since: now, expires: now + .seconds(30), things: things, opened: opened)
    }

    /// Opens what a grant allows, and nothing else, on the caller's thread.
    public func read<U: Reading>(_ grant: consuming Grant<U>) throws(Refusal) -> Disclosed<U> {
        guard clock.now() <= grant.expires else { throw .expired }
        let fields = fields(of: U.self)
        let isAsItWas = try store.read { (rows) throws(Refusal) -> Bool in
            try refuseErased(grant.subject, in: rows)
            return grant.opened.isEmpty ? false : try isThere(grant.opened.map(\.record.name), in: rows)
        }
        let entries = isAsItWas ? Self.entries(grant.opened) : try entries(of: fields, of: grant.subject, items: grant.items)
        // What came in since isn't in the entry, and isn't read under it.
        let named = U.self is any Sending.Type ? fields : grant.things
        let opened = Opened(entries.filter { fields.contains($0.name) && named.contains($0.name) })
        return Disclosed(try U(opened), entry: grant.entry)
    }

    /// Records that the person looks at their own data in this session.
    public func openSession(of subject: Subject) async throws(Refusal) -> OwnSession {
        let keys = try await monthKeys(of: subject)
        let use = RecordedUse(
            at: clock.now(), verb: "read", who: "the person", things: ["everything"], purpose: nil, outcome: "yes", rules: [],
            version: versionText, matter: nil)
        let entry = try await store.write { (rows) throws(Refusal) -> Int64 in
            try self.refuseErased(subject, in: rows)
            return try self.ledger.append(use, of: subject, staff: nil, under: keys, in: rows)
        }
        return OwnSession(subject: subject, entry: entry)
    }

    /// The session of an entry that `openSession` made.
    public func resume(_ subject: Subject, entry: Int64) throws(Refusal) -> OwnSession {
        let isThere = try store.read { (rows) throws(Refusal) in
            try rows.exists("SELECT 1 FROM use_record WHERE subject = \(subject) AND seq = \(entry)")
        }
        guard isThere else { throw .gone }
        return OwnSession(subject: subject, entry: entry)
    }
}

extension Vault {
    /// The fields that a use opens: of a message the one that it goes through.
    func fields<U: Use>(of _: U.Type) -> [String] { RecordOfUses.fields(of: U.self) }

    /// What the entry of a use names: what isn't there isn't read. Where nothing is there, it says what was looked for.
    func things<U: Use>(_: U.Type, in stored: [Entry]) -> [String] {
        guard U.verb == .read, !(U.self is any Sending.Type) else { return U.things }
        let held = U.things.filter { thing in stored.contains { $0.name == thing } }
        return held.isEmpty ? U.things : held
    }

    /// For each thing of the use the version row under which it was collected.
    func collected<U: Use>(_: U.Type, of subject: Subject, on basis: Basis) throws(Refusal) -> [[Int64?]] {
        collected(U.self, in: try entries(of: fields(of: U.self), of: subject, items: basis.items), basis)
    }

    /// Of several items that are opened together, again for each other version under which one of them was collected.
    private func collected<U: Use>(_: U.Type, in stored: [Entry], _ basis: Basis) -> [[Int64?]] {
        if let sending = U.self as? any Sending.Type {
            let version = stored.first { $0.name == sending.through }?.version
            return [U.things.map { _ in version }]
        }
        let first = U.things.map { thing in stored.first { $0.name == thing }?.version }
        guard !basis.further.isEmpty else { return [first] }
        var all = [first]
        for (index, thing) in U.things.enumerated() {
            for version in Set(stored.filter { $0.name == thing }.map(\.version)).sorted() where version != first[index] {
                var other = first
                other[index] = version
                all.append(other)
            }
        }
        return all
    }

    func record<U: Use>(
        _: U.Type, by actor: Actor, basis: Basis, _ judgement: Judge.Judgement, at now: Instant, things: [String] = U.things
    ) -> RecordedUse {
        let way = (U.self as? any Sending.Type)?.carrier ?? U.source
        return RecordedUse(
            at: now, verb: "\(U.verb)", who: way ?? actor.shown, by: way == nil || actor.staff == nil ? nil : actor.shown, things: things,
            purpose: U.purpose,
            outcome: judgement.refused?.outcome ?? "yes",
            rules: judgement.refused.map(\.concerned) ?? judgement.rules, version: versionText, matter: basis.matter
        ).refused(by: judgement.refused?.formerVersion)
    }

    var versionText: String { policy.versionText }

    func refuseErased(_ subject: Subject, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try refuseErased(subject, in: rows.snapshot)
    }

    private func refuseErased(_ subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) {
        guard try lives(subject, in: rows) else { throw .gone }
    }
}

extension Judge {
    /// Of what was collected under several versions: the first that says no decides.
    func judge<U: Use>(
        _: U.Type, who: String?, moment: Moment, collectedEach: [[Int64?]], in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Judgement {
        var first: Judgement?
        for collected in collectedEach {
            let judgement = try judge(U.self, who: who, moment: moment, collected: collected, in: rows)
            if judgement.refused != nil { return judgement }
            if first == nil || judgement.waits { first = judgement }
        }
        guard let first else { throw .unbound(U.things.first ?? "") }
        return first
    }
}

extension Basis {
    /// Where a use on it looks: the person's own record, and the items of its matter.
    var items: [Int64] { [0] + [item ?? 0].filter { $0 != 0 } + further }
}

extension Actor {
    /// Whom the policy is asked about: of a message the member of staff at whose word it leaves, where its use names one; else nobody.
    func name<U: Use>(in _: U.Type) -> String? { U.self is any Sending.Type && U.by.isEmpty ? nil : name }

    var staff: Subject? { if case .staff(let subject, _, _) = self { subject } else { nil } }

    /// What the person sees of who it was.
    var shown: String {
        switch self {
        case .staff(_, let role, let number): "\(role) \(number)"
        case .theSite, .thePerson: name
        }
    }
}

extension Use {
    /// Of a collection, where the data come from.
    static var source: String? { verb == .collect ? by.first : nil }
}

extension Refused {
    /// The addresses that an entry about this refusal names.
    var concerned: [String] {
        switch why {
        case .forbidden(let rule), .keptByLaw(let rule): [rule]
        case .needs, .noRule, .noTerm: rules.map(\.address)
        }
    }
}

extension Vault {
    /// Records what came of an effect outside whose grant was `intent`: `yes`, `failed` or `unknown`.
    public func outcome<U: Sending>(_: U.Type, of subject: Subject, intent: Int64, _ outcome: String) async throws(Refusal) {
        let keys = try await monthKeys(of: subject)
        let use = RecordedUse(
            at: clock.now(), verb: "sent", who: U.carrier, things: U.things, purpose: U.purpose, outcome: outcome, rules: [],
            version: versionText, matter: nil, intent: intent)
        _ = try await store.write { (rows) throws(Refusal) in
            try self.refuseErased(subject, in: rows)
            return try self.ledger.append(use, of: subject, staff: nil, under: keys, in: rows)
        }
    }
}

extension Vault {
    /// Asks the policy about a use whose value isn't the vault's to keep (a session's number, of which only the hash is stored).
    public func permit<U: Use>(
        _: U.Type, of subject: Subject, on basis: Basis = Basis(), in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) {
        let actor = Actor.thePerson(subject), house = atThisMoment
        try Force.refuse(unless: house.versionText, at: clock.now(), in: rows)
        let judgement = try house.judge.judge(
            U.self, who: U.source ?? Actor.theSite.name, moment: Moment(subject: subject, actor: actor, basis: basis),
            collected: U.things.map { _ in nil }, isRecorded: false, in: rows)
        if let refused = judgement.refused { throw .policy(refused) }
    }
}
