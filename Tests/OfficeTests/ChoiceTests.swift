// What somebody chose is what the rules of the policy go by, at once; and it is taken back as easily.

import Outbound
import Policy
import Store
import Testing
import Vault

@testable import Office

/// Word of something cheaper, which this house doesn't send yet.
private struct SpecialOffer: Addressed {
    static let declared: UseDeclaration = .send(
        "special offer", through: "email address", by: "email carrier", to: "offer you promotions")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

private struct ProductNews: Addressed {
    static let declared: UseDeclaration = .send(
        "product news", through: "email address", by: "email carrier", to: "offer you promotions")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

private struct CalledOffer: Addressed {
    static let declared: UseDeclaration = .send(
        "special offer", through: "telephone number", by: "telephone carrier", to: "offer you promotions")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("telephone number") }
}

private struct ChangedPolicy: Addressed {
    static let declared: UseDeclaration = .send(
        "policy notice", through: "email address", by: "email carrier", to: "tell you of changes")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

private struct Taste: Collecting {
    static let declared: UseDeclaration = .collect("preferences", from: "settings page", to: "fit the site to you")
    let values = [Given("preferences", "meeting rooms")]
}

@Suite struct `What somebody chooses` {
    /// nil: the policy permits it.
    private func refusal<M: Addressed>(_: M.Type, _ house: House, _ sari: Session) throws -> Refused? {
        try house.office.vault.preview(
            M.self, of: sari.subject, by: .theSite, on: Basis(), supposing: ["this address proved": true])
    }

    @Test func `stops just that message, at once, and lets it come again`() async throws {
        let house = try await House(), sari = try await house.customer()
        #expect(try refusal(SpecialOffer.self, house, sari) == nil)
        try await house.office.choose("special-offer-by-email", true, for: sari)
        let refused = try #require(try refusal(SpecialOffer.self, house, sari))
        #expect(refused.outcome == "no, needs not refused", "\(refused)")
        #expect(try refusal(ProductNews.self, house, sari) == nil)
        #expect(try house.answer("stopped offers", sari) == true)
        try await house.office.choose("special-offer-by-email", false, for: sari)
        #expect(try refusal(SpecialOffer.self, house, sari) == nil)
        #expect(try house.answer("stopped offers", sari) == false)
    }

    @Test func `asks for a message that comes only so`() async throws {
        let house = try await House(), sari = try await house.customer()
        #expect(try refusal(CalledOffer.self, house, sari)?.outcome == "no, needs asked")
        try await house.office.choose("special-offer-by-telephone", true, for: sari)
        #expect(try refusal(CalledOffer.self, house, sari) == nil)
        #expect(try refusal(SpecialOffer.self, house, sari) == nil, "by email it comes as before")
        try await house.office.choose("special-offer-by-telephone", false, for: sari)
        #expect(try refusal(CalledOffer.self, house, sari)?.outcome == "no, needs asked")
    }

    @Test func `cuts off all word, and lets it through again`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.choose("special-offer-by-telephone", true, for: sari)
        #expect(try refusal(ChangedPolicy.self, house, sari) == nil)
        try await house.office.choose("contact-cut", true, for: sari)
        for refused in [
            try refusal(ChangedPolicy.self, house, sari), try refusal(SpecialOffer.self, house, sari),
            try refusal(CalledOffer.self, house, sari),
        ] { #expect(refused?.outcome == "no, needs not contact cut") }
        // What keeps the account safe comes all the same.
        #expect(try refusal(ConfirmationCode.self, house, sari) == nil)
        try await house.office.choose("contact-cut", false, for: sari)
        #expect(try refusal(ChangedPolicy.self, house, sari) == nil)
    }

    @Test func `is what a profile and counting hang on`() async throws {
        let house = try await House(), sari = try await house.customer()
        func refusal() throws -> Refused? { try house.office.vault.preview(Taste.self, of: sari.subject) }
        #expect(try refusal()?.outcome == "no, needs profile switched on")
        try await house.office.choose("profile-switched-on", true, for: sari)
        #expect(try refusal() == nil)
        try await house.office.choose("profile-switched-on", false, for: sari)
        #expect(try refusal()?.outcome == "no, needs profile switched on")
        #expect(try house.answer("left out of statistics", sari) == false)
        try await house.office.choose("left-out-of-statistics", true, for: sari)
        #expect(try house.answer("left out of statistics", sari) == true)
    }

    @Test func `stands in the list of uses and among what is held, once however often it is said, and goes with the account`() async throws
    {
        let house = try await House(), sari = try await house.customer()
        func entries() throws -> [RecordedUse] {
            try house.office.uses(of: sari, before: nil, limit: 50).map(\.use).filter { ["choose", "take back"].contains($0.verb) }
        }
        for _ in 1...2 { try await house.office.choose("fax-notice-by-email", true, for: sari) }
        #expect(try entries().map(\.things) == [["refused", "fax notice", "email address"]])
        #expect(
            try house.office.holdings(of: sari).contains {
                $0.field == "choice record" && $0.value == "refused: fax notice through email address"
            })
        try await house.office.choose("fax-notice-by-email", false, for: sari)
        #expect(try entries().map(\.verb) == ["take back", "choose"])
        #expect(try !house.office.holdings(of: sari).contains { $0.field == "choice record" })
        _ = try await house.office.leave(sari)
        let left = try house.office.store.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM choice") }
        #expect(!left)
    }

    @Test func `is offered only as far as a rule asks for it`() async throws {
        let house = try await House(), ids = house.office.choices.map(\.id)
        #expect(ids.count == 12 && Set(ids).count == 12)
        for choice in house.office.choices { #expect(house.office.policy.rule(choice.rule) != nil) }
        let sari = try await house.customer()
        await #expect(throws: NotDone.self) { try await house.office.choose("confirmation-code-by-email", true, for: sari) }
    }
}

extension House {
    fileprivate func answer(_ condition: String, _ session: Session) throws -> Bool? {
        let found = try #require(Office.Environment.conditions.first { $0.name == condition })
        let moment = Moment(subject: session.subject, actor: .theSite, basis: Basis())
        return try office.store.read { (rows) throws(Refusal) in try found.answer(moment, at: clock.now(), in: rows) }.holds
    }
}
