// How large a document may be. Within these numbers everything is exact; beyond them it is refused, with the number.

enum Limits {
    /// Things that all categories hold together.
    static let held = 2_000_000
    /// Names that all rules list together, where a category counts as what it holds.
    static let listed = 8_000_000
    /// Flows of which all rules speak together.
    static let flows = 1_000_000
    /// Words of 64 bits in the table.
    static let table = 16_000_000
    /// Literals that are looked at to find facts on which rules apply, before it is reasoned out.
    static let looks = 20_000_000
    /// Steps of reasoning about conditions.
    static let decisions = 1_000_000
    /// The same where two versions are compared, or cells written out: in each of two orders of the conditions.
    static let comparison = 1_000_000
    /// The same for one flow, and for all flows, where they are compared one by one.
    static let flow = 100_000, flowByFlow = 600_000
    /// Comparisons of rules that only warnings need; beyond them no more is looked for.
    static let pairs = 2_000_000
}

extension Policy {
    /// Whether its flows are few enough to look at each.
    func checkSize(_ report: inout Report) -> Bool {
        var flows = 0
        for permission in model.expansion.permissions {
            flows += min(permission.reach.count, Limits.flows + 1)
            if permission.reach.verb == .send {
                for message in permission.reach.thing.list ?? [] {
                    flows += model.symbols.carried(by: message, model.document.contents).count * (permission.reach.purpose.list?.count ?? 0)
                }
            }
            guard flows > Limits.flows else { continue }
            report.error(
                "too-large", model.document.rules[permission.rule].place,
                "Up to this rule the policy permits more than \(Limits.flows.grouped) flows: each combination of what a rule lists is one.",
                "Use fewer names, or a rule for each group of them.")
            return false
        }
        return true
    }
}

extension Int {
    /// `2,000,000`.
    var grouped: String {
        let digits = Array(String(self))
        return digits.indices.reduce("") { $0 + ($1 > 0 && (digits.count - $1) % 3 == 0 ? "," : "") + String(digits[$1]) }
    }
}
