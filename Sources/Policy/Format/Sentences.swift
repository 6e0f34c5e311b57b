// Verdicts in plain words.

extension Outcome {
    /// As an example would expect it.
    public var sentence: String {
        let age = version.map { " (version \($0))" } ?? ""
        switch why {
        case nil:
            var parts = ["yes, " + rules.joined(separator: ", ")]
            if !along.isEmpty { parts.append("together with " + along.joined(separator: ", ")) }
            for told in obligations {
                let when = told.obligation.onceEnds.map { "once \($0) ends" } ?? "at once"
                parts.append("the person is told \(when) (\(told.obligation.rule)\(told.version.map { " of version \($0)" } ?? ""))")
            }
            return parts.joined(separator: "; ") + age
        case .needs(let needs): return "no, needs " + needs.literals.joined(separator: " and ") + age
        case .forbidden(let by, let needs):
            let lifted = needs.map { ", needs " + $0.literals.joined(separator: " and ") } ?? ""
            return "no, forbidden by \(by)\(lifted)\(age)"
        case .noRule: return "no, no rule" + age
        case .keptByLaw(let by): return "no, kept by law \(by)\(age)"
        case .notKept: return "no, not kept" + age
        }
    }
}

extension Policy {
    /// A flow and its answer, in plain words, with the prose of the rules.
    public func explanation(of answer: Answer) -> String {
        let outcome: Outcome
        switch answer.result {
        case .failure(let fault): return "This can't be read (column \(fault.column)): \(fault.message)"
        case .success(let read): outcome = read
        }
        var lines = ["“\(answer.text)”: \(outcome.why == nil ? "yes." : "no.")"]
        switch outcome.why {
        case nil:
            lines += outcome.rules.flatMap { quoted($0, "It is permitted by") }
            if !outcome.along.isEmpty { lines.append("Along with it goes: \(outcome.along.joined(separator: ", ")).") }
            for told in outcome.obligations {
                let when = told.obligation.onceEnds.map { "as soon as this is over: \($0)" } ?? "at once"
                lines += quoted(told.obligation.rule, "The person is told \(when), by")
            }
            for reason in outcome.reasons ?? [] { lines.append("It is kept because: \(reason).") }
        case .needs(let needs):
            lines.append("It would be permitted if " + needs.literals.joined(separator: " and ") + ".")
            lines += needs.set.map(meaning)
        case .forbidden(let by, let needs):
            lines += quoted(by, "It is forbidden by")
            if let needs { lines.append("That would be lifted by: " + needs.literals.joined(separator: " and ") + ".") }
        case .noRule: lines.append("No rule of this policy permits it, whatever the circumstances.")
        case .keptByLaw(let by): lines += quoted(by, "A law demands that it is kept, by")
        case .notKept: lines.append("Its term is over: it is deleted by then.")
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func quoted(_ address: String, _ opening: String) -> [String] {
        guard let rule = rule(address) else { return ["\(opening) \(address)."] }
        let clause = clauses.first { clause in clause.rules.contains { $0.address == address } }
        return ["\(opening) \(address)\(clause.map { " (“\($0.title)”)" } ?? ""):", "    \(rule.text)"]
    }

    private func meaning(_ condition: String) -> String {
        prose(of: condition).map { "    \(condition): \($0)" } ?? ""
    }
}
