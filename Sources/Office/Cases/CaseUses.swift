// What customer service sees in a case.

import Outbound
public import Policy
public import Vault

/// Who asks, and what about.
public struct CaseCustomer: Reading {
    public static let declared: UseDeclaration = .read("full name", "case message", by: "customer service", to: "answer you")
    public let name, text: String
    /// What they said since, by the items in which it lies; the first of all is among it.
    public let texts: [Int64: String]
    public init(_ record: borrowing Opened) throws(Refusal) {
        name = record.text("full name") ?? ""
        texts = record.texts("case message")
        text = record.text("case message") ?? ""
    }
}

/// Where to call.
public struct CaseTelephone: Reading {
    public static let declared: UseDeclaration = .read("telephone number", by: "customer service", to: "answer you")
    /// Empty where none is stored.
    public let number: String
    public init(_ record: borrowing Opened) throws(Refusal) { number = record.text("telephone number") ?? "" }
}

/// Where the customer wants to be called.
struct CallBackNumber: Collecting {
    static let declared: UseDeclaration = .collect("telephone number", from: "help form", to: "answer you")
    let values: [Given]
    init(number: String) { values = [Given("telephone number", number)] }
}

/// What the customer wrote.
struct CaseText: Collecting {
    static let declared: UseDeclaration = .collect("case message", from: "help form", to: "answer you")
    let values: [Given]
    init(text: String) { values = [Given("case message", text)] }
}

/// What was written down in a case and answered in it, by the items in which each lies.
public struct CaseNotes: Reading {
    public static let declared: UseDeclaration = .read("case note", by: "customer service", to: "answer you")
    public let texts: [Int64: String]
    public init(_ record: borrowing Opened) throws(Refusal) { texts = record.texts("case note") }
}

/// What somebody of the staff writes into a case: a note, or what they answered.
struct CaseNote: Collecting {
    static let declared: UseDeclaration = .collect("case note", from: "staff entry", to: "answer you")
    let values: [Given]
    init(text: String) { values = [Given("case note", text)] }
    /// Several, each in its item.
    init(_ texts: [Int64: String]) { values = texts.sorted { $0.key < $1.key }.map { Given("case note", $0.value, item: $0.key) } }
}

/// An answer by email, which carries what was asked and said.
struct CaseAnswer: Addressed {
    static let declared: UseDeclaration = .send(
        "case answer", through: "email address", by: "email carrier", at: "customer service", to: "answer you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}
