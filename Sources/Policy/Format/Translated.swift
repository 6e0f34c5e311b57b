// The clauses and names in the words of a translation.

extension Policy {
    /// By anchor: title and prose as the translation says them; rules and notes are the original's alone. A clause that has changed
    /// since it was translated isn't among them, for it would say what no longer holds; unless a stamp of its prose tells that it still
    /// says the same, and only its rules have changed.
    public func clauses(in translation: [UInt8], file: String) -> [String: Clause] {
        let document = Document.read(translation, file: file).document
        guard document.isTranslation else { return [:] }
        var found: [String: Clause] = [:]
        let originals = model.document.outline.sections
        for clause in document.clauses([]) {
            guard let original = originals.first(where: { $0.anchor == clause.anchor }),
                let section = document.outline.sections.first(where: { $0.anchor == clause.anchor })
            else { continue }
            let isStale = section.stamp.map { $0.digits != model.document.stamp(of: original) } ?? false
            if isStale, section.proseStamp?.digits != model.document.proseStamp(of: original) { continue }
            found[clause.anchor] = clause
        }
        return found
    }

    /// What it says before its first clause; empty where it says nothing there.
    public func opening(in translation: [UInt8], file: String) -> String {
        let document = Document.read(translation, file: file).document
        return document.isTranslation ? document.opening : ""
    }

    /// By the text of the policy, the prose of a name or the reason of a `keep`: the translation's text for it.
    public func texts(in translation: [UInt8], file: String) -> [String: String] {
        let document = Document.read(translation, file: file).document
        guard document.isTranslation else { return [:] }
        var report = Report(document.source)
        return document.vocabulary(of: model.document, &report).texts
    }

    /// By name, as it is declared: the translation's word for it.
    public func words(in translation: [UInt8], file: String) -> [String: String] {
        let document = Document.read(translation, file: file).document
        guard document.isTranslation else { return [:] }
        var report = Report(document.source)
        let names = model.document.symbols.all
        let words = document.vocabulary(of: model.document, &report).words
        return Dictionary(words.map { (names[$0.key].name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}
