// What somebody's list says that was stored, and what they said of versions of the policy, against the rows.

import Policy
import Store

/// Of one person: the entries about what was stored and isn't known to have gone since.
struct ChangesSeen {
    /// How often each field is there, by when it was collected; when each was put right; and under which rows of versions it was collected.
    private var there: [Instant: [String: Int]] = [:], right: [Instant: Set<String>] = [:]
    private(set) var collected: [Instant: Set<Int64>] = [:]
    /// When each was put right last: what was before it is gone rightly.
    private var corrected: [String: Instant] = [:]
    /// Those of the person's own record, by when they were collected: it has each once.
    private var own: [Instant: Set<String>] = [:]
    private var stored: [(at: Instant, things: Set<String>, isCorrection: Bool)] = []
    /// By the row of the version: what was said last (nil: it was taken back), and when.
    private(set) var words: [Int64: (yes: Bool?, at: Instant)] = [:]
    /// The list begins with its first entry.
    var isWhole = false
    /// What it says of that of which rows are kept too.
    private(set) var told: StatesTold

    init(_ states: [ToldState] = []) { told = StatesTold(states) }

    /// - Parameter item: of the record in which they lie.
    mutating func see(_ entries: [Entry], in item: Int64) {
        for entry in entries {
            there[entry.collected, default: [:]][entry.field, default: 0] += 1
            collected[entry.collected, default: []].insert(entry.version)
            if item == 0 { own[entry.collected, default: []].insert(entry.field) }
            guard let at = entry.corrected else { continue }
            right[at, default: []].insert(entry.field)
            corrected[entry.field] = max(at, corrected[entry.field] ?? at)
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
        case "collect", "correct": stored.append((use.at, Set(use.things), use.verb == "correct"))
        // It may be these that were taken away.
        default: for index in stored.indices { stored[index].things.subtract(use.things) }
        }
    }

    /// Whether something that lies in such a record was stored, didn't go since, and isn't there. Of an item about when its key was made; the
    /// person's own record is written anew whenever something beside it changes.
    /// - Parameter fields: those that lie in its class.
    func lacks(_ name: RecordName, made: Instant, fields: Set<String>) -> Bool {
        // Several may have been stored at the same moment, in as many records.
        var times: [Instant: [String: Int]] = [:]
        for (at, things, isCorrection) in stored where !isCorrection {
            for thing in things where fields.contains(thing) { times[at, default: [:]][thing, default: 0] += 1 }
        }
        return stored.contains { (at, things, isCorrection) in
            guard name.item == 0 ? at <= made + Self.span : (made - Self.span...made + Self.span).contains(at) else { return false }
            return things.contains { thing in
                guard fields.contains(thing) else { return false }
                guard isCorrection else { return own[at]?.contains(thing) != true && there[at]?[thing] ?? 0 < times[at]?[thing] ?? 0 }
                return right[at]?.contains(thing) != true && corrected[thing].map { $0 < at } ?? true
            }
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
