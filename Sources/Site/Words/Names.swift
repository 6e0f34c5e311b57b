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

    /// A literal of the policy as it must become: `an open case`, `not account deleted`.
    func literal(_ literal: String) -> String {
        if literal.hasPrefix("not ") { return self("not ", id: "bukan ") + name(String(literal.dropFirst(4))) }
        return name(literal)
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
