// What pages offer and promise, and whether the policy lets them: asked before a form is shown or a sentence is said, so that neither
// leads to a refusal.

import Policy
public import Vault

/// A form of the site, by what it is for: `signIn` and `staffSignIn` by a code, `password` by what checks one, or a passkey.
public enum Offer: Sendable, CaseIterable {
    case account, signIn, staffSignIn, password, call, addition, note, employment, firstAdministrator
    case newAddress, addressCode, staffAddressCode, hold, holdAgreement
    case restriction
    /// What pages only speak of: the cookie that keeps somebody signed in, the mark by which a browser is known again, what it
    /// remembers of a choice, a customer's
    /// case and number before who answers, word to a former address, and to one that somebody gives again.
    case session, browserMark, lastingCookie, answer, changeNotice, addressNotice
    /// An answer by email: by who reads the case, and it is written down as well.
    case mailAnswer
    /// Where a contact that came in was from, beside what was said.
    case callerAddress
    /// The code to a customer, and the one to whoever works here, whatever comes of it.
    case code, staffCode
    /// The same where their person is reached by a number: signing in, giving another number, and proving that.
    case telephoneSignIn, telephoneCode, newNumber, numberCode
    /// The same: an account by a number, and word to a former number.
    case telephoneAccount, telephoneChangeNotice
    /// What a caller told customer service: an address or number, taken in and proved by a code to it.
    case toldAddress, toldNumber
}

/// What pages promise to whoever comes new, of what is done with one's own data.
public enum OwnRight: Sendable, CaseIterable {
    /// `seeing`: who used what is held.
    case seeing, leaving
}

extension Environment {
    /// Why the policy refuses what comes of the form, whatever the facts; nil: it may be offered.
    public func refusal(of offer: Offer) -> Refused? {
        if let refused = vault.refusal(ofAnyOf: offer.uses) { return refused }
        return switch offer {
        case .account, .telephoneAccount: try? vault.preview(RegisteredContact.self, by: .theSite).refused
        case .hold: try? vault.preview(LegalDemand.self, by: .theSite, supposing: [OpenMatter().name: true]).refused
        default: nil
        }
    }

    /// Of who may be taken in to work here, the ways for which there is no rule: by an administrator, or by the first invitation.
    var refusalsOfHiring: [Refused] {
        [(AdministratorsWord().name, FirstInvitation().name), (FirstInvitation().name, AdministratorsWord().name)]
            .compactMap { way, other in
                let refused = try? vault.preview(StaffContact.self, by: .theSite, supposing: [way: true, other: false]).refused
                return refused?.without(way, not: other)
            }
    }

    /// Whether somebody who comes under the policy in force has it; who came under a former version may have it all the same.
    public func grants(_ right: OwnRight) -> Bool { policy.usesWithoutRule(of: [("", right.use.declared)]).isEmpty }

    /// What `invite` would refuse at this moment.
    public func previewOfInviting(by administrator: StaffMember) throws(NotDone) -> Refused? {
        if let refused = refusal(of: .employment) { return refused }
        return try attempt { () throws(Refusal) in
            try vault.preview(StaffContact.self, by: administrator.actor).refused?
                .without(AdministratorsWord().name, not: FirstInvitation().name)
        }
    }

    /// What reading the case, and so closing it, would be refused for at this moment; recorded nowhere.
    public func previewOfCase(_ number: Int64, for staff: StaffMember) throws(NotDone) -> Refused? {
        guard let (subject, basis) = try basis(ofCase: number) else { throw .notFound }
        return try attempt { () throws(Refusal) in try vault.preview(CaseCustomer.self, of: subject, by: staff.actor, on: basis) }
    }

    /// What looking for whose a contact is would be refused for at this moment; recorded nowhere.
    public func previewOfSearch(_ number: Int64, by staff: StaffMember) throws(NotDone) -> Refused? {
        guard let (subject, _) = try basis(ofCase: number) else { throw .notFound }
        return try attempt { () throws(Refusal) in
            try vault.preview(FoundByNumber.self, of: subject, by: staff.actor, on: Basis(matter: number))
        }
    }

    /// What an answer by email would be refused for at this moment; recorded nowhere.
    public func previewOfAnswer(_ number: Int64, by staff: StaffMember) throws(NotDone) -> Refused? {
        guard let (subject, _) = try basis(ofCase: number) else { throw .notFound }
        return try attempt { () throws(Refusal) in
            try vault.preview(CaseAnswer.self, of: subject, by: staff.actor, on: Basis(matter: number))
        }
    }

    /// What `leave` would refuse at this moment.
    public func previewOfLeaving(_ session: Session) throws(NotDone) -> Refused? {
        try attempt { () throws(Refusal) in try vault.previewOfErasure(of: session.subject) }
    }
}

extension Offer {
    fileprivate var uses: [any Use.Type] {
        switch self {
        case .account: [RegisteredContact.self, ConfirmationCode.self, ProvedAddress.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .signIn: [ConfirmationCode.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .staffSignIn: [StaffCode.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .password: [SignInKeys.self, SetSessionCookie.self, ReadSessionCookie.self]
        // The message first: a number isn't always given.
        case .call: [CaseText.self, CallBackNumber.self]
        case .addition: [CaseText.self]
        case .note: [CaseNote.self]
        case .employment: [StaffContact.self, StaffInvitation.self]
        case .firstAdministrator:
            [StaffContact.self, StaffCode.self, ProvedStaffAddress.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .newAddress: Environment.changingTheAddress
        // It takes a former address back too.
        case .addressCode: [ProvedAddress.self]
        case .staffAddressCode: [ProvedStaffAddress.self]
        case .hold: [LegalDemand.self, HeldCopy.self]
        case .holdAgreement: [HeldCopy.self]
        case .restriction: [ChosenRestriction.self]
        case .session: [SetSessionCookie.self, ReadSessionCookie.self]
        case .browserMark: [SetBrowserMark.self, ReadBrowserMark.self]
        case .lastingCookie: [SetLastingCookie.self, ReadLastingCookie.self]
        case .answer: [CaseTelephone.self, CaseCustomer.self]
        case .mailAnswer: [CaseAnswer.self, CaseNote.self, CaseCustomer.self]
        case .callerAddress: [ContactText.self]
        case .changeNotice: [ChangeNotice.self]
        case .addressNotice: [AddressNotice.self]
        case .code: [ConfirmationCode.self]
        case .staffCode: [StaffCode.self]
        case .telephoneSignIn: [TelephoneCode.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .telephoneCode: [TelephoneCode.self]
        case .telephoneAccount:
            [RegisteredContact.self, TelephoneCode.self, ProvedNumber.self, SetSessionCookie.self, ReadSessionCookie.self]
        case .telephoneChangeNotice: [TelephoneChangeNotice.self]
        case .newNumber: ReachedBy.changingTheNumber
        case .numberCode: [ProvedNumber.self]
        case .toldAddress: [ToldAddress.self, ConfirmationCode.self, ProvedAddress.self]
        case .toldNumber: [ToldNumber.self, TelephoneCode.self, ProvedNumber.self]
        }
    }
}

extension OwnRight {
    fileprivate var use: any Use.Type {
        switch self {
        case .seeing: OwnRecord.self
        case .leaving: OwnDeletion.self
        }
    }
}
