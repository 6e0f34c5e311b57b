// The four mixes of GDPRbench (Shastri et al., VLDB 2020) through the whole way: the policy asked, keys, entry and leaf. What each of its
// operations is here stands in bench/README.md; bench/gdpr.py runs the peers.

import Policy
import Store
import Synchronization
import Vault

extension Bench {
    /// - Parameters:
    ///   - count: how many people there are.
    ///   - items: how many messages of a hundred bytes each of them has.
    ///   - operations: how many of a mix make a round.
    func mixes(_ count: Int, _ items: Int, _ operations: Int, rounds: Int) async throws {
        let office = try await SmallOffice.open(in: folder), sequencing = sequence(office)
        try office.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run(
                "CREATE TABLE IF NOT EXISTS choice (subject INTEGER NOT NULL, purpose INTEGER NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (subject, purpose)) STRICT"
            )
            return
        }
        let people = try await grow(office, to: count, [])
        say(
            "collected a second",
            Double(count * items)
                / (try await time {
                    try await times(count * items, tasks: 64) { try await office.keep($0 / count + 1, of: people[$0 % count]) }
                }) * 1e3)
        var sessions: [OwnSession] = []
        for somebody in people { sessions.append(try await office.vault.openSession(of: somebody)) }
        while try await office.vault.sequence() > 0 {}
        let mixed = Mixed(office: office, sessions: sessions, items: items)
        for round in 1...rounds {
            for mix in Mix.all {
                let before = ofTheProcessor(), picks = Mutex(Picks(seed: UInt64(round)))
                let took = try await time {
                    try await times(operations, tasks: 64) { _ in
                        let pick = picks.withLock { $0.next(mix, people: count, items: items) }
                        try await mixed.run(pick)
                    }
                }
                say("\(mix.name) a second", Double(operations) / took * 1e3)
                say("\(mix.name) µs of the house’s processor", (ofTheProcessor() - before) * 1e3 / Double(operations))
            }
        }
        sequencing.cancel()
        await sequencing.value
        office.close()
    }
}

/// What is done to which record, as GDPRbench names it.
enum Operation: Sendable {
    case read, metaByPurpose, metaByUser, update, updateMetaByPurpose, updateMetaByUser, delete, insert, log
    /// By a clerk instead of the person, recorded.
    case readByClerk, metaByUserForClerk
}

struct Mix: Sendable {
    let name: String, skewed: Bool, parts: [(Operation, Int)]

    static let all = [
        Mix(
            name: "customer", skewed: true,
            parts: [
                (.read, 20), (.metaByPurpose, 10), (.metaByUser, 10), (.update, 20), (.updateMetaByPurpose, 10), (.updateMetaByUser, 10),
                (.delete, 20),
            ]),
        Mix(name: "controller", skewed: false, parts: [(.updateMetaByPurpose, 25), (.updateMetaByUser, 25), (.delete, 25), (.insert, 25)]),
        Mix(name: "processor", skewed: false, parts: [(.readByClerk, 20), (.metaByPurpose, 40), (.metaByUserForClerk, 40)]),
        Mix(name: "regulator", skewed: false, parts: [(.metaByUser, 50), (.log, 50)]),
    ]
}

private struct Pick: Sendable { let operation: Operation, person: Int, item: Int, number: Int }

/// Draws operations and records: skewed as a mix says (the k-th of n with a weight of 1/k), what is deleted always evenly.
private struct Picks: Sendable {
    var seed: UInt64
    var number = 0
    private static let harmonic = Mutex<[Double]>([])

    init(seed: UInt64) { self.seed = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next(_ mix: Mix, people: Int, items: Int) -> Pick {
        number += 1
        var left = Int(random() % 100), operation = Operation.read
        for (one, share) in mix.parts {
            operation = one
            left -= share
            if left < 0 { break }
        }
        let all = people * items, isEven: Bool
        if case .delete = operation { isEven = true } else { isEven = !mix.skewed }
        let record = isEven ? Int(random() % UInt64(all)) : skewed(all)
        return Pick(operation: operation, person: record % people, item: record / people + 1, number: number)
    }

    private mutating func random() -> UInt64 {
        seed ^= seed << 13
        seed ^= seed >> 7
        seed ^= seed << 17
        return seed
    }

    private mutating func skewed(_ count: Int) -> Int {
        let place = Double(random() >> 11) / Double(1 << 53)
        return Self.harmonic.withLock { sums in
            if sums.count != count {
                var sum = 0.0
                sums = (1...count).map {
                    sum += 1 / Double($0)
                    return sum
                }
            }
            var low = 0, high = count - 1
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] < place * sums[count - 1] { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}

private struct Mixed: Sendable {
    let office: SmallOffice, sessions: [OwnSession], items: Int

    func run(_ pick: Pick) async throws {
        let vault = office.vault, session = sessions[pick.person], subject = session.subject, item = Int64(pick.item)
        switch pick.operation {
        case .read: _ = try vault.holding("message", item: item, of: try vault.resume(subject, entry: session.entry))
        case .metaByUser: _ = try vault.holdings(of: try vault.resume(subject, entry: session.entry))
        case .metaByPurpose:
            _ = try vault.preview(Letter.self, of: subject, by: SmallOffice.clerk, on: Basis(item: item))
        case .update:
            try await orGone { () throws(Refusal) in
                try await vault.correct(Given("message", SmallOffice.hundred), item: item, from: "form", of: subject) {
                    (_) throws(Refusal) in
                }
            }
        case .updateMetaByPurpose: try await choose(Int64(pick.item % 25) + 1, session)
        case .updateMetaByUser: try await choose(0, session)
        case .delete:
            try await orGone { () throws(Refusal) in
                try await vault.remove("message", item: item, of: subject) { (_) throws(Refusal) in }
            }
        case .insert: try await office.keep(items * 1_000 + pick.number &* 64 &+ Int(item), of: subject)
        case .log:
            let uses = try vault.uses(of: session, before: nil, limit: 20)
            if let newest = uses.first { _ = try vault.proof(of: newest.sequence, of: session) }
        case .readByClerk:
            let grant: Grant<Letter> = try await vault.grant(of: subject, by: SmallOffice.clerk, on: Basis(item: item))
            _ = try vault.read(grant).value.text
        case .metaByUserForClerk: _ = try vault.isStored(Letter.self, of: subject, on: Basis(item: item))
        }
    }

    /// A word of the person's on a purpose, or on all: kept with its entry.
    private func choose(_ purpose: Int64, _ session: OwnSession) async throws {
        try await office.vault.record("restrict", of: session, on: ["message"]) { (rows) throws(Refusal) in
            try rows.run(
                "INSERT INTO choice (subject, purpose, word) VALUES (\(session.subject), \(purpose), 1) ON CONFLICT (subject, purpose) DO UPDATE SET word = 1 - choice.word"
            )
            return true
        }
    }

    /// What an earlier operation deleted is answered so, as GDPRbench's deleted keys are.
    private func orGone(_ work: () async throws(Refusal) -> Void) async throws(Refusal) {
        do { try await work() } catch { guard case .gone = error else { throw error } }
    }
}

extension SmallOffice {
    static let clerk = Actor.staff(Subject(id: 7), role: "clerk", number: 1)
    static let hundred = String(repeating: "The courier rang. ", count: 6).prefix(100).description

    func keep(_ item: Int, of subject: Subject) async throws(Refusal) {
        try await vault.collect(Hundred(), of: subject, item: Int64(item), on: Basis(item: Int64(item))) { (_, _) throws(Refusal) in }
    }
}

private struct Hundred: Collecting {
    static let declared: UseDeclaration = .collect("message", from: "form", to: "serve")
    var values: [Given] { [Given("message", SmallOffice.hundred)] }
}

private struct Letter: Reading {
    static let declared: UseDeclaration = .read("message", by: "clerk", to: "serve")
    let text: String
    init(_ record: borrowing Opened) throws(Refusal) { text = record.text("message") ?? "" }
}
