// What doesn't fit, said once, with the word that may have been meant.

extension Reader {
    /// - Parameters:
    ///   - words: the words of the language that could stand here; one that could behind a comma has it, `, on`.
    ///   - instead: what to write where none of them is near.
    mutating func fail(_ expected: String, _ words: [String] = [], or instead: String? = nil) -> Stop {
        fail(at: at, expected, words, or: instead)
    }

    mutating func fail(at first: Int, _ expected: String, _ words: [String] = [], or instead: String? = nil) -> Stop {
        let isBehindComma = first == fittingComma
        let index = isBehindComma ? first + 1 : first
        let what = index < end ? "“\(text(index..<index + 1))” doesn't fit here" : "The statement ends too soon"
        report.syntax(
            place(at: index), "\(what): expected \(expected).",
            meant(at: index, words + (isBehindComma && triedAt == first ? tried.words : [])) ?? instead ?? "Write \(expected) here.")
        return Stop()
    }

    /// A part that goes with other verbs.
    mutating func fail(part: String, goesWith: String, _ suggestion: String) -> Stop {
        report.syntax(placeHere(), "“\(part)” doesn't fit here: in a “never” it goes with \(goesWith) only.", suggestion)
        return Stop()
    }

    mutating func expectEnd() throws(Stop) {
        if isAtEnd { return }
        let index = at == fittingComma ? at + 1 : at
        guard index < end else { throw failOfLastComma() }
        report.syntax(
            tokens[index].place, "“\(text(index..<index + 1))” doesn't fit here: the statement ends before it.",
            meant(at: index, triedAt != at ? [] : index > at ? tried.words : tried.words.map { ", " + $0 })
                ?? outOfOrder(at: index) ?? "Take it out, or write a statement of its own.")
        throw Stop()
    }

    /// Everything before it reads, and nothing stands behind it.
    mutating func failOfLastComma() -> Stop {
        report.syntax(placeOfEnd, "Nothing stands behind the last comma.", "Take the comma at the end out, or write what is to follow it.")
        return Stop()
    }

    private func place(at index: Int) -> Place { index < end ? tokens[index].place : placeOfEnd }

    func meant(at index: Int, _ words: [String]) -> String? {
        guard index < end, tokens[index].kind == .word else { return nil }
        let written = Words.fold(text(index..<index + 1))
        let bare = words.map { $0.hasPrefix(", ") ? String($0.dropFirst(2)) : $0 }
        if let word = synonym(of: written, among: words) { return "Write “\(word)” instead of “\(text(index..<index + 1))”." }
        guard let near = Policy.nearest(to: written, among: bare) else { return nil }
        return "Did you mean “\(words[bare.firstIndex(of: near)!])”?"
    }

    // MARK: Lists

    /// Behind the comma of a list stands no name that is known: the first word of a clause may be misspelt, or nothing of what must
    /// come is there. Either is one fault, and not a name that isn't declared besides.
    mutating func refuseMisspelt(_ clauses: Follow, _ kinds: Kinds, _ follow: Follow, _ title: String) throws(Stop) {
        guard isNext(.word), maySuggest else { return }
        suggestions += 1
        let last = endOfUnknown(follow)
        let written = Words.fold(text(at..<at + 1)), name = Array(Words.fold(text(at..<last)).unicodeScalars.prefix(80))
        let known = nearest(to: text(at..<last), kinds)
        let distance = known.map { Symbols.distance(name, Array(Words.fold($0).unicodeScalars.prefix(80))) } ?? .max
        let near = Policy.nearest(to: written, among: clauses.keywords.filter(isFollowed).map(\.phrase))
        let isKeyword =
            near.map { Symbols.distance(Array(written.unicodeScalars.prefix(80)), Array($0.unicodeScalars)) < distance } ?? false
        // What must come comes later, or the name is one that is known.
        let comes = (last..<end).contains { tokens[$0].kind == .comma && clauses.contains(bit(at: $0 + 1)) }
        guard isKeyword || (!follow.holdsEnd && known == nil && !comes) else { return }
        throw fail(
            title + " or " + clauses.title, isKeyword ? [near!] : [],
            or: isNext(.least) ? "Write “at least” and how many people." : nil)
    }

    /// Whether what stands behind the next word is what stands behind this one.
    private func isFollowed(by keyword: Keyword) -> Bool {
        switch keyword {
        case .on, .by: self.keyword(at: at + 1) == .not || step(at + 1)
        case .only: self.keyword(at: at + 1) == .if
        case .at: tokens[safe: at + 1].map(\.isNumber) == true || self.keyword(at: at + 1) == .least
        default: true
        }
    }

    /// Whether a name that is known begins here.
    private func step(_ index: Int) -> Bool { index < end && symbols.step(0, tokens[index].word) != nil }
}

extension Keyword {
    /// The word with those that always stand behind it.
    fileprivate var phrase: String {
        switch self {
        case .at: "at least"
        default: text
        }
    }
}
