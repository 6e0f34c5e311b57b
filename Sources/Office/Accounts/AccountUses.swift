// What accounts take in, read and send.

import Outbound
import Policy
import Vault

/// What the registration form gives.
struct RegisteredContact: Collecting {
    static let declared: UseDeclaration = .collect(
        "full name", "email address", "telephone number", from: "registration form", to: "run your account")
    let values: [Given]
    init(_ form: Registration) {
        values =
            [Given("full name", form.name)] + (form.email.isEmpty ? [] : [Given("email address", form.email)])
            + (form.telephone.isEmpty ? [] : [Given("telephone number", form.telephone)])
    }
}

/// The address that was proved, so that it can be claimed.
struct ProvedAddress: Reading {
    static let declared: UseDeclaration = .read("email address", to: "run your account")
    let text: String?
    init(_ record: borrowing Opened) throws(Refusal) { text = record.text("email address") }
}

/// The number of somebody who has no address.
struct ProvedNumber: Reading {
    static let declared: UseDeclaration = .read("telephone number", to: "run your account")
    let text: String?
    init(_ record: borrowing Opened) throws(Refusal) { text = record.text("telephone number") }
}

/// Somebody whose address was proved: it can be claimed, and they are found by what they are called from now on.
struct Newcomer: Reading {
    static let declared: UseDeclaration = .read("full name", "email address", "telephone number", to: "run your account")
    let name, address, telephone: String
    init(_ record: borrowing Opened) throws(Refusal) {
        name = record.text("full name") ?? ""
        address = record.text("email address") ?? ""
        telephone = record.text("telephone number") ?? ""
    }
}

/// A code to a customer's address.
struct ConfirmationCode: Addressed {
    static let declared: UseDeclaration = .send(
        "confirmation code", through: "email address", by: "email carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

/// The same to the number of somebody who has no address.
struct TelephoneCode: Addressed {
    static let declared: UseDeclaration = .send(
        "confirmation code", through: "telephone number", by: "telephone carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("telephone number") }
}

/// A code to a member of staff.
struct StaffCode: Addressed {
    static let declared: UseDeclaration = .send(
        "confirmation code", through: "staff email address", by: "email carrier", to: "run the staff's accounts")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("staff email address") }
}

/// Word to the owner of an address that somebody gave it again.
struct AddressNotice: Addressed {
    static let declared: UseDeclaration = .send("address notice", through: "email address", by: "email carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

/// The same to the owner of a number.
struct TelephoneAddressNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "address notice", through: "telephone number", by: "telephone carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("telephone number") }
}

/// The random number that keeps a browser signed in.
struct SetSessionCookie: Use {
    static let declared: UseDeclaration = .collect("session cookie", from: "browser", to: "run your account")
}

/// Knowing by it who is signed in.
struct ReadSessionCookie: Use {
    static let declared: UseDeclaration = .read("session cookie", to: "run your account")
}

/// The random number by which a browser is known again.
struct SetBrowserMark: Use {
    static let declared: UseDeclaration = .collect("browser mark", from: "browser", to: "make sure it is you")
}

/// Knowing a browser again by it.
struct ReadBrowserMark: Use {
    static let declared: UseDeclaration = .read("browser mark", to: "make sure it is you")
}

/// Word that somebody came in from a browser that wasn't known.
struct SignInNotice: Addressed {
    static let declared: UseDeclaration = .send("sign-in notice", through: "email address", by: "email carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

/// The same to the number of somebody who has no address.
struct TelephoneSignInNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "sign-in notice", through: "telephone number", by: "telephone carrier", to: "make sure it is you")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("telephone number") }
}

/// The same to a member of staff.
struct StaffSignInNotice: Addressed {
    static let declared: UseDeclaration = .send(
        "sign-in notice", through: "staff email address", by: "email carrier", to: "run the staff's accounts")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("staff email address") }
}

/// The address of a member of staff, so that it can be claimed.
struct ProvedStaffAddress: Reading {
    static let declared: UseDeclaration = .read("staff email address", to: "run the staff's accounts")
    let address: LookupAddress?
    init(_ record: borrowing Opened) throws(Refusal) { address = record.text("staff email address").map { LookupAddress(email: $0) } }
}

extension Opened {
    /// A field without which the use makes no sense.
    borrowing func required(_ field: String) throws(Refusal) -> String {
        guard let value = text(field), !value.isEmpty else { throw .gone }
        return value
    }
}
