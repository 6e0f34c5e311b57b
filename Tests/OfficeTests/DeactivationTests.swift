// Sari lets her account sleep and wakes it; or asks for its deletion, and has seven days to think.

import Office
import Policy
import Store
import Testing
import Vault

@Suite struct `An account that sleeps` {
    @Test func `keeps everything, gets no notice that a sleeper doesn't get, and wakes as it was`() async throws {
        let house = try await House(), sari = try await house.customer()
        let held = try house.office.holdings(of: sari).map(\.field)
        try await house.office.deactivate(sari)
        #expect(try house.office.sleep(of: sari)?.since == house.clock.now())
        #expect(try house.office.holdings(of: sari).map(\.field) == held + ["choice record"])
        try await house.office.reactivate(sari)
        #expect(try house.office.sleep(of: sari) == nil)
        #expect(try house.office.holdings(of: sari).map(\.field) == held)
    }

    @Test func `is kept for two years, and forgotten after that`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.deactivate(sari)
        #expect(try house.office.sleep(of: sari)?.until == Day(iso: "2028-03-01"))
        house.clock.advance(by: .seconds(729 * 86_400))
        _ = try await house.office.vault.sweep()
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) != nil)
        house.clock.advance(by: .seconds(4 * 86_400))
        _ = try await house.office.vault.sweep()
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) == nil)
    }

    @Test func `begins its two years anew when it falls asleep once more`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.deactivate(sari)
        house.clock.advance(by: .seconds(600 * 86_400))
        try await house.office.reactivate(sari)
        try await house.office.deactivate(sari)
        house.clock.advance(by: .seconds(600 * 86_400))
        _ = try await house.office.vault.sweep()
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) != nil)
    }

    @Test func `lets its person in by a code, and is one however often she presses`() async throws {
        let house = try await House(), sari = try await house.customer()
        for _ in 0..<3 { try await house.office.deactivate(sari) }
        let again = try await house.office.startSignIn(email: "sari@ladatimur.example")
        let session = try await house.confirm(again, "sari@ladatimur.example")
        for _ in 0..<2 { try await house.office.reactivate(session) }
        let verbs = try house.office.uses(of: session, before: nil, limit: 30).map(\.use.verb)
        #expect(verbs.filter { $0 == "deactivate" }.count == 1 && verbs.filter { $0 == "reactivate" }.count == 1)
    }

    @Test func `isn't put to sleep where no rule takes the choice in, and wakes all the same`() async throws {
        let line = "collect choice record from settings page, help form, help desk, browser to honour your choices"
        let house = try await House(), sari = try await house.customer(), dewi = try await house.customer("Dewi", "dewi@tokobaru.example")
        try await house.office.deactivate(dewi)
        try await house.reopen(policy: House.policyText.replacing("\n\(line)\n", with: "\n"))
        let refusal = await refused { () async throws(NotDone) in try await house.office.deactivate(sari) }
        #expect(refusal?.missing?.text == line)
        try await house.office.reactivate(dewi)
        #expect(try house.office.sleep(of: dewi) == nil)
    }
}

@Suite struct `A sleep that the policy doesn't keep` {
    private let asleep = String(`What a version keeps otherwise than the one before`.asleep.dropLast())
    private let belongings =
        #"keep belongings 24 months after your deactivation, because "so long you can come back to a sleeping account""#

    private func without(_ line: String) throws -> String {
        let text = House.policyText.replacing("\n\(line)\n", with: "\n")
        try #require(text != House.policyText)
        return text
    }

    @Test func `isn't begun where it would be the end of the account, nor is a deletion in seven days`() async throws {
        let house = try await House(), sari = try await house.customer()
        house.clock.advance(by: .seconds(3 * 86_400))
        try await house.reopen(policy: try without(asleep))
        let slumber = try house.office.slumber(of: sari)
        #expect(slumber.end?.field == "email address" && slumber.end?.missing?.text == asleep)
        let sleeping = await refused { () async throws(NotDone) in try await house.office.deactivate(sari) }
        let leaving = await refused { () async throws(NotDone) in _ = try await house.office.leaveLater(sari) }
        #expect(sleeping?.missing?.text == asleep && leaving?.missing?.text == asleep)
        #expect(try house.office.sleep(of: sari) == nil)
    }

    @Test func `tells what goes although the account stays, and the same of one that sleeps already`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.setPassword("a long walk at dawn", again: "a long walk at dawn", in: sari)
        #expect(try house.office.slumber(of: sari).lost.isEmpty)
        house.clock.advance(by: .seconds(1))
        try await house.reopen(policy: try without(belongings))
        let slumber = try house.office.slumber(of: sari)
        #expect(slumber.end == nil && slumber.until == Day(iso: "2028-03-01"))
        #expect(slumber.lost.map(\.field) == ["password check"] && slumber.lost.first?.missing?.text == belongings)
        try await house.office.deactivate(sari)
        #expect(try house.office.sleep(of: sari)?.slumber.lost.map(\.field) == ["password check"])
    }
}

@Suite struct `A deletion in seven days` {
    @Test func `is done when they are over, and its receipt opens then`() async throws {
        let house = try await House(), sari = try await house.customer()
        let receipt = try #require(try await house.office.leaveLater(sari))
        #expect(try house.office.sleep(of: sari)?.deletedAt == house.clock.now() + .seconds(7 * 86_400))
        #expect(throws: NotDone.self) { try house.office.farewell(receipt: receipt) }
        house.clock.advance(by: .seconds(6 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) != nil)
        house.clock.advance(by: .seconds(86_401))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) == nil)
        #expect(try house.office.farewell(receipt: receipt).day == Day(of: house.clock.now()))
        #expect(try house.rows("SELECT count(*) FROM asleep") == 0)
    }

    @Test func `is undone by waking, and told in a letter with its number`() async throws {
        let house = try await House(), sari = try await house.customer()
        let receipt = try #require(try await house.office.leaveLater(sari))
        await house.office.work()
        let letter = try #require(house.office.outbound.outbox.first { $0.subject.contains("will be deleted") })
        #expect(
            letter.text.contains(receipt) && letter.text.contains("goes on 8 March 2026")
                && letter.text.contains("hilang pada 8 Maret 2026"))
        #expect(letter.subject.contains("Akun Anda di PT Alamat Kerja akan dihapus"))
        #expect(!letter.text.contains(/[0-9]{4}-[0-9]{2}-[0-9]{2}/))
        try await house.office.reactivate(sari)
        house.clock.advance(by: .seconds(8 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.vault.find(LookupAddress(email: "sari@ladatimur.example")) != nil)
        #expect(throws: NotDone.self) { try house.office.farewell(receipt: receipt) }
    }

    @Test func `can be asked of a sleeper, and done at once instead`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.deactivate(sari)
        _ = try await house.office.leaveLater(sari)
        #expect(try house.office.sleep(of: sari)?.deletedAt != nil)
        _ = try await house.office.leave(sari)
        #expect(try house.rows("SELECT count(*) FROM asleep") == 0)
    }

    @Test func `asked twice gives the first its number, and no other day`() async throws {
        let house = try await House(), sari = try await house.customer()
        let first = try #require(try await house.office.leaveLater(sari))
        house.clock.advance(by: .seconds(600))
        #expect(try await house.office.leaveLater(sari) == nil, "it is asked already")
        house.clock.advance(by: .seconds(7 * 86_400 - 599))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.office.farewell(receipt: first).receipt == first)
    }
}
