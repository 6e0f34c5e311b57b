// Without a rule, exactly the use that stood on it is refused.

import Office
import Testing
import Vault

/// The policy decides, not the code: without a rule exactly the use that stood on it is refused.
@Suite struct `A rule taken out of the policy` {
    /// What a customer and the staff do, and whether the policy lets them.
    enum Step: String, CaseIterable { case register, code, enter, ask, number, staffCase, telephone, team, leave }

    struct Outcome: Equatable {
        var refused: Set<Step> = []
        var missing: [String] = []
    }

    static let rules: [(line: String, refuses: Set<Step>)] = [
        ("customer service may read telephone number to answer you, on an open case", [.telephone]),
        ("customer service may read full name, case message to answer you, on an open case", [.staffCase]),
        ("collect case message, telephone number from help form to answer you", [.ask, .number]),
        ("administrator may read staff data to run the staff's accounts", [.team]),
        ("the person may delete customer data", [.leave]),
        ("collect contact from registration form to run your account", [.register]),
        ("collect session cookie from browser to run your account", [.enter]),
        ("send confirmation code through email address via email carrier to make sure it is you, always, until deleted", [.code]),
    ]

    @Test(arguments: rules)
    func `refuses exactly what stood on it, and names it`(_ rule: (line: String, refuses: Set<Step>)) async throws {
        #expect(House.policyText.contains("\n" + rule.line + "\n"))
        let house = try await House()
        let known = try await Known(house)
        #expect(try await walk(house, known) == Outcome())

        let second = try await House(seed: 2)
        let before = try await Known(second)
        try await second.reopen(policy: House.policyText.replacing("\n" + rule.line + "\n", with: "\n"))
        let outcome = try await walk(second, before)
        #expect(outcome.refused == rule.refuses)
        #expect(!outcome.missing.isEmpty && outcome.missing.allSatisfy { $0 == rule.line })
    }

    /// Who was there before the rule went.
    struct Known {
        let sari: Session, budi: StaffMember, ratna: StaffMember, asked: CaseSummary
        init(_ house: House) async throws {
            sari = try await house.customer()
            budi = try await house.clerk()
            let challenge = try await house.office.startSignIn(email: "ratna@office.example")
            ratna = try #require(try await house.confirm(challenge, "ratna@office.example").staff)
            asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        }
    }

    private func walk(_ house: House, _ known: Known) async throws -> Outcome {
        let office = house.office
        var outcome = Outcome()
        func step(_ step: Step, _ body: () async throws(NotDone) -> Void) async {
            do throws(NotDone) { try await body() } catch {
                guard case .refused(.policy(let refused)) = error else {
                    Issue.record("\(step): \(error)")
                    return
                }
                outcome.refused.insert(step)
                if let missing = refused.missing { outcome.missing.append(missing.text) }
            }
        }
        let dewi = Registration(name: "Dewi Lestari", email: "dewi@tokobaru.example", telephone: "")
        // A refused code leaves nobody behind who could be refused in the steps after it.
        await step(.register) { () async throws(NotDone) in
            do throws(NotDone) { _ = try await office.register(dewi) } catch {
                if case .refused(.policy(let refused)) = error, refused.verb == .send { return }
                throw error
            }
        }
        house.clock.advance(by: .seconds(700))
        var challenge: Token?
        await step(.code) { () async throws(NotDone) in challenge = try await office.startSignIn(email: "sari@ladatimur.example") }
        if let challenge {
            let code = try house.code(to: "sari@ladatimur.example")
            await step(.enter) { () async throws(NotDone) in _ = try await office.confirm(challenge, code: code) }
        }
        await step(.ask) { () async throws(NotDone) in
            _ = try await office.askForCall(known.sari, text: "Where is my parcel?", telephone: "+62 812 5550 4417")
        }
        await step(.number) { () async throws(NotDone) in
            _ = try await office.askForCall(known.sari, text: "Where is my parcel?", telephone: "+62 812 5550 4418")
        }
        await step(.telephone) { () async throws(NotDone) in _ = try await office.telephone(in: known.asked.number, for: known.budi) }
        await step(.staffCase) { () async throws(NotDone) in
            if let refused = try await office.staffCase(known.asked.number, for: known.budi).refusal { throw .refused(.policy(refused)) }
        }
        await step(.team) { () async throws(NotDone) in _ = try await office.team(for: known.ratna) }
        await step(.leave) { () async throws(NotDone) in _ = try await office.leave(known.sari) }
        return outcome
    }
}
