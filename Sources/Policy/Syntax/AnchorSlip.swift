// A heading that would open a clause, but for a slip in its anchor: what stands under it is a part of the clause before, or of none.
internal import Markdown

struct AnchorSlip: Sendable {
    /// Of what looks like an anchor.
    let place: Place
    let message: String, suggestion: String
    /// Only a heading on a line of its own opens a clause.
    var isUnderlined = false

    /// Nil: nothing in the heading looks like an anchor.
    init?(_ source: Source, _ block: Block) {
        let number = block.firstLine, line = source.line(number)
        guard let found = Self.mark(in: source.bytes[line]) else { return nil }
        let word = Outline.tidy(source.text(found.word))
        let start = Int32(source.column(of: found.all.lowerBound, line: number))
        place = Place(line: Int32(number), column: start, length: Int32(source.text(found.all).unicodeScalars.count))
        message = "This heading opens no clause: it doesn't end in {#\(word)}."
        suggestion = "End it in {#\(word)}."
    }

    /// An underlined heading, of which the last line ends in what looks like an anchor.
    init?(_ source: Source, underlined block: Block, level: Int, _ text: String) {
        var number = block.lastLine
        while number > block.firstLine, !Self.isUnderline(source.bytes[source.line(number)]) { number -= 1 }
        number = max(block.firstLine, number - 1)
        let line = source.line(number)
        guard let found = Self.mark(in: source.bytes[line]) else { return nil }
        let start = Int32(source.column(of: found.all.lowerBound, line: number))
        place = Place(line: Int32(number), column: start, length: Int32(source.text(found.all).unicodeScalars.count))
        let title = text.prefix { !"{([".contains($0) }.split(separator: " ").joined(separator: " ")
        let marks = String(repeating: "#", count: level)
        message = "This heading opens no clause: it is underlined."
        suggestion = "Write it without the line below: \(marks) \(title) {#\(Outline.tidy(source.text(found.word)))}"
        isUnderlined = true
    }

    private static func isUnderline(_ bytes: ArraySlice<UInt8>) -> Bool {
        let marks = bytes.drop { $0 == 0x20 }
        guard let first = marks.first, first == 0x3D || first == 0x2D else { return false }
        return marks.drop { $0 == first }.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    private typealias Found = (all: Range<Int>, word: Range<Int>)

    /// The last `{#word`, `(#word` or `[#word`, whatever follows it, or a `{word}` that ends the line.
    private static func mark(in bytes: ArraySlice<UInt8>) -> Found? {
        var end = bytes.endIndex
        func trim(_ isWanted: (UInt8) -> Bool) { while end > bytes.startIndex, isWanted(bytes[end - 1]) { end -= 1 } }
        trim { $0 == 0x20 || $0 == 0x09 || $0 == 0x23 }
        var open = end - 2
        while open >= bytes.startIndex {
            defer { open -= 1 }
            guard [0x7B, 0x28, 0x5B].contains(bytes[open]), !isShown(bytes, open) else { continue }
            let hasHash = bytes[open + 1] == 0x23, first = hasHash ? open + 2 : open + 1
            let last = bytes[first..<end].firstIndex { !isOfAnchor($0) } ?? end
            let word = first..<last, isClosed = last < end && [0x7D, 0x29, 0x5D].contains(bytes[last])
            // `(#12)` speaks of a number, and `{word}` in the middle of something else.
            guard !word.isEmpty, bytes[open] == 0x7B || bytes[word].contains(where: { $0 >= 0x61 }),
                hasHash || (bytes[open] == 0x7B && isClosed && last + 1 == end)
            else { continue }
            return (open..<(isClosed ? last + 1 : last), word)
        }
        return nil
    }

    private static func isOfAnchor(_ byte: UInt8) -> Bool { byte == 0x2D || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }

    /// Behind a backslash, in code, or where a link leads.
    private static func isShown(_ bytes: ArraySlice<UInt8>, _ open: Int) -> Bool {
        open > bytes.startIndex && [0x5C, 0x60, 0x5D].contains(bytes[open - 1])
    }
}
