// What the policy answers when somebody asks who may see what of them: worked out from its rules, once for each version.

import Policy

/// Everything that is permitted under some condition, and whom one may ask about.
struct Answers: Sendable {
    let cells: [Cell]
    /// Those who work here, then those outside who get or carry something.
    let staff, outsiders: [String]
    let things: [String]
    /// The program by itself.
    static let site = "the site"
    /// Of what a use may be entered in the record of uses; what may not isn't used.
    let recorded: Set<String>
    let glance: Glance

    init(of policy: Policy) {
        cells = policy.allCells
        let record = "record of uses"
        recorded = policy.isKept(record) ? Set(cells.filter { $0.verb == .derive && $0.thing == record }.compactMap(\.via)) : []
        staff = policy.roles
        let ours = Set(policy.roles + ["the person", Self.site, ""])
        outsiders = cells.reduce(into: []) { all, cell in
            for name in [cell.verb == .give || cell.verb == .aggregate ? cell.who : "", cell.carrier ?? ""]
            where !ours.contains(name) && !all.contains(name) { all.append(name) }
        }
        things = policy.fields.map(\.name)
        glance = Glance(cells, policy, staff: Set(staff), outsiders: Set(outsiders), recorded: recorded)
    }

    func mayBeAsked(about who: String) -> Bool { who == Self.site || staff.contains(who) || outsiders.contains(who) }

    /// The rules that forbid it whatever it is for, where nothing else is so than that it is asked; empty: for something none forbids it.
    func prohibitions(of thing: String, by who: String, _ policy: Policy) -> [String] {
        var rules: [String] = []
        for purpose in Set(cells.compactMap(\.purpose)).sorted() {
            guard let flow = try? policy.flow(outsiders.contains(who) ? .give : .read, who: who, thing: thing, purpose: purpose) else {
                return []
            }
            let verdict = policy.decide(flow, Facts())
            guard case .forbidden = verdict else { return [] }
            rules += policy.account(of: verdict, on: flow, Facts()).rules.filter { [rules] in !rules.contains($0) }
        }
        return rules
    }

    /// What they may do with it: see, change or get it, or carry a message that it is the address of or stands in.
    func uses(of thing: String, by who: String, _ policy: Policy) -> [Cell] {
        cells.filter { cell in
            guard cell.who == who && cell.verb != .collect || cell.carrier == who else { return false }
            return cell.thing == thing || cell.via == thing || cell.verb == .send && policy.carried(by: cell.thing).contains(thing)
        }
    }
}

/// The five questions of the introduction (C1), each with what the rules answer and the clause that says most of it.
struct Glance: Sendable {
    typealias Said = (count: Int, anchor: String?)
    /// What it is used for; who outside gets something; what waits for the person's word or ends with it.
    let purposes, outsiders, choices: Said
    /// Every look of somebody who works here can be recorded.
    let isRecorded: Bool
    /// Of everything that may be taken in or made: what nobody who works here may see; what the person corrects, and deletes, by themselves.
    let held: Int
    let closed, corrected, deleted: Said

    fileprivate init(_ cells: [Cell], _ policy: Policy, staff: Set<String>, outsiders: Set<String>, recorded: Set<String>) {
        let stored = Set(cells.filter { $0.verb == .collect || $0.verb == .derive }.map(\.thing))
        let fields = policy.fields.filter { stored.contains($0.name) }
        /// The first of the clauses with the most rules among them.
        func clause(_ cells: [Cell]) -> String? {
            let rules = Set(cells.flatMap(\.rules)), counts = Dictionary(grouping: rules) { String($0.prefix { $0 != "." }) }
            return policy.clauses.map(\.anchor).filter { counts[$0] != nil }.max { counts[$0]!.count < counts[$1]!.count }
        }
        func said(_ cells: [Cell], _ name: (Cell) -> String?) -> Said {
            (Set(cells.compactMap(name)).count, clause(cells.filter { name($0) != nil }))
        }
        held = fields.count
        purposes = said(cells.filter { $0.who != "the person" }) { $0.purpose }
        self.outsiders = said(cells) { cell in [cell.who, cell.carrier ?? ""].first(where: outsiders.contains) }
        choices = said(
            cells.filter { cell in cell.when.allSatisfy { $0.set.contains("asked") || $0.clear.contains("refused") } }
        ) { "\($0.thing) \($0.purpose ?? "")" }
        let seen = Set(cells.filter { $0.verb == .read && staff.contains($0.who) }.map(\.thing)), records = fields.filter(\.isRecord)
        isRecorded = seen.isSubset(of: recorded.union(records.map(\.name)))
        closed = (
            fields.count { !seen.contains($0.name) },
            clause(cells.filter { cell in cell.verb == .derive && records.contains { $0.name == cell.thing } })
        )
        corrected = said(cells.filter { $0.verb == .correct && $0.who == "the person" }) { $0.thing }
        deleted = said(cells.filter { $0.verb == .delete && $0.who == "the person" }) { $0.thing }
    }
}

extension Cell {
    /// Without the alternatives that ask for everything that a plainer one does, and for more: what lifts a restriction, say.
    var plain: Cell {
        var plain = self
        plain.when = when.filter { one in !when.contains { Set($0.set).isStrictSubset(of: one.set) } }
        return plain
    }
    var isAlways: Bool { when.contains { $0.set.isEmpty && $0.clear.isEmpty } }
}
