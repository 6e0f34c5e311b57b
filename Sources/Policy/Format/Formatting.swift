// One canonical form of the blocks: names as declared, small keywords, single spaces, lines of at most 140 columns.

extension Policy {
    /// The document with its blocks in canonical form; prose stays byte for byte.
    /// Formatting twice is formatting once, and the digest of the rules stays.
    public func formatted() -> [UInt8] { model.document.formatted }
}

extension Document {
    static let columns = 140

    var formatted: [UInt8] {
        var output: [UInt8] = source.mark
        var line = 1
        let prose = proseTokens
        for (fence, block) in zip(outline.fences, lexed) where fence.kind != .words {
            output += source.bytes[source.lines[line - 1]..<source.lines[fence.lines.lowerBound - 1]]
            let ending = self.ending(of: Int(fence.place.line))
            for text in self.lines(of: block, prose) {
                if !text.isEmpty { output += [UInt8](repeating: 0x20, count: fence.indent) + text.utf8 }
                output += ending
            }
            line = fence.lines.upperBound
        }
        return output + source.bytes[source.lines[min(line - 1, source.lines.count - 1)]...]
    }

    func ending(of line: Int) -> [UInt8] {
        let end = line < source.lines.count ? source.lines[line] : source.bytes.count
        let ending = Array(source.bytes[source.line(line).upperBound..<end])
        return ending.isEmpty ? [0x0A] : ending
    }

    /// The lines of one block: statements, comments where they stood, at most one blank line between.
    private func lines(of block: Lexed, _ prose: Set<Int>) -> [String] {
        var lines: [String] = []
        var comments = block.comments[...], blanks = block.blanks[...]
        func blank(before line: Int32) -> Bool {
            var found = false
            while let first = blanks.first, first < line {
                blanks.removeFirst()
                found = true
            }
            return found
        }
        func add(_ new: [String], at line: Int32) {
            if blank(before: line), !lines.isEmpty { lines.append("") }
            lines += new
        }
        func text(_ comment: Comment) -> String {
            var text = source.text(comment.text)
            while text.last?.isWhitespace == true { text.removeLast() }
            return text
        }
        for statement in block.statements {
            let first = tokens[statement.tokens.lowerBound].place.line, last = tokens[statement.tokens.upperBound - 1].place.line
            while let comment = comments.first, comment.line < first { add([text(comments.removeFirst())], at: comment.line) }
            var inside: [String] = [], trailing: String?
            while let comment = comments.first, comment.line <= last {
                comments.removeFirst()
                if comment.line == last, !comment.isAlone { trailing = text(comment) } else { inside.append(text(comment)) }
            }
            var wrapped = Self.wrap(line(statement.tokens) { prose.contains($0) })
            if let comment = trailing {
                let joined = wrapped[wrapped.count - 1] + "  " + comment
                if joined.unicodeScalars.count <= Self.columns { wrapped[wrapped.count - 1] = joined } else { inside.append(comment) }
            }
            add(inside + wrapped, at: first)
            _ = blank(before: last)
        }
        for comment in comments { add([text(comment)], at: comment.line) }
        return lines
    }

    /// Breaks at spaces; a line that continues is indented.
    static func wrap(_ text: String) -> [String] {
        var words: [String] = [], isOpen = false
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            // Where several spaces stand, between quotation marks, they stay together.
            if isOpen || word.isEmpty, !words.isEmpty { words[words.count - 1] += " " + word } else { words.append(String(word)) }
            isOpen = word.isEmpty
        }
        var lines: [String] = [], line = "", length = 0
        for word in words {
            let count = word.unicodeScalars.count
            if length > 0, length + 1 + count > columns {
                lines.append(line)
                (line, length) = ("  " + word, count + 2)
            } else {
                line += length == 0 ? word : " " + word
                length += count + (length == 0 ? 0 : 1)
            }
        }
        return lines + [line]
    }

    /// Tokens that stay as they are written: declared names, prose, former names, the header's name.
    private var proseTokens: Set<Int> {
        var prose: Set<Int> = []
        for (statement, sorted) in zip(statements, sorted) {
            let range = statement.tokens
            let colon = range.first { tokens[$0].kind == .colon }
            switch sorted.form {
            case .note: prose.formUnion(((colon ?? range.upperBound - 1) + 1)..<range.upperBound)
            case .header: prose.formUnion(range.dropFirst().prefix { tokens[$0].kind == .word })
            case .declaration(let kind):
                prose.formUnion(sorted.name)
                if kind != .field, kind != .recipient, kind != .category, let colon { prose.formUnion(colon + 1..<range.upperBound) }
                for index in range where tokens[index].word == Keyword.formerly.rawValue && tokens[index - 1].kind == .comma {
                    prose.formUnion((index + 1..<range.upperBound).prefix { tokens[$0].kind == .word })
                }
            default: break
            }
        }
        return prose
    }
}
