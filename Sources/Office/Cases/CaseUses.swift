// What customer service sees in a case.

public import Vault

/// Who asks, and what about.
public struct CaseCustomer: Reading {
    public static let purpose: String? = "answer you"
    public static let things = ["full name", "case message"]
    public static let by = ["customer service"]
    public let name, text: String
    public init(_ record: borrowing Opened) throws(Refusal) {
        name = record.text("full name") ?? ""
        text = record.text("case message") ?? ""
    }
}

/// Where to call.
public struct CaseTelephone: Reading {
    public static let purpose: String? = "answer you"
    public static let things = ["telephone number"]
    public static let by = ["customer service"]
    /// Empty where none is stored.
    public let number: String
    public init(_ record: borrowing Opened) throws(Refusal) { number = record.text("telephone number") ?? "" }
}

/// Where the customer wants to be called.
struct CallBackNumber: Collecting {
    static let purpose: String? = "answer you"
    static let things = ["telephone number"]
    static let by = ["help form"]
    let values: [Given]
    init(number: String) { values = [Given("telephone number", number)] }
}

/// What the customer wrote.
struct CaseText: Collecting {
    static let purpose: String? = "answer you"
    static let things = ["case message"]
    static let by = ["help form"]
    let values: [Given]
    init(text: String) { values = [Given("case message", text)] }
}
