// Reads one statement after the other: where it stands in the tokens, how names are found, what doesn't fit.

/// A statement that doesn't read any further; the fault is reported already.
struct Stop: Error {}

struct Doubt: Sendable { let place: Place, message: String, suggestion: String }

/// What stands in the place of tokens that say the same in another spelling; nothing where they say what is so without them.
struct Respelling: Sendable { let end: Int, text: String }

struct Reader {
    let source: Source
    let lexer: Lexer
    let tokens: [Token]
    var symbols: Symbols
    var report: Report
    /// Every name that was found in its place, for printing in the declared spelling.
    var references: [Reference] = []
    var contents = Contents()
    /// What messages carry, to be looked at when the categories are known.
    var carried: [Names] = []
    /// Names of declarations that lack their colon or “=”: a part of them may be the name that was meant.
    var unparted: [[Int32]] = []
    var at = 0
    private(set) var start = 0, end = 0
    /// How many conditions the statement has named so far.
    var literals = 0
    /// A comma behind which something could have followed: what stands behind it is what doesn't fit.
    private(set) var fittingComma = -1
    /// The words that were looked for behind a comma, and where.
    private(set) var tried = Follow(), triedAt = -1
    /// The list that is read may go on with `except`, whatever its next name is.
    var mayTakeAway = false
    /// How often a name was looked for that may have been meant; in a document of many faults it is looked for no more.
    var suggestions = 0
    var maySuggest: Bool { suggestions <= 50 }
    /// What reads, but can hardly be meant so: told in the second round.
    private(set) var doubts: [Doubt] = []
    /// By its first token, what is respelled in the canonical form.
    private(set) var respellings: [Int: Respelling] = [:]

    init(source: Source, lexer: Lexer, symbols: Symbols, report: Report) {
        (self.source, self.lexer, self.tokens, self.symbols, self.report) = (source, lexer, lexer.tokens, symbols, report)
        references.reserveCapacity(tokens.count / 4)
    }

    /// Begins a statement.
    mutating func begin(_ range: Range<Int>) { (start, at, end, literals) = (range.lowerBound, range.lowerBound, range.upperBound, 0) }
    mutating func jump(to token: Int) { at = token }

    var isAtEnd: Bool { at >= end }
    var range: Range<Int> { at..<end }

    // MARK: Looking

    func bit(at index: Int) -> Int {
        guard index < end else { return 121 }
        let token = tokens[index]
        switch token.kind {
        case .word: return token.isNumber ? 124 : token.word < Keyword.count ? Int(token.word) : 127
        case .comma: return 120
        case .colon: return 122
        case .equals: return 125
        case .openBracket: return 123
        default: return 126
        }
    }

    func keyword(at index: Int) -> Keyword? {
        guard index < end, tokens[index].kind == .word else { return nil }
        return Keyword(rawValue: tokens[index].word)
    }

    func isNext(_ keyword: Keyword) -> Bool { self.keyword(at: at) == keyword }
    func isNext(_ kind: Token.Kind) -> Bool { at < end && tokens[at].kind == kind }
    /// A comma and then this word.
    mutating func isNextAfterComma(_ keyword: Keyword) -> Bool {
        if triedAt != at { (tried, triedAt) = (Follow(), at) }
        tried.insert(keyword)
        guard isNext(.comma) else { return false }
        fittingComma = at
        return self.keyword(at: at + 1) == keyword
    }

    func place(of range: Range<Int>) -> Place {
        guard let first = tokens[safe: range.lowerBound], !range.isEmpty else { return placeOfEnd }
        let last = tokens[range.upperBound - 1]
        var place = first.place
        if last.place.line == place.line { place.length = last.place.column + last.place.length - place.column }
        return place
    }

    /// Just behind the statement.
    var placeOfEnd: Place { end > 0 ? tokens[end - 1].place.behind : Place() }

    func placeHere() -> Place { at < end ? tokens[at].place : placeOfEnd }

    mutating func doubt(_ place: Place, _ message: String, _ suggestion: String) {
        doubts.append(Doubt(place: place, message: message, suggestion: suggestion))
    }

    mutating func respell(_ range: Range<Int>, _ text: String) {
        respellings[range.lowerBound] = Respelling(end: range.upperBound, text: text)
    }

    // MARK: Taking

    @discardableResult
    mutating func take(_ keyword: Keyword) -> Bool {
        guard isNext(keyword) else { return false }
        at += 1
        return true
    }

    @discardableResult
    mutating func take(_ kind: Token.Kind) -> Bool {
        guard isNext(kind) else { return false }
        at += 1
        return true
    }

    mutating func expect(_ keywords: Keyword...) throws(Stop) {
        for keyword in keywords where !take(keyword) { throw fail("“\(keyword.text)”", [keyword.text]) }
    }

    mutating func expect(_ kind: Token.Kind, _ title: String, or instead: String? = nil) throws(Stop) {
        if !take(kind) { throw fail(title, or: instead) }
    }

    /// Words of the language that no other statement needs.
    mutating func expect(phrase: String) throws(Stop) {
        for word in phrase.split(separator: " ") {
            guard at < end, tokens[at].kind == .word, lexer.words.isSame(tokens[at].word, as: word) else {
                throw fail("“\(word)”", [String(word)])
            }
            at += 1
        }
    }

    func isNext(phrase: String) -> Bool { fitting(phrase: phrase) == phrase.split(separator: " ").count }

    /// How many words of the phrase are next, from its first one on.
    func fitting(phrase: String) -> Int {
        var index = at
        for word in phrase.split(separator: " ") {
            guard index < end, tokens[index].kind == .word, lexer.words.isSame(tokens[index].word, as: word) else { break }
            index += 1
        }
        return index - at
    }

    /// The words as they stand, white space collapsed.
    func text(_ range: Range<Int>) -> String {
        guard let first = range.first else { return "" }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(tokens[range.upperBound - 1].end - tokens[first].start))
        for index in range {
            if index > range.lowerBound, tokens[index].isSpaced { bytes.append(0x20) }
            bytes += source.bytes[Int(tokens[index].start)..<Int(tokens[index].end)]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Names

    /// The longest name that what follows lets stand, and the longest of all.
    typealias Candidates = (fitting: Reference?, any: Reference?)

    /// Those that stand here. (Mutating, so that the reader isn't copied for a look.)
    mutating func candidates(_ follow: Follow) -> Candidates {
        var node: Int32 = 0
        var fitting: Reference?, any: Reference?
        var index = at
        while index < end, tokens[index].kind == .word, let next = symbols.step(node, tokens[index].word) {
            node = next
            index += 1
            guard let symbol = symbols.end(node) else { continue }
            any = Reference(symbol: symbol, tokens: at..<index)
            if follow.contains(bit(at: index)) { fitting = any }
        }
        return (fitting, any)
    }

    /// One name of an allowed kind. An unknown one, and one of the wrong kind, is reported and stepped over.
    mutating func name(
        _ kinds: Kinds, _ follow: Follow, _ title: String, asSource: Bool = false, _ found: Candidates? = nil, clauses: Follow = Follow()
    ) throws(Stop) -> Reference {
        let (fitting, any) = found ?? candidates(follow)
        if let fitting { return accept(fitting, kinds, title, asSource: asSource) }
        if let any { throw fail(behind: any, kinds, follow, clauses) }
        let written = at..<endOfUnknown(follow)
        guard !written.isEmpty else { throw fail(title) }
        at = written.upperBound
        reportUnknown(written, kinds, title)
        return Reference(symbol: -1, tokens: written)
    }

    private mutating func accept(_ found: Reference, _ kinds: Kinds, _ title: String, asSource: Bool) -> Reference {
        at = found.tokens.upperBound
        references.append(found)
        if kinds.contains(symbols.kind(found.symbol)) || (asSource && symbols.isAlsoSource(found.symbol)) { return found }
        if !symbols[found.symbol].isGuessed { reportWrongKind(found, kinds, title) }
        return Reference(symbol: -1, tokens: found.tokens)
    }

    /// Another kind of name must stand where this one does.
    mutating func reportWrongKind(_ found: Reference, _ kinds: Kinds, _ title: String) {
        let symbol = symbols[found.symbol]
        reportWrongKind(
            found.tokens, "“\(symbol.name)” is \(symbol.kind.described); \(title) must stand here.",
            instead(of: found.tokens, kinds, title))
    }

    mutating func reportWrongKind(_ range: Range<Int>, _ message: String, _ suggestion: String) {
        report.error("wrong-kind", place(of: range), message, suggestion)
    }

    /// What to write where a name of one of these kinds must stand: the nearest, else one for example.
    mutating func instead(of range: Range<Int>, _ kinds: Kinds, _ title: String, where isFit: (Symbol) -> Bool = { _ in true }) -> String {
        suggestions += 1
        let written = text(range)
        func isAllowed(_ symbol: Symbol) -> Bool {
            kinds.contains(symbol.kind) && isFit(symbol) && !(symbol.kind == .condition && symbol.bit == Symbols.inAggregate)
                && Words.fold(symbol.name) != Words.fold(written)
        }
        if maySuggest, let nearest = everybody(Words.fold(written), kinds) ?? symbols.nearest(to: written, where: isAllowed) {
            return "Did you mean “\(nearest)”?"
        }
        let declared = symbols.all.prefix(5000).first { $0.place != nil && isAllowed($0) } ?? symbols.all.prefix(50).first(where: isAllowed)
        return declared.map { "Write \(title), such as “\($0.name)”." } ?? "Declare \(title) first; there is none yet."
    }

    /// Words with which another part of a statement begins, and those that may stand in a name rather than there.
    private static let beginnings = Follow(
        .from, .to, .on, .unless, .by, .through, .via, .together, .may, .while, .because, .except, .and, .or)
    private static let doubtful = Follow(.for, .at, .after, .then, .until)

    /// An unknown name ends before what may follow it or begins another part; where nothing that may follow comes,
    /// also before a word that may stand in a name.
    func endOfUnknown(_ follow: Follow) -> Int {
        func endOfWords(_ stops: Follow) -> Int {
            range.first { tokens[$0].kind != .word || stops.contains(bit(at: $0)) } ?? end
        }
        let last = endOfWords(follow | Self.beginnings)
        return follow.contains(bit(at: last)) ? last : endOfWords(follow | Self.beginnings | Self.doubtful)
    }

    private mutating func reportUnknown(_ range: Range<Int>, _ kinds: Kinds, _ title: String) {
        let written = text(range), words = tokens[range].map(\.word)
        if unparted.contains(where: { $0.starts(with: words) }) { return }
        suggestions += 1
        let nearest = maySuggest ? everybody(Words.fold(written), kinds) ?? nearest(to: written, kinds) : nil
        report.error(
            "unknown-name", place(of: range), "“\(written)” isn't declared; \(title) must stand here.",
            nearest.map { "Did you mean “\($0)”?" } ?? longer(than: words, kinds)
                ?? "Declare it, or write the name of one that is declared.")
    }

    /// A declared name that goes on behind these words: a colon may be missing there.
    private func longer(than words: [Int32], _ kinds: Kinds) -> String? {
        guard maySuggest, let found = symbols.all.prefix(5000).first(where: { kinds.contains($0.kind) && $0.words.starts(with: words) })
        else { return nil }
        let mayLackColon = found.prose.isEmpty && Kinds(.role, .person, .source, .condition, .event).contains(found.kind)
        return mayLackColon
            ? "“\(found.name)” is declared: write a colon where its name ends, or the whole name here." : "Did you mean “\(found.name)”?"
    }

    func nearest(to written: String, _ kinds: Kinds) -> String? {
        symbols.nearest(to: written) { kinds.contains($0.kind) }
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
