// Codes are counted to who asks for them: strangers, a browser that is known, customer service; none uses up another's.

import Office
import Store
import Testing
import Vault

@Suite struct `A code` {
    @Test func `that a stranger asks for keeps nobody out who asks from elsewhere`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        func asked(_ asker: Asker) async throws -> Bool {
            let before = house.office.outbox.count
            _ = try await house.office.startSignIn(email: "sari@ladatimur.example", from: asker)
            return house.office.outbox.count > before
        }
        let stranger = Asker(network: [1]), home = Asker(network: [2])
        for number in 0..<6 { #expect(try await asked(stranger) == (number < 5)) }
        #expect(try await asked(home), "another network has its own")
        // From everywhere at once: the cap holds, and the browser that she uses is let through all the same.
        var mails = 0
        for network in 3...60 { if try await asked(Asker(network: [UInt8(network)])) { mails += 1 } }
        #expect(mails < 20)
        #expect(try await asked(Asker(network: [60], browser: sari.browser)))
        // One network that guesses all day leaves codes to others at every moment.
        var kept = 0
        for hour in 0..<24 {
            house.clock.advance(by: .seconds(600))
            for _ in 0..<30 {
                house.clock.advance(by: .seconds(100))
                let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example", from: stranger)
                for guess in ["000000", "000001", "000002", "000003", "000004"] {
                    _ = try await house.office.confirm(challenge, code: guess)
                }
            }
            if try await !asked(Asker(network: [200, UInt8(hour)])) { kept += 1 }
        }
        #expect(kept == 0)
    }

    @Test func `that others give her address for use up none of her own`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let again = Registration(name: "Eve", email: "sari@ladatimur.example", telephone: "")
        for _ in 0..<8 { _ = try await house.office.register(again) }
        #expect(house.office.outbox.count { $0.subject.hasPrefix("You already have an account") } == 5)
        let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
        _ = try await house.confirm(challenge, "sari@ladatimur.example")
    }

    @Test func `that customer service sends use up none of the person's own`() async throws {
        let call = try await Call()
        for _ in 0..<5 {
            call.house.clock.advance(by: .seconds(1))
            _ = try await call.code()
        }
        await #expect(throws: NotDone.self) { _ = try await call.code() }
        let challenge = try await call.office.startSignIn(email: Call.old)
        _ = try await call.house.confirm(challenge, Call.old)
    }

    @Test func `an address that a stranger registers again and again is free to its owner`() async throws {
        let house = try await House(), form = Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: "")
        for _ in 0..<20 { _ = try await house.office.register(form, from: Asker(network: [1])) }
        #expect(house.office.outbox.count == 5)
        let challenge = try await house.office.register(form, from: Asker(network: [2]))
        _ = try await house.confirm(challenge, form.email)
    }
}
