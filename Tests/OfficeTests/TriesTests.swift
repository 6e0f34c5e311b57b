// Tries are counted in rows, for all servers before one database; the rows tell nobody what was tried.

import Foundation
import Store
import Testing
import Vault

@testable import Office

@Suite struct `Tries that are counted` {
    private static let email = "sari@ladatimur.example"

    /// Whether a guess of the password was looked at.
    private func guesses(_ house: House, _ email: String = email) async throws -> Bool {
        do throws(NotDone) { _ = try await house.office.signIn(email: email, password: "guess") } catch {
            guard case .tooMany = error else { throw error }
            return false
        }
        return true
    }

    @Test func `count on when the house was closed in between`() async throws {
        let house = try await House()
        for _ in 0..<5 { #expect(try await guesses(house)) }
        try await house.reopen()
        #expect(try await !guesses(house))
    }

    @Test func `count over midnight, when their marks change`() async throws {
        let house = try await House()
        // It was nine in Jakarta.
        house.clock.advance(by: .seconds(15 * 3_600 - 60))
        for _ in 0..<3 { #expect(try await guesses(house)) }
        house.clock.advance(by: .seconds(120))
        for _ in 0..<2 { #expect(try await guesses(house)) }
        #expect(try await !guesses(house))
        #expect(try house.rows("SELECT count(*) FROM tried") == 2)
        #expect(try house.rows("SELECT count(*) FROM tried_salt") == 2)
    }

    @Test func `keep nobody out whose clock went back`() async throws {
        let house = try await House(), began = house.clock.now()
        house.clock.advance(by: .seconds(400 * 86_400))
        for _ in 0..<5 { #expect(try await guesses(house)) }
        house.clock.set(to: began)
        #expect(try await guesses(house))
        let marking = try await house.office.marking(at: began), late = began + .seconds(86_400)
        let network = marking.tried("network", [1], .evenly(tries: 2, seconds: 600))
        for (moment, isOpen) in [(late, true), (late, true), (late, false), (began, true), (began, true), (began, false)] {
            let seconds = try await house.office.store.write { (rows) throws(Refusal) in try Tried.count([network], at: moment, in: rows) }
            #expect((seconds == nil) == isOpen)
        }
    }

    @Test func `lie under marks of a day, and go with their salt`() async throws {
        let house = try await House(), network: [UInt8] = [203, 0, 113, 7, 203, 0, 113, 7]
        _ = try await house.office.register(Registration(name: "Sari", email: Self.email, telephone: ""), from: Asker(network: network))
        #expect(try await guesses(house))
        #expect(try house.rows("SELECT count(*) FROM tried") == 4)
        let bytes = Data(try house.everyByte())
        #expect(bytes.range(of: Data(network)) == nil && bytes.range(of: Data("mailto:\(Self.email)".utf8)) == nil)
        let today = try await house.office.marking(at: house.clock.now())
        let here = today.tried("password", [1], .guesses), elsewhere = today.tried("code", [1], .guesses)
        house.clock.advance(by: .seconds(86_400))
        let tomorrow = try await house.office.marking(at: house.clock.now()).tried("password", [1], .guesses)
        #expect(here.mark != elsewhere.mark && here.mark != tomorrow.mark && here.mark == tomorrow.former)
        house.clock.advance(by: .seconds(86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM tried") == 0)
        #expect(try house.rows("SELECT count(*) FROM tried_salt") == 1)
    }

    @Test func `from a network get evenly back what they used up, on all servers alike`() async throws {
        let house = try await House(), clock = house.clock
        let marking = try await house.office.marking(at: clock.now()), limit = Limit.evenly(tries: 4, seconds: 60)
        let here = marking.tried("network", [1], limit), next = marking.tried("network", [2], limit)
        func wait(_ tried: Tried) async throws -> Int? {
            let now = clock.now()
            return try await house.office.store.write { (rows) throws(Refusal) in try Tried.count([tried], at: now, in: rows) }
        }
        for _ in 0..<4 { #expect(try await wait(here) == nil) }
        #expect(try await wait(here) == 16)
        #expect(try await wait(next) == nil)
        clock.advance(by: .seconds(15))
        #expect(try await wait(here) == nil)
        #expect(try await wait(here) == 16)
    }
}
