// Leaves on their way into the log: none is lost, and neither the order in which they get there nor what is left of them tells of anybody.

import Store
import Testing

@testable import Vault

@Suite struct `Leaves that wait` {
    @Test func `of somebody who leaves get their places, and nothing says any more whose they were`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        let own = try await house.vault.openSession(of: sari)
        let theirs = try house.store.read { (rows) throws(StoreFault) in
            try rows.all("SELECT leaf FROM leaf_waiting WHERE subject = \(sari)") { $0.blob(0) }
        }
        #expect(theirs.count >= 2)
        _ = try await house.vault.erase(own)
        #expect(try count("leaf_waiting WHERE subject = \(sari)", house) == 0)
        try await house.vault.sequence()
        #expect(try count("leaf_waiting", house) == 0)
        for leaf in theirs { #expect(try count("log_leaf WHERE leaf = \(leaf)", house) == 1) }
        // Numbered by ourselves, none takes the place of another.
        #expect(try count("log_leaf", house) == Int64(try #require(try house.vault.keys.seenTree()).size))
    }

    @Test func `are taken person by person, each in the order of their entries, the people in none`() async throws {
        let house = try await SmallHouse()
        var people: [Subject] = []
        for _ in 0..<24 {
            let sari = try await house.sari()
            for _ in 0..<4 { _ = try await house.vault.openSession(of: sari) }
            people.append(sari)
        }
        func taken() throws -> [LeafQueue.Waiting] {
            var dice = SystemRandomNumberGenerator()
            return try house.store.read { (rows) throws(Refusal) in try LeafQueue.all(shuffledBy: &dice, in: rows) }
        }
        let (one, other) = (try taken(), try taken())
        #expect(one.count == other.count && one.count >= 24 * 5)
        for person in people {
            let sequences = one.compactMap { $0.entry?.subject == person ? $0.entry?.sequence : nil }
            #expect(sequences == Array(1...Int64(sequences.count)))
        }
        // One in 24! that they are the same by chance.
        #expect(one.map(\.place) != other.map(\.place))
    }

    private func count(_ what: SQL, _ house: SmallHouse) throws -> Int64 {
        try house.store.read { (rows) throws(StoreFault) in try rows.first("SELECT count(*) FROM \(what)") { $0.integer(0) } ?? 0 }
    }
}
