// The pages of leaving: sleeping and waking, a deletion in seven days or at once; and the list of uses, narrowed.
import Testing

@testable import Site

@Suite struct `Leaving in pages` {
    @Test(arguments: ["en", "id"]) func `an account sleeps and wakes by two buttons`(_ language: String) async throws {
        let house = try await House(), sari = try await house.sari()
        sari.language = language
        #expect(try await sari.get("/leave").text.contains("action=\"/leave/deactivation\""))
        #expect(try await sari.post("/leave/deactivation", [:], from: "/leave").location == "/leave?now=asleep")
        #expect(try await sari.get("/privacy").text.contains(language == "en" ? "Your account sleeps since" : "Akun Anda tidur sejak"))
        #expect(try await !sari.get("/leave").text.contains("action=\"/leave/deactivation\""))
        #expect(try await sari.post("/leave/awakening", [:], from: "/leave").location == "/leave?now=awake")
        #expect(try await !sari.get("/privacy").text.contains(language == "en" ? "Your account sleeps" : "Akun Anda tidur"))
    }

    @Test func `a deletion in seven days leads to its receipt, which says when, and nothing of the person`() async throws {
        let house = try await House(), sari = try await house.sari()
        let answer = try await sari.post("/leave", ["sure": "yes", "when": "later"])
        let receipt = try #require(answer.location)
        #expect(receipt.hasPrefix("/left/"))
        let page = try await Browser(house).get(receipt).text
        #expect(page.contains("in seven days") && !page.contains("Sari") && !page.contains("Wake my account"))
        #expect(try await sari.get("/privacy").text.contains("is deleted on"))
        #expect(try await sari.post("/leave/awakening", [:], from: "/leave").status == 303)
        #expect(try await Browser(house).get(receipt).status == 404)
        house.clock.advance(by: .seconds(8 * 86_400))
        _ = try await house.office.forgetWhatHasRunOut()
        #expect(try await sari.get("/privacy").status == 200)
    }

    @Test func `what ends an account needs somebody who has just come in`() async throws {
        let house = try await House(), sari = try await house.sari()
        house.clock.advance(by: .seconds(601))
        let page = try await sari.get("/leave").text
        #expect(!page.contains("Delete at once</button>") && page.contains("Sign in once more"))
        let late = try await sari.post("/leave", ["sure": "yes", "when": "now"])
        #expect(late.status == 403 && late.text.contains("Nothing was deleted. </b>"))
        #expect(try await sari.get("/privacy").status == 200, "nothing was deleted")
        #expect(try await sari.post("/leave", ["sure": "yes", "when": "later"]).status == 403)
        #expect(try await !sari.get("/privacy").text.contains("is deleted on"))
    }

    @Test func `nobody waits where no rule lets us note the choice`() async throws {
        let line = "collect choice record from settings page, help form, help desk, browser to honour your choices"
        let sari = try await House(lacking: [line]).sari()
        let page = try await sari.get("/leave").text
        #expect(!page.contains("Delete in seven days") && page.contains("Delete at once") && !page.contains("/leave/deactivation"))
    }
}

@Suite struct `The list of uses, narrowed` {
    @Test func `shows who, what for and refusals only, and keeps what was chosen on the next page`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        let byStaff = try await sari.get("/privacy?who=customer+service").text
        #expect(byStaff.contains("Customer service 1") && !byStaff.contains("You gave us"))
        let own = try await sari.get("/privacy?who=me").text
        #expect(own.contains("You gave us") && !own.contains("<b>Customer service 1</b>"))
        #expect(try await sari.get("/privacy?refused=yes").text.contains("No use fits what you chose"))
        #expect(try await sari.get("/privacy?purpose=answer+you").text.contains("value=\"answer you\" selected"))
        #expect(try await sari.get("/privacy?month=1999-01").text.contains("No use fits what you chose"))
        for wrong in ["who=nobody", "purpose=x", "month=2026-13", "month=x-y", "refused=maybe", "before=x", "before=-1"] {
            #expect(try await sari.get("/privacy?\(wrong)").status == 200, "\(wrong)")
        }
    }

    @Test func `leads on with the filter in the address, and nothing else`() {
        var filter = UseFilter()
        (filter.who, filter.purpose, filter.isRefusedOnly) = (.role("customer service"), "run the staff's accounts", true)
        filter.month = UseFilter.Month(year: 2026, month: 3)
        #expect(filter.query(before: 31) == "?who=customer+service&purpose=run+the+staff%27s+accounts&month=2026-03&refused=yes&before=31")
        #expect(UseFilter().query() == "")
    }
}
