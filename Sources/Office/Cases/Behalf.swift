// What customer service does with an account at its person's word: puts name, address or number right, lets the account sleep, wakes it, has
// it deleted in seven days. Each by the policy's rules, told to the person at once, and done once for each time that they asked.

import Crypto
import Outbound
public import Policy
import Store
public import Vault

/// What may be asked for.
public enum Wish: String, Sendable, CaseIterable, Hashable {
    case name = "full name", email = "email address", telephone = "telephone number"
    case sleep, waking, deletion

    /// The field that is put right; nil: it is about the whole account.
    public var field: String? { [.name, .email, .telephone].contains(self) ? rawValue : nil }

    /// What the policy is asked about.
    var uses: [any Use.Type] {
        switch self {
        case .name: [CorrectedName.self]
        case .email: [CorrectedEmail.self]
        case .telephone: [CorrectedTelephone.self]
        case .sleep, .waking: [ChangedChoice.self]
        case .deletion: [ChangedChoice.self, DeletionAtTheirWord.self]
        }
    }
}

/// How one of them stands for who looks.
public struct Wished: Sendable {
    public let wish: Wish
    public let isAsked: Bool
    /// What would be said if it were done now; nil: yes.
    public let refusal: Refused?
    /// What the policy asks for, and whether it is so.
    public let evidence: [(condition: String, holds: Bool)]
    /// The rule by which it would be done; nil: there is none.
    public let rule: String?
    /// A code is on its way to the new address, sent by who looks.
    public let awaitsCode: Bool
}

/// A case as the page of what is done on somebody's behalf shows it.
public struct Behalf: Sendable {
    public let summary: CaseSummary
    public let caller: CallerStanding
    public let wishes: [Wished]
    /// The day on which the account goes, where it is to be deleted.
    public let deletedOn: Day?
}

/// What came of a change.
public enum Changed: Sendable {
    case done
    /// A code went to the new address; the caller reads it out.
    case codeSent
}

extension Environment {
    public func behalf(in number: Int64, for session: Session) throws(NotDone) -> Behalf {
        guard let member = session.staff else { throw .notFound }
        let found = try behalfCase(number, for: member), subject = found.subject, asleep = try sleep(of: subject)
        var wishes: [Wish] = []
        for wish in [Wish.name, .email, .telephone] {
            if try attempt({ () throws(Refusal) in try vault.held(wish.rawValue, of: subject) }) != nil { wishes.append(wish) }
        }
        wishes.append(asleep == nil ? .sleep : .waking)
        if asleep?.deletedAt == nil { wishes.append(.deletion) }
        var all: [Wished] = []
        for wish in wishes { all.append(try wished(wish, found, session, member)) }
        return Behalf(
            summary: found.summary, caller: try callerStanding(found, member), wishes: all,
            deletedOn: asleep?.deletedAt.map { Day(of: $0) })
    }

    /// Writes down that the person asks for it: by who has them on the telephone, or their mail before them.
    public func wish(_ wish: Wish, in number: Int64, by member: StaffMember) async throws(NotDone) {
        let found = try behalfCase(number, for: member), now = clock.now()
        try await mayVerify(found, member)
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                let isNew = try rows.run(
                    """
                    INSERT INTO change_asked (number, what, subject, at) VALUES (\(number), \(wish.rawValue), \(found.subject), \(now))
                        ON CONFLICT DO NOTHING
                    """)
                if isNew > 0 { try Self.note(.wanted, in: number, by: member, about: wish.rawValue, at: now, rows) }
            }
        }
    }

    /// They don't ask for it any more, or never did; nothing is taken back twice.
    public func takeBack(_ wish: Wish, in number: Int64, by member: StaffMember) async throws(NotDone) {
        let found = try behalfCase(number, for: member)
        try await mayVerify(found, member)
        try await takeBack(wish, found, by: member)
    }

    /// The person says so themselves.
    public func takeBack(_ wish: Wish, in number: Int64, by session: Session) async throws(NotDone) {
        guard let found = try caseRow(number), found.subject == session.subject else { throw .notFound }
        try await takeBack(wish, found, by: nil)
    }

    private func takeBack(_ wish: Wish, _ found: CaseRow, by member: StaffMember?) async throws(NotDone) {
        let number = found.summary.number, now = clock.now()
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                let wasAsked = try rows.run("DELETE FROM change_asked WHERE number = \(number) AND what = \(wish.rawValue)")
                if wasAsked > 0 { try Self.note(.unwanted, in: number, by: member, about: wish.rawValue, at: now, rows) }
            }
        }
    }

    /// What is asked for in a case and not done yet.
    func wishes(in number: Int64) throws(NotDone) -> [Wish] {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.all("SELECT what FROM change_asked WHERE number = \(number) ORDER BY at, what") { $0.text(0) }
            }
        }.compactMap(Wish.init)
    }

    /// Does it; a new address or number counts once a code that went there came back (`confirmTold`).
    public func grant(_ wish: Wish, to value: String, in number: Int64, for session: Session) async throws(NotDone) -> Changed {
        guard let member = session.staff else { throw .notFound }
        let found = try behalfCase(number, for: member), value = value.trimmed
        switch wish {
        case .name: try await rename(value, found, member)
        case .email, .telephone: return try await startChange(of: wish, to: value, found, session, member)
        case .sleep: try await lull(found, member)
        case .waking: try await wake(found, member)
        case .deletion: try await leaveLater(found, member)
        }
        kept.forget(found.subject)
        return .done
    }

    /// In the transaction that does it: it was asked for once, and is done once.
    static func fulfil(
        _ wish: Wish, in number: Int64, by member: StaffMember, at now: Instant, _ rows: borrowing Transaction<Refusal>
    ) throws(Refusal) {
        try rows.run("DELETE FROM change_asked WHERE number = \(number) AND what = \(wish.rawValue)")
        try note(.changed, in: number, by: member, about: wish.rawValue, at: now, rows)
    }

    func basis(of wish: Wish, in number: Int64, item: Int64? = nil) -> Basis { Basis(matter: number, item: item, asked: wish.rawValue) }
}

extension Environment {
    private func wished(_ wish: Wish, _ found: CaseRow, _ session: Session, _ member: StaffMember) throws(NotDone) -> Wished {
        let number = found.summary.number, subject = found.subject, basis = basis(of: wish, in: number)
        let awaitsCode = try toldChange(in: number, of: wish, session) != nil
        return try attempt { () throws(Refusal) in
            func holds(_ condition: String) throws(Refusal) -> Bool {
                try vault.holds(condition, of: subject, by: member.actor, on: basis) ?? false
            }
            // Where a call back counts, it stands for the code.
            let isVerified = try holds(VerifiedCaller().name), isCalledBack = try holds(CalledBack().name)
            let known = isCalledBack && !isVerified ? [CalledBack().name] : []
            var refusal: Refused?, needs: [String] = [], rule: String?
            for use in wish.uses.reversed() {
                if let refused = try vault.preview(use, of: subject, by: member.actor, on: basis) { refusal = refused }
                let standing = policy.standing(use.declared, by: member.role, on: known)
                rule = standing?.address ?? rule
                needs = standing?.conditions ?? needs
            }
            var evidence: [(condition: String, holds: Bool)] = []
            for condition in needs { evidence.append((condition, try holds(condition))) }
            return Wished(
                wish: wish, isAsked: try holds(ChangeAsked().name), refusal: refusal, evidence: evidence, rule: rule, awaitsCode: awaitsCode
            )
        }
    }

    private func rename(_ name: String, _ found: CaseRow, _ member: StaffMember) async throws(NotDone) {
        if let fault = Registration.fault(ofName: name) { throw .form([fault]) }
        let number = found.summary.number, subject = found.subject, now = clock.now()
        let letter = try await word(.changedAtTheirWord(.name, in: number, self), to: subject)
        try await attempt { () async throws(Refusal) in
            try await vault.correct(
                CorrectedName.self, to: name, from: Self.helpDesk, of: subject, by: member.actor, on: basis(of: .name, in: number)
            ) { (rows) throws(Refusal) in
                try Self.unindex(subject, in: rows)
                try Self.fulfil(.name, in: number, by: member, at: now, rows)
                try letter?.enqueue(at: now, in: rows)
            }
            try await index("full name", name, of: subject)
        }
        await dispatch(letter)
    }

    private func lull(_ found: CaseRow, _ member: StaffMember) async throws(NotDone) {
        try refuseLastSleep(of: found.subject)
        let subject = found.subject, now = clock.now(),
            letter = try await word(.changedAtTheirWord(.sleep, in: found.summary.number, self), to: subject)
        try await choose(.sleep, "deactivate", found, member, letter) { (rows) throws(Refusal) in
            try Self.lull(subject, at: now, deletedAt: nil, [], in: rows) > 0
        }
    }

    private func wake(_ found: CaseRow, _ member: StaffMember) async throws(NotDone) {
        let subject = found.subject, now = clock.now(),
            letter = try await word(.changedAtTheirWord(.waking, in: found.summary.number, self), to: subject)
        try await choose(.waking, "reactivate", found, member, letter) { (rows) throws(Refusal) in
            try Self.wake(subject, at: now, in: rows)
        }
        try await attempt { () async throws(Refusal) in try await vault.expectNoDeletion(of: subject) }
    }

    /// In seven days, unless its person comes back: as where they ask for it themselves.
    private func leaveLater(_ found: CaseRow, _ member: StaffMember) async throws(NotDone) {
        let subject = found.subject, now = clock.now(), end = now + Self.undoing
        if let refused = try attempt({ () throws(Refusal) in try vault.previewOfErasure(of: subject) }) { throw .refused(.policy(refused)) }
        try refuseLastSleep(of: subject)
        let receipt = try attempt { () throws(Refusal) in try vault.newReceipt(of: subject) }
        let hash = receipt.map(Vault.hash(ofReceipt:)) ?? []
        let letter = try await word(
            .deletionAtTheirWord(on: Day(of: end), receipt: receipt, in: found.summary.number, self), to: subject, lifetime: Self.undoing)
        let isNew = try await choose(.deletion, "ask deletion", found, member, letter) { (rows) throws(Refusal) in
            try Self.lull(subject, at: now, deletedAt: end, hash, in: rows) > 0
        }
        if isNew { try await expectDeletion(of: subject, on: end, hash) }
    }

    @discardableResult
    private func choose(
        _ wish: Wish, _ verb: String, _ found: CaseRow, _ member: StaffMember, _ letter: Posted?,
        _ write: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Bool
    ) async throws(NotDone) -> Bool {
        let number = found.summary.number, now = clock.now()
        let isDone = try await attempt { () async throws(Refusal) in
            try await vault.record(
                verb, as: wish.uses, on: ["everything"], of: found.subject, by: member.actor, on: basis(of: wish, in: number)
            ) { (rows) throws(Refusal) in
                guard try write(rows) else { return false }
                try Self.fulfil(wish, in: number, by: member, at: now, rows)
                try letter?.enqueue(at: now, in: rows)
                return true
            }
        }
        if isDone { await dispatch(letter) }
        return isDone
    }

    /// A letter about a change, where the policy lets one go to them.
    private func word(_ letter: Letter, to subject: Subject, lifetime: Swift.Duration = .seconds(86_400)) async throws(NotDone) -> Posted? {
        guard try tellsOfChanges(to: subject) else { return nil }
        let token = Token(from: randomness)
        return try await attempt { () async throws(Refusal) in
            try await prepare(ChangeNotice.self, letter, for: subject, about: token, lifetime: lifetime)
        }
    }

    static let helpDesk = "help desk"
}

extension Policy {
    /// The first rule that permits a use to a role, and all that it and what forbids it otherwise ask for.
    /// - Parameter known: conditions that are so.
    func standing(_ use: UseDeclaration, by role: String, on known: [String]) -> (address: String, conditions: [String])? {
        guard let flow = try? flow(use.verb, who: role, thing: use.things[0], purpose: use.purpose) else { return nil }
        var facts = Facts(), conditions = known
        for name in known { if let bit = try? condition(name) { facts[bit] = true } }
        while true {
            let verdict = decide(flow, facts), account = account(of: verdict, on: flow, facts)
            if verdict.isYes { return account.rules.first.map { ($0, conditions) } }
            let needs = account.needs.filter { !conditions.contains($0) }
            guard !needs.isEmpty else { return nil }
            for name in needs { if let bit = try? condition(name) { facts[bit] = true } }
            conditions += needs
        }
    }
}
