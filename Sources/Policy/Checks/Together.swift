// Several documents checked together: policies, and translations of the first of them.

extension Policy {
    /// Those with words and without rules are translations of the first that has none.
    public static func check(_ documents: [(bytes: [UInt8], file: String)]) -> (policies: [Policy], diagnostics: [Diagnostic]) {
        var policies: [Policy] = [], diagnostics: [[Diagnostic]] = []
        /// What the translations are of: nil before the first document without words, and where that one doesn't read.
        var original: Policy??
        var translations: [(Int, Document, Report)] = []
        for (index, document) in documents.enumerated() {
            let (read, report) = Document.read(document.bytes, file: document.file)
            if read.isTranslation {
                translations.append((index, read, report))
                diagnostics.append([])
                continue
            }
            let compilation = compile(read, report, checked: true)
            diagnostics.append(compilation.diagnostics)
            if let policy = compilation.policy { policies.append(policy) }
            if original == nil, !read.hasWords { original = .some(compilation.policy) }
        }
        for (index, translation, report) in translations {
            var report = report
            if let policy = original ?? nil { translation.compare(with: policy.model.document, &report) }
            diagnostics[index] = report.sorted
        }
        return (policies, diagnostics.flatMap { $0 })
    }
}

/// The words of a translation.
struct Vocabulary {
    /// `id`, as the fence says.
    var language = ""
    /// By symbol of the original.
    var words: [Int: String] = [:]
}

extension Document {
    var hasWords: Bool { outline.fences.contains { $0.kind == .words } }
    var isTranslation: Bool { hasWords && !hasRules }

    func compare(with original: Document, _ report: inout Report) {
        let vocabulary = vocabulary(of: original, &report)
        let fence = outline.fences.first { $0.kind == .words }!.place
        for (index, symbol) in original.symbols.all.enumerated() where symbol.place != nil && vocabulary.words[index] == nil {
            report.warn("translation-missing", fence, "There is no word for “\(symbol.name)”.", "Write: \(symbol.name) = ...")
        }
        let mine = Dictionary(outline.sections.map { ($0.anchor, $0) }) { first, _ in first }
        for section in original.outline.sections {
            guard let translated = mine[section.anchor] else {
                report.warn(
                    "translation-missing", fence, "The clause {#\(section.anchor)} isn't translated.",
                    "Write it under a heading that ends in {#\(section.anchor)}.")
                continue
            }
            guard let stamp = translated.stamp, stamp.digits != original.stamp(of: section) else { continue }
            report.warn(
                "translation-stale", stamp.place, "The clause {#\(section.anchor)} has changed since it was translated.",
                "Look it through and write: <!-- of \(original.stamp(of: section)) -->")
        }
    }

    /// The first 16 digits of the SHA-256 of a clause's lines, inner clauses included, without blank lines at the end.
    func stamp(of section: Section) -> String {
        var lines = section.lines.map { source.text(source.line($0)) }
        while let last = lines.last, last.unicodeScalars.allSatisfy(\.properties.isWhitespace) { lines.removeLast() }
        return String(sha256(text: lines.joined(separator: "\n")).prefix(16))
    }

    /// `email address = alamat surel`, a line each.
    func vocabulary(of original: Document, _ report: inout Report) -> Vocabulary {
        var vocabulary = Vocabulary()
        var lexer = Lexer(source)
        lexer.words = original.words
        for fence in outline.fences where fence.kind == .words {
            vocabulary.language = fence.language
            for statement in lexer.lex(lines: fence.lines, indent: fence.indent).statements {
                let tokens = lexer.tokens[statement.tokens]
                if statement.isIndented {
                    report.syntax(
                        tokens.first!.place, "An indented line continues the one before, and there is none.", "Begin it at the margin.")
                    continue
                }
                guard let equals = tokens.firstIndex(where: { $0.kind == .equals }), equals > tokens.startIndex,
                    equals + 1 < tokens.endIndex
                else {
                    report.syntax(tokens.first!.place, "A word is given as NAME = WORD.", "Write for example: email address = alamat surel")
                    continue
                }
                let name = tokens[..<equals]
                guard let found = original.symbols.find(name.map(\.word)), name.allSatisfy({ $0.kind == .word }) else {
                    var place = name.first!.place
                    if name.last!.place.line == place.line {
                        place.length = name.last!.place.column + name.last!.place.length - place.column
                    }
                    report.error("unknown-name", place, "The policy declares no such name.", "Write the name as the policy declares it.")
                    continue
                }
                vocabulary.words[found] = tokens[(equals + 1)...].map { source.text(Int($0.start)..<Int($0.end)) }.joined(separator: " ")
            }
        }
        return vocabulary
    }
}
