// The document as pages show it: clauses with their prose, rules and notes.

extension Document {
    var clauses: [Clause] {
        var rules: [Int: [Rule]] = [:]
        for index in self.rules.indices { rules[self.rules[index].section, default: []].append(rule(index)) }
        return outline.sections.enumerated().map { index, section in
            Clause(
                anchor: section.anchor, title: section.title, level: section.level, prose: section.html, rules: rules[index] ?? [],
                notes: notes[index] ?? [])
        }
    }

    func rule(_ index: Int) -> Rule {
        Rule(address: rules[index].address, text: canonical(rule: index), line: Int(rules[index].place.line))
    }
}
