// What customer service enters of a call or a mail, and by what they find whose it is.

import Policy
import Vault

/// What somebody said or wrote who isn't known yet, and where from.
struct ContactText: Collecting {
    static let declared: UseDeclaration = .collect("case message", "caller address", from: "help desk", to: "answer you")
    let values: [Given]
    init(text: String, from address: String) { values = [Given("case message", text), Given("caller address", address)] }
}

/// The same where nothing is known of where it was from.
struct ContactWords: Collecting {
    static let declared: UseDeclaration = .collect("case message", from: "help desk", to: "answer you")
    let values: [Given]
    init(text: String) { values = [Given("case message", text)] }
}

/// The use that takes in as much as is known, and nothing else.
func contact(_ text: String, from address: String) -> any Collecting {
    address.isEmpty ? ContactWords(text: text) as any Collecting : ContactText(text: text, from: address)
}

/// All of a contact, on its way to the person whose it is.
struct ContactPapers: Reading {
    static let declared: UseDeclaration = .read("case message", "caller address", "case note", by: "customer service", to: "answer you")
    let text, address: String, notes: [Int64: String]
    init(_ record: borrowing Opened) throws(Refusal) {
        text = record.text("case message") ?? ""
        address = record.text("caller address") ?? ""
        notes = record.texts("case note")
    }
}

/// Somebody who was searched for: the name alone is shown, whatever led to them.
protocol Hit: Reading {
    var name: String { get }
}

struct FoundByNumber: Hit {
    static let declared: UseDeclaration = .read("full name", by: "customer service", to: "find your account")
    let name: String
    init(_ record: borrowing Opened) throws(Refusal) { name = record.text("full name") ?? "" }
}

struct FoundByEmail: Hit {
    static let declared: UseDeclaration = .read("full name", "email address", by: "customer service", to: "find your account")
    let name: String
    init(_ record: borrowing Opened) throws(Refusal) { name = record.text("full name") ?? "" }
}

struct FoundByTelephone: Hit {
    static let declared: UseDeclaration = .read("full name", "telephone number", by: "customer service", to: "find your account")
    let name: String
    init(_ record: borrowing Opened) throws(Refusal) { name = record.text("full name") ?? "" }
}
