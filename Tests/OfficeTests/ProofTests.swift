// The chain of uses and its proofs; one byte changed shows.

import Office
import Store
import Testing
import Vault

@Suite struct `The chain of uses` {
    @Test func `is recorded at once and signed within the next second`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        #expect(try house.office.uses(of: sari, before: nil, limit: 10).allSatisfy { $0.proof == .recorded })
        #expect(try house.office.proof(of: 1, of: sari) == nil)
        try await house.office.vault.sequence()
        let entries = try house.office.uses(of: sari, before: nil, limit: 10)
        #expect(entries.count >= 3)
        #expect(entries.allSatisfy { if case .signed = $0.proof { true } else { false } })
        #expect(try house.office.proof(of: 1, of: sari) != nil)
    }

    @Test func `extends its tree over many batches and a restart`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        for round in 0..<6 {
            for _ in 0..<50 { _ = try await house.office.vault.openSession(of: sari.subject) }
            try await house.office.vault.sequence()
            if round == 3 { try await house.reopen() }
        }
        let entries = try house.office.uses(of: sari, before: nil, limit: 1_000)
        #expect(entries.count > 300)
        #expect(entries.allSatisfy { if case .signed = $0.proof { true } else { false } })
        #expect(entries.map(\.sequence) == Array((1...Int64(entries.count)).reversed()))
    }

    @Test func `verifies after the house has moved to another address`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.vault.sequence()
        try await house.reopen(address: "https://office.example")
        #expect(try house.office.uses(of: sari, before: nil, limit: 10).allSatisfy { if case .signed = $0.proof { true } else { false } })
    }

    @Test(arguments: ["opening", "number", "tile", "checkpoint"])
    func `one byte changed shows`(_ what: String) async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.vault.sequence()
        try house.database { store in
            try store.writeAndWait { (rows) throws(StoreFault) in
                switch what {
                case "opening":
                    let opening = try rows.first("SELECT opening FROM use_record WHERE seq = 1") { $0.blob(0) } ?? []
                    try rows.run("UPDATE use_record SET opening = \(opening.flipped(at: 40)) WHERE seq = 1")
                case "number": try rows.run("UPDATE use_record SET number = CASE number WHEN 0 THEN 1 ELSE 0 END WHERE seq = 1")
                case "tile":
                    let tile = try rows.first("SELECT hashes FROM log_tile") { $0.blob(0) } ?? []
                    try rows.run("UPDATE log_tile SET hashes = \(tile.flippedEach(32))")
                default:
                    let note = try rows.first("SELECT note FROM log_checkpoint") { Array($0.text(0).utf8) } ?? []
                    try rows.run("UPDATE log_checkpoint SET note = \(String(decoding: note.flipped(at: 30), as: UTF8.self))")
                }
                return
            }
        }
        let entry = Result { try house.office.use(1, of: sari) }
        switch entry {
        case .failure: #expect(what == "opening")
        case .success(let entry): #expect(entry.proof == .mismatch)
        }
        #expect(try house.office.uses(of: sari, before: nil, limit: 10).contains { $0.proof == .mismatch })
    }

    @Test func `of one person isn't opened by another`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let dewi = try await house.customer("Dewi Lestari", "dewi@tokobaru.example")
        try house.database { store in
            try store.writeAndWait { (rows) throws(StoreFault) in
                try rows.run(
                    """
                    UPDATE use_record SET opening = (SELECT opening FROM use_record WHERE subject = \(sari.subject) AND seq = 1)
                        WHERE subject = \(dewi.subject) AND seq = 1
                    """)
                return
            }
        }
        #expect(throws: NotDone.self) { try house.office.use(1, of: dewi) }
    }
}

extension [UInt8] {
    /// With one bit changed in each piece of so many bytes.
    func flippedEach(_ length: Int) -> [UInt8] {
        stride(from: 0, to: count, by: length).reduce(self) { $0.flipped(at: $1) }
    }

    /// With one bit changed.
    func flipped(at index: Int) -> [UInt8] {
        var bytes = self
        bytes[index] ^= 1
        return bytes
    }
}

@Suite struct `An entry left out of the chain` {
    private func marked(_ sql: SQL) async throws -> [ProofState] {
        let house = try await House()
        let sari = try await house.customer()
        for _ in 0..<3 { _ = try await house.office.vault.openSession(of: sari.subject) }
        try await house.office.vault.sequence()
        try house.database { store in
            try store.writeAndWait { (rows) throws(StoreFault) in
                try rows.run(sql)
                return
            }
        }
        return try house.office.uses(of: sari, before: nil, limit: 100).map(\.proof)
    }

    @Test func `in the middle shows at its neighbour`() async throws {
        let proofs = try await marked("DELETE FROM use_record WHERE seq = 4")
        #expect(proofs.count { $0 == .mismatch } == 1)
    }

    @Test func `at the end shows at the newest that is left`() async throws {
        let proofs = try await marked("DELETE FROM use_record WHERE seq = (SELECT max(seq) FROM use_record)")
        #expect(proofs.first == .mismatch)
        #expect(proofs.dropFirst().allSatisfy { $0 != .mismatch })
    }

    @Test func `doesn't show where nothing was left out`() async throws {
        let proofs = try await marked("DELETE FROM use_record WHERE seq = 1000")
        #expect(proofs.allSatisfy { if case .signed = $0 { true } else { false } })
    }
}
