// What pages offer, and whether the policy lets them: asked before a form is shown, so that none leads to a refusal.

public import Vault

/// A form of the site, by what it is for.
public enum Offer: Sendable, CaseIterable {
    case account, signIn, staffSignIn, call, employment, firstAdministrator, newAddress
}

extension Environment {
    /// Why the policy refuses what comes of the form, whatever the facts; nil: it may be offered.
    public func refusal(of offer: Offer) -> Refused? {
        if let refused = vault.refusal(ofAnyOf: offer.uses) { return refused }
        guard case .account = offer else { return nil }
        return try? vault.preview(RegisteredContact.self, by: .theSite).refused
    }

    /// What `telephone(in:for:)` would refuse at this moment; recorded nowhere.
    public func previewOfTelephone(in number: Int64, for staff: StaffMember) throws(NotDone) -> Refused? {
        guard let (subject, basis) = try basis(ofCase: number) else { throw .notFound }
        return try attempt { () throws(Refusal) in try vault.preview(CaseTelephone.self, of: subject, by: staff.actor, on: basis) }
    }

    /// What `leave` would refuse at this moment.
    public func previewOfLeaving(_ session: Session) throws(NotDone) -> Refused? {
        try attempt { () throws(Refusal) in try vault.previewOfErasure(session.own) }
    }
}

extension Offer {
    fileprivate var uses: [any Use.Type] {
        switch self {
        case .account: [RegisteredContact.self, ConfirmationCode.self, ProvedAddress.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .signIn: [ConfirmationCode.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .staffSignIn: [StaffCode.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .call: [CallBackNumber.self, CaseText.self]
        case .employment: [StaffContact.self, StaffInvitation.self]
        case .firstAdministrator:
            [StaffContact.self, StaffCode.self, ProvedStaffAddress.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .newAddress: [NewAddress.self, ConfirmationCode.self, ProvedAddress.self]
        }
    }
}
