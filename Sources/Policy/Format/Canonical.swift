// One spelling for each statement: declared names, small keywords, single spaces. The digest is taken of it.
internal import Crypto

extension Document {
    /// A rule on one line, without its label.
    func canonical(rule index: Int) -> String { line(rules[index].tokens) }

    /// Tokens on one line. Names are spelled as declared, keywords small; what stands in quotation marks stays.
    func line(_ range: Range<Int>, isProse: (Int) -> Bool = { _ in false }) -> String {
        let references = references
        var text: [UInt8] = []
        text.reserveCapacity(160)
        var reference = firstReference(from: range.lowerBound)
        var inQuote = false, isGlued = true
        var index = range.lowerBound
        while index < range.upperBound {
            let token = tokens[index]
            let asIs = inQuote || isProse(index)
            let isSpaced =
                switch token.kind {
                case .comma, .colon, .close, .closeBracket: asIs && token.isSpaced
                case .quote: asIs ? token.isSpaced : true
                case .word where !token.isSpaced && source.bytes[Int(token.start)] == 0x23: false
                default: asIs && !(isProse(index) && !isProse(index - 1)) ? token.isSpaced : true
                }
            if inQuote { text += gap(before: index) } else if isSpaced, !isGlued { text.append(0x20) }
            isGlued = !asIs && (token.kind == .open || token.kind == .openBracket || token.kind == .quote)
            if token.kind == .quote, !isProse(index) { inQuote.toggle() }
            while let next = references[safe: reference], next.tokens.lowerBound < index { reference += 1 }
            if !asIs, let name = references[safe: reference], name.tokens.lowerBound == index, name.symbol >= 0 {
                text += symbols[name.symbol].name.utf8
                index = name.tokens.upperBound
                continue
            }
            if asIs || token.kind != .word {
                text += source.bytes[Int(token.start)..<Int(token.end)]
            } else {
                text += words.letters(of: token.word)
            }
            index += 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The white space between two tokens: as it stands, and of a line's end one space.
    private func gap(before index: Int) -> [UInt8] {
        let (last, next) = (tokens[index - 1], tokens[index])
        if last.place.line == next.place.line { return Array(source.bytes[Int(last.end)..<Int(next.start)]) }
        return [0x20]
    }

    func spelled(_ token: Token) -> String { source.text(Int(token.start)..<Int(token.end)) }

    private func firstReference(from token: Int) -> Int {
        let references = references
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
        var lines = Lines()
        for index in rules.indices {
            guard case .keep(_, _, let reason) = rules[index].body else {
                lines.add(folding: texts[index])
                continue
            }
            lines.add(folding: line(rules[index].tokens.lowerBound..<reason.tokens.lowerBound - 1))
        }
        for symbol in symbols.all where symbol.place != nil { lines.add(declaration(symbol)) }
        lines.add("kept in " + (header?.keptIn ?? []).sorted().joined(separator: ", "))
        return SHA256.hash(lines.sorted)
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

/// Lines that end in LF, put in the order of their bytes.
private struct Lines {
    private var bytes: [UInt8] = [], ranges: [Range<Int>] = []

    mutating func add(folding line: String) {
        let start = bytes.count
        bytes += line.utf8
        for at in start..<bytes.count {
            if bytes[at] >= 0x80 {
                bytes.removeLast(bytes.count - start)
                return add(Words.fold(line))
            }
            if bytes[at] &- 0x41 < 26 { bytes[at] |= 0x20 }
        }
        end(start)
    }

    mutating func add(_ line: String) {
        let start = bytes.count
        bytes += line.utf8
        end(start)
    }

    private mutating func end(_ start: Int) {
        bytes.append(0x0A)
        ranges.append(start..<bytes.count)
    }

    var sorted: [UInt8] {
        var sorted: [UInt8] = []
        sorted.reserveCapacity(bytes.count)
        for range in ranges.sorted(by: isBefore) { sorted += bytes[range] }
        return sorted
    }

    private func isBefore(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        for offset in 0..<min(a.count, b.count) {
            let (x, y) = (bytes[a.lowerBound + offset], bytes[b.lowerBound + offset])
            if x != y { return x < y }
        }
        return a.count < b.count
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
