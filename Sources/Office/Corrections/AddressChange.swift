// A new e-mail address: taken in beside the old one, proved by a code, put in its place; and the old one's owner has a week to say that
// it wasn't them.

import Crypto
import Outbound
import Store
import Vault

/// One change on its way. `item` holds the new address until it is proved, `former` the old one after that.
struct AddressChange: Sendable {
    let subject: Subject, item: Int64, former: Int64
    /// nil: the new address isn't proved yet.
    let changed: Instant?
    /// The code came back.
    let isProved: Bool

    /// So long the former address may object, and is kept for that.
    static let objectionLasts = Swift.Duration.seconds(7 * 86_400)
    /// So long a new one waits for its code.
    static let proofLasts = Swift.Duration.seconds(3_600)

    static func find(_ challenge: Token, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> AddressChange? {
        try rows.first("SELECT subject, item, former, changed, proved FROM address_change WHERE id = \(challenge.hash)", AddressChange.init)
    }

    static func find(objection: Token, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> AddressChange? {
        try rows.first(
            """
            SELECT subject, item, former, changed, proved FROM address_change WHERE objection = \(objection.hash)
                AND changed > \(now - objectionLasts)
            """, AddressChange.init)
    }

    private init(_ row: borrowing Row) {
        (subject, item, former) = (Subject(id: row.integer(0)), row.integer(1), row.integer(2))
        (changed, isProved) = (row.instantOrNil(3), row.integerOrNil(4) != nil)
    }
}

extension Environment {
    /// Mails a code to the new address. Whoever has that address already gets a mail instead; the answer is the same.
    func startAddressChange(to email: String, for session: Session) async throws(NotDone) -> Token {
        try await turns.run(session.subject) { () async throws(NotDone) in try await start(email, session) }
    }

    /// What a new address is taken in, proved and claimed by.
    static let changingTheAddress: [any Use.Type] = [NewAddress.self, ConfirmationCode.self, ProvedAddress.self]

    private func start(_ email: String, _ session: Session) async throws(NotDone) -> Token {
        let subject = session.subject, now = clock.now(), reached = try attempt { () throws(Refusal) in try reachedBy(subject) }
        guard let address = reached.address(email) else { throw .form([.telephoneUnreached]) }
        let token = Token(from: randomness), code = Challenge.newCode(randomness)
        // Whoever is signed in needs no new session for it.
        if let refused = vault.refusal(ofAnyOf: reached.changing) { throw .refused(.policy(refused)) }
        guard throttle.allows(address, at: now) else { throw .tooMany(after: 600) }
        try await dropAddressChanges(of: subject)
        // After that: one that was interrupted may have claimed the address already. One that is theirs is free to them.
        let found = try attempt { () throws(Refusal) in try vault.find(address) }, owner = found == subject ? nil : found
        let posted: Posted? = try await attempt { () async throws(Refusal) in
            let item = newItem(), former = newItem(), objection = self.objection(to: token).hash
            // It is taken in all the same, so that the page of whoever gives it doesn't tell whether somebody has it.
            let letter =
                if owner == nil {
                    try await prepare(ConfirmationCode.self, .code(code, self), for: subject, item: item, about: token)
                } else {
                    try await unlessGone(owner) { (owner) async throws(Refusal) in
                        try await prepare(AddressNotice.self, .addressAsked(self), for: owner, about: token)
                    }
                }
            let begin: @Sendable (Subject, borrowing Transaction<Refusal>) throws(Refusal) -> Void = { (subject, rows) throws(Refusal) in
                try rows.run(
                    """
                    INSERT INTO address_change (id, subject, item, former, objection, made)
                        VALUES (\(token.hash), \(subject), \(item), \(former), \(objection), \(now))
                    """)
                // A code that isn't mailed must not open anything either.
                let isIssued = try Challenge.issue(to: owner ?? subject, at: now, in: rows)
                try Challenge.insert(token, code, for: isIssued && owner == nil ? subject : nil, .address, at: now, in: rows)
                if isIssued { try letter?.enqueue(at: now, in: rows) }
            }
            switch reached {
            case .address:
                try await vault.collect(NewAddress(email: email), of: subject, item: item, on: Basis(item: item), alongside: begin)
            case .number:
                try await vault.collect(NewNumber(number: email), of: subject, item: item, on: Basis(item: item), alongside: begin)
            }
            return letter
        }
        await dispatch(posted)
        return token
    }

    /// Tries the code that went to the new address. Right, the address takes the old one's place, and the old one hears of it.
    public func confirmAddress(_ challenge: Token, code: String, for session: Session) async throws(NotDone) -> AddressOutcome {
        try await turns.run(session.subject) { () async throws(NotDone) in try await confirm(challenge, code, session) }
    }

    private func confirm(_ challenge: Token, _ code: String, _ session: Session) async throws(NotDone) -> AddressOutcome {
        let typed = String(code.filter { !$0.isWhitespace }), now = clock.now()
        guard Challenge.isCode(typed) else { return .unfit }
        let trial = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) -> (Challenge.Trial, AddressChange?) in
                let change = try AddressChange.find(challenge, in: rows.snapshot)
                if let change, change.subject != session.subject { return (.expired, nil) }
                let trial = try Challenge.attempt(
                    challenge, typed, isForAddress: true, goesOn: change?.isProved == true, at: now, in: rows)
                if case .right = trial { try rows.run("UPDATE address_change SET proved = \(now) WHERE id = \(challenge.hash)") }
                return (trial, change)
            }
        }
        switch trial {
        case (.wrong(let left), _): return left > 0 ? .wrong(left: left) : .expired
        case (.right, let change?): return try await exchange(change, challenge, session, at: now)
        case (.expired, _), (.right, nil): return .expired
        }
    }

    /// Goes on where an earlier one was interrupted; what is done already isn't done again.
    private func exchange(
        _ change: AddressChange, _ challenge: Token, _ session: Session, at now: Instant
    ) async throws(NotDone) -> AddressOutcome {
        let subject = change.subject
        guard change.isPending else {
            try await attempt { () async throws(Refusal) in try await vault.discard(item: change.item, of: subject) }
            return .changed
        }
        let posted: Posted? = try await attempt { () async throws(Refusal) in
            let new = try await address(of: subject, item: change.item)
            guard let text = new.text, let address = new.address, try await vault.claim(address, for: subject) else { return nil }
            let letter = try await prepare(
                ChangeNotice.self, try letterToFormer(subject, objection(to: challenge), self), for: subject, item: change.former,
                about: challenge,
                lifetime: AddressChange.objectionLasts)
            try await vault.correct(
                Given(try reachedBy(subject).field, text), from: Self.settingsPage, keepingFormerAs: change.former, of: subject
            ) { (rows) throws(Refusal) in
                try rows.run("UPDATE address_change SET changed = \(now) WHERE id = \(challenge.hash)")
                try Self.unindex(subject, in: rows)
                try letter.enqueue(at: now, in: rows)
            }
            try await vault.discard(item: change.item, of: subject)
            return letter
        }
        guard let posted else {
            try await dropAddressChanges(of: subject)
            return .taken
        }
        await dispatch(posted)
        try await endOtherSessions(of: session)
        return .changed
    }

    /// What lies in an item, or beside it in the person's own record.
    func address(of subject: Subject, item: Int64) async throws(Refusal) -> (text: String?, address: LookupAddress?) {
        let reached = try reachedBy(subject), basis = Basis(item: item), text: String?
        switch reached {
        case .address:
            let grant: Grant<ProvedAddress> = try await vault.grant(of: subject, by: .theSite, on: basis)
            text = try vault.read(grant).value.text
        case .number:
            let grant: Grant<ProvedNumber> = try await vault.grant(of: subject, by: .theSite, on: basis)
            text = try vault.read(grant).value.text
        }
        return (text, text.flatMap(reached.address))
    }

    func reachedBy(_ subject: Subject) throws(Refusal) -> ReachedBy { try isByTelephone(subject) ? .number(outbound) : .address }

    private func letterToFormer(_ subject: Subject, _ objection: Token, _ office: Environment) throws(Refusal) -> Letter {
        try isByTelephone(subject) ? .numberChanged(objection, office) : .addressChanged(objection, office)
    }

    /// The token of the letter to the former address: made from the challenge's, so that nothing else has to be kept.
    private func objection(to challenge: Token) -> Token {
        Token(String(SHA256.hash(Array("voffice/objection/1|\(challenge.text)".utf8)).hex.prefix(32))) ?? challenge
    }
}

/// What came of a code to a new address.
public enum AddressOutcome: Sendable {
    case changed
    case wrong(left: Int)
    /// Older than ten minutes, used, or tried too often.
    case expired
    /// Not six digits, so no try was used up.
    case unfit
    /// Somebody else proved the address meanwhile.
    case taken
}

/// What codes and notices go through to somebody.
enum ReachedBy {
    case address, number(Outbound)

    var field: String { if case .address = self { "email address" } else { "telephone number" } }
    /// What a new one is taken in, proved and claimed by.
    var changing: [any Use.Type] {
        if case .address = self { Environment.changingTheAddress } else { Self.changingTheNumber }
    }
    static let changingTheNumber: [any Use.Type] = [NewNumber.self, TelephoneCode.self, ProvedNumber.self]

    func address(_ text: String) -> LookupAddress? {
        switch self {
        case .address: LookupAddress(email: text)
        case .number(let outbound): outbound.number(text).map { LookupAddress(telephone: $0) }
        }
    }
}

extension AddressChange { var isPending: Bool { changed == nil } }
