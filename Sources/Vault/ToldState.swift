// What rows hold of somebody and their own list tells too. Whoever can write the database can take a row out or change it; the list is sealed,
// chained and signed. Where the two differ, nothing is destroyed on the row's word, and the doctor names it.

import Policy
public import Store

/// Something that holds of a person by a row, and begins and ends by entries of their list.
public struct ToldState: Sendable {
    /// What an entry makes of it. A state may hold of several things at once, each under a key.
    public enum Turn: Sendable {
        /// What holds already goes on as it is. `since`: the moment that the row has; nil: it has none that can be known.
        case begins(_ key: String, since: Instant?)
        case ends(_ key: String)
    }

    /// As the doctor names it.
    public let name: String
    let turns: @Sendable (RecordedUse) -> [Turn]
    /// The keys of which it holds by rows, as text, and since when (or nothing).
    let rows: @Sendable (Subject) -> SQL
    /// Every beginning is an entry: what the list doesn't know of was put there.
    let isAlwaysTold: Bool
    /// The key of which it holds whenever the beginning of a list has had its time, although no entry that is left may say so.
    let lasting: String?

    public init(
        _ name: String, isAlwaysTold: Bool = true, lasting: String? = nil, turns: @escaping @Sendable (RecordedUse) -> [Turn],
        rows: @escaping @Sendable (Subject) -> SQL
    ) {
        (self.name, self.isAlwaysTold, self.lasting, self.turns, self.rows) = (name, isAlwaysTold, lasting, turns, rows)
    }
}

/// What a list says of such states, read entry by entry from its oldest on.
struct StatesTold: Sendable {
    let states: [ToldState]
    /// Under the name of the state and the key; nil: it ended.
    private var told: [String: [String: Turned]] = [:]
    private enum Turned { case holds(Instant?), ended }
    /// The number of the oldest entry.
    private var first: Int64?

    init(_ states: [ToldState]) { self.states = states }

    mutating func see(_ use: RecordedUse, _ sequence: Int64) {
        if first == nil { first = sequence }
        guard !use.isRefusal else { return }
        for state in states {
            for turn in state.turns(use) {
                switch turn {
                case .begins(let key, let since):
                    if case .holds = told[state.name]?[key] { continue }
                    told[state.name, default: [:]][key] = .holds(since)
                case .ends(let key): told[state.name, default: [:]][key] = .ended
                }
            }
        }
    }

    /// Whether an entry says anything of it.
    func knows(_ state: ToldState) -> Bool { !(told[state.name] ?? [:]).isEmpty }

    /// In what the rows differ from the list, in words; empty where they agree as far as the list reaches.
    func differences(of state: ToldState, from rows: [(key: String, since: Instant?)]) -> [String] {
        guard let first else { return [] }
        var told = told[state.name] ?? [:], differences: [String] = []
        if first > 1, let key = state.lasting, told[key] == nil { told[key] = .holds(nil) }
        for (key, turned) in told.sorted(by: { $0.key < $1.key }) {
            let row = rows.first { $0.key == key }
            switch turned {
            case .holds(let since):
                guard let row else {
                    differences.append("\(key): their list says that it is so, and no row does")
                    continue
                }
                if let since, let other = row.since, !(since - Self.span...since + Self.span).contains(other) {
                    differences.append("\(key): their list has it of \(since.iso), and its row of \(other.iso)")
                }
            case .ended: if row != nil { differences.append("\(key): their list says that it is over, and a row that it isn't") }
            }
        }
        guard state.isAlwaysTold, first == 1 else { return differences }
        return differences + rows.filter { told[$0.key] == nil }.map { "\($0.key): a row says that it is so, and nothing in their list" }
    }
    private static let span = Swift.Duration.seconds(3_600)
}

extension ToldState {
    func held<Failure: StoreFailure>(
        of subject: Subject, in rows: borrowing Snapshot<Failure>
    ) throws(Failure) -> [(key: String, since: Instant?)] {
        try rows.all(self.rows(subject)) { (key: $0.text(0), since: $0.instantOrNil(1)) }
    }
}

extension Vault {
    /// Whether somebody's list says the same of a state as its rows. The state is one that holds of one thing; where entries don't open, those that
    /// came after them say it.
    /// - Throws: `damaged` where they don't, so that nobody can say.
    public func isAsTold(_ state: ToldState, of subject: Subject) throws(Refusal) -> Bool {
        try says(state, try store.read { (rows) throws(Refusal) in try state.held(of: subject, in: rows) }, of: subject)
    }

    /// Whether the list says just that of the state.
    func says(_ state: ToldState, _ rows: [(key: String, since: Instant?)], of subject: Subject) throws(Refusal) -> Bool {
        var told = StatesTold([state]), closed: Refusal?
        for (entry, sequence) in try entries(of: subject) {
            switch entry {
            case .success(let use): told.see(use, sequence)
            case .failure(let fault): (told, closed) = (StatesTold([state]), fault)
            }
        }
        if let closed, !told.knows(state) { throw closed }
        return told.differences(of: state, from: rows).isEmpty
    }

    /// Somebody's whole list, the oldest entry first. It isn't shown to anybody, so nobody's right to read it is asked.
    func list(of subject: Subject) throws(Refusal) -> [(use: RecordedUse, sequence: Int64)] {
        try entries(of: subject).map { (entry, sequence) throws(Refusal) in (try entry.get(), sequence) }
    }

    /// The same, of each that doesn't open why.
    private func entries(of subject: Subject) throws(Refusal) -> [(use: Result<RecordedUse, Refusal>, sequence: Int64)] {
        let entries = try store.read { (rows) throws(Refusal) in try UseRow.all(of: subject, in: rows) }
        let keys = try monthKeys(of: entries, subject)
        return entries.map { entry in
            let use = Result<RecordedUse, Refusal> { () throws(Refusal) in
                guard let use = RecordedUse(text: try open(entry, of: subject, with: keys).commonText) else {
                    throw .damaged("use record \(entry.sequence)")
                }
                return use
            }
            return (use, entry.sequence)
        }
    }

    /// Of these states those of which somebody's rows and their list differ.
    func differing(_ states: [ToldState], of subject: Subject) throws(Refusal) -> [ToldState] {
        guard !states.isEmpty else { return [] }
        let held = try store.read { (rows) throws(Refusal) in
            try states.map { (state) throws(Refusal) in try state.held(of: subject, in: rows) }
        }
        var told = StatesTold(states)
        for (use, sequence) in try list(of: subject) { told.see(use, sequence) }
        return zip(states, held).filter { !told.differences(of: $0, from: $1).isEmpty }.map(\.0)
    }

    /// The conditions of terms whose rows aren't what somebody's list says: what they are can't be known.
    func doubtful(of subject: Subject) throws(Refusal) -> Set<String> {
        let conditions = versions.conditionsOfTerms.filter { !(judge.condition($0)?.told ?? []).isEmpty }
        var states: [String: ToldState] = [:]
        for name in conditions { for state in judge.condition(name)?.told ?? [] { states[state.name] = state } }
        let differing = Set(try differing(Array(states.values), of: subject).map(\.name))
        guard !differing.isEmpty else { return [] }
        return Set(conditions.filter { name in judge.condition(name)?.told.contains { differing.contains($0.name) } ?? false })
    }
}
