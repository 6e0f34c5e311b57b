// Blocks that nobody reads, held against what they would be if somebody did.

extension Reader {
    /// The kind of block in which each of these statements would read; nil: of none, or none of them says enough to tell.
    mutating func kind(of statements: [Statement]) -> String? {
        guard !statements.isEmpty, statements.count <= 1000, !statements.contains(where: \.isIndented) else { return nil }
        var isTelling = false
        if statements.allSatisfy({ reads($0, &isTelling) }), isTelling { return "policy" }
        let areExamples = statements.allSatisfy { statement in
            let before = report.diagnostics.count
            begin(statement.tokens)
            return (try? example(section: nil, statement.tokens)) != nil && report.diagnostics.count == before
        }
        return areExamples ? "examples" : nil
    }

    /// - Parameter isTelling: becomes true where the statement can hardly be anything else.
    private mutating func reads(_ statement: Statement, _ isTelling: inout Bool) -> Bool {
        let before = report.diagnostics.count, form = form(statement)
        begin(statement.tokens)
        do throws(Stop) {
            switch form {
            case .none: return false
            case .header:
                _ = try readHeader()
                isTelling = true
            case .note:
                jump(to: at + 1)
                _ = try prose()
            case .declaration(let kind):
                let name = at + 1..<(range.dropFirst().first { tokens[$0].kind != .word } ?? end)
                try readDeclaration(Sorted(form: form, name: name), kind)
                if [.field, .recipient, .category, .purpose].contains(kind) { isTelling = true }
            case .use, .rule:
                _ = try readRule(form)
                _ = try label()
                try expectEnd()
                isTelling = true
            }
        } catch { return false }
        return report.diagnostics.count == before
    }
}
