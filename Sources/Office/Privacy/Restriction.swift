// Kept and not used: the person says so, and takes it back; the policy says what that forbids.

public import Policy
public import Store
public import Vault

/// What the person chose, of which a row of the office is the record.
struct ChosenRestriction: Use {
    static let declared: UseDeclaration = .collect("choice record", from: "settings page", to: "honour your choices")
}

/// Whether a restriction keeps those who answer from what they would see otherwise.
public enum RestrictionReach: Sendable {
    case keeps(Refused)
    /// With the rule of the version before that did.
    case keepsNothing(former: Rule?)
}

extension Environment {
    /// Since when the person's data are kept and not used; nil: they are used as the policy says.
    public func restriction(of session: Session) throws(NotDone) -> Instant? {
        try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT since FROM restriction WHERE subject = \(session.subject) AND ended IS NULL") { $0.instant(0) }
            }
        }
    }

    /// From now on the policy's condition `a restriction` holds of the person; nobody but they end it.
    public func restrict(_ session: Session) async throws(NotDone) {
        let now = clock.now(), subject = session.subject
        try await choose("restrict", session) { (rows) throws(Refusal) in
            try rows.run(
                """
                INSERT INTO restriction (subject, since) VALUES (\(subject), \(now))
                    ON CONFLICT (subject) DO UPDATE SET since = excluded.since, ended = NULL WHERE restriction.ended IS NOT NULL
                """)
        }
    }

    /// They hear of it by a letter, which leaves by a job: whoever is signed in as them could have ended it.
    public func liftRestriction(_ session: Session) async throws(NotDone) {
        let now = clock.now(), subject = session.subject, due = due(from: now)
        var letter: Posted?
        if session.staff == nil, try tellsOfChanges(to: subject) {
            letter = try await attempt { () async throws(Refusal) in
                try await prepare(
                    ChangeNotice.self, .restrictionEnded(self), for: subject, about: Token(from: randomness), lifetime: .seconds(7 * 86_400)
                )
            }
        }
        try await choose("lift", session) { [letter] (rows) throws(Refusal) in
            let ended = try rows.run("UPDATE restriction SET ended = \(now) WHERE subject = \(subject) AND ended IS NULL")
            if ended > 0 {
                try letter?.enqueue(at: now, in: rows)
                // Their questions rested; from now on they have their time.
                try rows.run("UPDATE help_case SET due = \(due) WHERE subject = \(subject) AND due IS NOT NULL")
            }
            return ended
        }
        await dispatch(letter)
    }

    /// What the policy makes of the person's restriction, with a case of theirs open: whether it would keep the number from who answers. nil:
    /// what is stored of them can't be opened, so nobody knows.
    public func reach(ofRestrictionOf session: Session) throws(NotDone) -> RestrictionReach? {
        let supposed = [Restricted().name: true, OpenCase().name: true],
            clerk = Actor.staff(Subject(id: 0), role: "customer service", number: 0)
        let refused: Refused?
        do throws(Refusal) {
            refused = try vault.preview(CaseTelephone.self, of: session.subject, by: clerk, on: Basis(), supposing: supposed)
        } catch {
            guard case .damaged = error else { throw .refused(error) }
            return nil
        }
        return refused.map { .keeps($0) } ?? .keepsNothing(former: formerProhibition(of: CaseTelephone.self, supposing: supposed))
    }

    /// Enters a choice of the person's, if the policy takes it in. `write` says how many rows it changed.
    @discardableResult
    func choose(
        _ verb: String, _ session: Session, on things: [String] = ["everything"],
        _ write: @escaping @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Int
    ) async throws(NotDone) -> Bool {
        try await attempt { () async throws(Refusal) in
            let vault = vault
            return try await vault.record(verb, of: session.own, on: things) { (rows) throws(Refusal) in
                try vault.permit(ChosenRestriction.self, of: session.subject, in: rows.snapshot)
                // Said twice is said once: nothing changed, nothing is recorded.
                return try write(rows) > 0
            }
        }
    }
}
