// A legal hold: two officers name what mustn't be lost, and a copy of just that is laid aside under the number and the keys of its matter.
// What the person corrects, deletes or outlives goes as always; the copy stays as long as the policy keeps it, and goes at once with the hold.

import Crypto
public import Policy
public import Store

/// Who of the two did it.
public struct HoldingOfficer: Sendable {
    public let subject: Subject, role: String, number: Int64
    public init(_ subject: Subject, role: String, number: Int64) { (self.subject, self.role, self.number) = (subject, role, number) }
    var actor: Actor { .staff(subject, role: role, number: number) }
}

extension Vault {
    /// Registers what one officer wants held; `demand` is collected under the matter's own number. Nothing is held yet.
    /// - Parameter silence: until when a court forbids to tell the person; nil: it doesn't. The other officer agrees to both.
    /// - Throws: `gone` where nobody has the number, or nothing of the fields is stored.
    public func proposeHold<D: Collecting>(
        _ demand: D, on fields: [String], of subject: Subject, until review: Day, silence: Day? = nil,
        by officer: HoldingOfficer
    ) async throws(Refusal) -> Int64 {
        let now = clock.now(), found = try held(fields, of: subject).map(\.entry.name), stored = fields.filter(found.contains)
        guard !stored.isEmpty else { throw .gone }
        return try await admit(demand, by: officer.actor) { (matter, rows) throws(Refusal) in
            try self.refuseErased(subject, in: rows)
            let number = try rows.nextNumber(of: "legal_hold")
            try rows.run(
                """
                INSERT INTO legal_hold (number, matter, subject, review, proposed, proposer, first)
                    VALUES (\(number), \(matter), \(subject), \(review.end), \(now), \(officer.subject), \(officer.actor.shown))
                """)
            for (place, field) in stored.enumerated() {
                try rows.run("INSERT INTO legal_hold_field (number, place, field) VALUES (\(number), \(place), \(field))")
            }
            try self.speak(for: Self.heldRows, where: "matter = \(matter)", in: rows)
            if let silence { try self.restrain(number, until: silence, by: officer, in: rows) }
            return number
        }
    }

    /// The other officer agrees: the copy is made, in the name of the one of the two who may make it, and the person's record says so.
    /// - Parameter U: the derivation as the policy knows it, by the role that makes the copy.
    public func agreeToHold<U: Use>(_: U.Type, _ number: Int64, by officer: HoldingOfficer) async throws(Refusal) {
        let house = atThisMoment, now = clock.now()
        guard let (hold, proposer) = try openHold(number), let subject = hold.subject, hold.agreed == nil, proposer != officer.subject.id,
            !hold.first.hasPrefix(officer.role + " ")
        else { throw .gone }
        let who = U.by.contains(officer.role) ? officer.actor.shown : hold.first
        guard let maker = U.by.first(where: { who.hasPrefix($0 + " ") }) else { throw .gone }
        let months = (person: try await monthKeys(of: subject), matter: try await monthKeys(of: hold.matter))
        /// Enters the refusal in the person's record.
        func refuse(_ refused: Refused) async throws(Refusal) -> Refusal {
            let use = RecordedUse(
                at: now, verb: "hold", who: who, things: hold.fields, purpose: U.purpose, outcome: refused.outcome,
                rules: refused.concerned, version: house.versionText, matter: number)
            let entry = try await store.write { (rows) throws(Refusal) -> Int64? in
                try self.refuseErased(subject, in: rows)
                return try house.enter(use, of: hold, staff: officer.subject, under: (months.matter, months.person), in: rows)
            }
            return .policy(entry.map(refused.recorded(as:)) ?? refused)
        }
        if let refused = house.judge.withoutTerm(.derive, maker, U.things[0], U.purpose, from: hold.fields.first) {
            throw try await refuse(refused)
        }
        guard let kind = policy.retentionClass(of: U.things[0]) else { throw .unbound(U.things[0]) }
        while true {
            let found = try held(hold.fields, of: subject)
            guard !found.isEmpty else { throw .gone }
            let copy = Entry(
                field: U.things[0], value: Array(found.map { Self.copied($0.entry) }.joined(separator: "\n").utf8), source: maker,
                version: house.versions.current.row, collected: now, rules: [])
            // A name of its own: who agrees at the same moment and is too late takes nothing of this one's along.
            let own = randomness.bytes(8).reduce(Int64(0)) { $0 << 8 | Int64($1) } & .max
            let name = RecordName(subject: hold.matter, kind: kind, item: own, generation: 1)
            let rewrites = try await seal([Plain(old: nil, name: name, entries: [copy])])
            do throws(Refusal) {
                try await store.write { (rows) throws(Refusal) in
                    try self.refuseErased(subject, in: rows)
                    try self.refuseErased(hold.matter, in: rows)
                    let agreed = try rows.run(
                        """
                        UPDATE legal_hold SET agreed = \(now), second = \(officer.actor.shown), kind = \(kind)
                            WHERE number = \(number) AND agreed IS NULL AND ended IS NULL
                        """)
                    guard agreed == 1 else { throw .gone }
                    try rows.run(
                        """
                        UPDATE restraint SET agreed = \(now), second = \(officer.actor.shown)
                            WHERE hold = \(number) AND agreed IS NULL AND ended IS NULL AND until >= \(now)
                        """)
                    guard try Set(self.names(of: subject, in: rows.snapshot)).isSuperset(of: found.map(\.record.name)) else {
                        throw .outdated
                    }
                    let moment = Moment(
                        subject: subject, actor: .staff(officer.subject, role: maker, number: 0), basis: Basis(matter: number))
                    var rules: [String] = []
                    for held in found {
                        let judgement = try house.judge.judge(
                            deriving: U.self, from: held.entry.name, collected: held.entry.version, moment: moment,
                            in: rows.snapshot)
                        if let refused = judgement.refused { throw .policy(refused) }
                        rules += judgement.rules.filter { [rules] in !rules.contains($0) }
                    }
                    for rewrite in rewrites { try self.put(rewrite, in: rows) }
                    let use = RecordedUse(
                        at: now, verb: "hold", who: who, things: hold.fields, purpose: U.purpose, outcome: "yes", rules: rules,
                        version: house.versionText, matter: number)
                    try house.enter(use, of: hold, staff: officer.subject, under: (months.matter, months.person), in: rows)
                }
                return
            } catch {
                try? await keys.destroy([name])
                if case .policy(let refused) = error { throw try await refuse(refused) }
                guard case .outdated = error else { throw error }
            }
        }
    }

    /// Either officer ends it. What the policy then keeps no more goes at once; the person's record, where they are still here, says so.
    public func endHold(_ number: Int64, by officer: HoldingOfficer) async throws(Refusal) {
        guard let (hold, _) = try openHold(number) else { throw .gone }
        try await end(hold, as: hold.agreed == nil ? "drop hold" : "end hold", who: officer.actor.shown, staff: officer.subject)
    }

    /// What nobody agreed to before that moment is asked no more; the person's record says that it was asked.
    public func lapseHolds(proposedBefore then: Instant) async throws(Refusal) {
        let open = try store.read { (rows) throws(Refusal) in
            try Self.holds("agreed IS NULL AND ended IS NULL AND proposed <= \(then)", in: rows)
        }
        try await Self.each(of: open) { (hold) async throws(Refusal) in
            guard try isAsPapersSay(hold) else { throw .damaged("legal hold \(hold.number)") }
            // Agreed to or taken back meanwhile, it is another than the one that was seen.
            do throws(Refusal) { try await end(hold, as: "lapse hold", who: Actor.theSite.name, staff: nil) } catch {
                guard case .gone = error else { throw error }
            }
        }
    }

    private func end(_ hold: Hold, as verb: String, who: String, staff: Subject?) async throws(Refusal) {
        let now = clock.now(), number = hold.number
        let asSeen: SQL = hold.agreed == nil ? "agreed IS NULL" : "agreed IS NOT NULL"
        let month = try await monthKeys(of: hold.matter)
        let theirs: Ledger.MonthKeys? = if let subject = hold.subject { try await monthKeys(of: subject) } else { nil }
        let use = RecordedUse(
            at: now, verb: verb, who: who, things: hold.fields, purpose: nil, outcome: "yes", rules: [],
            version: atThisMoment.versionText, matter: number)
        let house = atThisMoment
        try await store.write { (rows) throws(Refusal) in
            let ended = try rows.run(
                "UPDATE legal_hold SET ended = \(now), ender = \(who) WHERE number = \(number) AND ended IS NULL AND \(asSeen)")
            // Agreed to meanwhile, it is another than the one that was seen.
            guard ended == 1 else { throw .gone }
            // What only one of them wanted is none; what both set runs on.
            try rows.run("UPDATE restraint SET ended = \(now), ender = \(who) WHERE hold = \(number) AND agreed IS NULL AND ended IS NULL")
            try house.enter(use, of: hold, staff: staff, under: (month, theirs), in: rows)
        }
        _ = try await atThisMoment.sweep(hold.matter)
    }

    /// What was done in a matter stands in its papers, and in the record of its person when they may know. nil: not yet.
    @discardableResult
    func enter(
        _ use: RecordedUse, of hold: Hold, staff: Subject?, under keys: (matter: Ledger.MonthKeys, person: Ledger.MonthKeys?),
        in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Int64? {
        func append(_ use: RecordedUse) throws(Refusal) -> Int64 {
            try ledger.append(use, of: hold.matter, staff: staff, under: keys.matter, in: rows)
        }
        guard let subject = hold.subject, let person = keys.person, try isHere(subject, in: rows.snapshot) else {
            _ = try append(use)
            return nil
        }
        guard try isSilent(hold.number, about: subject, in: rows.snapshot) else {
            _ = try append(use)
            return try ledger.append(use, of: subject, staff: staff, under: person, in: rows)
        }
        let end = try Restraint.end(of: hold.number, at: clock.now(), in: rows.snapshot) ?? use.at
        try withhold(try append(use.silent(until: end)), of: hold, in: rows)
        return nil
    }

    private func held(_ fields: [String], of subject: Subject) throws(Refusal) -> [(record: Stored, entry: Entry)] {
        try open(try stored(of: subject)).flatMap { record, entries in
            entries.filter { fields.contains($0.name) }.map { (record, $0) }
        }
    }

    /// As the copy has it: the field, since when, from where, and the value.
    private static func copied(_ entry: Entry) -> String {
        "\(entry.name), \(Day(of: entry.collected).iso), from \(entry.source):\n\(String(decoding: entry.value, as: UTF8.self))\n"
    }
}
