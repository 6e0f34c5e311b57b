// Register, sign in, sign out.

import Store
public import Vault

/// What somebody typed on the registration form; blanks at the ends don't count.
public struct Registration: Sendable {
    public let name, email: String
    /// Empty: none given.
    public let telephone: String
    public init(name: String, email: String, telephone: String) {
        (self.name, self.email, self.telephone) = (name, email, telephone)
    }
}

/// What is wrong with what was typed, a case for each sentence of the form.
public enum FormFault: Error, Sendable, Hashable {
    case nameMissing, nameTooLong(limit: Int)
    case emailMissing, emailUnfit
    case telephoneMissing, telephoneUnfit
    case textMissing, textTooLong(limit: Int)
    case roleUnknown
    case addressTaken
}

/// Why a verb of the office didn't do it.
public enum NotDone: Error, Sendable {
    case form([FormFault])
    case refused(Refusal)
    /// Nothing there under this number, or not for this person.
    case notFound
    /// A mail could not be handed over; what was stored stays.
    case notSent
    /// Too many tries; again after so many seconds.
    case tooMany(after: Int)
}

/// What came of a code.
public enum CodeOutcome: Sendable {
    case signedIn(Session)
    /// Not the code; so many tries are left.
    case wrong(left: Int)
    /// Older than ten minutes, used, or tried too often: ask for a new one.
    case expired
    /// Somebody proved this address while the code was on its way: sign in instead.
    case taken
}

extension Environment {
    /// Stores the person's contact and mails a code. The answer is the same whether or not the address has an account;
    /// the owner of a known one gets a mail instead. The token belongs in a cookie of this browser.
    public func register(_ form: Registration) async throws(NotDone) -> Token { fatalError() }

    /// Mails a code to the address, if it has an account; the answer is the same if not.
    public func startSignIn(email: String) async throws(NotDone) -> Token { fatalError() }

    /// A new code for the same browser, to the same address.
    public func sendAnotherCode(_ challenge: Token) async throws(NotDone) { fatalError() }

    /// Tries a code of six digits (spaces don't count).
    public func confirm(_ challenge: Token, code: String) async throws(NotDone) -> CodeOutcome { fatalError() }

    /// nil: no such session, or ended.
    public func session(_ token: Token) throws(NotDone) -> Session? { fatalError() }

    public func signOut(_ session: Session) async throws(NotDone) { fatalError() }
}
