// What stands behind a "no" of the policy: the rule in the way, the rule that isn't there, or the version that said it.

import HTML
import Office
import Policy
import Vault

extension Visit {
    /// The chips of a refusal: of the rules that it names, of a former version, or that there is no rule.
    func refusalChips(_ html: inout HTML, _ refused: Refused, withAddress: Bool = false) {
        if let version = refused.formerVersion {
            chipOfFormerVersion(&html, version)
        } else if refused.missing != nil {
            // Another rule may permit it under other conditions; the one that did is gone.
            chipOfNoRule(&html)
        } else {
            chips(&html, refused.concerned, refuse: true, withAddress: withAddress)
        }
    }

    /// In words what the chips can't say; nothing where they say it all.
    func whyNot(_ html: inout HTML, _ refused: Refused) {
        if let version = refused.formerVersion {
            formerly(&html, version)
            for rule in refused.rules {
                html(.p, .class("said"), .lang("en")) { html in
                    html(.code, text: rule.address)
                    html.text(" " + rule.text)
                }
            }
            if refused.rules.isEmpty { for address in refused.concerned { html(.p) { $0(.code, text: address) } } }
            return
        }
        if let missing = refused.missing {
            html(
                .p,
                text: say(
                    "The rule that it stood on is no longer in the policy:", id: "Aturan yang mendasarinya tidak lagi ada dalam kebijakan:")
            )
            html(.p, .class("said"), .lang("en"), text: missing.text)
        } else if case .noRule = refused.why {
            html(.p, text: say("The policy has no rule for this use:", id: "Kebijakan tidak memuat aturan untuk pemakaian ini:"))
            html(.p, .class("said"), .lang("en"), text: refused.lackingUse)
        }
    }

    /// Of a refusal in somebody's list: the rule that it stood on before, or the use for which there was none.
    func lacking(_ html: inout HTML, _ use: RecordedUse) {
        if let version = use.formerVersion { return formerly(&html, version) }
        let words: String, quoted: String?
        switch (office.formerRule(for: use), use.lackingUse) {
        case (let former?, nil):
            quoted = former.text
            words = say(
                "A rule that allowed it on another condition was no longer in the policy:",
                id: "Aturan yang mengizinkannya dengan syarat lain saat itu tidak lagi ada dalam kebijakan:")
        case (let former?, _):
            quoted = former.text
            words = say(
                "The rule that it stood on was no longer in the policy:",
                id: "Aturan yang mendasarinya saat itu tidak lagi ada dalam kebijakan:")
        case (nil, _?) where office.wasPermitted(use):
            quoted = nil
            words = say(
                "The policy had a rule for this use then, but lacked another that it needs as well.",
                id: "Saat itu kebijakan memuat aturan untuk pemakaian ini, tetapi tidak memuat aturan lain yang juga diperlukannya.")
        case (nil, let lacking?):
            quoted = lacking
            words = say("The policy had no rule for this use then:", id: "Saat itu kebijakan tidak memuat aturan untuk pemakaian ini:")
        case (nil, nil): return
        }
        html(.p, text: words)
        if let quoted { html(.blockquote, .class("said"), .lang("en"), text: quoted) }
    }

    private func formerly(_ html: inout HTML, _ version: String) {
        let number = version.versionNumber, fingerprint = version.versionFingerprint
        html(
            .p,
            text: say(
                """
                Version \(number) of the policy (fingerprint \(fingerprint)) says no. The data were collected under it, and what they \
                may be used for has to be allowed by it as well as by the version in force.
                """,
                id: """
                    Yang menolak adalah versi \(number) kebijakan (sidik \(fingerprint)). Data itu dikumpulkan menurut versi itu, dan \
                    pemakaiannya harus diizinkan oleh versi itu maupun oleh versi yang berlaku sekarang.
                    """))
    }
}

extension Refused {
    /// The rules to show: those that would permit it, or the one in the way.
    var concerned: [String] {
        switch why {
        case .forbidden(let rule), .keptByLaw(let rule): [rule]
        default: rules.map(\.address)
        }
    }
}

extension RecordedUse {
    /// Of a refusal for want of a rule: the use, as the policy's examples say it.
    var lackingUse: String? {
        guard outcome == "no, no rule" else { return nil }
        let number = who.lastIndex(of: " ").map { who[who.index(after: $0)...] } ?? ""
        let actor = number.allSatisfy(\.isNumber) && !number.isEmpty ? String(who.dropLast(number.count + 1)) : who
        let things = things.joined(separator: ", "), end = purpose.map { " to \($0)" } ?? ""
        return verb == "send" ? "the site sends \(things) via \(actor)\(end)" : "\(actor) \(verb)s \(things)\(end)"
    }
}

extension String {
    /// Of a version as entries of uses write it: its number, then the digest of its rules.
    var versionNumber: String { String(prefix { $0 != " " }) }
    /// `7f3a 91c2 … 0c1e`
    var versionFingerprint: String {
        let digest = drop { $0 != " " }.dropFirst()
        return digest.count > 12 ? "\(digest.prefix(4)) \(digest.dropFirst(4).prefix(4)) … \(digest.suffix(4))" : String(digest)
    }
}
