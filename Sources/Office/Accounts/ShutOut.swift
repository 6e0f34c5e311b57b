// "That wasn't me", by a link that went to whoever has the address: everybody goes out, and with them the keys that would bring them in again.

import Policy
import Store
public import Vault

/// What became of the keys of an account whose owner said that it wasn't them.
public struct KeysTaken: Sendable {
    public internal(set) var gone: Set<WaysIn.Key>
    /// Why the policy keeps what should have gone.
    public internal(set) var staying: Refused?
    /// An app is there still: it is older than what was said of.
    public internal(set) var hasApp: Bool
    public init(gone: Set<WaysIn.Key> = [], hasApp: Bool = false) { (self.gone, self.hasApp) = (gone, hasApp) }
}

extension Environment {
    /// Why the policy keeps the keys of whom the notice went to; nil: `raiseAlarm` takes them away, or there are none.
    public func previewOfAlarm(_ token: Token) throws(NotDone) -> Refused? {
        let subject = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT subject FROM alarm WHERE id = \(token.hash)") { Subject(id: $0.identity(0)) }
            }
        }
        return try subject.flatMap { (subject) throws(NotDone) in try previewOfTaking(from: subject) }
    }

    /// "That wasn't me": ends every session of whom the notice went to, knows none of their browsers any more and, where somebody came in,
    /// takes the keys away (`shutOut`). nil: the link is used or too old.
    public func raiseAlarm(_ token: Token) async throws(NotDone) -> KeysTaken? {
        let then = clock.now() - Self.lifeOfAlarm
        let found = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT subject, coalesce(begun, made) FROM alarm WHERE id = \(token.hash) AND made > \(then)") {
                    (Subject(id: $0.identity(0)), $0.instant(1))
                }
            }
        }
        guard let (subject, begun) = found else {
            return try await attempt { () async throws(Refusal) in
                if try await turnOut(whoAsksWayBack: token) { return KeysTaken() }
                return try await stopCallBack(token) ? KeysTaken() : nil
            }
        }
        return try await shutOut(subject, since: begun) { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                guard try rows.run("DELETE FROM alarm WHERE id = \(token.hash)") == 1 else { return false }
                try self.turnOut(subject, in: rows)
                return true
            }
        }
    }
}

extension Environment {
    static let lifeOfAlarm = Swift.Duration.seconds(7 * 86_400)

    /// Takes away, while `turningOut` ends every session, what whoever came in may know or have set: password and passkeys, and of app and
    /// recovery codes those that are no older than the sign-in. An older app stays, and so does the app of who works here: a link that lies
    /// in the mailbox must not open what kept out whoever had the mailbox before. nil where `turningOut` found nobody to turn out.
    func shutOut(
        _ subject: Subject, since begun: Instant, _ turningOut: () async throws(Refusal) -> Bool
    ) async throws(NotDone) -> KeysTaken? {
        let taken = try await attempt { () async throws(Refusal) -> KeysTaken? in
            var taken = KeysTaken(), late = KeysTaken()
            try await take(from: subject, since: begun, &taken)
            guard try await turningOut() else { return nil }
            // What was set meanwhile goes too, and whom it let in.
            try await take(from: subject, since: begun, &late)
            if !late.gone.isEmpty { try await store.write { (rows) throws(Refusal) in try self.turnOut(subject, in: rows) } }
            late.gone.formUnion(taken.gone)
            return late
        }
        // Whoever has the mailbox and isn't its owner takes no app away unheard.
        if taken?.gone.contains(.factor) == true { try await tellOfChange(to: subject, begun: clock.now()) }
        return taken
    }

    func previewOfTaking(from subject: Subject) throws(NotDone) -> Refused? {
        for key in [WaysIn.Key.password, .passkeys, .factor] {
            if let refused = try refusal(ofRemoving: key, of: subject) { return refused }
        }
        return nil
    }

    private func take(from subject: Subject, since begun: Instant, _ taken: inout KeysTaken) async throws(Refusal) {
        let app = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT since, codes FROM second_factor WHERE subject = \(subject)") { ($0.instant(0), $0.instant(1)) }
        }
        let isStaff = try store.read { (rows) throws(Refusal) in try self.isStaff(subject, in: rows) }
        let isNew = app.map { !isStaff && $0.0 >= begun } ?? false
        taken.hasApp = app != nil && !isNew
        try await take(RemovedPassword.self, from: subject, &taken)
        // The rows first: without them nothing signs in by what goes.
        try await take(RemovedPasskeys.self, from: subject, &taken, "DELETE FROM passkey WHERE subject = \(subject)")
        if isNew {
            try await take(RemovedFactor.self, from: subject, &taken, "DELETE FROM second_factor WHERE subject = \(subject)")
        } else if app.map({ $0.1 >= begun }) ?? true {
            try await take(RemovedRecoveryCodes.self, from: subject, &taken)
        }
    }

    private func take<U: Use>(_: U.Type, from subject: Subject, _ taken: inout KeysTaken, _ rows: SQL? = nil) async throws(Refusal) {
        do throws(Refusal) {
            if let refused = try vault.previewOfRemoving(U.self, of: subject) { throw .policy(refused) }
            if let statement = rows { try await store.write { (rows) throws(Refusal) in _ = try rows.run(statement) } }
            for field in try await vault.remove(U.self, of: subject) { if let key = Self.keys[field] { taken.gone.insert(key) } }
        } catch {
            // That it stays, the page says.
            guard case .policy(let refused) = error else { throw error }
            taken.staying = refused
        }
    }

    private static let keys: [String: WaysIn.Key] = [
        "password check": .password, "passkeys": .passkeys, "second factor": .factor, "recovery codes": .recoveryCodes,
    ]

    private func turnOut(whoAsksWayBack alarm: Token) async throws(Refusal) -> Bool {
        try await store.write { (rows) throws(Refusal) -> Bool in
            let found = try rows.first("SELECT subject FROM way_back WHERE alarm = \(alarm.hash)") { Subject(id: $0.identity(0)) }
            guard let subject = found else { return false }
            try self.turnOut(subject, in: rows)
            return true
        }
    }
}

extension Environment {
    /// What tells a key that was there before from one that was set since.
    static let keyRows: (name: StaticString, statements: [SQL]) = (
        "with which sign-in began what a notice tells of, and since when there is an app, and its codes",
        [
            "ALTER TABLE alarm ADD COLUMN begun INTEGER",
            "ALTER TABLE address_change ADD COLUMN begun INTEGER",
            "ALTER TABLE second_factor ADD COLUMN since INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE second_factor ADD COLUMN codes INTEGER NOT NULL DEFAULT 0",
        ]
    )
}
