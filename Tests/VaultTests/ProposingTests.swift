// What the officers find proposed.
import Policy
import Store
import Testing

@testable import Vault

private typealias Text = PublishingHouse

@Suite struct `A proposal` {
    @Test func `the same is proposed once, until it is taken back`() async throws {
        let house = try await PublishingHouse(), text = Text.policy(version: 2, from: house.day(15), "clerk may read name to serve")
        let proposal = try house.propose(text)
        house.clock.advance(by: .seconds(60))
        let again = try await house.fault { _ = try house.propose(text) }
        #expect(again == "It is proposed already, as proposal \(proposal), and waits for the officers there")
        let marked = try house.propose(text, Marks(isMaterial: true))
        #expect(marked > proposal)
        #expect(try house.vault.editions().count { $0.state == .proposed } == 2)
    }
}
