// Section 4 of the language by enumeration, on rules as values: no table, no compiler, no parser.
@testable import Policy

struct PlainFlow: Hashable {
    var verb: String, who: String, thing: String, purpose: String?, via: String?, carrier: String?, starter: String?

    /// Every flow of the office's words.
    static let all: [PlainFlow] = {
        var all: [PlainFlow] = []
        let starters = Office.roles + ["the site"]
        for purpose in Office.purposes {
            for field in Office.fields {
                for source in Office.sources { all.append(PlainFlow(verb: "collect", who: source, thing: field, purpose: purpose)) }
                for verb in ["read", "correct", "delete"] {
                    for actor in starters { all.append(PlainFlow(verb: verb, who: actor, thing: field, purpose: purpose)) }
                }
                for taker in Office.recipients {
                    for starter in starters {
                        all.append(PlainFlow(verb: "give", who: taker, thing: field, purpose: purpose, starter: starter))
                    }
                }
                for taker in Office.recipients + starters {
                    all.append(PlainFlow(verb: "aggregate", who: taker, thing: field, purpose: purpose))
                }
                for via in Office.fields {
                    for starter in starters {
                        all.append(PlainFlow(verb: "derive", who: "the site", thing: field, purpose: purpose, via: via, starter: starter))
                    }
                }
                for message in Office.messages {
                    for carrier in [nil] + Office.recipients.map({ $0 as String? }) {
                        for starter in starters {
                            all.append(
                                PlainFlow(
                                    verb: "send", who: "the site", thing: message, purpose: purpose, via: field, carrier: carrier,
                                    starter: starter))
                        }
                    }
                }
            }
        }
        for field in Office.fields {
            for verb in ["read", "correct", "delete"] {
                for actor in ["the person"] + Office.persons { all.append(PlainFlow(verb: verb, who: actor, thing: field)) }
            }
        }
        return all
    }()

    init(
        verb: String, who: String, thing: String, purpose: String? = nil, via: String? = nil, carrier: String? = nil, starter: String? = nil
    ) {
        (self.verb, self.who, self.thing, self.purpose, self.via, self.carrier, self.starter) = (
            verb, who, thing, purpose, via, carrier, starter
        )
    }
}

/// What is compared: the verdict with all that belongs to it, lists as sets.
struct PlainVerdict: Hashable {
    var verdict: String
    var rules: Set<String> = []
    var along: Set<String> = []
    var told: Set<String> = []
    var needs: Set<String> = []
}

struct PlainJudge {
    let policy: DrawnPolicy

    private func holds(_ atom: Atom, _ flow: PlainFlow, _ facts: Set<String>) -> Bool {
        let value = atom.name == "in aggregate" ? flow.verb == "aggregate" : facts.contains(atom.name)
        return value == atom.mustHold
    }
    private func holds(_ all: Alternatives, _ flow: PlainFlow, _ facts: Set<String>) -> Bool {
        all.contains { $0.allSatisfy { holds($0, flow, facts) } }
    }

    func decide(_ flow: PlainFlow, _ facts: Set<String>) -> PlainVerdict {
        for (index, rule) in policy.rules.enumerated() where rule.kind == .never && forbids(rule, flow, facts) {
            let needs = rule.unless.map { fewest(Self.tidy($0), flow, facts) }
            return PlainVerdict(verdict: "forbidden" + (needs == nil ? "" : "+"), rules: [address(index)], needs: Set((needs ?? nil) ?? []))
        }
        if flow.verb == "delete" {
            for (index, rule) in policy.rules.enumerated() where rule.kind == .law && rule.things!.contains(flow.thing) {
                if holds(rule.on!, flow, facts) { return PlainVerdict(verdict: "kept by law", rules: [address(index)]) }
            }
        }
        var yes = PlainVerdict(verdict: "yes"), best: [String]?
        for (index, rule) in policy.rules.enumerated() where rule.kind == .permission {
            for (reached, along) in [(rule.things!, rule.along), (rule.along, [])] where reaches(rule, reached, flow) {
                let isFit = rule.starters?.contains(flow.starter ?? "") ?? true
                for conjunction in conjunctions(rule) {
                    let lacking = conjunction.filter { !holds($0, flow, facts) }
                    if lacking.isEmpty, isFit {
                        yes.rules.insert(address(index))
                        yes.along.formUnion(along)
                    }
                    let needs = lacking.map { ($0.mustHold ? "" : "not ") + $0.name } + (isFit ? [] : ["by \(rule.starters!.sorted())"])
                    if needs.count < best?.count ?? .max { best = needs }
                }
            }
        }
        if !yes.rules.isEmpty {
            yes.told = told(flow)
            return yes
        }
        return best.map { PlainVerdict(verdict: "needs", needs: Set($0)) } ?? PlainVerdict(verdict: "no rule")
    }

    func address(_ index: Int) -> String { "a.\(index + 1)" }

    private func reaches(_ rule: Drawn, _ things: [String], _ flow: PlainFlow) -> Bool {
        rule.verbs.contains(flow.verb) && things.contains(flow.thing) && (rule.who?.contains(flow.who) ?? true)
            && (rule.isOwn ? flow.purpose == nil : flow.purpose.map { rule.purposes!.contains($0) } ?? false)
            && (rule.via?.contains(flow.via ?? "") ?? true)
            && (flow.verb != "send" || (flow.carrier.map { rule.carriers!.contains($0) } ?? rule.carriers!.isEmpty))
    }

    /// Each way: one alternative of `on`, and the opposite of one atom of every alternative of `unless`.
    private func conjunctions(_ rule: Drawn) -> Alternatives {
        var all = rule.on ?? [[]]
        for lifted in rule.unless ?? [] {
            all = all.flatMap { way in lifted.map { way + [Atom(name: $0.name, mustHold: !$0.mustHold)] } }
        }
        return Self.tidy(all.map { $0 + rule.consent })
    }

    static func tidy(_ all: Alternatives) -> Alternatives {
        all.filter { way in !way.contains { way.contains(Atom(name: $0.name, mustHold: !$0.mustHold)) } }.map { way in
            way.enumerated().filter { index, atom in !way[..<index].contains(atom) }.map(\.element)
        }
    }

    private func fewest(_ all: Alternatives, _ flow: PlainFlow, _ facts: Set<String>) -> [String]? {
        var best: [String]?
        for way in all {
            let lacking = way.filter { !holds($0, flow, facts) }.map { ($0.mustHold ? "" : "not ") + $0.name }
            if lacking.count < best?.count ?? .max { best = lacking }
        }
        return best
    }

    // MARK: Never and tell

    func forbids(_ rule: Drawn, _ flow: PlainFlow, _ facts: Set<String>) -> Bool {
        matches(rule, flow) && holds(rule.on ?? [[]], flow, facts) && !(rule.unless.map { holds($0, flow, facts) } ?? false)
    }

    private func matches(_ rule: Drawn, _ flow: PlainFlow) -> Bool {
        if let purposes = rule.purposes, !(flow.purpose.map(purposes.contains) ?? false) { return false }
        if rule.isUse { return matchesPersons(rule, flow) && speaks(rule, flow, ofVia: true) }
        if rule.verbs.contains(flow.verb) || (flow.verb == "aggregate" && rule.verbs.contains("give")), matchesPersons(rule, flow),
            speaks(rule, flow, ofVia: false), flow.verb != "collect" || (rule.sources?.contains(flow.who) ?? true),
            !["derive", "send"].contains(flow.verb) || (rule.via?.contains(flow.via!) ?? true)
        {
            return true
        }
        // The carrier gets the field that the message goes through and what it carries.
        guard rule.verbs.contains("give"), flow.verb == "send", let carrier = flow.carrier, rule.carriers?.contains(carrier) ?? true,
            rule.starters?.contains(flow.starter!) ?? true
        else { return false }
        return rule.things.map { $0.contains(flow.via!) || !Set($0).isDisjoint(with: Office.carries[flow.thing] ?? []) } ?? true
    }

    private func matchesPersons(_ rule: Drawn, _ flow: PlainFlow) -> Bool {
        if let by = rule.starters {
            switch flow.verb {
            case "read", "correct", "delete": if !by.contains(flow.who) { return false }
            case "give", "send", "derive": if !by.contains(flow.starter!) { return false }
            default: return false
            }
        }
        if let takers = rule.carriers {
            switch flow.verb {
            case "give", "aggregate": if !takers.contains(flow.who) { return false }
            case "send": if !(flow.carrier.map(takers.contains) ?? false) { return false }
            default: return false
            }
        }
        return true
    }

    private func speaks(_ rule: Drawn, _ flow: PlainFlow, ofVia: Bool) -> Bool {
        guard let things = rule.things else { return true }
        if things.contains(flow.thing) { return true }
        if flow.verb == "send", !Set(things).isDisjoint(with: Office.carries[flow.thing] ?? []) { return true }
        return ofVia && flow.via.map(things.contains) ?? false
    }

    /// The rules that tell of a flow, with what must be over first.
    func told(_ flow: PlainFlow) -> Set<String> {
        var told: Set<String> = []
        for (index, rule) in policy.rules.enumerated() where rule.kind == .tell {
            if let purposes = rule.purposes, !(flow.purpose.map(purposes.contains) ?? false) { continue }
            let isGift = rule.verbs == ["give"]
            var matches = rule.verbs.contains(flow.verb) && rule.who?.contains(flow.who) ?? true && rule.things!.contains(flow.thing)
            if isGift, flow.verb == "send", let carrier = flow.carrier, rule.who!.contains(carrier) {
                matches = rule.things!.contains(flow.via!) || !Set(rule.things!).isDisjoint(with: Office.carries[flow.thing] ?? [])
            }
            if matches { told.insert(address(index) + (rule.on == nil ? "" : " later")) }
        }
        return told
    }
}
