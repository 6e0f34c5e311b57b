// The policy's names as words for a reader, put together into phrases.

extension Language {
    /// `telephone number`, or `nomor telepon`.
    func thing(_ name: String) -> String { word(for: name) }

    /// `full name, email address and telephone number`.
    func things(_ names: [String]) -> String {
        let words = names.map { name in name == "everything" ? self("everything that we hold", id: "semua yang kami simpan") : thing(name) }
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + self(" and ", id: " dan ") + last
    }

    /// What a role, source or purpose of the policy is called.
    func name(_ name: String) -> String { word(for: name) }

    /// The one who did it, as a person reads it: `customer service 7`.
    func actor(_ who: String) -> String {
        switch who {
        case "the site": return self("the site", id: "situs ini")
        case "the person": return self("you", id: "Anda")
        default:
            guard let space = who.lastIndex(of: " "), Int(who[who.index(after: space)...]) != nil else { return name(who) }
            return name(String(who[..<space])) + who[space...]
        }
    }

    /// A literal of the policy as it must become: `an open case`, `not an active account`.
    func literal(_ literal: String) -> String {
        if literal.hasPrefix("not ") { return self("not ", id: "bukan ") + condition(String(literal.dropFirst(4))) }
        return condition(literal)
    }

    /// Those whose names are no nouns, as nouns: a reader is told that something needs them.
    private func condition(_ condition: String) -> String {
        switch condition {
        case "asked": self("a request for it", id: "permintaan akan hal itu")
        case "refused": self("a refusal of it", id: "penolakan atas hal itu")
        case "employed": self("an employment here", id: "hubungan kerja di sini")
        case "account active": self("an active account", id: word(for: condition))
        case "account deactivated": self("a deactivated account", id: word(for: condition))
        case "account deleted": self("a deleted account", id: word(for: condition))
        case "this address proved": self("a proof of this address", id: word(for: condition))
        default: name(condition)
        }
    }

    /// A purpose as the staff read it, for whom `you` is the customer: `answer the customer`.
    func purposeForStaff(_ purpose: String) -> String {
        name(purpose).split(separator: " ", omittingEmptySubsequences: false).map { word in
            switch word {
            case "you": self("the customer", id: "you")
            case "your": self("the customer’s", id: "your")
            case "Anda": "pelanggan"
            default: String(word)
            }
        }.joined(separator: " ")
    }
}

extension String {
    /// With a capital at the start of a sentence.
    var capitalised: String { prefix(1).uppercased() + dropFirst() }

    /// Within a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }

    /// `a case answer`, `an address notice`: English, by the first letter.
    var withArticle: String { ("aeio".contains(prefix(1).lowercased()) && !isEmpty ? "an " : "a ") + self }
}
