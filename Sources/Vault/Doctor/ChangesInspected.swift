// What somebody's list says that was stored, and what they said of versions of the policy, against the rows.

import Policy
import Store

/// Of one person: the entries about what was stored and isn't known to have gone since.
struct ChangesSeen {
    /// What is there, by when it was collected or put right; and under which rows of versions it was collected.
    private var there: [Instant: Set<String>] = [:]
    private(set) var collected: [Instant: Set<Int64>] = [:]
    private var stored: [(at: Instant, things: Set<String>)] = []
    /// By the row of the version: what was said last (nil: it was taken back), and when.
    private(set) var words: [Int64: (yes: Bool?, at: Instant)] = [:]
    /// The list begins with its first entry.
    var isWhole = false
    /// What it says of that of which rows are kept too.
    private(set) var told: StatesTold

    init(_ states: [ToldState] = []) { told = StatesTold(states) }

    mutating func see(_ entries: [Entry]) {
        for entry in entries {
            for at in [entry.collected, entry.corrected ?? entry.collected] { there[at, default: []].insert(entry.field) }
            collected[entry.collected, default: []].insert(entry.version)
        }
    }

    /// In the order of the list.
    mutating func see(_ use: RecordedUse, _ sequence: Int64) {
        told.see(use, sequence)
        guard !use.isRefusal else { return }
        switch use.verb {
        case "read", "export", "send", "sent", "give", "derive", "aggregate", "hold": break
        case "agree", "decline", "withdraw":
            guard let version = use.matter, use.things.first?.hasPrefix("policy version ") == true else { break }
            words[version] = (use.verb == "withdraw" ? nil : use.verb == "agree", use.at)
        // In its place or beside it: where a record was written anew it is there, under a newer key.
        case "collect", "correct": stored.append((use.at, Set(use.things)))
        // It may be these that were taken away.
        default: for index in stored.indices { stored[index].things.subtract(use.things) }
        }
    }

    /// Whether something that lies in such a record was stored, didn't go since, and isn't there. Of an item about when its key was made; the
    /// person's own record is written anew whenever something beside it changes.
    /// - Parameter fields: those that lie in its class.
    func lacks(_ name: RecordName, made: Instant, fields: Set<String>) -> Bool {
        stored.contains { (at, things) in
            guard name.item == 0 ? at <= made + Self.span : (made - Self.span...made + Self.span).contains(at) else { return false }
            return things.contains { fields.contains($0) && there[at]?.contains($0) != true }
        }
    }
    private static let span = Swift.Duration.seconds(60)
}

extension Inspection {
    /// What the person set, or who they are here, by rows and by their list.
    mutating func inspectStates(of person: Subject) throws(StoreFault) {
        for state in presence.told {
            let held = try data.read { (rows) throws(StoreFault) in try state.held(of: person, in: rows) }
            for difference in changed.told.differences(of: state, from: held) {
                report(.stateAltered, "\(state.name) of person \(person.id), \(difference)")
            }
        }
    }

    /// What somebody said to versions decides beside the policy in force.
    mutating func inspectWords(of person: Subject) throws(StoreFault) {
        let rows = try data.read { (rows) throws(StoreFault) in
            try rows.all(
                """
                SELECT w.version, w.yes, w.since, v.number FROM policy_word w LEFT JOIN policy_version v ON v.id = w.version
                    WHERE w.subject = \(person)
                """
            ) { (version: $0.integer(0), yes: $0.bool(1), since: $0.instant(2), number: $0.integerOrNil(3)) }
        }
        let hour = Swift.Duration.seconds(3_600)
        for row in rows {
            let place = "what person \(person.id) said to version \(row.number.map { "\($0)" } ?? "of row \(row.version)")"
            guard row.number != nil else {
                report(.wordAltered, "\(place), which isn't there")
                continue
            }
            guard let word = changed.words[row.version] else {
                if changed.isWhole { report(.wordAltered, "\(place): their list knows of no word") }
                continue
            }
            let isSame = word.yes == row.yes && (word.at - hour...word.at + hour).contains(row.since)
            if !isSame { report(.wordAltered, "\(place): their list has another word of theirs, or none that stands") }
        }
        let there = Set(rows.map(\.version))
        for (version, word) in changed.words.sorted(by: { $0.key < $1.key }) where word.yes != nil && !there.contains(version) {
            report(.wordAltered, "what person \(person.id) said to the version of row \(version), as their list has it, is missing")
        }
    }
}

extension Policy {
    /// What lies in a retention class, by the names of each version.
    static func fields(in kind: Int64, of policies: some Sequence<Policy>) -> Set<String> {
        policies.reduce(into: []) { names, policy in
            for field in policy.fields where policy.retentionClass(of: field.name) == kind { names.insert(field.name) }
        }
    }
}
