// Conditions that read well and say nothing: such as always hold, and parts of them that can't.

extension Policy {
    /// What never holds as a whole is told as that (`rule-never-applies`).
    func checkIdle(_ report: inout Report) {
        let logic = Logic(limit: Limits.decisions)
        for rule in model.document.rules {
            let when = rule.body.when
            var asked = [when.on].compactMap(\.self)
            if case .keep(_, .whileTrue(let formula, _), _) = rule.body { asked.append(formula) }
            if case .tell(_, _, _, let formula?) = rule.body { asked.append(formula) }
            for formula in asked { doubtIdle(formula, rule, logic, &report) }
            if let formula = when.unless { doubtIdle(formula, rule, logic, &report, isUnless: true) }
        }
    }

    private func doubtIdle(_ formula: Formula, _ rule: RuleNode, _ logic: Logic, _ report: inout Report, isUnless: Bool = false) {
        // Only a condition that is named twice can stand in its own way.
        let literals = formula.joined()
        guard Set(literals.lazy.map(\.condition)).count < literals.count else { return }
        func truth(_ formula: Formula) -> Truth { logic.formula(formula) { model.symbols.bit(of: $0) } }
        let never = formula.filter { truth([$0]) == Logic.never }, whole = truth(formula), said = model.text(of: formula)
        if logic.isExhausted { return }
        if whole == Logic.always {
            if isUnless { return }
            report.warn(
                "hardly-meant", rule.place, "“\(said)” is always so: the rule asks for nothing by it.", "Take it out, or say what is meant."
            )
        } else if let first = never.first, isUnless || never.count < formula.count {
            report.warn(
                "hardly-meant", rule.place, "“\(model.text(of: [first]))” can never be so: it says nothing here.",
                "Take it out, or say what is meant.")
        } else if let twice = formula.first(where: { Set($0).count < $0.count }) {
            report.warn("hardly-meant", rule.place, "“\(model.text(of: [twice]))” says the same twice.", "Say it once.")
        }
    }
}
