// The document as pages show it: clauses with their prose, rules and notes.

extension Document {
    var opening: String {
        var report = Report(source)
        return Outline(source, &report, rendered: true).opening
    }

    /// `texts` are the rules in canonical form.
    func clauses(_ texts: [String]) -> [Clause] {
        var rules: [Int: [Rule]] = [:]
        for (index, rule) in self.rules.enumerated() {
            rules[rule.section, default: []].append(Rule(address: rule.address, text: texts[index], line: Int(rule.place.line)))
        }
        var report = Report(source)
        return Outline(source, &report, rendered: true).sections.enumerated().map { index, section in
            Clause(
                anchor: section.anchor, title: section.title, level: section.level, prose: section.html, rules: rules[index] ?? [],
                notes: notes[index] ?? [])
        }
    }

    func rule(_ index: Int) -> Rule {
        Rule(address: rules[index].address, text: canonical(rule: index), line: Int(rules[index].place.line))
    }
}
