// What would take cmark-gfm time or room out of all proportion to the length of a text: it is looked for before the text is handed over.
//
// Four things do. Each line and each piece of a line is compared with every list and quotation around it. Each link and each mark
// of emphasis is compared with the marks and the pictures that are open before it in its paragraph. What begins like HTML (`<?`, `<!A`) is looked for to the end of
// the paragraph. Each use of a reference copies where it leads, and its title. No structure is read here: the counts are upper bounds,
// and a paragraph is at most what stands between two blank lines.

/// Where a text goes beyond what is parsed.
public struct Excess: Error, Hashable, Sendable {
    public enum Kind: Sendable {
        /// Lists and quotations inside each other.
        case nesting
        /// Marks in one paragraph that each link or each beginning of HTML is compared with.
        case marks
        /// A reference that is long and is, or could be, used often.
        case reference
    }
    public let kind: Kind
    /// From 1.
    public let line: Int
    /// The bytes of the text that are at fault, at least one and all in that line.
    public let bytes: Range<Int>

    /// Lists and quotations that may stand inside each other.
    public static let nesting = 100
    /// Comparisons in one paragraph.
    static let comparisons = 4_000_000
    /// Bytes that references may become, beside twenty times the length of the text.
    static let copied = 10_000_000
}

/// One pass over a text.
struct ExcessSearch {
    private let text: [UInt8]
    private var line = 1
    /// Of the paragraph: runs of `*` and `_`, `![`, `]`, what begins like HTML, bytes.
    private var emphases = 0, pictures = 0, links = 0, openings = 0, length = 0
    /// Of the whole text.
    private var uses = 0
    private var longest: (size: Int, line: Int, bytes: Range<Int>)?
    private var stretches = Stretches()

    init(_ text: [UInt8]) { self.text = text }

    /// The first excess, in time linear in the length of the text.
    mutating func first() -> Excess? {
        var start = 0
        while start < text.count {
            let end = Self.lineEnd(text, from: start)
            if let bytes = nested(start..<end) { return Excess(kind: .nesting, line: line, bytes: bytes) }
            if let at = crowded(start..<end) { return Excess(kind: .marks, line: line, bytes: at..<at + 1) }
            start = end < text.count && text[end] == 0x0D && end + 1 < text.count && text[end + 1] == 0x0A ? end + 2 : end + 1
            line += 1
        }
        guard let longest, longest.size * uses > Excess.copied + 20 * text.count else { return nil }
        return Excess(kind: .reference, line: longest.line, bytes: longest.bytes)
    }

    private static func lineEnd(_ text: [UInt8], from start: Int) -> Int {
        let bytes = text.span
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        return end
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// The marks that open the line, where it could stand in too many lists and quotations. A list goes on where a line is indented by at
    /// least two columns, or begins with a mark; a quotation needs its mark.
    private func nested(_ line: Range<Int>) -> Range<Int>? {
        let bytes = text.span
        var at = line.lowerBound, marks = 0, columns = 0, last = at
        while at < line.upperBound {
            let byte = bytes[at]
            if byte == 0x20 || byte == 0x09 {
                columns += byte == 0x09 ? 4 : 1
                at += 1
                continue
            }
            var next = at + 1
            switch byte {
            case 0x3E: break
            case 0x2D, 0x2B, 0x2A: if next < line.upperBound, !Self.isBlank(bytes[next]) { next = at }
            case 0x30...0x39:
                while next < line.upperBound, next - at < 9, (0x30...0x39).contains(bytes[next]) { next += 1 }
                next = next < line.upperBound && (bytes[next] == 0x2E || bytes[next] == 0x29) ? next + 1 : at
                if next > at, next < line.upperBound, !Self.isBlank(bytes[next]) { next = at }
            default: next = at
            }
            if next == at { break }
            marks += 1
            // The space behind a mark belongs to it.
            if next < line.upperBound, Self.isBlank(bytes[next]) { next += 1 }
            (at, last) = (next, next)
            if marks + columns / 2 > Excess.nesting { return isRule(line) ? nil : line.lowerBound..<last }
        }
        return nil
    }

    /// A rule across the page, however long.
    private func isRule(_ line: Range<Int>) -> Bool {
        let marks = text[line].drop(while: Self.isBlank)
        guard let mark = marks.first, mark == 0x2A || mark == 0x2D else { return false }
        return marks.allSatisfy { $0 == mark || Self.isBlank($0) }
    }

    /// The byte of the line at which its paragraph holds too many marks.
    private mutating func crowded(_ line: Range<Int>) -> Int? {
        let text = text, bytes = text.span
        var isEmpty = true, before: UInt8 = 0
        for at in line {
            let byte = bytes[at], last = before
            before = byte
            if byte > 0x5F || byte == 0x20 { isEmpty = isEmpty && byte == 0x20; continue }
            if byte != 0x09 { isEmpty = false }
            let next = at + 1 < line.upperBound ? bytes[at + 1] : 0
            switch byte {
            case 0x2A where byte != last, 0x5F where byte != last: emphases += 1
            case 0x21 where next == 0x5B: pictures += 1
            case 0x3C where next == 0x3F || (next == 0x21 && (at + 2 >= line.upperBound || bytes[at + 2] != 0x2D)): openings += 1
            case 0x5D:
                (links, uses) = (links + 1, uses + 1)
                if next == 0x3A { measureReference(at + 2, behind: at, in: line) }
            default: continue
            }
            if comparisons > Excess.comparisons { return at }
        }
        length += line.count + 1
        if isEmpty { (emphases, pictures, links, openings, length) = (0, 0, 0, 0, 0) }
        return comparisons > Excess.comparisons ? line.lowerBound : nil
    }

    /// Four bytes are gone over as fast as one mark.
    private var comparisons: Int { emphases * (links + emphases / 4) + 2 * pictures * links + openings * length / 4 }

    private mutating func measureReference(_ start: Int, behind mark: Int, in line: Range<Int>) {
        let size = stretches.reference(text, from: start)
        if size > longest?.size ?? 0 { longest = (size, self.line, mark..<line.upperBound) }
    }
}

/// How far what a reference leads to, and its title, can reach. Ends that were found serve again, so that no byte is looked at more than
/// a few times.
private struct Stretches {
    private var start = 0
    private var plain = Ends(), bracketed = Ends()

    /// The ends of one way to write where it leads, each of them found in the order of the text.
    private struct Ends {
        var target = 0, title = 0
        /// By the mark that ends a title.
        var closers: [UInt8: Int] = [:]
    }

    /// The bytes of both, at most, of a reference of which the colon is just before `colon`.
    mutating func reference(_ text: [UInt8], from colon: Int) -> Int {
        if start < colon { start = Self.next(from: colon, text) { !Self.isSpace(text[$0]) } }
        if start < text.count, text[start] == 0x3C { return Self.reach(text, from: start, true, &bracketed) }
        return Self.reach(text, from: start, false, &plain)
    }

    private static func reach(_ text: [UInt8], from start: Int, _ isBracketed: Bool, _ ends: inout Ends) -> Int {
        if ends.target < start {
            ends.target = next(from: start, text) { isBracketed ? [0x3E, 0x0A, 0x0D].contains(text[$0]) : isSpace(text[$0]) }
        }
        let target = ends.target, from = min(text.count, isBracketed ? target + 1 : target)
        if ends.title < from { ends.title = next(from: from, text) { !isSpace(text[$0]) } }
        let title = ends.title
        guard title < text.count, [0x22, 0x27, 0x28].contains(text[title]) else { return target - start }
        let closer: UInt8 = text[title] == 0x28 ? 0x29 : text[title]
        if ends.closers[closer] ?? 0 <= title {
            ends.closers[closer] = next(from: title + 1, text) { text[$0] == closer && text[$0 - 1] != 0x5C || isBlankLine(text, $0) }
        }
        return target - start + ends.closers[closer]! - title
    }

    private static func next(from start: Int, _ text: [UInt8], where isWanted: (Int) -> Bool) -> Int {
        var at = start
        while at < text.count, !isWanted(at) { at += 1 }
        return at
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// A line ends here and the next one is empty.
    private static func isBlankLine(_ text: [UInt8], _ at: Int) -> Bool {
        text[at] == 0x0A && at + 1 < text.count && (text[at + 1] == 0x0A || text[at + 1] == 0x0D)
    }
}
