// The statements of a block: words and marks with their places, comments set apart.

struct Token: Sendable {
    enum Kind: UInt8, Sendable { case word, comma, colon, equals, quote, open, close, openBracket, closeBracket }
    var kind: Kind
    /// White space stands before it.
    var isSpaced: Bool
    /// Only digits.
    var isNumber: Bool
    var word: Int32
    var start: Int32, end: Int32
    var place: Place
}

/// One statement: a range of tokens.
struct Statement: Sendable {
    var tokens: Range<Int>
    /// It is indented though nothing stands before it that it could continue.
    var isIndented = false
}

struct Comment: Sendable {
    var line: Int32
    var text: Range<Int>
    /// How many statements of the block begin before it.
    var statements: Int
    /// It has a line of its own.
    var isAlone: Bool
}

/// What one fenced block holds.
struct Lexed: Sendable {
    var statements: [Statement] = []
    var comments: [Comment] = []
    /// Numbers of blank lines.
    var blanks: [Int32] = []
}

struct Lexer {
    let source: Source
    var words = Words()
    var tokens: [Token] = []
    /// Whether a byte ends a word, whatever follows it: marks and white space.
    private let ends = (0...255).map { byte in Lexer.mark(UInt8(byte)) != nil || byte == 0x20 || (0x09...0x0D).contains(byte) }

    init(_ source: Source) {
        self.source = source
        tokens.reserveCapacity(source.bytes.count / 8)
    }

    /// The block of these lines, each without at most `indent` spaces of the fence.
    mutating func lex(lines: Range<Int>, indent: Int) -> Lexed {
        var lexed = Lexed()
        var current = tokens.count
        var isOpen = false, inQuote = false, isIndented = false
        func close(_ tokens: [Token]) {
            if isOpen, tokens.count > current {
                lexed.statements.append(Statement(tokens: current..<tokens.count, isIndented: isIndented))
            }
        }
        for line in lines {
            let whole = source.line(line)
            var start = whole.lowerBound
            while start < whole.upperBound, start - whole.lowerBound < indent, source.bytes[start] == 0x20 { start += 1 }
            var first = start
            while first < whole.upperBound, let width = space(at: first, whole.upperBound) { first += width }
            if first >= whole.upperBound {
                lexed.blanks.append(Int32(line))
                continue
            }
            if source.bytes[first] == 0x23, !inQuote || first == start {
                lexed.comments.append(comment(line, first..<whole.upperBound, lexed, isOpen, alone: true))
                continue
            }
            if first == start || !isOpen {
                close(tokens)
                (current, isOpen, inQuote, isIndented) = (tokens.count, true, false, first != start)
            }
            if let rest = lex(line, from: first, whole, &inQuote) {
                lexed.comments.append(comment(line, rest, lexed, isOpen, alone: false))
            }
        }
        close(tokens)
        return lexed
    }

    private func comment(_ line: Int, _ text: Range<Int>, _ lexed: Lexed, _ isOpen: Bool, alone: Bool) -> Comment {
        Comment(line: Int32(line), text: text, statements: lexed.statements.count + (isOpen ? 1 : 0), isAlone: alone)
    }

    /// The tokens of one line; gives the comment that ends it.
    private mutating func lex(_ line: Int, from first: Int, _ whole: Range<Int>, _ inQuote: inout Bool) -> Range<Int>? {
        var at = first, column = Int32(source.column(of: first, line: line)), isSpaced = true
        while at < whole.upperBound {
            if let width = space(at: at, whole.upperBound) {
                at += width
                column += 1
                isSpaced = true
                continue
            }
            if source.bytes[at] == 0x23, isSpaced, !inQuote { return at..<whole.upperBound }
            let start = at, from = column
            if let kind = Self.mark(source.bytes[at]) {
                if kind == .quote { inQuote.toggle() }
                at += 1
                column += 1
                append(kind, start..<at, Place(line: Int32(line), column: from, length: 1), isSpaced, isNumber: false)
            } else {
                var isNumber = true
                while at < whole.upperBound {
                    let byte = source.bytes[at]
                    if ends[Int(byte)] || (byte >= 0xC2 && space(at: at, whole.upperBound) != nil) { break }
                    if byte & 0xC0 != 0x80 { column += 1 }
                    if byte &- 0x30 > 9 { isNumber = false }
                    at += 1
                }
                append(.word, start..<at, Place(line: Int32(line), column: from, length: column - from), isSpaced, isNumber: isNumber)
            }
            isSpaced = false
        }
        return nil
    }

    private mutating func append(_ kind: Token.Kind, _ range: Range<Int>, _ place: Place, _ isSpaced: Bool, isNumber: Bool) {
        let word = kind == .word ? words.number(of: source.bytes, in: range) : -1
        tokens.append(
            Token(
                kind: kind, isSpaced: isSpaced, isNumber: isNumber, word: word, start: Int32(range.lowerBound),
                end: Int32(range.upperBound), place: place))
    }

    private static func mark(_ byte: UInt8) -> Token.Kind? {
        switch byte {
        case 0x2C: .comma
        case 0x3A: .colon
        case 0x3D: .equals
        case 0x22: .quote
        case 0x28: .open
        case 0x29: .close
        case 0x5B: .openBracket
        case 0x5D: .closeBracket
        default: nil
        }
    }

    /// How many bytes the white space at `at` has (Unicode's property White_Space), nil where there is none.
    private func space(at: Int, _ end: Int) -> Int? {
        let byte = source.bytes[at]
        if byte == 0x20 || (0x09...0x0D).contains(byte) { return 1 }
        if byte < 0xC2 { return nil }
        func next(_ offset: Int) -> UInt8 { at + offset < end ? source.bytes[at + offset] : 0 }
        switch (byte, next(1), next(2)) {
        case (0xC2, 0x85, _), (0xC2, 0xA0, _): return 2
        case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
            (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
            return 3
        default: return nil
        }
    }
}
