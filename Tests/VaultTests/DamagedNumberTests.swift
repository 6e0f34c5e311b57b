// A number of a row in which one bit is another: nobody reckons with it, whoever reads it says that the database is damaged, and the doctor names
// the row.

import Engines
import Store
import Testing

@testable import Vault

@Suite struct `A number of a row that can't be` {
    struct Harm: Sendable { let table: String, isOfKeys: Bool, change: @Sendable (Int64) -> SQL }

    static let harms: [Harm] = [
        Harm(table: "use_record", isOfKeys: false) { "UPDATE use_record SET month = month + \($0)" },
        Harm(table: "use_record", isOfKeys: false) { "UPDATE use_record SET number = number + \($0)" },
        Harm(table: "chain", isOfKeys: false) { "UPDATE chain SET seq = seq + \($0)" },
        Harm(table: "known_time", isOfKeys: false) { "UPDATE known_time SET at = at + \($0)" },
        Harm(table: "log_placing", isOfKeys: false) { "UPDATE log_placing SET fence = fence + \($0)" },
        Harm(table: "log_placing", isOfKeys: false) { "UPDATE log_placing SET size = size + \($0)" },
        Harm(table: "policy_version", isOfKeys: false) { "UPDATE policy_version SET loaded_at = loaded_at + \($0)" },
        Harm(table: "subject", isOfKeys: false) { "UPDATE subject SET since = since + \($0)" },
        Harm(table: "use_month", isOfKeys: false) { "UPDATE use_month SET month = month + \($0)" },
        Harm(table: "ring", isOfKeys: true) { "UPDATE ring SET renewed = renewed + \($0)" },
        Harm(table: "seen_tree", isOfKeys: true) { "UPDATE seen_tree SET size = size + \($0)" },
        Harm(table: "seen_fence", isOfKeys: true) { "UPDATE seen_fence SET number = number + \($0)" },
        Harm(table: "seen_entry", isOfKeys: true) { "UPDATE seen_entry SET seq = seq + \($0)" },
        Harm(table: "class_key", isOfKeys: true) { "UPDATE class_key SET made = made + \($0)" },
        Harm(table: "item_key", isOfKeys: true) { "UPDATE item_key SET generation = generation + \($0)" },
        Harm(table: "change_count", isOfKeys: true) { "UPDATE change_count SET number = number + \($0)" },
    ]

    /// Bits 62 and 63 of a number that had neither.
    static let bits: [Int64] = [1 << 62, .min]

    @Test(arguments: harms.indices, bits)
    func `is named with its row, and ends neither the house nor the doctor`(_ number: Int, _ bit: Int64) async throws {
        let harm = Self.harms[number], house = try await SmallHouse(), sari = try await house.sari()
        _ = try await house.read(sari)
        try await house.vault.sequence()
        try (harm.isOfKeys ? house.vault.keys.store : house.store).writeAndWait { (rows) throws(StoreFault) in
            try rows.run(harm.change(bit))
            return
        }
        let place = "table \(harm.table)"
        #expect(try house.findings().contains { $0.kind == .numberDamaged && $0.what.contains(place) })
        await use(house, sari)
        do { try await house.reopen() } catch { return }
        await use(house, sari)
    }

    /// As much as can fail, and nothing that may end the process.
    private func use(_ house: SmallHouse, _ sari: Subject) async {
        _ = try? await house.vault.sequence()
        _ = try? await house.read(sari)
        if let own = try? await house.vault.openSession(of: sari) { _ = try? house.vault.uses(of: own, before: nil, limit: 100) }
        _ = try? await house.vault.sweep()
        _ = try? await house.vault.sweepUses()
        _ = try? await house.vault.publish(Publishing(period: 1, floor: 4))
        _ = try? await house.vault.renewTouchedKeys()
    }
}
