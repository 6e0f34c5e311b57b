// What the forms accept, and what is said of what they don't.

public import Policy

/// What somebody typed on the registration form; blanks at the ends don't count.
public struct Registration: Sendable {
    public let name, email: String
    /// Empty: none given.
    public let telephone: String
    public init(name: String, email: String, telephone: String) {
        (self.name, self.email, self.telephone) = (name, email, telephone)
    }
}

/// What is wrong with what was typed, a case for each sentence of the form.
public enum FormFault: Error, Sendable, Hashable {
    case nameMissing, nameTooLong(limit: Int)
    /// With nothing to be seen, or with line breaks or marks that aren't seen.
    case nameUnfit
    case emailMissing, emailUnfit, emailTooLong(limit: Int)
    /// With other characters than those of ASCII.
    case emailForeign
    case telephoneMissing, telephoneUnfit
    /// Without its country, so that no code gets there.
    case telephoneUnreached
    /// Another number than the one that they sign in with.
    case telephoneIsAddress
    /// What they sign in by and are reached by, and nothing else is there.
    case onlyWay
    /// A former address may still be put back: until then nothing is deleted at once.
    case addressMayComeBack
    case textMissing, textTooLong(limit: Int)
    /// Neither a call nor a mail; neither one number nor one address; no number, where a call is to be the answer; nobody can be answered so;
    /// nothing to search for.
    case channelMissing, fromUnfit, callerMissing, answeringUnfit, soughtMissing
    /// With this contact so many were looked for as may be.
    case searchesSpent(limit: Int)
    /// So many calls and mails one of the staff recorded within a day as may be.
    case contactsSpent(limit: Int)
    /// They weren't found with this contact, or that is longer ago than what was found is good for.
    case foundLongAgo
    /// No field and reason was chosen to open it.
    case reasonMissing
    /// There is none of this field to open.
    case nothingStored(String)
    /// It was proved to be of whom it was joined to: nothing to undo.
    case contactProved
    /// Nothing chosen; a number that isn't open to who says that they called it, or isn't known for a week yet; a channel that isn't.
    case wishMissing, numberUnopened, numberUnknown, channelUnknown
    /// Not the way in which whoever asked wants the answer; not said whether the case waits then or is closed.
    case wayUnfit, afterwardsMissing
    case passwordMissing, passwordShort(least: Int), passwordUnfit(most: Int), passwordCommon, passwordsDiffer
    /// Not the code of the app.
    case codeWrong
    /// Recovery codes of a page that was left open: they were kept already, or others were since.
    case codesOld
    /// The browser brought no passkey of this site, or one that is there already.
    case passkeyUnfit
    case roleUnknown
    /// A role to which nothing of a case opens any more, with the text of the rule that is gone.
    case deskGone(String, rule: String)
    /// Nobody here has this role who could take it.
    case deskEmpty(String)
    /// An officer who was named lately, and doesn't count yet.
    case officerWaits(NewOfficer)
    /// The person with this address has a role that the policy keeps apart from it.
    case roleApart(Separation)
    case addressTaken
    /// Nobody else administers the house.
    case lastAdministrator
    /// Nobody has this number, or nothing of what is named is stored of them; or whose case it is isn't known yet.
    case customerUnknown
    case fieldsMissing
    /// Not a day, or none of the coming year.
    case dayUnfit, silenceUnfit
}

extension Registration {
    var trimmed: Registration { Registration(name: name.trimmed, email: email.trimmed, telephone: telephone.trimmed) }

    /// Of what is trimmed. Without an address a number is enough where it can be reached.
    func faults(reachesTelephones: Bool, isNumber: Bool) -> [FormFault] {
        if email.isEmpty, !telephone.isEmpty, reachesTelephones {
            return [Self.fault(ofName: name), isNumber ? nil : .telephoneUnreached].compactMap { $0 }
        }
        var faults: [FormFault] = Self.faults(name: name, email: email)
        if !telephone.isEmpty, !Self.isTelephone(telephone) { faults.append(.telephoneUnfit) }
        return faults
    }

    static let longestName = 200

    static func faults(name: String, email: String) -> [FormFault] {
        [fault(ofName: name), fault(ofEmail: email)].compactMap { $0 }
    }

    /// Of what is trimmed; nil: nothing is wrong.
    static func fault(ofName name: String) -> FormFault? {
        if name.isEmpty { return .nameMissing }
        if name.unicodeScalars.count > longestName { return .nameTooLong(limit: longestName) }
        return name.unicodeScalars.contains(where: \.hasShape) && name.unicodeScalars.allSatisfy(\.isSeen) ? nil : .nameUnfit
    }

    static func fault(ofEmail email: String) -> FormFault? {
        if email.isEmpty { return .emailMissing }
        if email.utf8.count > longestEmail { return .emailTooLong(limit: longestEmail) }
        if isEmail(email) { return nil }
        return email.unicodeScalars.allSatisfy(\.isASCII) ? .emailUnfit : .emailForeign
    }

    /// Bytes (RFC 5321).
    static let longestEmail = 254

    /// One `@` with something on both sides, a dot in the domain, no blanks or controls, at most 254 bytes (RFC 5321). Whether it
    /// reaches anybody, the code shows. Printable ASCII only (a domain in another script in its ASCII form): two addresses that look
    /// alike must not be taken for one, nor one for two.
    static func isEmail(_ text: String) -> Bool {
        guard text.utf8.count <= longestEmail, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            return false
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64 else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty } && !text.contains { "<>(),;:\\\"[]".contains($0) }
    }

    /// 6 to 15 digits (E.164), with an optional plus sign, blanks, hyphens, dots and brackets between.
    static func isTelephone(_ text: String) -> Bool {
        let digits = text.unicodeScalars.filter { (48...57).contains($0.value) }.count
        return (6...15).contains(digits)
            && text.unicodeScalars.allSatisfy { (48...57).contains($0.value) || "+ -.()/".unicodeScalars.contains($0) }
    }
}

extension String {
    /// Without blanks and controls at the ends; nothing inside is changed.
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}

extension Unicode.Scalar {
    /// In a name: no control, no line's end, and of the marks that format only those that join letters (U+200C, U+200D), without which
    /// Persian and others aren't written rightly. What turns the direction of writing would turn the words beside it too.
    var isSeen: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        case .format: value == 0x200c || value == 0x200d
        default: true
        }
    }

    /// Something of it is to be seen by itself.
    var hasShape: Bool { isSeen && !properties.isDefaultIgnorableCodePoint && !properties.isWhitespace }

    var isPrintable: Bool { value >= 0x20 && value != 0x7f }
}
