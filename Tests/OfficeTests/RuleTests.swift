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
        ("collect session cookie from browser to run your account", [.register, .code]),
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

/// A person's own rights don't shrink behind their back: what was given under a rule stays theirs to see.
@Suite struct `The right to see one's own data, taken out of the policy` {
    static let rule = "the person may read customer data"

    @Test func `is gone for what is given from then on, each value listed with the rule that is missing`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let before = try house.office.holdings(of: sari)
        house.clock.advance(by: .seconds(60))
        try await house.reopen(policy: House.policyText.replacing("\n" + Self.rule + "\n", with: "\n"))

        let dewi = try await house.customer("Dewi Lestari", "dewi@tokobaru.example")
        let held = try house.office.holdings(of: dewi)
        #expect(
            held.map(\.field) == ["full name", "email address", "telephone number", "session cookie", "browser mark", "record of uses"])
        #expect(held.allSatisfy { $0.value.isEmpty && $0.refusal?.why == .noRule && $0.refusal?.missing?.text == Self.rule })
        #expect(held.allSatisfy { !$0.terms.isEmpty })

        // What was given before is still seen, and the list of uses with it.
        let still = try house.office.holdings(of: sari)
        #expect(still.map(\.value) == before.map(\.value))
        #expect(still.allSatisfy { $0.refusal == nil })
        #expect(try !house.office.uses(of: sari, before: nil, limit: 10).isEmpty)
        // A value given anew stands under the rules of the day on which it is given.
        _ = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4418")
        let refused = try house.office.holdings(of: sari).filter { $0.refusal != nil }.map(\.field)
        #expect(Set(refused) == ["telephone number", "case message"])
    }
}
