// What a purpose means, and its marks; those that are lost in its prose are doubted.

extension Reader {
    mutating func purpose(_ symbol: inout Symbol) throws(Stop) {
        try part(.colon, "a colon and what the purpose means") { _ in false }
        var last = end
        let marks = Self.marks
        if tokens[end - 1].kind == .close, let open = (at..<end).last(where: { tokens[$0].kind == .open }) {
            let parts = (open + 1..<end - 1).split(omittingEmptySubsequences: false) { tokens[$0].kind == .comma }
            let written = parts.map { Words.fold(text($0.lowerBound..<$0.upperBound)) }
            let known = written.map { part in marks.first { $0 == part } }
            if known.contains(where: { $0 != nil }) {
                if let wrong = known.firstIndex(of: nil) {
                    throw fail(at: parts[wrong].lowerBound, "a mark: " + marks.joined(separator: ", "), marks)
                }
                symbol.marks = Set(known.compactMap { $0 })
                respell(open..<end, "(" + marks.filter(symbol.marks.contains).joined(separator: ", ") + ")")
                last = open
            }
        }
        guard at < last else { throw fail("what the purpose means") }
        symbol.prose = text(at..<last)
        doubtLostMarks(before: last)
        jump(to: end)
    }

    private static let marks = ["promotional", "contract", "consent", "legal duty", "vital interest", "legitimate interest"]

    /// A mark that is read as prose, since its brackets aren't whole or don't end the statement, is one that nobody heeds.
    private mutating func doubtLostMarks(before last: Int) {
        let before = doubts.count
        var first = at, isOpen = false
        for index in at...last {
            let kind = index < last ? tokens[index].kind : .close
            guard [.open, .close, .openBracket, .closeBracket].contains(kind) else { continue }
            let isEnd = kind == .close || kind == .closeBracket, isWhole = isOpen && index < last && isEnd
            if isOpen || (index < last && isEnd) { doubtMarks(in: first..<index, isOpen: isOpen, isWhole: isWhole) }
            (first, isOpen) = (index + 1, !isEnd)
        }
        doubtMarksBehindCommas(before: last)
        if doubts.count == before { doubtMarksAmongOtherSigns(before: last) }
    }

    /// `to sell, promotional`: marks at the end, without their brackets.
    private mutating func doubtMarksBehindCommas(before last: Int) {
        let bracket = (at..<last).last { [.open, .close, .openBracket, .closeBracket].contains(tokens[$0].kind) }
        if let bracket, [.open, .openBracket].contains(tokens[bracket].kind) { return }
        let parts = (at..<last).split(omittingEmptySubsequences: false) { tokens[$0].kind == .comma }.dropFirst()
        let marks = parts.reversed().prefix { Self.marks.contains(Words.fold(text($0.lowerBound..<$0.upperBound))) }
        guard let first = marks.last, let end = marks.first?.upperBound else { return }
        let range = first.lowerBound..<end
        doubt(
            place(of: range), "“\(text(range))” is read as prose here, and not as a mark.",
            "Write it at the end of the statement, in brackets: (\(text(range)))")
    }

    private mutating func doubtMarks(in range: Range<Int>, isOpen: Bool, isWhole: Bool) {
        for part in range.split(whereSeparator: { tokens[$0].kind == .comma }) {
            let written = Words.fold(text(part.lowerBound..<part.upperBound))
            let isEnd = !isOpen && part.upperBound == range.upperBound
            let last = isEnd ? Self.marks.first { written.hasSuffix(" " + $0) } : nil
            if let mark = Self.marksAlone(in: written) ?? last {
                doubt(
                    place(of: part.lowerBound..<part.upperBound), "“\(mark)” is read as prose here, and not as a mark.",
                    "Write it at the end of the statement: (\(mark))")
                return
            }
            guard isWhole, let near = Policy.nearest(to: written, among: Self.marks),
                symbols.find(tokens[part.lowerBound..<part.upperBound].map(\.word)) == nil
            else { continue }
            doubt(
                place(of: part.lowerBound..<part.upperBound), "“\(written)” is no mark, and is read as prose.",
                "Did you mean “\(near)”?")
            return
        }
    }

    /// `（promotional）`, `to sell - promotional`, and a prose of marks alone.
    private mutating func doubtMarksAmongOtherSigns(before last: Int) {
        let texts = (at..<last).map { text($0..<$0 + 1) }
        func isOpening(_ text: String) -> Bool { text.contains { "（［【｛{<＜〔「".contains($0) } }
        func isSeparating(_ text: String) -> Bool { text.allSatisfy { "-–—•*|/;:".contains($0) } || text.hasSuffix(";") }
        var starts = [at]
        if let opening = texts.lastIndex(where: isOpening) { starts.append(at + opening) }
        if let separating = texts.lastIndex(where: isSeparating), at + separating + 1 < last { starts.append(at + separating + 1) }
        for start in starts.reversed() {
            let written = text(start..<last)
            let inner =
                written.lastIndex { isOpening(String($0)) }.map { written[$0...].prefix { !"）］】｝}>＞〕」".contains($0) } } ?? written[...]
            guard let mark = Self.marksAlone(in: Words.fold(String(inner))) else { continue }
            doubt(
                place(of: start..<last), "“\(mark)” is read as prose here, and not as a mark.",
                "Say what the purpose means, and write at the end of the statement: (\(mark))")
            return
        }
    }

    /// The marks of a text of nothing but marks and what joins them, as one writes them; nil: it says something else, or nothing.
    private static func marksAlone(in folded: String) -> String? {
        let words = folded.split { $0.isWhitespace || $0.isPunctuation || $0.isSymbol }.filter { !["and", "or", "both"].contains($0) }
        var rest = words[...], found: Set<String> = []
        while !rest.isEmpty {
            guard let mark = marks.first(where: { rest.starts(with: $0.split(separator: " ")) }) else { return nil }
            found.insert(mark)
            rest = rest.dropFirst(mark.split(separator: " ").count)
        }
        return found.isEmpty ? nil : marks.filter(found.contains).joined(separator: ", ")
    }
}
