// Verdicts on one line, as an example would expect them.

extension Outcome {
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
