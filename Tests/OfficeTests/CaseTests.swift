// Asking to be called: who sees what, and what the person sees of it.

import Office
import Testing
import Vault

@Suite struct `A case` {
    @Test func `shows customer service the telephone number while it is open, and the person that they saw it`() async throws {
        let house = try await House()
        let sari = try await house.customer(), budi = try await house.clerk()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        let number = try await house.office.telephone(in: asked.number, for: budi)
        #expect(number.value.number == "+62 812 5550 4417")

        let newest = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first)
        #expect(newest.sequence == number.entry)
        #expect(newest.use.who == "customer service 1")
        #expect(newest.use.things == ["telephone number"])
        #expect(newest.use.outcome == "yes")
        #expect(newest.use.rules == ["calls.3"])
        #expect(newest.use.matter == asked.number)
    }

    @Test func `closed, refuses the number, and the refusal is in the chain`() async throws {
        let house = try await House()
        let sari = try await house.customer(), budi = try await house.clerk()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        try await house.office.closeCase(asked.number, by: budi)
        let no = try #require(
            await refused { () async throws(NotDone) in _ = try await house.office.telephone(in: asked.number, for: budi) })
        #expect(no.why == .needs(["an open case"]))
        #expect(no.rules.map(\.address) == ["calls.3"])

        let newest = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first)
        #expect(newest.sequence == no.entry)
        #expect(newest.use.outcome == "no, needs an open case")
    }

    @Test func `refuses the number to the administrator`() async throws {
        let house = try await House()
        let sari = try await house.customer(), ratna = try await house.administrator()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        let no = try #require(
            await refused { () async throws(NotDone) in _ = try await house.office.telephone(in: asked.number, for: ratna.staff!) })
        #expect(no.why == .noRule)
        #expect(no.entry != nil)
    }

    @Test func `isn't closed by whom no rule lets see it, and the person reads that they tried`() async throws {
        let house = try await House()
        let sari = try await house.customer(), ratna = try await house.administrator()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        let no = try #require(
            await refused { () async throws(NotDone) in try await house.office.closeCase(asked.number, by: ratna.staff!) })
        #expect(no.why == .noRule)
        #expect(try house.office.ownCase(asked.number, of: sari).summary.isOpen)

        let newest = try #require(try house.office.uses(of: sari, before: nil, limit: 1).first)
        #expect(newest.sequence == no.entry)
        #expect(newest.use.who == "administrator 1")
        #expect(newest.use.outcome == "no, no rule")
        #expect(newest.use.matter == asked.number)
    }

    @Test func `opened again by the person opens the number again`() async throws {
        let house = try await House()
        let sari = try await house.customer(), budi = try await house.clerk()
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        try await house.office.closeCase(asked.number, by: budi)
        try await house.office.reopenCase(asked.number, by: sari)
        #expect(try await house.office.telephone(in: asked.number, for: budi).value.number == "+62 812 5550 4417")
    }

    @Test func `of one customer isn't another's`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let dewi = try await house.customer("Dewi Lestari", "dewi@tokobaru.example", telephone: "+62 811 1111 1111")
        let asked = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        #expect(throws: NotDone.self) { try house.office.ownCase(asked.number, of: dewi) }
        #expect(try house.office.ownCase(asked.number, of: sari).text == "The courier came twice.")
        await #expect(throws: NotDone.self) { try await house.office.reopenCase(asked.number, by: dewi) }
    }

    @Test func `takes the number that was typed, and keeps each text apart`() async throws {
        let house = try await House()
        let sari = try await house.customer(telephone: ""), budi = try await house.clerk()
        let first = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        let second = try await house.office.askForCall(sari, text: "Where is my parcel?", telephone: "+62 812 5550 4418")
        #expect(try house.office.ownCase(first.number, of: sari).text == "The courier came twice.")
        #expect(try await house.office.staffCase(second.number, for: budi).customer?.value.text == "Where is my parcel?")
        #expect(try await house.office.telephone(in: first.number, for: budi).value.number == "+62 812 5550 4418")
    }
}

@Suite struct `Asking twice` {
    @Test func `with the same words within a minute is asking once`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        let first = try await house.office.askForCall(sari, text: "Where is my parcel?", telephone: "+62 812 5550 4417")
        let second = try await house.office.askForCall(sari, text: "Where is my parcel?", telephone: "+62 812 5550 4417")
        #expect(first.number == second.number)
        house.clock.advance(by: .seconds(61))
        #expect(try await house.office.askForCall(sari, text: "Where is my parcel?", telephone: "+62 812 5550 4417").number != first.number)
    }

    @Test func `of many questions at once no more are opened than may be`() async throws {
        let house = try await House(), sari = try await house.customer(), office = house.office
        let opened = await withTaskGroup(of: Bool.self) { tasks in
            for number in 0..<40 {
                tasks.addTask { (try? await office.askForCall(sari, text: "Question \(number)", telephone: "+62 812 5550 4417")) != nil }
            }
            return await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(opened == 20)
        #expect(try house.rows("SELECT count(*) FROM help_case") == 20)
    }
}
