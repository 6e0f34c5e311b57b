// The first look at all statements: which of them declare, and what; names may be used before they are declared.

/// What a statement is, and for a declaration where its name stands.
struct Sorted: Sendable {
    enum Form: Sendable, Equatable { case header, declaration(Kind), use, rule(Keyword), note, none }
    var form: Form
    var name: Range<Int> = 0..<0
    /// The symbol declared; nil where the name is missing or taken.
    var symbol: Int?
}

extension Reader {
    /// Sorts the statements and declares every name, in document order.
    mutating func declare(_ statements: [Statement]) -> [Sorted] {
        var sorted = statements.map { Sorted(form: form($0)) }
        for wanted in [Kind.role, .person] {
            for (index, statement) in statements.enumerated() where sorted[index].form == .declaration(wanted) {
                if wanted == .person, isUse(statement) { continue }
                begin(statement.tokens)
                sorted[index].name = nameWords(from: statement.tokens.lowerBound + 1)
                provisional(sorted[index].name, wanted)
            }
        }
        for (index, statement) in statements.enumerated() where sorted[index].form != .declaration(.role) {
            if isUse(statement) { sorted[index].form = .use }
        }
        let hasMessages = sorted.contains { $0.form == .declaration(.message) }
        var known: Set<[Int32]> = []
        for (index, statement) in statements.enumerated() {
            guard case .declaration(let kind) = sorted[index].form else { continue }
            begin(statement.tokens)
            sorted[index].name = nameWords(from: statement.tokens.lowerBound + 1)
            if hasMessages, kind != .message { known.insert(tokens[sorted[index].name].map(\.word)) }
        }
        for index in sorted.indices where sorted[index].form == .declaration(.message) {
            begin(statements[index].tokens)
            sorted[index].name = messageName(sorted[index].name, known)
        }
        forgetProvisional()
        for index in sorted.indices {
            if case .declaration(let kind) = sorted[index].form { sorted[index].symbol = declare(kind, sorted[index].name) }
        }
        for (index, statement) in statements.enumerated() where sorted[index].form == .none { guess(statement, known) }
        return sorted
    }

    mutating func form(_ statement: Statement) -> Sorted.Form {
        begin(statement.tokens)
        if let kind = keyword(at: at)?.declares { return .declaration(kind) }
        switch keyword(at: at) {
        case .policy: return .header
        case .note: return .note
        case .collect, .derive, .give, .send, .never, .keep, .aggregate, .tell, .when: return .rule(keyword(at: at)!)
        default:
            // What says what a name means says nothing of what it may.
            let words = range.prefix { [.word, .comma].contains(tokens[$0].kind) }
            return words.contains { keyword(at: $0) == .may } ? .use : .none
        }
    }

    /// It begins with an actor, and `may` follows at once or behind a comma.
    private mutating func isUse(_ statement: Statement) -> Bool {
        begin(statement.tokens)
        guard let found = candidates(.comma | Follow(.may)).fitting, Kinds.actors.contains(symbols.kind(found.symbol)) else { return false }
        if keyword(at: found.tokens.upperBound) == .may { return true }
        return (found.tokens.upperBound..<end).contains { keyword(at: $0) == .may }
    }

    private mutating func nameWords(from first: Int) -> Range<Int> {
        var last = first
        while last < end, tokens[last].kind == .word { last += 1 }
        return first..<last
    }

    /// `letter with name, city` names a letter if what stands behind `with` is declared; of several the first such `with`.
    private mutating func messageName(_ words: Range<Int>, _ known: Set<[Int32]>) -> Range<Int> {
        // One behind which no name stands is a part of the message's own.
        let splits = words.filter { keyword(at: $0) == .with && $0 > words.lowerBound && $0 + 1 < words.upperBound }
        for split in splits where carries(from: split + 1, known) { return words.lowerBound..<split }
        return words.lowerBound..<(splits.first ?? words.upperBound)
    }

    private mutating func carries(from first: Int, _ known: Set<[Int32]>) -> Bool {
        var part: [Int32] = []
        var index = first
        while true {
            let kind = index < end ? tokens[index].kind : .colon
            if kind == .word {
                if keyword(at: index) == .except, known.contains(part) || symbols.find(part) != nil { return true }
                part.append(tokens[index].word)
            } else {
                if keyword(at: index - part.count) == .formerly { return true }
                guard known.contains(part) || symbols.find(part) != nil else { return false }
                if kind != .comma { return true }
                part = []
            }
            index += 1
        }
    }

    /// Of a declaration whose first word is misspelt the name is known all the same, so that one slip is one fault.
    private mutating func guess(_ statement: Statement, _ known: Set<[Int32]>) {
        guard maySuggest else { return }
        suggestions += 1
        begin(statement.tokens)
        let written = Words.fold(text(at..<at + 1))
        guard let near = Policy.nearest(to: written, among: Keyword.beginnings.map(\.text)), let kind = Keyword(near)?.declares else {
            // Its first word is missing, and the name stands there.
            if range.first(where: { tokens[$0].kind != .word }).map({ tokens[$0].kind == .colon }) == true { unpart(at) }
            return
        }
        var name = nameWords(from: statement.tokens.lowerBound + 1)
        if kind == .message { name = messageName(name, known) }
        let words = tokens[name].map(\.word)
        guard !name.isEmpty, symbols.find(words) == nil else { return }
        unpart(name.lowerBound)
        var symbol = Symbol(name: text(name), words: words, kind: kind, place: place(of: name))
        (symbol.isUnread, symbol.isGuessed) = (true, true)
        symbols.add(symbol)
    }

    /// The names that stand declared in a block that nobody reads are known all the same, so that one slip is one fault.
    mutating func guess(unread statements: [Statement]) {
        for statement in statements {
            guard case .declaration(let kind) = form(statement) else { continue }
            var name = nameWords(from: statement.tokens.lowerBound + 1)
            if kind == .message { name = messageName(name, []) }
            let words = tokens[name].map(\.word)
            guard !name.isEmpty, symbols.find(words) == nil else { continue }
            var symbol = Symbol(name: text(name), words: words, kind: kind, place: place(of: name))
            (symbol.isUnread, symbol.isGuessed) = (true, true)
            symbols.add(symbol)
        }
    }

    private mutating func declare(_ kind: Kind, _ name: Range<Int>) -> Int? {
        guard !name.isEmpty else { return nil }
        doubtUnseen(name)
        let words = tokens[name].map(\.word)
        if let taken = symbols.find(words) {
            let both = Set([symbols.kind(taken), kind])
            if both == [.recipient, .source], !symbols.isAlsoSource(taken) {
                if kind == .recipient { symbols[taken].kind = .recipient }
                symbols[taken].isAlsoSource = true
                return taken
            }
            report.error(
                "duplicate-name", place(of: name), "“\(text(name))” is taken: a name is declared once, whatever it names.",
                "Choose another name.")
            return nil
        }
        symbols.add(Symbol(name: text(name), words: words, kind: kind, place: place(of: name)))
        return symbols.all.count - 1
    }
}

extension Reader {
    /// Letters that nobody sees, or that turn the direction of what follows: by them two names may look the same.
    private mutating func doubtUnseen(_ name: Range<Int>) {
        var before: Unicode.Scalar = "a"
        for scalar in text(name).unicodeScalars {
            defer { before = scalar }
            guard scalar.properties.isDefaultIgnorableCodePoint else { continue }
            switch scalar.value {
            // They choose how the letter before looks, and join or part letters that are written joined.
            case 0xFE00...0xFE0F, 0xE0100...0xE01EF: continue
            case 0x200C, 0x200D: if before.value >= 0x300 { continue }
            default: break
            }
            return doubt(
                place(of: name),
                "A letter of this name isn't seen, U+\(String(scalar.value, radix: 16, uppercase: true)): another name may look the same.",
                "Write the name without it.")
        }
    }

    /// The actors must be known before it is clear what is a use rule; they are declared for good in document order.
    private mutating func provisional(_ name: Range<Int>, _ kind: Kind) {
        let words = tokens[name].map(\.word)
        if !name.isEmpty, symbols.find(words) == nil { symbols.add(Symbol(name: "", words: words, kind: kind)) }
    }

    private mutating func forgetProvisional() { symbols = .predefined }
}

extension Keyword {
    /// What a statement declares that begins so.
    fileprivate var declares: Kind? {
        switch self {
        case .field: .field
        case .category: .category
        case .purpose: .purpose
        case .role: .role
        case .person: .person
        case .recipient: .recipient
        case .source: .source
        case .condition: .condition
        case .event: .event
        case .message: .message
        default: nil
        }
    }
}
