// Every use of personal data that the code of this house makes, for the check against the policy.

import Policy
import Vault

extension Environment {
    static let uses: [any Use.Type] = [
        RegisteredContact.self, ProvedAddress.self, ConfirmationCode.self, AddressNotice.self, SetSessionCookie.self,
        StaffContact.self, ProvedStaffAddress.self, TeamContact.self, StaffCode.self, StaffInvitation.self,
        CallBackNumber.self, CaseText.self, CaseCustomer.self, CaseTelephone.self, OwnData.self, OwnDeletion.self,
    ]
}

/// What the person's own page shows.
struct OwnData: Use {
    static let verb = Verb.read
    static let purpose: String? = nil
    static let things = ["full name", "email address", "telephone number", "case message", "record of uses"]
    static let by = ["the person"]
}

/// What the person deletes by leaving.
struct OwnDeletion: Use {
    static let verb = Verb.delete
    static let purpose: String? = nil
    static let things = ["full name", "email address", "telephone number", "case message"]
    static let by = ["the person"]
}
