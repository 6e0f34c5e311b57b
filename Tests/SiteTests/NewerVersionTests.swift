// Sari came under the first version; her page says what the next would change for her, and takes her word.
import Testing

@testable import Site

@Suite struct `The page of newer versions` {
    /// Gone at first: a line by which customer service reads what she gave.
    static let line = "customer service may read telephone number to answer you, on an open case"

    @Test(arguments: ["en", "id"]) func `says in sentences what waits for her yes, and takes it, and takes it back`(_ language: String)
        async throws
    {
        let house = try await House(lacking: [Self.line]), sari = try await house.sari()
        sari.language = language
        #expect(try await !sari.get("/privacy").text.contains("/privacy/versions\">" + (language == "en" ? "See" : "Lihat")))
        try await house.reopen()
        let asked = try await sari.get("/privacy/versions").text
        #expect(asked.contains(language == "en" ? "Needs your answer" : "Menunggu jawaban Anda"))
        #expect(asked.contains(language == "en" ? "telephone number" : "nomor telepon"))
        #expect(try await sari.get("/privacy").text.contains("/privacy/versions"))
        let action = try #require(asked.firstMatch(of: /action="(\/privacy\/versions\/[0-9]+\/word)"/)).1
        #expect(try await sari.post(String(action), [:], from: "/privacy/versions").status == 422)
        #expect(try await sari.post(String(action), ["word": "yes"], from: "/privacy/versions").location == "/privacy/versions?now=yes")
        #expect(try await sari.get("/privacy").text.contains(language == "en" ? "Yes to version 1" : "Ya pada versi 1"))
        #expect(try await sari.post(String(action), ["word": "nothing"], from: "/privacy/versions").status == 303)
        #expect(try await sari.get("/privacy/versions").text.contains(language == "en" ? "Needs your answer" : "Menunggu jawaban Anda"))
    }

    @Test func `without her yes her case says that nobody may look her number up, and her list which version refused it`() async throws {
        let house = try await House(lacking: [Self.line]), sari = try await house.sari()
        try await house.reopen()
        let budi = try await house.budi()
        // The number that she gave under the version before; another would be given under this one.
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "+62 812 5550 4417"])
        let page = try await sari.get("/cases/1").text
        #expect(page.contains("Nobody may look up your telephone number") && !page.contains("Who may look up your telephone number"))
        #expect(try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1").status == 403)
        let entry = try #require(
            try await sari.get("/privacy").text.split(separator: "<li>").first {
                $0.contains("Customer service 1") && $0.contains("telephone number")
            })
        #expect(entry.contains("The data were collected under it") && !entry.contains("lacked another"))
        let receipt = try #require(entry.firstMatch(of: /href="(\/privacy\/uses\/[0-9]+)"/)?.1)
        let told = try await sari.get(String(receipt)).text
        #expect(told.contains("The data were collected under it") && told.contains("\ncollected 1 "))
    }

    @Test func `says so where nothing waits`() async throws {
        let sari = try await House().sari()
        #expect(try await sari.get("/privacy/versions").text.contains("No version does more with what we hold about you"))
        #expect(try await sari.post("/privacy/versions/1/word", ["word": "yes"], from: "/privacy/versions").status == 404)
    }
}
