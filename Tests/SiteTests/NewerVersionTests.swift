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

    @Test func `says so where nothing waits`() async throws {
        let sari = try await House().sari()
        #expect(try await sari.get("/privacy/versions").text.contains("No version does more with what we hold about you"))
        #expect(try await sari.post("/privacy/versions/1/word", ["word": "yes"], from: "/privacy/versions").status == 404)
    }
}
