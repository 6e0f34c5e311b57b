// The loaded versions of the policy: the one in force, and each under which something was collected.

public import Policy
import Store
import Synchronization

/// A version as it was loaded; `row` is its number in the database, which records name.
public struct LoadedVersion: Sendable {
    public let row: Int64
    /// When it was loaded first.
    let since: Instant
    public let policy: Policy
}

/// Binds the uses of the code to flows, once for each use, actor and version.
final class Versions: Sendable {
    let current: LoadedVersion
    private let all: [Int64: LoadedVersion]
    private let bound = Mutex<[Key: [Thing]]>([:])
    private let boundEntries = Mutex<[ObjectIdentifier: [Thing]]>([:])
    private let boundOwn = Mutex<[OwnKey: Thing]>([:])
    private let accounts = Mutex<[Question: Account]>([:])
    private struct OwnKey: Hashable { let verb: Verb, field: String, version: Int64 }
    private struct Question: Hashable { let flow: Flow, facts: Facts, version: Int64 }

    /// One thing of a use, its flow, and the conditions that can change the verdict on it.
    struct Thing: Sendable {
        let thing: String, via: String?, flow: Flow, asked: [Name], waits: [Postponement]
    }
    private struct Key: Hashable {
        let use: ObjectIdentifier, who: String?, version: Int64
    }

    /// `versions` in the order in which they were loaded; the last one is in force.
    init(_ versions: [LoadedVersion]) {
        precondition(!versions.isEmpty, "a house has at least one version of its policy")
        current = versions[versions.count - 1]
        all = Dictionary(uniqueKeysWithValues: versions.map { ($0.row, $0) })
        let present = current, known = versions.map(\.policy)
        governing = all.filter { $0.key != present.row }.mapValues { Governing(present.policy, collected: $0.policy, known: known) }
        conditionsOfTerms = governing.values.reduce(into: current.policy.conditionsOfTerms) { all, governing in
            all.formUnion(governing.conditionsOfTerms)
        }
    }

    /// The rule of two versions, for what was collected under each former one.
    private let governing: [Int64: Governing]

    private struct Governed: Hashable { let collected: Int64, agreed: [Int64] }
    private let governed = Mutex<[Governed: Governing]>([:])

    /// `agreed`: those that the person agreed to, in the order of their yes.
    func governing(_ row: Int64, agreed: [LoadedVersion] = []) -> Governing? {
        if row == current.row { return Governing(current.policy) }
        guard !agreed.isEmpty else { return governing[row] }
        let key = Governed(collected: row, agreed: agreed.map(\.row))
        if let known = governed.withLock({ $0[key] }) { return known }
        guard let collected = all[row] else { return nil }
        let governing = Governing(
            current.policy, collected: collected.policy, agreed: agreed.map(\.policy), known: all.values.map(\.policy))
        governed.withLock { governed in
            if governed.count >= 256 { governed = [:] }
            governed[key] = governing
        }
        return governing
    }

    /// What the present version calls a name of a former one; the same name where it lacks it.
    func nameNow(of name: String, in row: Int64) -> String { governing[row]?.nameNow(of: name) ?? name }
    /// What a former version calls a name of the present one; the same name where it lacks it.
    func nameThen(of name: String, in row: Int64) -> String { governing[row]?.nameThen(of: name) ?? name }

    var loaded: some Collection<LoadedVersion> { all.values }

    /// The version of a row; nil where the database names one that isn't there.
    subscript(row: Int64) -> LoadedVersion? { all[row] }

    /// What former versions call a name of the present one, where it is another.
    func formerNames(of name: String) -> [String] { governing.values.compactMap { $0.nameThen(of: name) }.filter { $0 != name } }

    /// The conditions that a `keep` of any version may ask about, by their present names.
    let conditionsOfTerms: Set<String>

    /// The one before the present, where there is one.
    var former: LoadedVersion? { all.values.filter { $0.row != current.row }.max { $0.row < $1.row } }

    /// The one that was in force at a moment, as far as can be told: a version that was loaded a second time counts from the first.
    func inForce(at moment: Instant) -> LoadedVersion {
        if moment >= current.since { return current }
        return all.values.filter { $0.since <= moment }.max { $0.row < $1.row } ?? current
    }

    /// The person's own use of one field, by its present name, bound once for each version; nil where the version lacks it.
    func own(_ verb: Verb, _ field: String, in version: LoadedVersion) -> Thing? {
        let key = OwnKey(verb: verb, field: field, version: version.row)
        if let known = boundOwn.withLock({ $0[key] }) { return known }
        let named = nameThen(of: field, in: version.row)
        guard let thing = try? Thing(verb, who: "the person", named, in: version.policy) else { return nil }
        boundOwn.withLock { $0[key] = thing }
        return thing
    }

    /// What stands behind a verdict, worked out once for each flow and what is known: few of each, and pages and records ask again and
    /// again.
    func account(of verdict: Verdict, on flow: Flow, _ facts: Facts, in version: LoadedVersion) -> Account {
        let question = Question(flow: flow, facts: facts, version: version.row)
        if let known = accounts.withLock({ $0[question] }) { return known }
        let account = version.policy.account(of: verdict, on: flow, facts)
        accounts.withLock { $0[question] = account }
        return account
    }

    /// A use by an actor under one version: one flow for each thing.
    func bind<U: Use>(_: U.Type, who: String?, in version: LoadedVersion) throws(Unbound) -> [Thing] {
        let key = Key(use: ObjectIdentifier(U.self), who: who, version: version.row)
        if let known = bound.withLock({ $0[key] }) { return known }
        let sending = U.self as? any Sending.Type
        func name(_ name: String) -> String { nameThen(of: name, in: version.row) }
        var found: [Thing] = []
        for thing in U.things {
            found.append(
                try Thing(
                    U.verb, who: sending == nil ? who.map(name) : nil, name(thing), purpose: U.purpose.map(name),
                    via: (sending?.through).map(name), carrier: (sending?.carrier).map(name), starter: sending == nil ? nil : who.map(name),
                    in: version.policy))
        }
        bound.withLock { $0[key] = found }
        return found
    }

    /// The entry about a use, which the present version alone is asked about: one flow for each field that it is made from.
    func bindEntry<U: Use>(about _: U.Type) throws(Unbound) -> [Thing] {
        let key = ObjectIdentifier(U.self)
        if let known = boundEntries.withLock({ $0[key] }) { return known }
        var found: [Thing] = []
        for field in RecordOfUses.fields(of: U.self) { found.append(try derived(RecordOfUses.field, from: field, in: current)) }
        boundEntries.withLock { $0[key] = found }
        return found
    }

    /// What a use makes of a field, under one version.
    func derived<U: Use>(by _: U.Type, from field: String, in version: LoadedVersion) throws(Unbound) -> Thing {
        func name(_ name: String) -> String { nameThen(of: name, in: version.row) }
        return try Thing(
            .derive, who: nil, name(U.things[0]), purpose: U.purpose.map(name), via: name(field), starter: U.by.first.map(name),
            in: version.policy)
    }

    /// What the site makes of a field for the record, under one version; names are the present ones.
    func derived(_ thing: String, from field: String, in version: LoadedVersion) throws(Unbound) -> Thing {
        func name(_ name: String) -> String { nameThen(of: name, in: version.row) }
        return try Thing(
            .derive, who: Actor.theSite.name, name(thing), purpose: name(RecordOfUses.purpose), via: name(field), in: version.policy)
    }
}

extension Versions.Thing {
    init(
        _ verb: Verb, who: String?, _ thing: String, purpose: String? = nil, via: String? = nil, carrier: String? = nil,
        starter: String? = nil, in policy: Policy
    ) throws(Unbound) {
        flow = try policy.flow(verb, who: who, thing: thing, purpose: purpose, via: via, carrier: carrier, starter: starter)
        (self.thing, self.via, asked) = (thing, via, policy.asked(by: flow))
        var waits: [Postponement] = []
        for ends in policy.obligations(of: flow).compactMap(\.ends) { waits.append(try Postponement(ends, in: policy)) }
        self.waits = waits
    }
}

extension Actor {
    /// As the policy names the one who reads, corrects or deletes.
    var name: String {
        switch self {
        case .theSite: "the site"
        case .thePerson: "the person"
        case .staff(_, let role, _): role
        }
    }
}
