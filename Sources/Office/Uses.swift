// Every use of personal data that the code of this house makes, for the check against the policy.

public import Policy
import Vault

extension Environment {
    /// A test finds every declaration in the sources here, so that none is made in passing.
    static let uses: [any Use.Type] = [
        RegisteredContact.self, ProvedAddress.self, ConfirmationCode.self, AddressNotice.self, SetSessionCookie.self,
        ReadSessionCookie.self,
        SetLastingCookie.self, ReadLastingCookie.self, SetBrowserMark.self, ReadBrowserMark.self, SignInNotice.self, StaffSignInNotice.self,
        SetPassword.self,
        SignInKeys.self, RemovedPassword.self,
        SetFactor.self, SetRecoveryCodes.self, RemovedFactor.self, RemovedRecoveryCodes.self, SetPasskeys.self, RemovedPasskeys.self,
        StaffContact.self, ProvedStaffAddress.self, TeamContact.self, StaffCode.self, StaffInvitation.self,
        CallBackNumber.self, CaseText.self, CaseCustomer.self, CaseNotes.self, CaseNote.self, CaseAnswer.self, CaseTelephone.self,
        CallerTelephone.self, CallerEmail.self, OwnData.self,
        OwnStaffData.self, OwnRecord.self,
        OwnDeletion.self, OwnCorrection.self,
        Newcomer.self, ContactText.self, ContactWords.self, ContactPapers.self, CallerAddress.self, FoundByNumber.self, FoundByEmail.self,
        FoundByTelephone.self,
        NewAddress.self, ChangeNotice.self, ChosenRestriction.self, ChosenVersion.self, UseEntry.self, DeletionReceipt.self,
        LegalDemand.self, DemandText.self, HeldCopy.self, MatterNotice.self,
        ProvedNumber.self, TelephoneCode.self, TelephoneAddressNotice.self, TelephoneSignInNotice.self, TelephoneChangeNotice.self,
        NewNumber.self, NameAnew.self, WayBackNotice.self, TelephoneWayBackNotice.self, StaffWayBackNotice.self, LostFactor.self,
        OwnWork.self,
        OthersWork.self, WorkMade.self, CallerName.self, CorrectedName.self, CorrectedEmail.self, CorrectedTelephone.self,
        ChangedChoice.self, DeletionAtTheirWord.self, ToldAddress.self, ToldNumber.self, CallBackNotice.self,
        TelephoneCallBackNotice.self, NameOnComplaint.self, ComplaintWords.self, ComplaintAnswer.self, ComplaintNotice.self,
        TelephoneComplaintNotice.self,
    ]

    /// By the names of their types.
    public static var declaredUses: [Policy.NamedUse] { uses.map { (String(describing: $0), $0.declared) } }
}

/// What the person's own page shows.
struct OwnData: Use {
    static let declared: UseDeclaration = .own(
        .read, "full name", "email address", "telephone number", "case message", "case note", "caller address", "session cookie",
        "browser mark", "choice record")
}

/// The same of somebody who works here.
struct OwnStaffData: Use {
    static let declared: UseDeclaration = .own(.read, "staff name", "staff email address")
}

/// Who used any of it.
struct OwnRecord: Use {
    static let declared: UseDeclaration = .own(.read, "record of uses")
}

/// What the person deletes by leaving.
struct OwnDeletion: Use {
    static let declared: UseDeclaration = .own(
        .delete, "full name", "email address", "telephone number", "case message", "case note", "caller address")
}

/// What the person puts right on their page.
struct OwnCorrection: Use {
    static let declared: UseDeclaration = .own(.correct, "full name", "email address", "telephone number", "case message")
}

/// The entry that the vault makes about each use of these.
struct UseEntry: Use {
    static let declared: UseDeclaration = .derive(
        "record of uses", from: "full name", "email address", "telephone number", "case message", "case note", "caller address",
        "staff name", "staff email address", "session cookie", "browser mark", "legal demand", "password check", "second factor",
        "recovery codes", "passkeys", "choice record", "work log", "record of uses",
        to: "keep the record")
}

/// What is left to show that somebody left.
struct DeletionReceipt: Use {
    static let declared: UseDeclaration = .derive("deletion receipt", from: "record of uses", to: "keep the record")
}
