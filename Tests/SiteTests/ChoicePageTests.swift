// The page on which somebody chooses what they get and what may be done.

import Testing

@testable import Site

@Suite struct `The page of choices` {
    @Test func `shows each with its rule, makes it and takes it back, and tells so, in both languages`() async throws {
        let house = try await House(), sari = try await house.sari()
        for (language, title, on, off, told, back) in [
            (
                "en", "Your choices", "Stopped", "May come", "You stopped <b>special offer by email</b>.",
                "You said that you want <b>special offer by email</b>."
            ),
            (
                "id", "Pilihan Anda", "Dihentikan", "Boleh dikirim", "Anda menghentikan <b>penawaran khusus lewat surel</b>.",
                "Anda menyatakan mau menerima <b>penawaran khusus lewat surel</b>."
            ),
        ] {
            sari.language = language
            let page = try await sari.get("/privacy/choices")
            #expect(page.status == 200 && page.text.contains(title) && page.text.contains(off) && !page.text.contains(">\(on)<"))
            for choice in house.office.choices {
                #expect(page.text.contains("value=\"\(choice.id)\""), "\(choice.id)")
                #expect(page.text.contains(choice.rule), "its rule stands beside it")
            }
            let made = try await sari.post("/privacy/choices", ["choice": "special-offer-by-email", "value": "yes"])
            #expect(made.location == "/privacy/choices?now=chosen")
            #expect(try await sari.get("/privacy/choices").text.contains(">\(on)<"))
            #expect(try await sari.get("/privacy").text.contains(told))
            let taken = try await sari.post("/privacy/choices", ["choice": "special-offer-by-email", "value": "no"])
            #expect(taken.location == "/privacy/choices?now=taken-back")
            #expect(try await sari.get("/privacy").text.contains(back))
        }
    }

    @Test func `is among what is held, in words`() async throws {
        let house = try await House(), sari = try await house.sari()
        for choice in ["special-offer-by-email", "service-announcement-by-telephone", "left-out-of-statistics", "contact-cut"] {
            _ = try await sari.post("/privacy/choices", ["choice": choice, "value": "yes"])
        }
        let held = try await sari.get("/privacy").text
        for words in ["Special offer by email: no", "Service announcement by telephone: yes", "Left out of statistics", "No word at all"] {
            #expect(held.contains(words), "\(words)")
        }
    }

    @Test func `names what nobody may choose, and isn't for the staff`() async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        #expect(try await sari.post("/privacy/choices", ["choice": "confirmation-code-by-email", "value": "yes"]).status == 404)
        #expect(try await ratna.get("/privacy/choices").status == 404)
        let without = try await House(lacking: [
            "collect choice record from settings page, help form, help desk, browser to honour your choices"
        ])
        let page = try await without.sari().get("/privacy/choices").text
        #expect(page.contains("choice record") && !page.contains("name=\"choice\""))
    }
}
