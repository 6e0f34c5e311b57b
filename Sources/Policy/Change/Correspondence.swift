// Which name of a new version is which of an old one: by `formerly`, else by itself, else by the versions between them.

struct Correspondence: Sendable {
    /// By symbol of the new version; nil where the old one lacks it.
    let old: [Int?]
    /// By symbol of the old version.
    let new: [Int?]

    /// - Parameter between: the versions that lie between the two, the newest first. By them a name is followed that was changed more
    ///   than once, where the old version has neither what the new one says that it was nor the name itself.
    init(_ new: Model, _ old: Model, between: [Model] = []) {
        var mine: [Int?] = [], theirs = [Int?](repeating: nil, count: old.symbols.all.count), lost: [Int] = []
        for (index, symbol) in new.symbols.all.enumerated() {
            let named = symbol.formerly.flatMap { old.find($0.name) } ?? old.find(symbol.name)
            let found = named.flatMap { Self.isSame(symbol, old.symbols[$0]) ? $0 : nil }
            let free = found.flatMap { theirs[$0] == nil ? $0 : nil }
            mine.append(free)
            if let free { theirs[free] = index }
            if named == nil { lost.append(index) }
        }
        if !lost.isEmpty, !between.isEmpty {
            let models = [new] + between + [old], steps = zip(models, models.dropFirst()).map { Correspondence($0, $1) }
            for index in lost {
                let found = steps.reduce(Optional(index)) { name, step in name.flatMap { step.old[$0] } }
                guard let found, theirs[found] == nil else { continue }
                (mine[index], theirs[found]) = (found, index)
            }
        }
        (self.old, self.new) = (mine, theirs)
    }

    /// A different kind of field or type of recipient isn't the same thing.
    private static func isSame(_ new: Symbol, _ old: Symbol) -> Bool {
        if new.kind == .field { return old.kind == .field && new.fieldKind == old.fieldKind }
        if new.kind == .recipient, old.kind == .recipient { return new.type == old.type }
        let isSource = (new.kind == .source || new.isAlsoSource) && (old.kind == .source || old.isAlsoSource)
        return new.kind == old.kind || isSource
    }

    /// The flow by the names of the old version, nil where it lacks one of them.
    func old(_ flow: Flow) -> Flow? { Self.map(flow, old) }
    func new(_ flow: Flow) -> Flow? { Self.map(flow, new) }

    private static func map(_ flow: Flow, _ table: [Int?]) -> Flow? {
        func one(_ name: Name) -> Name? { (table[safe: name.symbol] ?? nil).map { .of($0) } }
        func maybe(_ name: Name?) -> Name?? {
            guard let name else { return .some(nil) }
            return one(name).map { .some($0) }
        }
        guard let who = one(flow.who), let thing = one(flow.thing), let purpose = maybe(flow.purpose), let via = maybe(flow.via),
            let carrier = maybe(flow.carrier)
        else { return nil }
        // A starter whom the other version doesn't know is unfit, as any other that it doesn't name.
        let starter = flow.starter.map { one($0) ?? .of(-1) }
        return Flow(verb: flow.verb, who: who, thing: thing, purpose: purpose, via: via, carrier: carrier, starter: starter)
    }
}
