// What a page says was just done: to whom it was done, and to nobody whom a link tells so.

import Testing

@testable import Site

@Suite struct `What was just done` {
    @Test(arguments: Language.allCases) func `is said after a press, and by no link that somebody made up`(_ say: Language) async throws {
        let house = try await House(), sari = try await house.sari()
        sari.language = say.code
        let restricted = say("kept and not used from now on", id: "Mulai sekarang data Anda disimpan")
        for (place, words) in [
            ("/privacy?now=restricted", restricted), ("/privacy?now=moved", say("Your new address holds", id: "Alamat baru Anda berlaku")),
            ("/account?now=password", say("The password is set", id: "Kata sandinya tersimpan")),
            ("/privacy?now=removed", say("It is removed", id: "Sudah dihapus")),
        ] {
            #expect(try await !sari.get(place).text.contains(words), "\(place)")
            #expect(try await sari.get(after: place).text.contains(words), "\(place)")
        }
        sari.cookies["\(Visit.newsCookie)"] = nil
        let answer = try await sari.post("/privacy/restriction", ["restrict": "yes"], from: "/privacy")
        #expect(answer.location == "/privacy?now=restricted")
        for _ in 1...2 { #expect(try await sari.get("/privacy?now=restricted").text.contains(restricted), "also when it is loaded again") }
        #expect(try await !sari.get("/privacy?now=moved").text.contains(say("Your new address holds", id: "Alamat baru Anda berlaku")))
    }
}
