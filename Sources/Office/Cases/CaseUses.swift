// What customer service sees in a case.

public import Policy
public import Vault

/// Who asks, and what about.
public struct CaseCustomer: Reading {
    public static let declared: UseDeclaration = .read("full name", "case message", by: "customer service", to: "answer you")
    public let name, text: String
    public init(_ record: borrowing Opened) throws(Refusal) {
        name = record.text("full name") ?? ""
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
