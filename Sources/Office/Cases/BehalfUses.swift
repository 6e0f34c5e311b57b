// What customer service does with a person's data at their word.

import Outbound
import Policy
import Vault

/// Making sure who calls or writes: nobody is asked for a code, or called back, who may not be seen for it.
struct CallerName: Reading {
    static let declared: UseDeclaration = .read("full name", by: "customer service", to: "make sure it is you")
    let name: String
    init(_ record: borrowing Opened) throws(Refusal) { name = record.text("full name") ?? "" }
}

struct CorrectedName: Use {
    static let declared: UseDeclaration = .correct("full name", by: "customer service", to: "answer you")
}

struct CorrectedEmail: Use {
    static let declared: UseDeclaration = .correct("email address", by: "customer service", to: "answer you")
}

struct CorrectedTelephone: Use {
    static let declared: UseDeclaration = .correct("telephone number", by: "customer service", to: "answer you")
}

/// To let the account sleep, to wake it, and to have it deleted in seven days is a choice, of which a row of the office is the record.
struct ChangedChoice: Use {
    static let declared: UseDeclaration = .correct("choice record", by: "customer service", to: "answer you")
}

/// What goes when those seven days are over.
struct DeletionAtTheirWord: Use {
    static let declared: UseDeclaration = .delete(
        "full name", "email address", "telephone number", "case message", "case note", "caller address", by: "customer service",
        to: "answer you")
}

/// An address that they told customer service, not proved yet: an item beside the one that holds.
struct ToldAddress: Collecting {
    static let declared: UseDeclaration = .collect("email address", from: "help desk", to: "run your account")
    let values: [Given]
    init(email: String) { values = [Given("email address", email)] }
}

/// The same of a number.
struct ToldNumber: Collecting {
    static let declared: UseDeclaration = .collect("telephone number", from: "help desk", to: "run your account")
    let values: [Given]
    init(number: String) { values = [Given("telephone number", number)] }
}

/// Word that customer service called a number of theirs, and from when on that counts.
struct CallBackNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "call-back notice", through: "email address", by: "email carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

/// The same to the number of somebody who has no address.
struct TelephoneCallBackNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "call-back notice", through: "telephone number", by: "telephone carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("telephone number") }
}
