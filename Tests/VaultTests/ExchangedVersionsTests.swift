// Two versions of the policy that changed places in the database, with all that names them.

import Policy
import Store
import Testing

@testable import Vault

@Suite struct `Versions that were exchanged` {
    @Test func `are named by what people gave under them, also where policy_force was changed with them`() async throws {
        let house = try await SmallHouse(), sari = try await house.sari()
        house.clock.advance(by: .seconds(3_600))
        try await house.reopen(SmallHouse.policy(version: 2, "clerk may read name to serve"))
        _ = try await house.sari()
        try await house.vault.sequence()
        #expect(try house.findings() == [])
        let rows = try house.store.read { (rows) throws(StoreFault) in
            try rows.all("SELECT id, number, document, digest FROM policy_version ORDER BY id") {
                (row: $0.integer(0), number: $0.integer(1), document: $0.blob(2), digest: $0.blob(3))
            }
        }
        try #require(rows.count == 2)
        try house.sql("UPDATE policy_version SET digest = \([0] as [UInt8]) WHERE id = \(rows[0].row)")
        for (row, other) in [(rows[1], rows[0]), (rows[0], rows[1])] {
            try house.sql(
                "UPDATE policy_version SET number = \(other.number), document = \(other.document), digest = \(other.digest) WHERE id = \(row.row)"
            )
        }
        try house.sql(
            "UPDATE policy_force SET version = CASE version WHEN \(rows[0].row) THEN \(rows[1].row) ELSE \(rows[0].row) END")
        let found = try house.findings()
        #expect(found.map(\.kind) == [.policyAltered, .policyAltered], "\(found)")
        #expect(found.contains { $0.what.contains("row \(rows[0].row) of policy_version") && $0.what.contains("person \(sari.id)") })
    }
}
