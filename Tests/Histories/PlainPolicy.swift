// Policies as plain values, drawn at random, with the text that the compiler reads. Names are those of the first version; a later one may
// give some of them another name.

struct Literal: Hashable {
    let name: String, mustHold: Bool
}
/// A disjunction of conjunctions.
typealias Alternatives = [[Literal]]

struct PlainRule {
    enum Form {
        case may(verbs: [String], who: [String], purposes: [String])
        case collect(purposes: [String])
        case give(to: [String], purposes: [String])
        case never(verbs: [String], by: [String]?)
        case keep(PlainTerm)
    }
    let form: Form, things: [String]
    var on: Alternatives? = nil, unless: Alternatives? = nil
}

struct PlainTerm {
    enum Span { case whileHolds(Alternatives), after(String), atMost(String) }
    let span: Span, count: Int, unit: String, isLaw: Bool
}

struct PlainPolicy {
    var rules: [PlainRule]
    /// Names that this version and the later ones give anew.
    var renamed: [String: String] = [:]

    static let fields = ["name", "city", "letter", "diary"], record = "diary"
    static let actors = ["clerk", "porter", "the site"], recipients = ["bank"], purposes = ["serve", "count"]
    static let conditions = ["busy", "open", "agreed to", "a hold"], events = ["order"]

    func name(_ base: String) -> String { renamed[base] ?? base }

    /// - Parameter number: of the version.
    func text(number: Int) -> String {
        func declared(_ base: String) -> String { renamed[base].map { "\($0), formerly \(base)" } ?? base }
        func field(_ base: String) -> String {
            let kind = base == Self.record ? "text, record" : "text"
            return renamed[base].map { "field \($0): \(kind), formerly \(base)" } ?? "field \(base): \(kind)"
        }
        let declarations =
            ["policy drawn, version \(number), from 2026-01-01"] + Self.fields.map(field)
            + [
                "role \(declared("clerk")): serves", "role \(declared("porter")): carries",
                "recipient \(name("bank")): party in ID" + former("bank"),
            ]
            + ["source form: what you type"] + Self.purposes.map { "purpose \(declared($0)): for \($0)" }
            + Self.conditions.map { "condition \(declared($0)): a fact" } + Self.events.map { "event \(declared($0)): a moment" }
        return "# Drawn\n\n```policy\n\(declarations.joined(separator: "\n"))\n```\n\n## All {#all}\n\nProse.\n\n```policy\n"
            + rules.map { text(of: $0) }.joined(separator: "\n") + "\n```\n"
    }

    private func former(_ base: String) -> String { renamed[base] == nil ? "" : ", formerly \(base)" }
    private func list(_ bases: [String]) -> String { bases.map(name).joined(separator: ", ") }

    func text(of rule: PlainRule) -> String {
        let things = list(rule.things),
            end = (rule.on.map { ", on " + text(of: $0) } ?? "") + (rule.unless.map { ", unless " + text(of: $0) } ?? "")
        switch rule.form {
        case .may(let verbs, let who, let purposes):
            return "\(list(who)) may \(verbs.joined(separator: ", ")) \(things)" + (purposes.isEmpty ? "" : " to \(list(purposes))") + end
        case .collect(let purposes): return "collect \(things) from form to \(list(purposes))\(end)"
        case .give(let to, let purposes): return "give \(things) to \(list(to)) to \(list(purposes))\(end)"
        case .never(let verbs, let by):
            return "never \(verbs.joined(separator: ", ")) \(things)" + (by.map { " by \(list($0))" } ?? "") + end
        case .keep(let term):
            let reason = term.isLaw ? "by law \"a law\"" : "because \"so long\"", duration = "\(term.count) \(term.unit)s"
            switch term.span {
            case .whileHolds(let all):
                return "keep \(things) while \(text(of: all))" + (term.count == 0 ? "" : ", then \(duration)") + ", \(reason)"
            case .after(let event): return "keep \(things) \(duration) after \(name(event)), \(reason)"
            case .atMost(let event): return "keep \(things) at most \(duration) after \(name(event)), \(reason)"
            }
        }
    }

    private func text(of all: Alternatives) -> String {
        all.map { $0.map { ($0.mustHold ? "" : "not ") + name($0.name) }.joined(separator: " and ") }.joined(separator: " or ")
    }
}

extension PlainPolicy {
    static func drawn(_ random: inout Seeded) -> PlainPolicy {
        PlainPolicy(rules: (0..<4 + random.below(8)).map { _ in rule(&random) } + (0..<2 + random.below(3)).map { _ in keep(&random) })
    }

    /// The next version: some rules more, some less, some others, some names anew.
    func next(_ random: inout Seeded) -> PlainPolicy {
        var next = self
        for _ in 0...random.below(4) {
            let at = random.below(next.rules.count)
            switch random.below(4) {
            case 0 where next.rules.count > 1: next.rules.remove(at: at)
            case 1: next.rules[at] = Self.rule(&random)
            case 2: next.rules.append(Self.rule(&random))
            default: next.rules.append(Self.keep(&random))
            }
        }
        for base in ["city", "letter", "diary", "clerk", "bank", "serve", "busy", "a hold", "order"] where random.chance(12) {
            if next.renamed[base] == nil { next.renamed[base] = "other \(base)" }
        }
        return next
    }

    private static func rule(_ random: inout Seeded) -> PlainRule {
        let things = random.some(of: fields, atMost: 2), form: PlainRule.Form
        switch random.below(10) {
        case 0...2: form = .may(verbs: random.some(of: ["read", "correct", "delete"], atMost: 3), who: ["the person"], purposes: [])
        case 3...5:
            form = .may(
                verbs: random.some(of: ["read", "correct", "delete"], atMost: 3), who: random.some(of: actors, atMost: 2),
                purposes: random.some(of: purposes, atMost: 2))
        case 6: form = .collect(purposes: random.some(of: purposes, atMost: 2))
        case 7: form = .give(to: recipients, purposes: random.some(of: purposes, atMost: 2))
        case 8:
            form = .never(
                verbs: random.some(of: ["read", "correct", "delete"], atMost: 2),
                by: random.chance(60) ? random.some(of: actors, atMost: 2) : nil)
        default: form = .never(verbs: ["give"], by: nil)
        }
        let on = random.chance(50) ? condition(&random, longest: 2) : nil, unless = random.chance(30) ? condition(&random, longest: 2) : nil
        return PlainRule(form: form, things: things, on: on, unless: unless)
    }

    /// What is kept for a while after a condition counts from the day on which that last held: of one fact alone the house knows it.
    private static func keep(_ random: inout Seeded) -> PlainRule {
        let count = 1 + random.below(40), unit = random.one(of: ["day", "week", "month"]), event = random.one(of: ["collected", "order"])
        let term: PlainTerm
        switch random.below(5) {
        case 0: term = PlainTerm(span: .whileHolds(condition(&random, longest: 2)), count: 0, unit: "day", isLaw: random.chance(30))
        case 1: term = PlainTerm(span: .whileHolds(condition(&random, longest: 1)), count: count, unit: unit, isLaw: random.chance(20))
        case 2: term = PlainTerm(span: .atMost(event), count: count, unit: unit, isLaw: false)
        default: term = PlainTerm(span: .after(event), count: count, unit: unit, isLaw: random.chance(30))
        }
        return PlainRule(form: .keep(term), things: random.some(of: fields, atMost: 2))
    }

    private static func condition(_ random: inout Seeded, longest: Int) -> Alternatives {
        (0...random.below(2)).map { _ in random.some(of: conditions, atMost: longest).map { Literal(name: $0, mustHold: random.chance(70)) }
        }
    }
}
