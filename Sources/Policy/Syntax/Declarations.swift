// What stands in a declaration behind its name.

extension Reader {
    /// Reads the rest of a declaration. What reads is kept even where the end of the statement doesn't.
    mutating func readDeclaration(_ sorted: Sorted, _ kind: Kind) throws(Stop) {
        var symbol = Symbol(name: "", words: [], kind: kind)
        symbol.isUnread = true
        jump(to: sorted.name.upperBound)
        if sorted.name.isEmpty {
            if isNext(.colon) { unpart(at + 1) }
            throw fail("a name", or: isNext(.colon) ? "Write the name before the colon." : nil)
        }
        defer { if let index = sorted.symbol { keep(symbol, kind, at: index) } }
        switch kind {
        case .field: try field(&symbol)
        case .category: try category(&symbol)
        case .purpose:
            symbol.formerly = try formerly()
            try purpose(&symbol)
        case .role:
            if isNextAfterComma(.never) {
                take(.comma)
                try expect(.never, .with)
                let apart = try list(Kinds(.role), .colon | .end, clauses: Follow(.formerly), "a role")
                symbol.apart = apart.symbols
                for name in apart.items where name.symbol >= 0 && name.symbol == sorted.symbol {
                    doubt(
                        place(of: name.tokens), "Nobody could have this role beside itself.",
                        "Name the roles that nobody may have beside it.")
                }
            }
            symbol.formerly = try formerly()
            symbol.prose = try proseIfAny()
        case .recipient: try recipient(&symbol)
        case .condition:
            if isNextAfterComma(.set) {
                let first = at
                take(.comma)
                try expect(.set, .by)
                symbol.setters = try setters()
                if symbol.setters.isTheSite {
                    symbol.setters = Setters()
                    respell(first..<at, "")
                }
            }
            symbol.formerly = try formerly()
            doubtSwallowed(by: range, isProse: true)
            symbol.prose = try proseIfAny()
        case .message: try message(&symbol)
        case .person where doesSomething(sorted.name):
            symbol.formerly = try formerly()
            symbol.prose = try proseIfAny()
            let rule = "Write “the \(text(start..<end))”, if it is a rule."
            if !isAtEnd { throw fail("the end of the statement", or: rule) }
            doubt(place(of: sorted.name), "This declares a kind of person, and “\(text(sorted.name))” as its name.", rule)
        default:
            symbol.formerly = try formerly()
            symbol.prose = try proseIfAny()
        }
        try expectEnd()
        symbol.isUnread = symbol.lacksMembers
    }

    /// `may read …`: a rule for the person, without its “the”.
    private func doesSomething(_ name: Range<Int>) -> Bool {
        keyword(at: name.lowerBound) == .may && [.read, .correct, .delete].contains(keyword(at: name.lowerBound + 1))
    }

    mutating func readHeader() throws(Stop) -> Header {
        try expect(.policy)
        let first = at
        while isNext(.word) { jump(to: at + 1) }
        let name = first..<at
        if name.isEmpty { throw fail("the name of the policy") }
        try expect(.comma, "“, version”")
        try expect(.version)
        let version = try number("the number of the version")
        try expect(.comma, "“, from” and a date")
        try expect(.from)
        guard at < end, let from = Day(iso: text(at..<at + 1)) else { throw fail("a date, such as 2026-12-31") }
        jump(to: at + 1)
        var keptIn: [String] = []
        if take(.comma) {
            if isAtEnd { throw failOfLastComma() }
            try expect(.kept, .in)
            keptIn = try countries()
        }
        try expectEnd()
        return Header(name: text(name), place: place(of: name), version: version, from: from.number, keptIn: keptIn)
    }

    private mutating func keep(_ read: Symbol, _ kind: Kind, at index: Int) {
        var symbol = read
        let declared = symbols[index]
        (symbol.name, symbol.words, symbol.place, symbol.bit) = (declared.name, declared.words, declared.place, declared.bit)
        (symbol.kind, symbol.isAlsoSource) = (declared.kind, declared.isAlsoSource)
        if declared.isAlsoSource {
            // Two declarations of one name: each adds what is its own.
            (symbol.prose, symbol.sourceProse) = kind == .source ? (declared.prose, read.prose) : (read.prose, declared.sourceProse)
            symbol.formerly = read.formerly ?? declared.formerly
            if kind == .source { (symbol.type, symbol.countries) = (declared.type, declared.countries) }
        }
        symbols[index] = symbol
    }

    private mutating func field(_ symbol: inout Symbol) throws(Stop) {
        try part(.colon, "a colon and the kind of the field") { FieldKind(rawValue: $0) != nil }
        guard at < end, let kind = FieldKind(rawValue: Words.fold(text(at..<at + 1))) else {
            let kinds = FieldKind.allCases.map(\.rawValue)
            throw fail("a kind: " + kinds.joined(separator: ", "), kinds)
        }
        symbol.fieldKind = kind
        jump(to: at + 1)
        if isNextAfterComma(.sealed) {
            jump(to: at + 2)
            symbol.isSealed = true
        }
        if isNextAfterComma(.record) {
            jump(to: at + 2)
            symbol.isRecord = true
        }
        symbol.formerly = try formerly()
    }

    private mutating func category(_ symbol: inout Symbol) throws(Stop) {
        try part(.equals, "“=” and what belongs to the category") { _ in false }
        let things = try list(.things, .end, "a field, message or category", except: .always)
        (symbol.members, symbol.except) = (things.symbols.filter { $0 >= 0 }, things.except.map(\.symbol).filter { $0 >= 0 })
        symbol.lacksMembers = things.symbols.contains { $0 < 0 }
    }

    private mutating func recipient(_ symbol: inout Symbol) throws(Stop) {
        let types = ["processor", "provider", "authority", "partner", "successor", "party", "chosen"]
        try part(.colon, "a colon and the type of the recipient") { types.contains($0) }
        guard at < end, let type = types.first(where: { $0 == Words.fold(text(at..<at + 1)) }) else {
            throw fail("a type: " + types.joined(separator: ", "), types)
        }
        symbol.type = type
        jump(to: at + 1)
        if !isNext(.in) {
            let country = at < end && [120, 121].contains(bit(at: at + 1)) ? Country.code(of: text(at..<at + 1)) : nil
            throw fail(
                "“in” and a country", country == nil ? ["in"] : [], or: "Write “in” and a country's two letters: in \(country ?? "ID")")
        }
        jump(to: at + 1)
        symbol.countries = try countries()
        symbol.formerly = try formerly()
    }

    private mutating func message(_ symbol: inout Symbol) throws(Stop) {
        if take(.with) {
            let things = try list(
                Kinds(.field, .category, .everything), .colon | .end, clauses: Follow(.formerly), "a field", except: .always)
            carried.append(things)
            (symbol.members, symbol.except) = (things.symbols.filter { $0 >= 0 }, things.except.map(\.symbol).filter { $0 >= 0 })
        }
        symbol.formerly = try formerly()
        try part(.colon, "a colon and what it means") { _ in false }
        jump(to: at - 1)
        symbol.prose = try prose()
    }

    private mutating func setters() throws(Stop) -> Setters {
        if candidates(.comma | .colon | .end | Follow(.or, .and)).fitting == nil, take(.sending) {
            let message = try name(Kinds(.message), Follow(.at), "a message")
            try expect(.at, .least)
            let duration = try duration()
            try expect(.ago)
            return Setters(manner: .sending(duration), names: [message.symbol])
        }
        let kinds = Kinds(.role, .person, .actor, .source, .recipient)
        let follow = Follow.comma | .colon | .end | Follow(.or, .and)
        var setters = Setters(manner: .any, names: [try name(kinds, follow, "an actor, source or recipient").symbol])
        guard let joint = keyword(at: at), joint == .or || joint == .and else { return setters }
        setters.manner = joint == .or ? .any : .all
        while take(joint) { setters.names.append(try name(kinds, follow, "an actor, source or recipient").symbol) }
        if isNext(.or) || isNext(.and) { throw fail("either “or” or “and” between all of them") }
        return setters
    }

    private mutating func countries() throws(Stop) -> [String] {
        let first = at
        var countries: [String] = []
        defer {
            if countries.count > 1, countries.contains("any country") {
                doubt(
                    place(of: first..<at), "“any country” holds every other that stands beside it.",
                    "Write “any country” alone, or leave it out.")
            }
        }
        repeat {
            if isAtEnd, !countries.isEmpty { throw failOfLastComma() }
            if take(.any) {
                try expect(.country)
                countries.append("any country")
                continue
            }
            let code = at < end ? text(at..<at + 1).uppercased() : ""
            guard code.utf8.count == 2, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
                let known = Country.named(in: range.prefix { tokens[$0].kind == .word }.map { text($0..<$0 + 1) })
                throw fail("a country's two letters, such as ID", or: known.map { "Write “\($0.code)” for “\($0.name)”." })
            }
            if !Country.isOne(code) {
                doubt(
                    place(of: at..<at + 1), "“\(code)” isn't the two letters of a country in ISO 3166.",
                    code == "UK" ? "Did you mean “GB”?" : "Write those of the country that is meant, such as ID, or “any country”.")
            }
            countries.append(code)
            respell(at..<at + 1, code)
            jump(to: at + 1)
        } while !isNextAfterComma(.formerly) && take(.comma)
        return countries
    }

    private mutating func formerly() throws(Stop) -> (name: String, place: Place)? {
        guard isNextAfterComma(.formerly) else { return nil }
        jump(to: at + 2)
        let first = at
        while isNext(.word) { jump(to: at + 1) }
        if first == at { throw fail("the former name") }
        doubtSwallowed(by: first..<at)
        return (text(first..<at), place(of: first..<at))
    }

    private mutating func proseIfAny() throws(Stop) -> String {
        isNext(.colon) ? try prose() : ""
    }

    /// The colon or “=” behind a name. Where it is missing, the name has taken in what was to stand behind it.
    mutating func part(_ mark: Token.Kind, _ title: String, _ isNext: (String) -> Bool) throws(Stop) {
        if take(mark) { return }
        let name = start + 1..<at
        unpart(start + 1)
        let split = name.dropFirst().first { isNext(Words.fold(text($0..<$0 + 1))) }
        let parted = split.map { "Write: \(text(start..<start + 1)) \(text(start + 1..<$0)): \(text($0..<end))" }
        throw fail(
            title, or: parted ?? outOfOrder(at: at) ?? (mark == .equals ? "Write “=” between the name and what belongs to it." : nil))
    }

    mutating func prose() throws(Stop) -> String {
        try expect(.colon, "a colon and what it means")
        if isAtEnd { throw fail("what it means, in words") }
        let prose = text(range)
        jump(to: end)
        return prose
    }
}
