// The second round: what rules that read well say wrong.

extension Policy {
    /// Reports errors and warnings on a document without faults of the first round.
    func check(_ report: inout Report) {
        checkClauses(&report)
        checkFields(&report)
        for (result, example) in zip(test(), model.document.examples) where !result.passed {
            report.error("example-fails", example.place, "The rules say: \(result.got.sentence).", "Mend the rules or the example.")
        }
        for doubt in model.document.doubts { report.warn("hardly-meant", doubt.place, doubt.message, doubt.suggestion) }
        checkUnused(&report)
        checkWarnings(&report)
        if checkSize(&report) { checkConditions(&report) }
    }

    /// What needs exact reasoning about conditions. Where they are too entangled for that, what isn't known isn't said, but that.
    private func checkConditions(_ report: inout Report) {
        let reasoning = Reasoning(self, Logic(limit: Limits.decisions))
        let culprit = checkApplies(reasoning, &report)
        checkMessages(reasoning, &report)
        checkIdle(&report)
        var exact = report
        checkCovered(reasoning, &exact)
        checkEscapes(reasoning, &exact)
        guard reasoning.logic.isExhausted else { return report = exact }
        report.warn(
            "too-entangled", culprit?.place ?? model.header.place,
            "These conditions hang together in so many ways that it can't be worked out whether each rule applies, and which covers another.",
            "Declare a condition for a part of them.")
    }

    private func checkClauses(_ report: inout Report) {
        for section in model.document.outline.sections {
            if !section.hasStatement {
                report.error(
                    "clause-without-rule", section.anchorPlace, "The clause “\(section.title)” has no rule.",
                    "Write its rules, or a note that says why there is nothing to enforce.")
            }
            if !section.hasProse {
                report.error(
                    "clause-without-prose", section.anchorPlace, "The clause “\(section.title)” says nothing to people.",
                    "Say in words what its rules do.")
            }
        }
        var missing = Set(ChangeAction.allCases)
        for rule in model.document.rules { if case .change(let action, _) = rule.body { missing.remove(action) } }
        for action in ChangeAction.allCases where missing.contains(action) {
            report.error(
                "missing-change-rule", model.header.place, "The policy doesn't say: when this policy changes: \(action.text).",
                "Write that rule in the clause on changes.")
        }
    }

    private func checkMessages(_ reasoning: Reasoning, _ report: inout Report) {
        for rule in model.document.rules {
            if case .send(let messages, _, _, let purposes, let consent, let consentAt, _, _, _) = rule.body {
                if consent == .always, purposes.symbols.contains(where: { model.symbols[$0].isPromotional }) {
                    report.error(
                        "promotional-always", model.document.tokens[consentAt].place, "A promotional message can always be refused.",
                        "Write “unless refused” or “only if asked”.")
                }
                for name in messages.items { checkReadable(name, purposes, reasoning, &report) }
            }
            guard case .give(_, _, let recipients, let purposes, _, let when) = rule.body,
                purposes.symbols.contains(where: { model.symbols[$0].isPromotional })
            else { continue }
            let asked = Literal(condition: model.symbols.conditions[Symbols.asked], mustHold: true)
            guard (Conjunctions.of(when) ?? []).contains(where: { !$0.contains(asked) }) else { continue }
            for name in recipients.items where model.symbols[name.symbol].type != "processor" {
                report.error(
                    "outsider-without-asking", model.document.place(of: name.tokens),
                    "“\(model.name(name.symbol))” would get it for a promotional purpose without the person having asked.",
                    "Write “, on asked”.")
            }
        }
    }

    /// Each field that a message carries is one that the site may read for that purpose.
    private func checkReadable(_ name: Reference, _ purposes: Names, _ reasoning: Reasoning, _ report: inout Report) {
        let carried = model.document.contents.things(of: name.symbol, model.symbols).filter { model.symbols.kind($0) == .message }
            .flatMap { model.symbols.carried(by: $0, model.document.contents) }
        for field in carried {
            for purpose in purposes.symbols {
                let flow = Flow(verb: .read, who: .of(Symbols.theSite), thing: .of(field), purpose: .of(purpose))
                if reasoning.mayPermit(flow) { continue }
                report.error(
                    "message-carries-unreadable", model.document.place(of: name.tokens),
                    "It carries “\(model.name(field))”, which the site may not read to \(model.name(purpose)).",
                    "Write: the site may read \(model.name(field)) to \(model.name(purpose))")
                return
            }
        }
    }
}

extension Document {
    func place(of range: Range<Int>) -> Place {
        var place = tokens[range.lowerBound].place
        let last = tokens[range.upperBound - 1].place
        if last.line == place.line { place.length = last.column + last.length - place.column }
        return place
    }
}
