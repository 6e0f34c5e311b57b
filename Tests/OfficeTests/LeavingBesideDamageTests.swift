// Whoever wants to leave can, whatever of theirs is lost or damaged: what can't be opened goes with them.

import Engines
import Policy
import Store
import Testing
import Vault

@testable import Office

@Suite struct `Leaving beside damage` {
    /// One thing that can happen to somebody's rows: in the data, or in the keys.
    struct Harm: Sendable, CustomTestStringConvertible {
        let inKeys: Bool, sql: SQL, testDescription: String
        let leavesEntries: Bool
        init(_ what: String, inKeys: Bool = false, _ sql: SQL, leavesEntries: Bool = true) {
            (testDescription, self.inKeys, self.sql, self.leavesEntries) = (what, inKeys, sql, leavesEntries)
        }
    }

    static let harms = [
        Harm("the contact is taken out", "DELETE FROM record WHERE item = 0"),
        Harm("the contact is changed", "UPDATE record SET sealed = \(Engine.spoilt("sealed")) WHERE item = 0"),
        Harm("the contact has another generation", "UPDATE record SET generation = generation + 5 WHERE item = 0"),
        Harm("every record is taken out", "DELETE FROM record"),
        Harm("every record is changed", "UPDATE record SET sealed = \(Engine.spoilt("sealed"))"),
        Harm("the contact's key is taken out", inKeys: true, "DELETE FROM item_key WHERE item = 0"),
        Harm("the contact's key is changed", inKeys: true, "UPDATE item_key SET wrapped = \(Engine.spoilt("wrapped")) WHERE item = 0"),
        Harm("every key is taken out", inKeys: true, "DELETE FROM item_key"),
        Harm("every class key is taken out", inKeys: true, "DELETE FROM class_key", leavesEntries: false),
        Harm(
            "every class key is changed", inKeys: true, "UPDATE class_key SET wrapped = \(Engine.spoilt("wrapped"))", leavesEntries: false),
        Harm("the entries of uses are taken out", "DELETE FROM use_record"),
        Harm("the chain's end is taken out", "DELETE FROM chain"),
        Harm("the key pair is taken out", inKeys: true, "DELETE FROM key_pair"),
        Harm("no address leads to them", inKeys: true, "DELETE FROM address"),
    ]

    static let law = House.policyText.replacing(
        "\nkeep case note 12", with: "\nkeep telephone number 10 years after collected, by law \"KUP art. 28(11)\"\nkeep case note 12")

    private func lived(_ policy: String, _ harm: Harm) async throws -> (house: House, sari: Session) {
        let house = try await House(policy: policy), sari = try await house.customer()
        _ = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        try await house.office.vault.publish(Publishing())
        if harm.inKeys {
            let keys = try Store.open(Engine.keys(in: house.folder.path), migrations: [])
            defer { keys.close() }
            try await keys.write { (rows) throws(StoreFault) in
                try rows.run(harm.sql)
                return
            }
        } else {
            try House.change(harm.sql, in: house.folder)
        }
        return (house, sari)
    }

    @Test(arguments: harms, [false, true]) func `is done at once`(_ harm: Harm, beside isLaw: Bool) async throws {
        let (house, sari) = try await lived(isLaw ? Self.law : House.policyText, harm)
        _ = try house.office.departure(of: sari)
        _ = try await house.office.leave(sari)
        #expect(try house.office.session(sari.token) == nil)
        // What a law keeps lies under a number far beyond theirs.
        for table in ["record", "use_record", "erasure"] as [SQL] {
            #expect(try house.rows("SELECT count(*) FROM \(table) WHERE subject = \(sari.subject)") == 0, "\(table)")
        }
        #expect(try house.rows("SELECT count(*) FROM subject") == 0)
    }

    @Test(arguments: harms, [false, true]) func `is done in seven days`(_ harm: Harm, beside isLaw: Bool) async throws {
        let (house, sari) = try await lived(isLaw ? Self.law : House.policyText, harm)
        _ = try house.office.slumber(of: sari)
        guard harm.leavesEntries else {
            // What they ask can't be entered, so it isn't done; at once it can be.
            await #expect(throws: NotDone.self) { _ = try await house.office.leaveLater(sari) }
            return
        }
        _ = try await house.office.leaveLater(sari)
        #expect(try house.office.sleep(of: sari)?.deletedAt != nil)
        house.clock.advance(by: .seconds(8 * 86_400))
        try house.believeClock()
        let said = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM subject") == 0, "\(said ?? "nothing")")
    }

    @Test(
        arguments: ["DELETE FROM record WHERE item = 0", "UPDATE record SET sealed = \(Engine.spoilt("sealed")) WHERE item = 0"] as [SQL])
    func `needs nobody to come in anew where no code could reach them`(harm: SQL) async throws {
        let house = try await House(), sari = try await house.customer()
        house.clock.advance(by: .seconds(3_600))
        #expect(!house.office.decidesToLeave(sari))
        try House.change(harm, in: house.folder)
        #expect(house.office.decidesToLeave(sari) && !house.office.decides(sari))
        #expect(try await house.office.leaveLater(sari) != nil)
    }

    @Test func `is told beforehand, of what can't be opened too`() async throws {
        let house = try await House(), sari = try await house.customer()
        let before = try house.office.departure(of: sari).goes
        try House.change("UPDATE record SET sealed = \(Engine.spoilt("sealed"))", in: house.folder)
        #expect(try Set(house.office.departure(of: sari).goes).isSuperset(of: before))
    }
}
