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
    let field: String
    /// The case in which somebody of the staff does it; nil: the person does.
    let matter: Int64?
    /// When whoever asked for it had come in.
    let begun: Instant

    /// So long the former address may object, and is kept for that.
    static let objectionLasts = Swift.Duration.seconds(7 * 86_400)
    /// So long a new one waits for its code.
    static let proofLasts = Swift.Duration.seconds(3_600)
    private static let columns: SQL = "subject, item, former, changed, proved, field, matter, coalesce(begun, made)"

    static func find(_ challenge: Token, by vault: Vault, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> AddressChange? {
        try find("id = \(challenge.hash)", by: vault, in: rows)
    }

    static func find(
        objection: Token, by vault: Vault, at now: Instant, in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> AddressChange? {
        guard let change = try find("objection = \(objection.hash)", by: vault, in: rows), let changed = change.changed,
            changed > now - objectionLasts
        else { return nil }
        return change
    }

    /// Throws `damaged` for a row that this house didn't write as it is.
    private static func find(_ which: SQL, by vault: Vault, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> AddressChange? {
        guard let change = try rows.first("SELECT \(columns) FROM address_change WHERE \(which)", AddressChange.init) else { return nil }
        guard try vault.areOurs(Environment.addressChanges, where: which, in: rows) else { throw Environment.changedDays }
        return change
    }

    private init(_ row: borrowing Row) {
        (subject, item, former) = (Subject(id: row.identity(0)), row.identity(1), row.identity(2))
        (changed, isProved) = (row.instantOrNil(3), row.integerOrNil(4) != nil)
        (field, matter) = (row.text(5), row.integerOrNil(6))
        begun = row.instant(7)
    }
}

/// Who changes it: the person, signed in; or somebody of the staff in a case, at the person's word.
enum Changer: Sendable {
    case person(Session)
    case staff(StaffMember, of: Subject, Wish, inCase: Int64)

    var subject: Subject {
        switch self {
        case .person(let session): session.subject
        case .staff(_, let subject, _, _): subject
        }
    }
    /// When they had come in; nil: they don't.
    var begun: Instant? { if case .person(let session) = self { session.since } else { nil } }
    var matter: Int64? { if case .staff(_, _, _, let number) = self { number } else { nil } }
}

extension Environment {
    /// Mails a code to the new address. Whoever has that address already gets a mail instead; the answer is the same.
    func startAddressChange(to email: String, for session: Session) async throws(NotDone) -> Token {
        try await turns.run(session.subject) { () async throws(NotDone) in
            let reached = try attempt { () throws(Refusal) in try reachedBy(session.subject) }, token = Token(from: randomness)
            try await start(email, of: reached.field, .person(session), token, at: clock.now())
            return token
        }
    }

    /// What a new address is taken in, proved and claimed by.
    static let changingTheAddress: [any Use.Type] = [NewAddress.self, ConfirmationCode.self, ProvedAddress.self]

    /// - Parameter field: what they are reached by, or, where the staff change it, the number of somebody who has an address.
    func start(_ text: String, of field: String, _ changer: Changer, _ token: Token, at now: Instant) async throws(NotDone) {
        let subject = changer.subject, reached: ReachedBy = field == "email address" ? .address : .number(outbound)
        guard let address = reached.address(text) else { throw .form([.telephoneUnreached]) }
        let code = Challenge.newCode(randomness)
        // Whoever is signed in needs no new session for it.
        if let refused = vault.refusal(ofAnyOf: reached.changing(changer)) { throw .refused(.policy(refused)) }
        guard try await attempt({ () async throws(Refusal) in try await mayGive(address, at: now) }) else { throw .tooMany(after: 600) }
        try await dropAddressChanges(of: subject, field)
        // After that: one that was interrupted may have claimed the address already. One that is theirs is free to them.
        let owner = try attempt { () throws(Refusal) -> Subject? in
            guard try reachedBy(subject).field == field, let found = try vault.find(address), found != subject else { return nil }
            return found
        }
        let posted: Posted? = try await attempt { () async throws(Refusal) in
            let item = newItem(), former = newItem(), objection = self.objection(to: token).hash
            // It is taken in all the same, so that the page of whoever gives it doesn't tell whether somebody has it.
            let letter =
                if owner == nil {
                    try await codeLetter(
                        changer.matter == nil ? .code(code, self) : .codeOfNew(code, self), through: field, for: subject, item: item,
                        in: changer.matter, about: token)
                } else {
                    try await unlessGone(owner) { (owner) async throws(Refusal) in
                        try await prepare(AddressNotice.self, .addressAsked(self), for: owner, about: token)
                    }
                }
            let begin: @Sendable (Subject, borrowing Transaction<Refusal>) throws(Refusal) -> Void = { (subject, rows) throws(Refusal) in
                try rows.run(
                    """
                    INSERT INTO address_change (id, subject, item, former, objection, made, field, matter, begun)
                        VALUES (\(token.hash), \(subject), \(item), \(former), \(objection), \(now), \(field), \(changer.matter),
                            \(changer.begun))
                    """)
                try vault.speak(for: Self.addressChanges, where: "id = \(token.hash)", in: rows)
                // A code that isn't mailed must not open anything either.
                let asked: Challenge.Asking = owner != nil ? .notice : changer.matter == nil ? .own : .desk
                let isIssued = try Challenge.issue(to: owner ?? subject, asked: asked, at: now, in: rows)
                try Challenge.insert(
                    token, code, for: isIssued && owner == nil ? subject : nil, .address, asked: asked, by: vault, at: now, in: rows)
                if isIssued { try letter?.enqueue(at: now, in: rows) }
                if case .staff(let member, _, _, let number) = changer {
                    try Self.note(.newCode, in: number, by: member, about: field, at: now, rows)
                }
            }
            switch (changer, reached) {
            case (.person, .address):
                try await vault.collect(NewAddress(email: text), of: subject, item: item, on: Basis(item: item), alongside: begin)
            case (.person, .number):
                try await vault.collect(NewNumber(number: text), of: subject, item: item, on: Basis(item: item), alongside: begin)
            case (.staff(let member, _, let wish, let number), .address):
                try await vault.collect(
                    ToldAddress(email: text), of: subject, item: item, by: member.actor, on: basis(of: wish, in: number, item: item),
                    alongside: begin)
            case (.staff(let member, _, let wish, let number), .number):
                try await vault.collect(
                    ToldNumber(number: text), of: subject, item: item, by: member.actor, on: basis(of: wish, in: number, item: item),
                    alongside: begin)
            }
            return letter
        }
        await dispatch(posted)
    }

    /// Tries the code that went to the new address. Right, the address takes the old one's place, and the old one hears of it.
    public func confirmAddress(_ challenge: Token, code: String, for session: Session) async throws(NotDone) -> AddressOutcome {
        try await turns.run(session.subject) { () async throws(NotDone) in try await confirm(challenge, code, .person(session)) }
    }

    func confirm(_ challenge: Token, _ code: String, _ changer: Changer) async throws(NotDone) -> AddressOutcome {
        let typed = String(code.filter { !$0.isWhitespace }), now = clock.now()
        guard Challenge.isCode(typed) else { return .unfit }
        let trial = try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) -> (Challenge.Trial, AddressChange?) in
                let change = try AddressChange.find(challenge, by: vault, in: rows.snapshot)
                if let change, change.subject != changer.subject || change.matter != changer.matter { return (.expired, nil) }
                let trial = try Challenge.attempt(
                    challenge, typed, for: .address, goesOn: change?.isProved == true, by: vault, at: now, in: rows)
                if case .right = trial {
                    try rows.run("UPDATE address_change SET proved = \(now) WHERE id = \(challenge.hash)")
                    try vault.speak(for: Self.addressChanges, where: "id = \(challenge.hash)", in: rows)
                }
                return (trial, change)
            }
        }
        switch trial {
        case (.wrong(let left), _): return left > 0 ? .wrong(left: left) : .expired
        case (.right, let change?): return try await exchange(change, challenge, changer, at: now)
        case (.expired, _), (.right, nil): return .expired
        }
    }

    /// Goes on where an earlier one was interrupted; what is done already isn't done again.
    private func exchange(
        _ change: AddressChange, _ challenge: Token, _ changer: Changer, at now: Instant
    ) async throws(NotDone) -> AddressOutcome {
        let subject = change.subject, field = change.field
        guard change.isPending else {
            try await attempt { () async throws(Refusal) in try await vault.discard(item: change.item, of: subject) }
            return .changed
        }
        let posted: Posted? = try await attempt { () async throws(Refusal) in
            let isKey = try reachedBy(subject).field == field, new = try await address(of: subject, item: change.item, field)
            guard let text = new.text else { return nil }
            if isKey {
                guard let address = new.address, try await vault.claim(address, for: subject) else { return nil }
            }
            let letter = try await prepare(
                ChangeNotice.self, letterToFormer(field, objection(to: challenge), isKey: isKey, inCase: change.matter), for: subject,
                item: isKey ? change.former : 0, about: challenge, lifetime: AddressChange.objectionLasts)
            let alongside: @Sendable (borrowing Transaction<Refusal>) throws(Refusal) -> Void = { (rows) throws(Refusal) in
                try rows.run("UPDATE address_change SET changed = \(now) WHERE id = \(challenge.hash)")
                try vault.speak(for: Self.addressChanges, where: "id = \(challenge.hash)", in: rows)
                try Self.unindex(subject, in: rows)
                try letter.enqueue(at: now, in: rows)
                guard case .staff(let member, _, let wish, let number) = changer else { return }
                try Self.fulfil(wish, in: number, by: member, at: now, rows)
                if isKey { try rows.run("DELETE FROM session WHERE subject = \(subject)") }
            }
            switch changer {
            case .person:
                try await vault.correct(
                    Given(field, text), from: Self.settingsPage, keepingFormerAs: change.former, of: subject, alongside: alongside)
            case .staff(let member, _, let wish, let number):
                let basis = basis(of: wish, in: number)
                if field == "email address" {
                    try await vault.correct(
                        CorrectedEmail.self, to: text, from: Self.helpDesk, keepingFormerAs: change.former, of: subject, by: member.actor,
                        on: basis, alongside: alongside)
                } else {
                    try await vault.correct(
                        CorrectedTelephone.self, to: text, from: Self.helpDesk, keepingFormerAs: change.former, of: subject,
                        by: member.actor, on: basis, alongside: alongside)
                }
            }
            kept.forget(subject)
            try await index(field, text, of: subject)
            try await vault.discard(item: change.item, of: subject)
            return letter
        }
        guard let posted else {
            try await dropAddressChanges(of: subject, field)
            return .taken
        }
        await dispatch(posted)
        if case .person(let session) = changer { try await endOtherSessions(of: session) }
        return .changed
    }

    /// What lies in an item, or beside it in the person's own record; as an address only where it is one that they are reached by.
    func address(of subject: Subject, item: Int64, _ field: String) async throws(Refusal) -> (text: String?, address: LookupAddress?) {
        let reached = try reachedBy(subject), basis = Basis(item: item), text: String?
        if field == "email address" {
            let grant: Grant<ProvedAddress> = try await vault.grant(of: subject, by: .theSite, on: basis)
            text = try vault.read(grant).value.text
        } else {
            let grant: Grant<ProvedNumber> = try await vault.grant(of: subject, by: .theSite, on: basis)
            text = try vault.read(grant).value.text
        }
        return (text, reached.field == field ? text.flatMap(reached.address) : nil)
    }

    func reachedBy(_ subject: Subject) throws(Refusal) -> ReachedBy { try isByTelephone(subject) ? .number(outbound) : .address }

    private func letterToFormer(_ field: String, _ objection: Token, isKey: Bool, inCase number: Int64?) -> Letter {
        if let number { return .movedAtTheirWord(field, objection, isKey: isKey, in: number, self) }
        return field == "email address" ? .addressChanged(objection, self) : .numberChanged(objection, self)
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
    func changing(_ changer: Changer) -> [any Use.Type] {
        let uses = if case .address = self { Environment.changingTheAddress } else { Self.changingTheNumber }
        guard changer.matter != nil else { return uses }
        let told: any Use.Type = if case .address = self { ToldAddress.self } else { ToldNumber.self }
        return [told] + uses.dropFirst()
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
