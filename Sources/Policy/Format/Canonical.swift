// One spelling for each statement: declared names, small keywords, single spaces, and of what can be said in two ways the one.
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
            if let other = respellings[index] {
                if !isGlued, !other.text.isEmpty, other.text.utf8.first != 0x2C { text.append(0x20) }
                if !other.text.isEmpty { isGlued = false }
                text += other.text.utf8
                index = other.end
                continue
            }
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
            if token.kind == .quote { inQuote.toggle() }
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
