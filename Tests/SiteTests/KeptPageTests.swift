// A person's own page isn't drawn twice while nothing of it changes: what changes shows at once, and nothing stays of who goes.
import Policy
import Testing
import Vault

@testable import Office
@testable import Site

@Suite struct `A page that is kept` {
    @Test func `is the same but for the numbers of its forms, which work`() async throws {
        let house = try await House(), sari = try await house.sari()
        try await house.office.vault.sequence()
        let first = try await sari.get("/privacy"), second = try await sari.get("/privacy")
        #expect(house.office.kept.count == 1 && plain(first) == plain(second) && first.token != second.token)
        let numbers = second.text.matches(of: /name="form" value="([0-9a-f]+)"/).map { String($0.1) }
        #expect(numbers.count > 2 && Set(numbers) == [second.token], "each form of the page has the number of this sending")
        #expect(try await sari.post("/privacy/restriction", ["restrict": "yes", "form": second.token]).status == 303)
        #expect(try await sari.get("/privacy").text.contains("value=\"no\""))
    }

    @Test func `shows at once what its person, the staff and the clock change`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        let acts: [(String, () async throws -> Void)] = [
            ("another sign-in", { try await Browser(house).signIn("sari@ladatimur.example") }),
            ("a name put right", { _ = try await sari.post("/privacy/correction/full-name", ["value": "Sari Dewi"]) }),
            ("a question", { _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"]) }),
            ("a look", { _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1") }),
            ("a case closed", { _ = try await budi.post("/staff/cases/1/closure", [:], from: "/staff/cases/1") }),
            ("a refusal", { _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account") }),
            (
                "the same once more",
                { _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/account") }
            ),
            ("an address on its way", { _ = try await sari.post("/privacy/correction/email-address", ["value": "sari@toko.example"]) }),
            ("a restriction", { _ = try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy") }),
            ("its end", { _ = try await sari.post("/privacy/restriction", ["restrict": "no"], from: "/privacy") }),
            ("sleep", { _ = try await sari.post("/leave/deactivation", [:], from: "/leave") }),
            ("waking", { _ = try await sari.post("/leave/awakening", [:], from: "/leave") }),
            ("a deletion to come", { _ = try await sari.post("/leave", ["sure": "yes", "when": "later"]) }),
            ("another day", { house.clock.advance(by: .seconds(86_400)) }),
            ("what ran out", { _ = try await house.office.forgetWhatHasRunOut() }),
            ("another language", { sari.language = "id" }),
        ]
        for (name, act) in acts {
            try await house.office.vault.sequence()
            _ = try await sari.get("/privacy")
            let before = try await sari.get("/privacy")
            try await act()
            let kept = try await sari.get("/privacy")
            house.office.kept.empty()
            let drawn = try await sari.get("/privacy")
            #expect(plain(kept) == plain(drawn), "\(name)")
            #expect(["another day", "what ran out"].contains(name) || plain(before) != plain(drawn), "\(name) shows")
        }
    }

    @Test func `goes with the session, with its person, and a minute after it was looked at`() async throws {
        let house = try await House(), sari = try await house.sari()
        func keep(_ browser: Browser) async throws {
            try await house.office.vault.sequence()
            #expect(try await browser.get("/privacy").status == 200)
            #expect(house.office.kept.count == 1)
        }
        try await keep(sari)
        house.clock.advance(by: .seconds(61))
        await house.office.work()
        #expect(house.office.kept.count == 0)
        try await keep(sari)
        _ = try await sari.post("/sign-out", [:], from: "/account")
        #expect(house.office.kept.count == 0)
        house.clock.advance(by: .seconds(601))
        try await sari.signIn("sari@ladatimur.example")
        try await keep(sari)
        #expect(try await sari.post("/leave", ["sure": "yes", "when": "now"]).status == 303)
        #expect(house.office.kept.count == 0)
    }

    @Test func `isn't made of what isn't proved yet, nor of a list that was narrowed`() async throws {
        let house = try await House(), sari = try await house.sari()
        _ = try await sari.get("/privacy")
        #expect(house.office.kept.count == 0)
        try await house.office.vault.sequence()
        _ = try await sari.get("/privacy?refused=yes")
        #expect(house.office.kept.count == 0)
    }

    @Test func `is nobody else's`() async throws {
        let house = try await House(), sari = try await house.sari()
        try await house.office.vault.sequence()
        _ = try await sari.get("/privacy")
        let other = Browser(house)
        house.clock.advance(by: .seconds(601))
        try await other.signIn("sari@ladatimur.example")
        try await house.office.vault.sequence()
        let theirs = try await other.get("/privacy"), hers = try await sari.get("/privacy")
        #expect(theirs.token.prefix(32) != hers.token.prefix(32))
        #expect(try await Browser(house).get("/privacy").location == "/sign-in")
    }

    private func plain(_ answer: Answer) -> String { answer.text.replacing(/name="form" value="[0-9a-f]+"/, with: "") }
}
