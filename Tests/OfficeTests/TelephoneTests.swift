// Wulan has no e-mail address: her number is what she registers with, signs in with, and hears by.

import Outbound
import Policy
import Store
import Testing
import Vault

@testable import Office

@Suite struct `Somebody with only a telephone number` {
    private let number = "+62 812 5550 9001"

    private func code(_ house: House, to number: String = "+6281255509001") throws -> String {
        let message = try #require(house.office.outbound.outbox.first { $0.to == number && $0.subject.contains("is your code") })
        return String(message.subject.prefix(6))
    }

    private func wulan(_ house: House) async throws -> Session {
        let challenge = try await house.office.register(Registration(name: "Wulan Sari", email: "", telephone: number))
        guard case .signedIn(let session) = try await house.office.confirm(challenge, code: try code(house)) else {
            throw House.Unexpected()
        }
        return session
    }

    private func messages(_ house: House) -> [String] {
        house.office.outbound.outbox.filter { $0.to == "+6281255509001" }.map(\.subject)
    }

    @Test func `registers with it, and signs in with it however it is written`() async throws {
        let house = try await House()
        let session = try await wulan(house)
        #expect(try house.office.holdings(of: session).contains { $0.field == "telephone number" && $0.value == number })
        #expect(try !house.office.holdings(of: session).contains { $0.field == "email address" })
        house.clock.advance(by: .seconds(60))
        let challenge = try await house.office.startSignIn(email: "0062-812-55509001")
        guard case .signedIn(let again) = try await house.office.confirm(challenge, code: try code(house)) else { throw House.Unexpected() }
        #expect(again.subject == session.subject)
        let sent = try house.office.uses(of: again, before: nil, limit: 20).first { $0.use.verb == "sent" }
        #expect(sent?.use.who == "telephone carrier" && sent?.use.outcome == "yes")
    }

    /// A gateway that takes a message when it is told to.
    private final class SlowGateway: Carrier {
        private let (taking, take) = AsyncStream<Void>.makeStream()

        func carry(_: Letter, to _: String, once _: IdempotencyKey) async throws(CarrierFault) { for await _ in taking {} }
        func go() { take.finish() }
    }

    /// Its time is that of a run of everything at once; who waited for the gateway would wait for ever.
    @Test(.timeLimit(.minutes(10)))
    func `is answered before a slow gateway has the message, also where mails stay in the house, and so is whoever has an address`()
        async throws
    {
        let gateway = SlowGateway(), house = try await House(telephone: gateway)
        defer { gateway.go() }
        _ = try await house.office.register(Registration(name: "Wulan Sari", email: "", telephone: number))
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        #expect(try !house.code(to: "sari@ladatimur.example").isEmpty, "what stays in the house is there at once")
    }

    @Test func `whose number somebody gives again hears of it, and the answer is the same`() async throws {
        let house = try await House()
        _ = try await wulan(house)
        house.clock.advance(by: .seconds(60))
        let before = messages(house).count
        _ = try await house.office.register(Registration(name: "Somebody", email: "", telephone: number))
        #expect(messages(house).count == before + 1 && messages(house)[0].contains("already have an account"))
    }

    @Test func `hears of a new browser and of changed keys in a message that has the link`() async throws {
        let house = try await House()
        let session = try await wulan(house)
        try await house.office.setPassword("a long and quiet river", again: "a long and quiet river", in: session)
        #expect(
            house.office.outbound.outbox.contains {
                $0.to == "+6281255509001" && $0.subject.hasPrefix("How you sign in to PT Alamat Kerja was changed / Cara Anda masuk")
            })
        guard case .signedIn = try await house.office.signIn(email: number, password: "a long and quiet river") else {
            throw House.Unexpected()
        }
        #expect(messages(house).contains("A new browser signed in to PT Alamat Kerja / Peramban baru masuk ke PT Alamat Kerja"))
    }

    @Test func `changes it by a code to the new one, and the old one hears of it`() async throws {
        let house = try await House()
        let session = try await wulan(house), new = "+62 813 1111 2222"
        guard case .codeSent(let challenge) = try await house.office.correct("telephone number", to: new, for: session) else {
            throw House.Unexpected()
        }
        let code = try code(house, to: "+6281311112222")
        guard case .changed = try await house.office.confirmAddress(challenge, code: code, for: session) else { throw House.Unexpected() }
        #expect(try house.office.holdings(of: session).contains { $0.value == new && $0.stage == .present })
        #expect(messages(house)[0].contains("was changed"))
        house.clock.advance(by: .seconds(60))
        let again = try await house.office.startSignIn(email: new)
        guard case .signedIn(let found) = try await house.office.confirm(again, code: try self.code(house, to: "+6281311112222")) else {
            throw House.Unexpected()
        }
        #expect(found.subject == session.subject)
    }

    @Test func `needs a number with its country, and one who gives an address needn't`() async throws {
        let house = try await House()
        for typed in ["0812 5550 9001", "12", "call me"] {
            do throws(NotDone) {
                _ = try await house.office.register(Registration(name: "Wulan", email: "", telephone: typed))
                Issue.record("nothing gets to \(typed)")
            } catch {
                guard case .form(let faults) = error else { throw error }
                #expect(faults == [.telephoneUnreached])
            }
        }
        _ = try await house.customer(telephone: "0812 5550 4417")
    }

    @Test func `is called at that number, and a question doesn't change it`() async throws {
        let house = try await House()
        let session = try await wulan(house)
        do throws(NotDone) {
            _ = try await house.office.askForCall(session, text: "Please call.", telephone: "+62 813 1111 2222")
            Issue.record("nothing proved that number")
        } catch {
            guard case .form(let faults) = error else { throw error }
            #expect(faults == [.telephoneIsAddress])
        }
        _ = try await house.office.askForCall(session, text: "Please call.", telephone: number)
    }

    @Test func `who has an address too isn't found by the number, nor written there`() async throws {
        let house = try await House()
        _ = try await house.customer(telephone: number)
        let before = house.office.outbound.outbox.count
        _ = try await house.office.startSignIn(email: number)
        #expect(house.office.outbound.outbox.count == before)
    }

    @Test func `gets no code where the policy lets none go there, and the page says which line lacks`() async throws {
        let line = House.policyText.split(separator: "\n").first {
            $0.hasPrefix("send confirmation code, address notice through telephone")
        }
        let house = try await House(policy: House.policyText.replacing(String(try #require(line)) + "\n", with: ""))
        #expect(!house.office.registersByTelephone)
        let refusal = await refused { () async throws(NotDone) in
            _ = try await house.office.register(Registration(name: "Wulan", email: "", telephone: number))
        }
        #expect(refusal?.thing == "confirmation code" && refusal?.carrier == "telephone carrier")
    }

    @Test func `is forgotten with her number, after a day without a code and by her own word`() async throws {
        let house = try await House()
        _ = try await house.office.register(Registration(name: "Wulan Sari", email: "", telephone: number))
        house.clock.advance(by: .seconds(3 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try house.rows("SELECT count(*) FROM by_telephone") == 0)
        let session = try await wulan(house)
        _ = try await house.office.leave(session)
        #expect(try house.rows("SELECT count(*) FROM by_telephone") == 0)
        let other = try await wulan(house)
        #expect(other.subject != session.subject)
    }
}
