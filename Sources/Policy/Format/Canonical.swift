// One spelling for each statement: declared names, small keywords, single spaces. The digest is taken of it.
internal import Crypto

extension Document {
    /// A rule on one line, without its label.
    func canonical(rule index: Int) -> String { line(rules[index].tokens) }

    /// Tokens on one line. Names are spelled as declared, keywords small; what stands in quotation marks stays.
    func line(_ range: Range<Int>, isProse: (Int) -> Bool = { _ in false }) -> String {
        var text = ""
        var reference = firstReference(from: range.lowerBound)
        var inQuote = false, isGlued = true
        var index = range.lowerBound
        while index < range.upperBound {
            let token = tokens[index]
            let asIs = inQuote || isProse(index)
            let closesQuote = token.kind == .quote && inQuote
            let isSpaced =
                switch token.kind {
                case .comma, .colon, .close, .closeBracket: asIs && token.isSpaced
                case .quote: closesQuote ? false : asIs ? token.isSpaced : true
                case .word where !token.isSpaced && source.bytes[Int(token.start)] == 0x23: false
                default: asIs && !(isProse(index) && !isProse(index - 1)) ? token.isSpaced : true
                }
            if isSpaced, !isGlued { text += " " }
            isGlued = !asIs && (token.kind == .open || token.kind == .openBracket || token.kind == .quote)
            if token.kind == .quote, !isProse(index) { inQuote.toggle() }
            while let next = references[safe: reference], next.tokens.lowerBound < index { reference += 1 }
            if !asIs, let name = references[safe: reference], name.tokens.lowerBound == index, name.symbol >= 0 {
                text += symbols[name.symbol].name
                index = name.tokens.upperBound
                continue
            }
            text += asIs || token.kind != .word ? spelled(token) : words.text(token.word)
            index += 1
        }
        return text
    }

    func spelled(_ token: Token) -> String { source.text(Int(token.start)..<Int(token.end)) }

    private func firstReference(from token: Int) -> Int {
        var low = 0, high = references.count
        while low < high {
            let middle = (low + high) / 2
            if references[middle].tokens.lowerBound < token { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// SHA-256 over the rules and declarations in canonical order: without addresses, notes and reasons' wording,
    /// and without name, number and date of the version. `texts` are the rules in canonical form.
    func rulesDigest(_ texts: [String]) -> Digest {
        var lines = rules.indices.map { index in
            guard case .keep(_, _, let reason) = rules[index].body else { return Words.fold(texts[index]) }
            return Words.fold(line(rules[index].tokens.lowerBound..<reason.tokens.lowerBound - 1))
        }
        lines += symbols.all.filter { $0.place != nil }.map(declaration)
        lines.append("kept in " + (header?.keptIn ?? []).sorted().joined(separator: ", "))
        return sha256(lines: lines.sorted())
    }

    /// What a declaration says, its prose as written but for white space.
    private func declaration(_ symbol: Symbol) -> String {
        func names(_ list: [Int]) -> String { list.map { Words.fold(symbols[$0].name) }.joined(separator: ", ") }
        var parts = ["\(symbol.kind) \(Words.fold(symbol.name))"]
        if symbol.isAlsoSource { parts.append("source: \(symbol.sourceProse)") }
        if symbol.kind == .field {
            parts.append("\(symbol.fieldKind)\(symbol.isSealed ? ", sealed" : "")\(symbol.isRecord ? ", record" : "")")
        }
        if !symbol.members.isEmpty { parts.append("of \(names(symbol.members)) except \(names(symbol.except))") }
        if !symbol.type.isEmpty { parts.append("\(symbol.type) in \(symbol.countries.sorted().joined(separator: ", "))") }
        if !symbol.apart.isEmpty { parts.append("never with \(names(symbol.apart))") }
        if symbol.setters.manner != .byItself { parts.append("set by \(symbol.setters.manner.text) \(names(symbol.setters.names))") }
        if let formerly = symbol.formerly { parts.append("formerly \(Words.fold(formerly.name))") }
        parts.append(symbol.marks.sorted().joined(separator: ", "))
        parts.append(symbol.prose)
        return parts.joined(separator: "\u{1F}")
    }
}

/// SHA-256 of a text, in hexadecimal digits.
func sha256(text: String) -> String { SHA256.hash(Array(text.utf8)).hex }

/// SHA-256 of lines that end in LF.
func sha256(lines: [String]) -> Digest {
    var bytes: [UInt8] = []
    for line in lines {
        bytes += line.utf8
        bytes.append(0x0A)
    }
    return SHA256.hash(bytes)
}
