// The text of the note by which a version of the policy is published. Lines in this order; a line that has nothing to say is left out:
//
//     voffice policy 1
//     version 2
//     parent DIGEST          of the document before it; `none`: the first of this house
//     document DIGEST        SHA-256 of the document's bytes
//     rules DIGEST           SHA-256 of the rules
//     from 2026-12-22        the day from which it holds, where the house is
//     waits 14 days          from the second approval until then: `14 days`, `72 hours` or `nothing`
//     proposed 1772330400    seconds since 1970, UTC
//     translation id DIGEST  of each translation that is shown beside it
//     wording only NAME      of each name whose prose changed in wording, not in meaning
//     material               it is sent also to those who refused messages
//
// The note (C2SP signed-note) is signed three times: by the house, with the key of its log; and by the two officers, as cosignatures,
// which state when. It is published at the later of these two moments.

public import Crypto
public import Policy

/// What two officers agree to. Read strictly: there is one text for each value.
public struct PolicyNote: Hashable, Sendable {
    public let number: Int
    /// nil: the first version of this house.
    public let parent: Digest?
    public let document, rules: Digest
    public let from: Day
    public let waiting: Waiting
    /// In seconds since 1970.
    public internal(set) var proposed: Int64
    public let translations: [Translation]
    public let wordingOnly: [String]
    public let isMaterial: Bool

    public struct Translation: Hashable, Sendable {
        public let language: String, document: Digest
    }

    var text: String {
        var lines = [
            "voffice policy 1", "version \(number)", "parent \(parent?.hex ?? "none")", "document \(document.hex)", "rules \(rules.hex)",
            "from \(from.iso)", "waits \(waiting.rawValue)", "proposed \(proposed)",
        ]
        lines += translations.map { "translation \($0.language) \($0.document.hex)" }
        lines += wordingOnly.map { "wording only \($0)" }
        if isMaterial { lines.append("material") }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension PolicyNote {
    /// nil: not in the form.
    init?(text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        func next(_ name: String) -> String? {
            guard let line = lines.first, line.hasPrefix(name + " ") else { return nil }
            lines.removeFirst()
            return String(line.dropFirst(name.count + 1))
        }
        func digest(_ hex: String) -> Digest? { Hex.decode(hex).flatMap { Digest(bytes: $0) } }
        guard lines.popFirst() == "voffice policy 1", let number = next("version").flatMap({ Int($0) }), let parent = next("parent"),
            let document = next("document").flatMap(digest), let rules = next("rules").flatMap(digest),
            let from = next("from").flatMap({ Day(iso: $0) }), let waiting = next("waits").flatMap(Waiting.init),
            let proposed = next("proposed").flatMap({ Int64($0) })
        else { return nil }
        var translations: [Translation] = [], wordingOnly: [String] = []
        while let translation = next("translation") {
            let parts = translation.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let document = digest(parts[1]) else { return nil }
            translations.append(Translation(language: parts[0], document: document))
        }
        while let name = next("wording only") { wordingOnly.append(name) }
        let isMaterial = lines.first == "material"
        self.init(
            number: number, parent: digest(parent), document: document, rules: rules, from: from, waiting: waiting, proposed: proposed,
            translations: translations, wordingOnly: wordingOnly, isMaterial: isMaterial)
        // Whatever was passed over or written otherwise shows here.
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }
}
