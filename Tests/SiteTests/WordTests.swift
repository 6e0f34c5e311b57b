// The policy's names in the reader's language, from the policy's translation alone.
import Policy
import Testing

@testable import Site

@Suite struct WordsOfThePolicy {
    @Test func `each name that a page prints has its word in the translation`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Tolong telepon saya.", "telephone": "0812 5550 4417"])
        _ = try await budi.post("/staff/cases/1/opening", ["what": "telephone-to-answer"], from: "/staff/cases/1")
        sari.language = "id"
        let page = try await sari.get("/privacy").text
        for words in ["Layanan pelanggan 1", "nomor telepon Anda", "untuk menjawab Anda", "Kuki sesi", "Formulir bantuan"] {
            #expect(page.contains(words), "\(words)")
        }
        for name in ["telephone number", "customer service", "answer you", "help form", "session cookie"] {
            #expect(!page.contains(">\(name)") && !page.contains(" \(name)"), "\(name)")
        }
    }

    @Test func `a changed word changes the page, and a name without one is quoted`() async throws {
        let policy = try await House().office.policy
        let translation = Translation(of: policy, Array("```words id\nemail address = alamat pos-el\n```\n".utf8), file: "x.id.md")
        let say = Language.indonesian.knowing(translation)
        #expect(say.thing("email address") == "alamat pos-el" && say.thing("telephone number") == "telephone number")
        #expect(Language.english.knowing(translation).thing("email address") == "email address")
    }
}
