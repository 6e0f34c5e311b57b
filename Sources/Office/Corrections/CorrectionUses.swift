// What a change of an address takes in and sends.

import Outbound
import Policy
import Vault

/// An address that its owner hasn't proved yet: an item beside the one that holds.
struct NewAddress: Collecting {
    static let declared: UseDeclaration = .collect("email address", from: "settings page", to: "run your account")
    let values: [Given]
    init(email: String) { values = [Given("email address", email)] }
}

/// The same of a number, where that is what they are reached by.
struct NewNumber: Collecting {
    static let declared: UseDeclaration = .collect("telephone number", from: "settings page", to: "run your account")
    let values: [Given]
    init(number: String) { values = [Given("telephone number", number)] }
}

/// Word to the former number that another one took its place.
struct TelephoneChangeNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "change notice", through: "telephone number", by: "telephone carrier", to: "honour your choices")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("telephone number") }
}

extension Environment {
    /// Whether the policy lets word of a change go to them, by what they are reached by.
    func tellsOfChanges(to subject: Subject) throws(NotDone) -> Bool {
        try attempt { () throws(Refusal) in vault.refusal(ofAnyOf: [try message(ChangeNotice.self, for: subject)]) == nil }
    }
}

/// Word to the former address that another one took its place.
struct ChangeNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "change notice", through: "email address", by: "email carrier", to: "honour your choices")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}
