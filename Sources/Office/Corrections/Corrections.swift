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
    /// A value of theirs that the policy lets the person put right, for the form that does it. `number`: the case that it belongs to.
    public func correctable(_ field: String, inCase number: Int64?, of session: Session) throws(NotDone) -> Holding {
        let item = try attempt { () throws(Refusal) in
            guard let number else { return Int64?.some(0) }
            return try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT item FROM help_case WHERE number = \(number) AND subject = \(session.subject)") { $0.identity(0) }
            }
        }
        guard let item, var held = try attempt({ () throws(Refusal) in try vault.holding(field, item: item, of: session.own) }) else {
            throw .notFound
        }
        held.item = number ?? 0
        return held
    }

    /// What they are reached by is a key to the account: it changes only just after signing in.
    public func mayCorrect(_ field: String, in session: Session) throws(NotDone) -> Bool {
        guard try field == attempt({ () throws(Refusal) in try reachedBy(session.subject) }).field else { return true }
        return decides(session)
    }

    /// Puts it right; blanks at the ends don't count.
    public func correct(_ field: String, inCase number: Int64?, to value: String, for session: Session) async throws(NotDone) -> Correction
    {
        let held = try correctable(field, inCase: number, of: session), value = value.trimmed
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
        let item = try item(ofCase: number)
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

    func item(ofCase number: Int64?) throws(NotDone) -> Int64 {
        guard let number else { return 0 }
        guard let item = try basis(ofCase: number)?.1.item else { throw .notFound }
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
