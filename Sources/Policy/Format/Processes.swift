// The rules as processing activities, for tools that know the words of others (W3C Data Privacy Vocabulary).

/// What one rule permits, by names.
public struct Process: Sendable {
    public let address: String
    public let verb: Verb
    public let who, things, purposes, recipients: [String]
    /// Marks of its purposes that are grounds in law, such as `contract`.
    public let grounds: [String]
    public let conditions: [Needs]
}

/// How much stands behind a rule: the examples of the document that it decides.
public struct Coverage: Sendable {
    public let clause: String, address: String, text: String
    /// Lines of the examples.
    public let examples: [Int]
}

extension Policy {
    public var processes: [Process] {
        model.expansion.permissions.map { permission in
            let reach = permission.reach
            func names(_ choice: Choice) -> [String] { (choice.list ?? []).filter { $0 >= 0 }.map(model.name) }
            let purposes = (reach.purpose.list ?? []).filter { $0 >= 0 }
            let grounds = Set(purposes.flatMap { model.symbols[$0].marks }).subtracting(["promotional"]).sorted()
            let isDisclosed = reach.verb == .give || reach.verb == .aggregate
            return Process(
                address: model.address(permission.rule), verb: reach.verb, who: isDisclosed ? [] : names(reach.who),
                things: names(reach.thing),
                purposes: purposes.map(model.name), recipients: isDisclosed ? names(reach.who) : names(reach.carrier), grounds: grounds,
                conditions: permission.when.map(model.needs))
        }
    }

    /// Every rule with the examples whose verdict stands on it.
    public func coverage() -> [Coverage] {
        var lines: [String: [Int]] = [:]
        for (example, result) in zip(model.document.examples, test()) {
            for address in tried(by: example.question, result.got) { lines[address, default: []].append(result.line) }
        }
        return clauses.flatMap { clause in
            clause.rules.map { Coverage(clause: clause.title, address: $0.address, text: $0.text, examples: lines[$0.address] ?? []) }
        }
    }

    /// What permits it and what is told of it; what stops it; what would permit it but for a condition; each term of what isn't kept.
    private func tried(by question: Question, _ got: Outcome) -> Set<String> {
        switch got.why {
        case nil: return Set(got.rules + got.obligations.map(\.obligation.rule))
        case .forbidden(let by, _), .keptByLaw(let by): return [by]
        case .needs: return Set(rules(reaching: question))
        case .notKept:
            guard case .kept(let field, _, _, _) = question.subject else { return [] }
            return Set(terms(of: model.name(field)).map(\.address))
        case .noRule: return []
        }
    }

    /// Rules that would permit it in other circumstances, in the order in which they stand.
    func rules(reaching question: Question?) -> [String] {
        guard case .flows(let flows)? = question?.subject else { return [] }
        var found: [String] = []
        for flow in flows {
            for permission in model.expansion.permissions {
                var reach = permission.reach
                reach.starter = .any
                let address = model.address(permission.rule)
                if reach.contains(flow), !found.contains(address) { found.append(address) }
            }
        }
        return found
    }

    /// Whether an example can try the rule: how a change is told shows in no flow.
    public func canBeTried(_ address: String) -> Bool {
        model.place(of: address).map { if case .change = model.document.rules[$0].body { false } else { true } } ?? false
    }

    /// Purposes by the number of things that they let use, the widest first.
    public var widestPurposes: [(name: String, things: Int)] {
        var things: [String: Set<String>] = [:]
        for process in processes { for purpose in process.purposes { things[purpose, default: []].formUnion(process.things) } }
        return things.map { ($0.key, $0.value.count) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    /// Conditions by the number of rules that they open, the most first.
    public var widestConditions: [(name: String, rules: Int)] {
        var rules: [String: Set<String>] = [:]
        for process in processes { for name in process.conditions.flatMap(\.set) { rules[name, default: []].insert(process.address) } }
        return rules.map { ($0.key, $0.value.count) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    /// Conditions that data stay for while they hold, by how long they stay when it ends; among equals by the number of fields.
    public var longestConditions: [(name: String, fields: Int, then: Duration?)] {
        var fields: [String: Set<Int>] = [:], longest: [String: Duration] = [:]
        for keeping in model.expansion.keepings {
            guard case .whileTrue(let formula, let then) = keeping.span else { continue }
            for literal in Set(formula.joined()) {
                let name = (literal.mustHold ? "" : "not ") + model.name(literal.condition)
                fields[name, default: []].formUnion(keeping.fields)
                if let then, then.days > longest[name]?.days ?? 0 { longest[name] = then }
            }
        }
        return fields.map { ($0.key, $0.value.count, longest[$0.key]) }.sorted {
            ($1.2?.days ?? 0, $1.1, $0.0) < ($0.2?.days ?? 0, $0.1, $1.0)
        }
    }

    /// The rules that speak of a condition, without those that wait for it to hold; nil where the name is none.
    public func rules(closedBy condition: String) -> [String]? {
        guard let found = model.find(condition), model.symbols.kind(found) == .condition else { return nil }
        let expansion = model.expansion, closing = Literal(condition: found, mustHold: false)
        let permitting = expansion.permissions.filter { $0.when.joined().contains(closing) }.map(\.rule)
        let forbidding = expansion.prohibitions.filter { $0.on.joined().contains { $0.condition == found } }.map(\.rule)
        return Set(permitting + forbidding).sorted().map(model.address)
    }

    /// The rules that tell the person only once a condition has ended.
    public func rules(delayedBy condition: String) -> [String] {
        let found = model.find(condition)
        return model.document.rules.filter {
            guard case .tell(_, _, _, let ends?) = $0.body else { return false }
            return ends.joined().contains { $0.condition == found }
        }.map(\.address)
    }

    /// Words without rules: the document translates another and has no policy of its own.
    public static func isTranslation(_ document: [UInt8]) -> Bool { Document.read(document, file: "").document.isTranslation }
}
