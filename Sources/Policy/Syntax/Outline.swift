// Clauses and blocks: what CommonMark says of the document, with the anchors that we read out of its headings.
internal import Markdown

/// A clause as it lies in the document.
struct Section: Sendable {
    var anchor: String, title: String, level: Int
    var anchorPlace: Place
    var parent: Int?
    /// From the heading to the last line before the next clause that isn't inside it.
    var lines: Range<Int>
    var html = ""
    var hasProse = false
    var hasStatement = false
    /// The 16 digits of `<!-- of DIGEST -->` behind the heading.
    var stamp: (digits: String, place: Place)?
    /// The same of `<!-- prose DIGEST -->` behind that: of what the clause says to people.
    var proseStamp: (digits: String, place: Place)?
}

/// A fenced block of ours.
struct Fence: Sendable {
    enum Kind: Sendable { case policy, examples, words }
    var kind: Kind
    var section: Int?
    /// Of the opening fence.
    var place: Place
    /// The lines between the fences.
    var lines: Range<Int>
    var indent: Int
    /// Of words: the language.
    var language = ""
    /// Where no clause is open: the heading above that would have opened one, but for a slip in its anchor.
    var slip: Int?
}

struct Outline: Sendable {
    var sections: [Section] = []
    var fences: [Fence] = []
    /// Fenced blocks without a first word: its place, the lines between the fences, and its spaces.
    var plain: [(place: Place, lines: Range<Int>, indent: Int)] = []
    /// Fenced blocks whose first word is nearly one of ours: which, its place, the lines between the fences, and its spaces.
    var misspelt: [(ours: String, place: Place, lines: Range<Int>, indent: Int)] = []
    /// Headings that open no clause, for a slip in what looks like their anchor.
    var slips: [AnchorSlip] = []
    /// What is said to people before the first clause, as HTML without its headings.
    var opening = ""
    /// The document is refused before anything of it is read.
    private(set) var isUnread = false
    /// The clauses that are open where the reading stands, the outermost first.
    private var path: [Int] = []

    /// `rendered`: with the prose as HTML, which only pages need.
    init(_ source: Source, _ report: inout Report, rendered: Bool = false) {
        var anchors: Set<String> = []
        var isBehindHeading = false
        let blocks: [Block]
        do { blocks = try Markdown.blocks(of: source.bytes, rendered: rendered) } catch {
            isUnread = true
            Self.refuse(error, source, &report)
            return
        }
        for block in blocks {
            let wasBehindHeading = isBehindHeading
            isBehindHeading = false
            switch block.kind {
            case .heading(let level, true, let text):
                guard let anchor = Self.anchor(source, block.firstLine) else {
                    if !block.isNested { slips += [AnchorSlip(source, block)].compactMap(\.self) }
                    break
                }
                if block.isNested {
                    report.syntax(
                        Self.place(source, block), "An anchored heading can't stand in a list or a quotation.", "Move it out to the margin."
                    )
                    continue
                }
                guard anchor.isWellFormed else {
                    report.syntax(
                        anchor.place, "An anchor is made of small letters, digits and hyphens.",
                        "Write for example {#\(Self.tidy(anchor.text))}.")
                    open(level, anchor, Self.title(text, anchor.text), at: block.firstLine, source)
                    isBehindHeading = true
                    continue
                }
                if !anchors.insert(anchor.text).inserted {
                    report.error(
                        "duplicate-anchor", anchor.place, "The anchor “\(anchor.text)” is taken.", "Give this clause another anchor.")
                }
                open(level, anchor, Self.title(text, anchor.text), at: block.firstLine, source)
                isBehindHeading = true
                continue
            case .heading(let level, false, let text) where !block.isNested:
                slips += [AnchorSlip(source, underlined: block, level: level, text)].compactMap(\.self)
            case .fenced(let info, let mark, let width, let indent):
                guard let kind = Self.kind(info) else {
                    if !block.isNested, let ours = Self.misspelling(info) {
                        misspelt.append((ours, Self.place(source, block), Self.inside(block, source, mark, width), indent))
                    } else if let ours = Self.nearly(info) {
                        report.warn(
                            "hardly-meant", Self.place(source, block), "This block isn't read: its first word isn't “\(ours)”.",
                            "Write “\(ours)”, or a word that isn't so near to it.")
                    } else if info.isEmpty, !block.isNested {
                        plain.append((Self.place(source, block), Self.inside(block, source, mark, width), indent))
                    }
                    break
                }
                if block.isNested {
                    report.syntax(
                        Self.place(source, block), "A block of rules can't stand in a list or a quotation.", "Move it out to the margin.")
                    continue
                }
                let language = info.split(whereSeparator: \.isWhitespace).dropFirst().joined(separator: " ")
                if kind == .words, language.isEmpty {
                    report.syntax(
                        Self.place(source, block).behind, "The block doesn't say of which language its words are.",
                        "Write the language behind “words”, such as “words id”.")
                }
                fences.append(
                    Fence(
                        kind: kind, section: path.last, place: Self.place(source, block), lines: Self.inside(block, source, mark, width),
                        indent: indent, language: language, slip: path.isEmpty && !slips.isEmpty ? slips.count - 1 : nil))
                continue
            case .html(let literal):
                guard wasBehindHeading, let last = path.last else { break }
                if let stamp = Self.stamp("of", literal, source, block.firstLine) {
                    (sections[last].stamp, isBehindHeading) = (stamp, true)
                } else if let stamp = Self.stamp("prose", literal, source, block.firstLine) {
                    (sections[last].proseStamp, isBehindHeading) = (stamp, true)
                }
            case .other where !block.isNested: Self.doubtHeadings(in: block, source, &report)
            default: break
            }
            guard !block.isNested, let last = path.last else {
                if case .heading = block.kind { continue }
                if sections.isEmpty { opening += block.html }
                continue
            }
            sections[last].html += block.html
            if case .heading = block.kind { continue }
            if block.hasText { for each in path { sections[each].hasProse = true } }
        }
    }

    private static func refuse(_ excess: Excess, _ source: Source, _ report: inout Report) {
        let column = source.column(of: excess.bytes.lowerBound, line: excess.line)
        let length = source.bytes[excess.bytes].count { $0 & 0xC0 != 0x80 }
        let place = Place(line: Int32(excess.line), column: Int32(column), length: Int32(length))
        switch excess.kind {
        case .nesting:
            report.error(
                "too-large", place, "This line stands in more than \(Excess.nesting) lists and quotations.",
                "Take it out of most of them: write fewer marks (“>”, “-”, “1.”) before it, or indent it less.")
        case .marks:
            report.error(
                "too-large", place, "Too many marks stand in this paragraph: of emphasis, links, pictures and HTML.",
                "Part it by blank lines, or write “\\” before marks that shall only be shown.")
        case .reference:
            report.error(
                "too-large", place, "This reference is too long for as many links as the document may hold.",
                "Shorten where it leads or its title, or write it into its link.")
        }
    }

    private mutating func open(_ level: Int, _ anchor: Anchor, _ title: String, at line: Int, _ source: Source) {
        while let last = path.last, sections[last].level >= level {
            sections[last].lines = sections[last].lines.lowerBound..<line
            path.removeLast()
        }
        sections.append(
            Section(
                anchor: anchor.text, title: title, level: level, anchorPlace: anchor.place, parent: path.last,
                lines: line..<(source.lineCount + 1)))
        path.append(sections.count - 1)
    }

    private static func place(_ source: Source, _ block: Block) -> Place {
        let line = source.line(block.firstLine)
        let start = line.lowerBound + block.column - 1
        let length = source.text(min(start, line.upperBound)..<line.upperBound).unicodeScalars.count
        return Place(line: Int32(block.firstLine), column: Int32(source.column(of: start, line: block.firstLine)), length: Int32(length))
    }

    private static func kind(_ info: String) -> Fence.Kind? {
        if info == "policy" { return .policy }
        if info == "examples" { return .examples }
        switch firstWord(info) {
        case "policy": return .policy
        case "examples": return .examples
        case "words": return .words
        default: return nil
        }
    }

    /// A word ends where one of the language does, and before the attributes that other programs read.
    private static func firstWord(_ info: String) -> String {
        Words.fold(String(info.prefix { !$0.isWhitespace && !",:=\"()[]{".contains($0) }))
    }

    /// The word of ours that was meant, where the first one nearly is or begins with it, or has a mark before it.
    private static func nearly(_ info: String) -> String? {
        let word = Words.fold(String(info.drop { !$0.isLetter }.prefix { !$0.isWhitespace }))
        return ours.first { word.hasPrefix($0) } ?? others[word] ?? Policy.nearest(to: word, among: ours)
    }

    /// The same where the word is that of ours, but for a slip of the pen.
    private static func misspelling(_ info: String) -> String? {
        let word = firstWord(info)
        if others[word] != nil || ours.contains(where: word.hasPrefix) { return nil }
        return Policy.nearest(to: word, among: ours)
    }

    private static let ours = ["policy", "examples", "words"], others = ["policies": "policy", "rule": "policy", "rules": "policy"]

    /// A line of a paragraph that would be an anchored heading, but for the space behind its `#`.
    private static func doubtHeadings(in block: Block, _ source: Source, _ report: inout Report) {
        for number in block.firstLine...max(block.firstLine, block.lastLine) {
            let line = source.line(number), indent = source.bytes[line].prefix { $0 == 0x20 }.count
            let hashes = source.bytes[line].dropFirst(indent).prefix { $0 == 0x23 }.count, start = line.lowerBound + indent + hashes
            guard indent < 4, (1...6).contains(hashes), start < line.upperBound, ![0x20, 0x09].contains(source.bytes[start]),
                let anchor = anchor(source, number), anchor.isWellFormed
            else { continue }
            let marks = String(repeating: "#", count: hashes), text = source.text(start..<line.upperBound)
            report.warn(
                "hardly-meant", Place(line: Int32(number), column: Int32(indent + 1), length: Int32(hashes)),
                "This is no heading, and opens no clause: no space stands behind “\(marks)”.", "Write: \(marks) \(text)")
        }
    }

    /// The lines between the fences; the closing one may be missing.
    private static func inside(_ block: Block, _ source: Source, _ mark: UInt8, _ width: Int) -> Range<Int> {
        let isClosed = closes(source, block.lastLine, mark, width) && block.lastLine > block.firstLine
        return block.firstLine + 1..<max(block.firstLine + 1, isClosed ? block.lastLine : block.lastLine + 1)
    }

    private static func closes(_ source: Source, _ line: Int, _ mark: UInt8, _ width: Int) -> Bool {
        let whole = source.bytes[source.line(line)], bytes = whole.drop { $0 == 0x20 }
        let fence = bytes.prefix { $0 == mark }
        return whole.count - bytes.count < 4 && fence.count >= width && bytes.dropFirst(fence.count).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    private typealias Anchor = (text: String, place: Place, isWellFormed: Bool)

    /// The anchor that ends a heading's line, but for the closing sequence of `#`.
    private static func anchor(_ source: Source, _ number: Int) -> Anchor? {
        let line = source.line(number)
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        var end = line.upperBound
        while end > line.lowerBound, isBlank(source.bytes[end - 1]) { end -= 1 }
        var hashes = end
        while hashes > line.lowerBound, source.bytes[hashes - 1] == 0x23 { hashes -= 1 }
        if hashes < end, hashes > line.lowerBound, isBlank(source.bytes[hashes - 1]) {
            end = hashes
            while end > line.lowerBound, isBlank(source.bytes[end - 1]) { end -= 1 }
        }
        guard end - line.lowerBound > 2, source.bytes[end - 1] == 0x7D else { return nil }
        var start = end - 2
        while start > line.lowerBound, source.bytes[start] != 0x7B, source.bytes[start] != 0x7D { start -= 1 }
        guard source.bytes[start] == 0x7B, source.bytes[start + 1] == 0x23 else { return nil }
        if start > line.lowerBound, source.bytes[start - 1] == 0x5C { return nil }
        let range = start + 2..<end - 1
        let text = source.text(range)
        let place = Place(
            line: Int32(number), column: Int32(source.column(of: start + 2, line: number)), length: Int32(text.unicodeScalars.count))
        return (text, place, isAnchor(text))
    }

    static func isAnchor(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    }

    static func tidy(_ text: String) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "clause" : words.joined(separator: "-")
    }

    private static func title(_ text: String, _ anchor: String) -> String {
        let mark = "{#\(anchor)}"
        guard text.utf8.reversed().starts(with: mark.utf8.reversed()) else { return text }
        var title = text.dropLast(mark.count)
        while title.last?.isWhitespace == true { title.removeLast() }
        return String(title)
    }

    private static func stamp(_ name: String, _ literal: String, _ source: Source, _ number: Int) -> (digits: String, place: Place)? {
        let words = literal.split(whereSeparator: \.isWhitespace)
        guard words.count == 4, words[0] == "<!--", words[1] == name, words[3] == "-->" else { return nil }
        let line = source.line(number)
        let digits = Array(words[2].utf8)
        var at = line.lowerBound
        while at + digits.count <= line.upperBound, Array(source.bytes[at..<at + digits.count]) != digits { at += 1 }
        let column = source.column(of: at, line: number)
        return (String(words[2]), Place(line: Int32(number), column: Int32(column), length: Int32(words[2].unicodeScalars.count)))
    }
}
