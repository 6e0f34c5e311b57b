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
    var words = Words.language
    var tokens: [Token] = []
    /// Whether a byte ends a word, whatever follows it: marks and white space.
    private let ends = Self.endBytes
    /// The folded letter of a byte of ASCII that may stand in a word; 0 of any other.
    private let letters = Self.wordBytes
    private static let endBytes = (0...255).map { byte in Lexer.mark(UInt8(byte)) != nil || byte == 0x20 || (0x09...0x0D).contains(byte) }
    private static let wordBytes = (0...255).map { byte in byte < 0x80 && !Lexer.endBytes[byte] ? Words.small(UInt8(byte)) : 0 }

    init(_ source: Source) {
        self.source = source
        tokens.reserveCapacity(source.bytes.count / 4)
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
        let text = source.bytes, bytes = text.span, plain = letters, letters = plain.span, ends = ends, end = whole.upperBound
        var at = first, column = Int32(source.column(of: first, line: line)), isSpaced = true
        while at < end {
            let byte = bytes[at]
            if byte == 0x20 {
                (at, column, isSpaced) = (at &+ 1, column &+ 1, true)
                continue
            }
            if byte == 0x23, isSpaced, !inQuote { return at..<end }
            let start = at, from = column
            var kind = Token.Kind.word, word: Int32 = -1
            // Most words are short and plain: they are packed as they are read.
            var high: UInt64 = 0, low: UInt64 = 0
            while at < end {
                let letter = letters[Int(bytes[at])]
                if letter == 0 { break }
                (high, low) = (high &<< 8 | low &>> 56, low &<< 8 | UInt64(letter))
                at &+= 1
            }
            let count = at &- start
            column &+= Int32(truncatingIfNeeded: count)
            if count > 0, count <= Words.Short.limit, at == end || ends[Int(bytes[at])] {
                word = words.number(of: Words.Short(high: high, low: low, count: count))
            } else if count == 0, let mark = Self.mark(byte) {
                if mark == .quote { inQuote.toggle() }
                (kind, at, column) = (mark, at &+ 1, column &+ 1)
            } else if count == 0, let width = space(at: at, end) {
                (at, column, isSpaced) = (at &+ width, column &+ 1, true)
                continue
            } else {
                finishWord(&at, &column, end)
                word = words.number(of: source.text(start..<at))
            }
            tokens.append(
                Token(
                    kind: kind, isSpaced: isSpaced, isNumber: byte &- 0x30 <= 9 && text[start..<at].allSatisfy { $0 &- 0x30 <= 9 },
                    word: word, start: Int32(start), end: Int32(at),
                    place: Place(line: Int32(line), column: from, length: column &- from)))
            isSpaced = false
        }
        return nil
    }

    /// Goes on to the end of a word that isn't plain.
    private func finishWord(_ at: inout Int, _ column: inout Int32, _ end: Int) {
        while at < end, !ends[Int(source.bytes[at])] {
            if source.bytes[at] >= 0xC2, space(at: at, end) != nil { return }
            if source.bytes[at] & 0xC0 != 0x80 { column += 1 }
            at += 1
        }
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
