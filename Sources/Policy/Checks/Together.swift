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
            switch original {
            case .some(let policy?): translation.compare(with: policy.model.document, &report)
            // Of a policy that doesn't read, nothing is known; without one, what a translation says by itself.
            case .some(nil): break
            case nil: _ = translation.vocabulary(of: nil, &report)
            }
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
    /// By the text of the original: the prose of names and the reasons of `keep` rules.
    var texts: [String: String] = [:]
    /// Symbols that stand before a “=” with no word behind it.
    var wordless: Set<Int> = []
    /// Of those the reasons.
    var reasons: Set<String> = []
}

extension Document {
    var hasWords: Bool { outline.fences.contains { $0.kind == .words } }
    var isTranslation: Bool { hasWords && !hasRules }

    func compare(with original: Document, _ report: inout Report) {
        let vocabulary = vocabulary(of: original, &report)
        let fence = outline.fences.first { $0.kind == .words }!.place
        for (index, symbol) in original.symbols.all.enumerated() where symbol.place != nil && vocabulary.words[index] == nil {
            if vocabulary.wordless.contains(index) { continue }
            report.warn("translation-missing", fence, "There is no word for “\(symbol.name)”.", "Write: \(symbol.name) = ...")
        }
        if !vocabulary.texts.isEmpty { compareTexts(with: original, vocabulary, fence, &report) }
        let strays = compareClauses(with: original, &report)
        let mine = Dictionary(outline.sections.map { ($0.anchor, $0) }) { first, _ in first }
        for section in original.outline.sections {
            guard let translated = mine[section.anchor] else {
                let stray = strays[section.anchor].map { "; the policy has no clause {#\($0)}" } ?? ""
                report.warn(
                    "translation-missing", fence, "The clause {#\(section.anchor)} isn't translated\(stray).",
                    "Write it under a heading that ends in {#\(section.anchor)}.")
                continue
            }
            if section.hasProse, !translated.hasProse {
                report.warn(
                    "translation-missing", fence, "The clause {#\(section.anchor)} says nothing to people.",
                    "Write under its heading what the policy says there.")
            }
            guard let stamp = translated.stamp, stamp.digits != original.stamp(of: section) else { continue }
            report.warn(
                "translation-stale", stamp.place, "The clause {#\(section.anchor)} has changed since it was translated.",
                "Look it through and write: <!-- of \(original.stamp(of: section)) -->")
        }
    }

    /// The same clauses in the same order. Gives for missing clauses the ones in their place that the policy lacks: each two are one fault.
    private func compareClauses(with original: Document, _ report: inout Report) -> [String: String] {
        let theirs = original.outline.sections.map(\.anchor), known = Set(theirs)
        let mine = outline.sections.filter { known.contains($0.anchor) }, here = Set(mine.map(\.anchor))
        let strays = outline.sections.filter { !known.contains($0.anchor) }, missing = theirs.filter { !here.contains($0) }
        for section in strays.dropFirst(missing.count) {
            report.warn(
                "translation-differs", section.anchorPlace, "The policy has no clause {#\(section.anchor)}.",
                "Take it out, or give it the anchor of the clause that it translates.")
        }
        let moved = zip(mine, theirs.filter(here.contains)).first { $0.anchor != $1 }
        if let (section, expected) = moved {
            report.warn(
                "translation-differs", section.anchorPlace, "Here the policy has the clause {#\(expected)}.",
                "Put the clauses in the order of the policy.")
        }
        return Dictionary(zip(missing, strays.map(\.anchor))) { first, _ in first }
    }

    /// A translation that has begun to say reasons and what names mean says them all.
    private func compareTexts(with original: Document, _ vocabulary: Vocabulary, _ fence: Place, _ report: inout Report) {
        for symbol in original.symbols.all where !symbol.meaning.isEmpty && vocabulary.texts[symbol.meaning] == nil {
            if original.symbols.find(symbol.words).map(vocabulary.wordless.contains) == true { continue }
            report.warn(
                "translation-missing", fence, "What “\(symbol.name)” means isn't translated.", "Write: \(symbol.name) = WORD: what it means"
            )
        }
        for reason in original.reasons where vocabulary.texts[reason] == nil {
            report.warn(
                "translation-missing", fence, "The reason “\(reason)” isn't translated.", "Write: \"\(reason)\" = \"...\"")
        }
    }

    /// Why something is kept, each once: reasons of our own, and laws as they are cited.
    var reasons: [String] {
        var seen: Set<String> = []
        return rules.compactMap { rule in
            guard case .keep(_, _, let reason) = rule.body, !reason.text.isEmpty, seen.insert(reason.text).inserted else { return nil }
            return reason.text
        }
    }

    /// The first 16 digits of the SHA-256 of a clause's lines, inner clauses included, without blank lines at the end.
    func stamp(of section: Section) -> String {
        var lines = section.lines.map { source.text(source.line($0)) }
        while let last = lines.last, last.unicodeScalars.allSatisfy(\.properties.isWhitespace) { lines.removeLast() }
        return String(sha256(text: lines.joined(separator: "\n")).prefix(16))
    }

    /// The same of what it says to people: the lines outside its blocks.
    func proseStamp(of section: Section) -> String {
        let blocks = outline.fences.map { $0.lines.lowerBound - 1..<$0.lines.upperBound + 1 }
        let lines = section.lines.filter { line in !blocks.contains { $0.contains(line) } }.map { source.text(source.line($0)) }
        return String(
            sha256(text: lines.filter { !$0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }.joined(separator: "\n")).prefix(16))
    }

    /// A line each: `email address = alamat surel`, `an open case = pertanyaan yang terbuka: Anda bertanya`, `"they are yours" = "milik Anda"`.
    /// Without the original only what is wrong with the lines themselves is told, and nothing is known.
    func vocabulary(of original: Document?, _ report: inout Report) -> Vocabulary {
        var vocabulary = Vocabulary()
        var lexer = Lexer(source)
        if let original { lexer.words = original.words }
        let reasons = original.map { Set($0.reasons) }, ownName = Words.fold(original?.header?.name ?? "")
        var unknown = 0
        /// The names as they are written, where the original isn't known; else by kind and word the name that has it.
        var written: Set<String> = [], taken: [String: Int] = [:]
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
                    let isFirst = tokens.first!.kind == .equals
                    report.syntax(
                        isFirst ? tokens.first!.place : tokens.last!.place.behind, "A word is given as NAME = WORD.",
                        "Write for example: email address = alamat surel")
                    let name = tokens.prefix { $0.kind == .word }
                    if let found = original?.symbols.find(name.map(\.word)) { vocabulary.wordless.insert(found) }
                    continue
                }
                if tokens.first!.kind == .quote {
                    read(tokens[..<equals], tokens[(equals + 1)...], reasons, &vocabulary, &report)
                    continue
                }
                let name = tokens[..<equals], behind = tokens[(equals + 1)...]
                let colon = behind.firstIndex { $0.kind == .colon } ?? behind.endIndex
                guard let original else {
                    if colon == behind.startIndex { refuseEmpty(tokens[colon], &report) }
                    if !written.insert(Words.fold(spelled(name))).inserted { refuseSecond(name, spelled(name), &report) }
                    continue
                }
                guard let found = original.symbols.find(name.map(\.word)), name.allSatisfy({ $0.kind == .word }) else {
                    let written = spelled(name)
                    // What the policy itself is called may be said too.
                    if Words.fold(written) == ownName { continue }
                    unknown += 1
                    let nearest = unknown > 50 ? nil : original.symbols.nearest(to: written) { $0.place != nil }
                    report.error(
                        "unknown-name", place(of: name), "The policy declares no such name.",
                        nearest.map { "Did you mean “\($0)”?" } ?? "Write the name as the policy declares it.")
                    continue
                }
                if colon == behind.startIndex {
                    refuseEmpty(tokens[colon], &report)
                    vocabulary.wordless.insert(found)
                    continue
                }
                if vocabulary.words[found] != nil { refuseSecond(name, original.symbols[found].name, &report) }
                let word = spelled(behind[..<colon]), kind = original.symbols.kind(found)
                let other = taken.updateValue(found, forKey: "\(kind) \(Words.fold(word))")
                if let other, other != found {
                    report.warn(
                        "hardly-meant", place(of: behind[..<colon]),
                        "“\(word)” is the word for “\(original.symbols[other].name)” already: nobody could tell the two apart.",
                        "Choose another word for one of them.")
                }
                vocabulary.words[found] = word
                let prose = original.symbols[found].meaning
                if !prose.isEmpty, colon + 1 < behind.endIndex { vocabulary.texts[prose] = spelled(behind[(colon + 1)...]) }
            }
        }
        return vocabulary
    }

    private func refuseEmpty(_ colon: Token, _ report: inout Report) {
        report.syntax(colon.place, "A word is given as NAME = WORD.", "Write the word before the colon.")
    }

    private func refuseSecond(_ name: ArraySlice<Token>, _ declared: String, _ report: inout Report) {
        report.error("duplicate-name", place(of: name), "There is a word for “\(declared)” already.", "Leave one of them out.")
    }

    /// `"REASON" = "TRANSLATION"`; `reasons`: those of the original, where it is known.
    private func read(
        _ reason: ArraySlice<Token>, _ translation: ArraySlice<Token>, _ reasons: Set<String>?, _ vocabulary: inout Vocabulary,
        _ report: inout Report
    ) {
        func isQuoted(_ tokens: ArraySlice<Token>) -> Bool {
            tokens.count > 2 && tokens.first!.kind == .quote && tokens.last!.kind == .quote
        }
        guard isQuoted(reason), isQuoted(translation) else {
            report.syntax(reason.first!.place, "A reason is given as \"REASON\" = \"TRANSLATION\".", "Put both in quotation marks.")
            return
        }
        let text = spelled(reason.dropFirst().dropLast())
        guard reasons?.contains(text) ?? true else {
            report.warn(
                "translation-stale", reason.first!.place, "No rule gives this reason any more.", "Look for its new wording, or take it out."
            )
            return
        }
        if !vocabulary.reasons.insert(text).inserted {
            report.error("duplicate-name", reason.first!.place, "This reason is translated already.", "Leave one of them out.")
        }
        vocabulary.texts[text] = spelled(translation.dropFirst().dropLast())
    }

    private func place(of tokens: ArraySlice<Token>) -> Place {
        var place = tokens.first!.place
        let last = tokens.last!.place
        if last.line == place.line { place.length = last.column + last.length - place.column }
        return place
    }

    /// As they stand, white space collapsed.
    private func spelled(_ tokens: ArraySlice<Token>) -> String {
        tokens.enumerated().map { ($0 > 0 && $1.isSpaced ? " " : "") + spelled($1) }.joined()
    }
}
