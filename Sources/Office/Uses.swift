// Every use of personal data that the code of this house makes, for the check against the policy.

import Vault

extension Environment {
    static let uses: [any Use.Type] = [
        RegisteredContact.self, ProvedAddress.self, ConfirmationCode.self, AddressNotice.self, SetSessionCookie.self,
        StaffContact.self, ProvedStaffAddress.self, TeamContact.self, StaffCode.self, StaffInvitation.self,
        CallBackNumber.self, CaseText.self, CaseCustomer.self, CaseTelephone.self,
    ]
}
