// Somebody reads Sari's mailbox once, comes in, moves her account and leaves keys behind: "that wasn't me" takes those away.

import Crypto
import Foundation
import Policy
import Store
import Testing
import Vault

@testable import Office

@Suite struct `That wasn't me` {
    private static let old = "sari@ladatimur.example", theirs = "eve@elsewhere.example", words = "tujuh perahu di Kapuas"

    /// Comes in by a code to Sari's address, and moves the account: the link that her own mailbox gets.
    private func moved(_ house: House, by thief: Session) async throws -> Token {
        guard case .codeSent(let token) = try await house.office.correct("email address", to: Self.theirs, for: thief),
            case .changed = try await house.office.confirmAddress(token, code: try house.code(to: Self.theirs), for: thief)
        else { throw House.Unexpected() }
        let letter = try #require(house.office.outbox.first { $0.subject.contains("was changed") && $0.to == Self.old })
        return try #require(letter.token(after: "address-back"))
    }

    private func thief(_ house: House) async throws -> Session {
        house.clock.advance(by: .seconds(3_600))
        return try await house.signIn(Self.old)
    }

    private func setCodes(_ house: House, _ session: Session) async throws {
        try await house.office.keepRecoveryCodes(try await house.office.draftOfRecoveryCodes(in: session).sealed, in: session)
    }

    @Test func `of a moved account takes away every key that was left in it, and says which`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let thief = try await thief(house), link = try await moved(house, by: thief)
        house.clock.advance(by: .seconds(30))
        try await house.office.setPassword(Self.words, again: Self.words, in: thief)
        _ = try await house.app(of: thief)
        try await setCodes(house, thief)
        #expect(try #require(try house.office.objection(link)).takesKeys)
        let keys = try await house.office.object(link).keys
        #expect(keys.gone == [.password, .factor, .recoveryCodes] && !keys.hasApp && keys.staying == nil)
        // Neither address nor password opens anything to them; she comes in by a code alone.
        for email in [Self.old, Self.theirs] { #expect(try await house.come(email, Self.words) == nil) }
        #expect(try await !house.signIn(Self.old).isStrong)
        #expect(house.office.outbox.contains { $0.to == Self.old && $0.subject.hasPrefix("How you sign in") }, "and hears that an app went")
    }

    @Test func `leaves an app that was there before, and takes the codes that were printed since`() async throws {
        let house = try await House(), sari = try await house.customer(), app = try await house.app(of: sari)
        house.clock.advance(by: .seconds(3_600))
        guard case .signedIn(let thief) = try await house.office.confirmFactor(try await house.first(), code: app.next(house)) else {
            throw House.Unexpected()
        }
        // In the place of hers: as old as hers.
        _ = try await house.app(of: thief)
        try await setCodes(house, thief)
        let keys = try await house.office.object(try await moved(house, by: thief)).keys
        #expect(keys.gone == [.recoveryCodes] && keys.hasApp)
        _ = try await house.first()
    }

    @Test func `after a sign-in takes the app that was set in it, and no older one`() async throws {
        let house = try await House(), sari = try await house.customer()
        let thief = try await thief(house), alarm = try #require(house.alarm)
        _ = try await house.app(of: thief)
        // Also by the newer mail, of the app itself.
        let newer = try #require(house.office.outbox.first { $0.subject.hasPrefix("How you sign in") })
        let second = try #require(newer.token(after: "not-me"))
        #expect(try await house.office.raiseAlarm(second)?.gone == [.factor])
        let back = try await house.signIn(Self.old)
        #expect(!back.isStrong && back.subject == sari.subject)
        house.clock.advance(by: .seconds(1))
        _ = try await house.app(of: back)
        // What was said of another sign-in takes what was set since; she has seven days in which her mailbox alone decides.
        #expect(try await house.office.raiseAlarm(alarm)?.gone == [.factor])
    }

    @Test func `leaves the app of who works here: a mailbox opens no back office`() async throws {
        let house = try await House()
        _ = try await house.clerk()
        house.clock.advance(by: .seconds(601))
        let thief = try await house.signIn("budi@office.example"), alarm = try #require(house.alarm)
        _ = try await house.app(of: thief)
        let keys = try #require(try await house.office.raiseAlarm(alarm))
        #expect(keys.gone == [] && keys.hasApp)
    }

    @Test func `makes worthless what was mailed to the address that goes`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let thief = try await thief(house), link = try await moved(house, by: thief)
        house.clock.advance(by: .seconds(30))
        try await house.office.setPassword(Self.words, again: Self.words, in: thief)
        let mail = try #require(house.office.outbox.first { $0.to == Self.theirs && $0.text.contains("/not-me/") })
        let alarm = try #require(mail.token(after: "not-me"))
        try await house.office.object(link)
        #expect(try house.office.alarm(alarm) == nil)
    }

    @Test func `holds for a week: until then nothing is deleted at once, and the page says on which day it goes`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let thief = try await thief(house), link = try await moved(house, by: thief)
        #expect(try house.office.departure(of: thief).atOnceFrom == Day(of: house.clock.now() + .seconds(8 * 86_400)))
        await #expect { _ = try await house.office.leave(thief) } throws: {
            if case NotDone.form([.addressMayComeBack]) = $0 { true } else { false }
        }
        _ = try await house.office.leaveLater(thief)
        let objected = try await house.office.object(link)
        #expect(objected.deletedOn == Day(of: house.clock.now() + .seconds(7 * 86_400)))
        let back = try await house.signIn(Self.old)
        try await house.office.reactivate(back)
        #expect(try house.office.departure(of: back).atOnceFrom == nil)
        _ = try await house.office.leave(back)
    }

    @Test func `ends a session before a key is set in it, however late its request comes`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let thief = try await thief(house), draft = try await house.office.draftOfFactor(in: thief)
        let codes = try await house.office.draftOfRecoveryCodes(in: thief)
        _ = try await house.office.raiseAlarm(try #require(house.alarm))
        await #expect(throws: NotDone.self) { try await house.office.setPassword(Self.words, again: Self.words, in: thief) }
        await #expect(throws: NotDone.self) {
            try await house.office.setFactor(draft.sealed, code: App(draft.secret).code(house), in: thief)
        }
        await #expect(throws: NotDone.self) { try await house.office.keepRecoveryCodes(codes.sealed, in: thief) }
        #expect(try await house.come(Self.old, Self.words) == nil)
        #expect(try house.rows("SELECT count(*) FROM second_factor") == 0)
    }

    @Test func `of a number that only customer service uses takes no key`() async throws {
        let call = try await Call()
        try await call.verify()
        try await call.office.setPassword(Self.words, again: Self.words, in: call.sari)
        try await call.move(.telephone, to: "+62 812 5550 9999", "+6281255509999")
        let link = try call.objection()
        #expect(try #require(try call.office.objection(link)).takesKeys == false)
        #expect(try await call.office.object(link).keys.gone == [])
    }
}

extension OutboxMail {
    /// That of the first link to such a page.
    fileprivate func token(after page: String) -> Token? {
        text.components(separatedBy: "/\(page)/").dropFirst().first.flatMap { Token(String($0.prefix(32))) }
    }
}
