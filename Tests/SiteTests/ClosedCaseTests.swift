// A case that was closed, or deleted with its person, while somebody of the staff worked in it.

import Testing

@testable import Site

@Suite struct `A case that was closed meanwhile` {
    @Test(arguments: Language.allCases) func `is told as that, with what to do next, wherever one worked in it`(_ say: Language)
        async throws
    {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        budi.language = say.code
        let form = try await budi.get("/staff/cases/1").token
        _ = try await sari.post("/cases/1/settling", [:], from: "/cases/1")
        let closed = say("Case 1 is closed", id: "Pertanyaan 1 sudah ditutup")
        for answer in [
            try await budi.get("/staff/cases/1/behalf"),
            try await budi.post("/staff/cases/1/caller-code", ["through": "email address", "form": form]),
            try await budi.post("/staff/cases/1/wish", ["wish": "full name", "form": form]),
            try await budi.post("/staff/cases/1/notes", ["text": "x", "form": form]),
            try await budi.post("/staff/cases/1/handover", ["role": "billing clerk", "form": form]),
            try await budi.post("/staff/cases/1/closure", ["form": form]),
            try await budi.post("/staff/cases/1/taking", ["form": form]),
            try await budi.post("/staff/cases/1/search", ["sought": "Sari", "form": form]),
        ] {
            #expect(answer.status == 410 && answer.text.contains(closed) && answer.text.contains("href=\"/staff/cases/1\""))
        }
        #expect(try await !sari.get("/privacy").text.contains(" asked for "), "nobody attempted anything")
        _ = try await sari.post("/leave", ["sure": "yes", "when": "now"])
        let gone = try await budi.get("/staff/cases/1/behalf")
        #expect(gone.status == 410 && gone.text.contains(say("Case 1 is deleted", id: "Pertanyaan 1 sudah dihapus")))
        #expect(try await budi.get("/staff/cases/2/behalf").status == 404)
    }
}
