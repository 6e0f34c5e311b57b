// The rules that forbid, keep and tell, by names, for other tools: what `processes` is for those that permit.

/// What one rule forbids, keeps or tells of. A list that is nil means any.
public struct Vow: Sendable {
    public enum Kind: String, Sendable { case never, keep, tell }
    public let address: String, kind: Kind
    /// As it stands.
    public let text: String
    public var verbs: [Verb] = []
    public var things: [String]?
    public var from, through, by, recipients, purposes: [String]?
    /// Alternatives of which one must hold: of a `never`, on which it forbids; of a `tell`, after whose end it tells, empty: at once.
    public var conditions: [Needs] = []
    /// Of a `never`: alternatives of which each lifts it.
    public var unless: [Needs] = []
    public var term: Term?
}

extension Policy {
    public var vows: [Vow] {
        let keepings = Dictionary(model.expansion.keepings.enumerated().map { ($1.rule, $0) }, uniquingKeysWith: { first, _ in first })
        return model.document.rules.enumerated().compactMap { index, rule in
            func vow(_ kind: Vow.Kind) -> Vow { Vow(address: rule.address, kind: kind, text: model.document.canonical(rule: index)) }
            func names(_ choice: Choice) -> [String]? { choice.list.map { $0.filter { $0 >= 0 }.map(model.name) } }
            func named(_ list: Names?) -> [String]? { names(model.expansion.choice(list)) }
            func things(_ list: Names) -> [String] { model.expansion.expand(list).map(model.name) }
            switch rule.body {
            case .never(let never):
                var one = vow(.never)
                one.verbs = never.isUse ? Verb.allCases : never.verbs
                one.things = never.things.map(things)
                (one.from, one.through) = (never.from.map(things), never.through.map(things))
                (one.by, one.recipients, one.purposes) = (named(never.by), named(never.recipients), named(never.purposes))
                (one.conditions, one.unless) = ((never.when.on ?? []).map(model.needs), (never.when.unless ?? []).map(model.needs))
                return one
            case .keep(let list, _, _):
                var one = vow(.keep)
                one.things = things(list)
                one.term = keepings[index].map(term)
                return one
            case .tell(let told, let list, let purposes, let onceEnds):
                var one = vow(.tell)
                (one.things, one.purposes) = (things(list), named(purposes))
                switch told {
                case .use(let actors, let verbs): (one.by, one.verbs) = (named(actors), verbs)
                case .gift(let recipients): (one.recipients, one.verbs) = (named(recipients), [.give])
                }
                one.conditions = (onceEnds ?? []).map(model.needs)
                return one
            default: return nil
            }
        }
    }
}
