// The person puts right what is wrong of theirs. An address that we reach them by holds only when a code to it came back.

import Policy
import Store
public import Vault

/// What came of a correction.
public enum Correction: Sendable {
    case done
    /// A code went to the new address; the token belongs in a cookie of this browser.
    case codeSent(Token)
}

extension Environment {
    /// A value of theirs that the policy lets the person put right, for the form that does it.
    public func correctable(_ field: String, at place: HeldPlace, of session: Session) throws(NotDone) -> Holding {
        let item = try item(of: field, at: place, session)
        guard var held = try attempt({ () throws(Refusal) in try vault.holding(field, item: item, of: session.own) }) else {
            throw .notFound
        }
        (held.item, held.place) = (place.matter ?? 0, place.text)
        return held
    }

    /// Of each record that can't be opened, and in which the value at this place may lie, the fields of it.
    public func closed(_ field: String, at place: HeldPlace, of session: Session) throws(NotDone) -> [[String]] {
        try attempt { () throws(Refusal) in
            guard let item = try item(of: field, at: place, session.subject) else { return [] }
            return try vault.held(of: session.own, beside: []).closed.filter { $0.item == item && $0.fields.contains(field) }.map(\.fields)
        }
    }

    /// What they are reached by is a key to the account: it changes only just after signing in.
    public func mayCorrect(_ field: String, in session: Session) throws(NotDone) -> Bool {
        guard try field == attempt({ () throws(Refusal) in try reachedBy(session.subject) }).field else { return true }
        return decides(session)
    }

    /// Puts it right; blanks at the ends don't count.
    public func correct(
        _ field: String, at place: HeldPlace = .own, to value: String, for session: Session
    ) async throws(NotDone) -> Correction {
        let held = try correctable(field, at: place, of: session), value = value.trimmed
        if let refused = held.correcting { throw .refused(.policy(refused)) }
        if let fault = fault(of: value, as: held.kind) { throw .form([fault]) }
        let reached = try attempt { () throws(Refusal) in try reachedBy(session.subject) }
        if field == reached.field {
            guard let new = reached.address(value) else { throw .form([.telephoneUnreached]) }
            if new != reached.address(held.value) {
                guard decides(session) else { throw .signInAnew }
                return .codeSent(try await startAddressChange(to: value, for: session))
            }
        }
        let item = try item(of: field, at: place, session)
        try await attempt { () async throws(Refusal) in
            guard held.value != value else { return }
            let subject = session.subject
            try await vault.correct(Given(field, value), item: item, from: Self.settingsPage, of: subject) { (rows) throws(Refusal) in
                try Self.unindex(subject, in: rows)
            }
            try await index(field, value, of: subject)
        }
        return .done
    }

    static let settingsPage = "settings page"

    func item(of field: String, at place: HeldPlace, _ session: Session) throws(NotDone) -> Int64 {
        guard let item = try attempt({ () throws(Refusal) in try item(of: field, at: place, session.subject) }) else { throw .notFound }
        return item
    }

    func fault(of value: String, as kind: FieldKind) -> FormFault? {
        let length = value.unicodeScalars.count
        switch kind {
        case .email: return Registration.fault(ofEmail: value)
        case .phone: return value.isEmpty ? .telephoneMissing : Registration.isTelephone(value) ? nil : .telephoneUnfit
        case .message, .document, .address:
            return value.isEmpty ? .textMissing : length > Self.longestCaseText ? .textTooLong(limit: Self.longestCaseText) : nil
        case .text: return Registration.fault(ofName: value)
        case .date, .money, .number, .choice, .token:
            let longest = Registration.longestName
            return value.isEmpty ? .nameMissing : length > longest ? .nameTooLong(limit: longest) : nil
        }
    }
}
