// What accounts take in, read and send.

import Outbound
import Policy
import Vault

/// What the registration form gives.
struct RegisteredContact: Collecting {
    static let purpose: String? = "run your account"
    static let things = ["full name", "email address", "telephone number"]
    static let by = ["registration form"]
    let values: [Given]
    init(_ form: Registration) {
        values =
            [Given("full name", form.name), Given("email address", form.email)]
            + (form.telephone.isEmpty ? [] : [Given("telephone number", form.telephone)])
    }
}

/// The address that was proved, so that it can be claimed.
struct ProvedAddress: Reading {
    static let purpose: String? = "run your account"
    static let things = ["email address"]
    let address: LookupAddress?
    init(_ record: borrowing Opened) throws(Refusal) { address = record.text("email address").map { LookupAddress(email: $0) } }
}

/// A code to a customer's address.
struct ConfirmationCode: Addressed {
    static let purpose: String? = "make sure it is you"
    static let things = ["confirmation code"]
    static let by = ["email carrier"]
    static let through = "email address", carrier = "email carrier"
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

/// A code to a member of staff.
struct StaffCode: Addressed {
    static let purpose: String? = "run the staff's accounts"
    static let things = ["confirmation code"]
    static let by = ["email carrier"]
    static let through = "staff email address", carrier = "email carrier"
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("staff email address") }
}

/// Word to the owner of an address that somebody gave it again.
struct AddressNotice: Addressed {
    static let purpose: String? = "make sure it is you"
    static let things = ["address notice"]
    static let by = ["email carrier"]
    static let through = "email address", carrier = "email carrier"
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

/// The random number that keeps a browser signed in.
struct SetSessionCookie: Use {
    static let verb = Verb.collect
    static let purpose: String? = "run your account"
    static let things = ["session cookie"]
    static let by = ["browser"]
}

/// The address of a member of staff, so that it can be claimed.
struct ProvedStaffAddress: Reading {
    static let purpose: String? = "run the staff's accounts"
    static let things = ["staff email address"]
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
