// The console: each sees what waits for their role, the pages of keeping and of the house follow the policy, and nothing on them is anybody's.

import Engines
import Foundation
import Office
import Outbound
import Store
import Testing
import Vault

@testable import Site

@Suite struct `The console` {
    private let workLog = "privacy officer may read work log to keep the record"

    /// Agus keeps the record, Putri the policy.
    private func officers(_ house: House, _ ratna: Browser) async throws -> (putri: Browser, agus: Browser) {
        let putri = Browser(house), agus = Browser(house)
        for (browser, name, email, role) in [
            (putri, "Putri Lestari", "putri@office.example", "policy officer"),
            (agus, "Agus Salim", "agus@office.example", "privacy officer"),
        ] {
            _ = try await ratna.post("/staff/team", ["name": name, "email": email, "role": role])
            house.clock.advance(by: .seconds(1))
            _ = try await browser.post("/sign-in", ["email": email])
            try await browser.enterCode()
        }
        return (putri, agus)
    }

    @Test func `tells each what waits for their role, and nobody what waits for another`() async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        let (putri, agus) = try await officers(house, ratna)
        #expect(try await putri.get("/staff/today").text.contains("Nothing waits for you"))
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        let review = DateFormatter.iso(house.clock.now().unixSeconds + 60 * 86_400)
        _ = try await putri.post(
            "/staff/holds", ["customer": "sari@ladatimur.example", "field0": "yes", "text": "Order 12", "review": review])
        #expect(try await agus.get("/staff/today").text.contains("Hold 1 wants your agreement"))
        #expect(try await putri.get("/staff/today").text.contains("Nothing waits for you"), "she asked for it herself")
        #expect(try await !agus.get("/staff/today").text.contains("nobody yet"), "cases don’t come to his role")
        _ = try await agus.post("/staff/holds/1/agreement", [:], from: "/staff/holds")
        #expect(try await agus.get("/staff/today").text.contains("Nothing waits for you"))
        house.clock.advance(by: .seconds(47 * 86_400))
        _ = try await agus.post("/sign-in", ["email": "agus@office.example"])
        try await agus.enterCode()
        #expect(try await agus.get("/staff/today").text.contains("Hold 1 comes up for review"))
        #expect(try await sari.get("/staff/today").status != 200)
    }

    @Test func `shows a clerk the cases that have nobody yet, and those that are theirs`() async throws {
        let house = try await House(), sari = try await house.sari(), budi = try await house.budi()
        #expect(try await budi.get("/staff/today").text.contains("Nothing waits for you"))
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        #expect(try await budi.get("/staff/today").text.contains("1 case has nobody yet"))
        _ = try await budi.post("/staff/cases/1/taking", [:], from: "/staff/cases/1")
        let page = try await budi.get("/staff/today").text
        #expect(page.contains("1 case of yours is open") && !page.contains("nobody yet"))
        for path in ["/staff/keeping", "/staff/house"] {
            let answer = try await budi.get(path)
            #expect(answer.status == 403 && answer.text.contains("No rule") && !page.contains("href=\"\(path)\""), "\(path)")
        }
    }

    @Test func `counts requests and what is kept, with the rules, and names nobody`() async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        let (putri, agus) = try await officers(house, ratna)
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        _ = try await sari.post("/leave", ["sure": "yes", "when": "later"])
        let review = DateFormatter.iso(house.clock.now().unixSeconds + 60 * 86_400)
        _ = try await putri.post(
            "/staff/holds", ["customer": "sari@ladatimur.example", "field0": "yes", "text": "Order 12", "review": review])
        _ = try await agus.post("/staff/holds/1/agreement", [:], from: "/staff/holds")
        let before = try house.office.vault.checkpoint()
        for (language, words) in [
            (
                "en",
                [
                    "Accounts to be deleted", "In time", "Two officers agreed: policy officer 1 and privacy officer 1", "Full name",
                    "/policy#",
                ]
            ),
            ("id", ["Akun yang akan dihapus", "Tepat waktu", "Dua petugas sepakat", "Nama lengkap"]),
        ] {
            agus.cookies["language"] = language
            let page = try await agus.get("/staff/keeping")
            #expect(page.status == 200)
            for word in words { #expect(page.text.contains(word), "\(word)") }
            for secret in ["Sari", "Wijaya", "ladatimur", "5550", "4417", "Please call", "Order 12"] {
                #expect(!page.text.contains(secret), "\(secret)")
            }
        }
        #expect(try house.office.vault.checkpoint() == before, "it is no use of anybody’s data")
        #expect(try await putri.get("/staff/keeping").status == 403)
    }

    @Test(arguments: Language.allCases)
    func `doesn't count calls of nobody known as people, nor says of who used nothing that they used it so many times`(
        _ say: Language
    ) async throws {
        let house = try await House(), budi = try await house.budi(), agus = Browser(house), ratna = Browser(house)
        try await ratna.signIn("ratna@office.example")
        _ = try await ratna.post("/staff/team", ["name": "Agus Salim", "email": "agus@office.example", "role": "privacy officer"])
        try await agus.signIn("agus@office.example")
        agus.language = say.code
        func rows() async throws -> [String] {
            let page = try await agus.get("/staff/keeping").text
            return page.matches(of: /<td role="cell" data-l="(People|Orang)">([^<]*)</).map { String($0.2) }
        }
        let before = try await rows()
        for _ in 1...2 {
            _ = try await budi.post("/staff/contacts/new", ["channel": "call", "text": "Rang off.", "from": "", "answering": "none"])
        }
        let people = Set(try await rows())
        #expect(people.isSubset(of: Set(before + ["0"])), "\(before), \(people)")
        #expect(try await agus.get("/staff/keeping").text.contains(say.count(2, "contact", "contacts", id: "kontak")))
        let everybody = try await agus.get("/staff/activity/everybody").text
        #expect(everybody.contains(say("Used no customer’s data.", id: "Tidak memakai data pelanggan mana pun.")))
        #expect(everybody.contains(say("data of 2 contacts of nobody known", id: "data 2 kontak tak dikenal")))
    }

    @Test func `follows the rule that it stands on: without it the page is gone and names it`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        let (_, agus) = try await officers(house, ratna)
        #expect(try await agus.get("/staff/today").text.contains("href=\"/staff/keeping\""))
        try await house.reopen(lacking: [workLog + " [others-work]"])
        let answer = try await agus.get("/staff/keeping")
        #expect(answer.status == 403 && answer.text.contains(workLog))
        #expect(try await !agus.get("/staff/today").text.contains("href=\"/staff/keeping\""))
    }

    @Test func `says in the reader's language what kept a job from being done, and quotes the machine`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        try house.fail(mail: "ConfirmationCode 1 2", because: "The disk is full. Free some room; writing resumes by itself.")
        ratna.cookies["language"] = "id"
        let page = try await ratna.get("/staff/house").text
        for words in ["menghalangi pengirimannya", "Periksa apakah cakram", "<span lang=\"en\">“The disk is full."] {
            #expect(page.contains(words), "\(words)")
        }
    }

    @Test func `names a mail server that refuses everybody, and not the addresses`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        house.clock.advance(by: .seconds(60))
        for number in 1...5 {
            try house.fail(mail: "ConfirmationCode \(number)", because: "the mail server refuses it for good", line: number)
        }
        let page = try await ratna.get("/staff/house").text
        #expect(page.contains("the mail server refuses every letter") && page.contains("takes nothing from this house"))
        #expect(try await ratna.get("/staff/today").text.contains("Not everything works"))
        ratna.cookies["language"] = "id"
        #expect(try await ratna.get("/staff/house").text.contains("peladen surel menolak semua surat"))
        #expect(try await Browser(house).get("/status").text.contains("tag bad"))
    }

    /// Takes nothing.
    private struct Away: Carrier {
        func carry(_: Letter, to _: String, once _: IdempotencyKey) async throws(CarrierFault) { throw .later(after: 60) }
    }

    @Test func `says of text messages what it says of mail, where there is a gateway, and so does the page for everybody`() async throws {
        let bare = try await House(), ratna = try await bare.ratna()
        #expect(try await !ratna.get("/staff/house").text.contains("Sending text messages"))
        #expect(try await !Browser(bare).get("/status").text.contains("Text messages"))
        let house = try await House(telephone: Away()), admin = try await house.ratna(), visitor = Browser(house)
        #expect(try await visitor.get("/status").text.contains("Text messages"))
        #expect(try await admin.get("/staff/today").text.contains("Nothing waits"))
        house.clock.advance(by: .seconds(60))
        try house.fail(mail: "TelephoneCode 1 2", because: "the telephone gateway takes nothing now", kind: "text message")
        #expect(try await admin.get("/staff/today").text.contains("Not everything works"))
        #expect(try await admin.get("/staff/house").text.contains("<dt>Sending text messages</dt><dd>Stands still"))
        for number in 1...5 {
            try house.fail(
                mail: "TelephoneCode \(number)", because: "the telephone gateway refuses it for good", line: number, kind: "text message")
        }
        #expect(try await admin.get("/staff/house").text.contains("the telephone gateway refuses every message"))
        house.clock.advance(by: .seconds(60))
        #expect(try await visitor.get("/status").text.contains("Not everything works"))
        admin.cookies["language"] = "id"
        let page = try await admin.get("/staff/house").text
        #expect(page.contains("Mengirim pesan singkat") && page.contains("gerbang telepon menolak semua pesan"))
        visitor.language = "id"
        #expect(try await visitor.get("/status").text.contains("Pesan singkat"))
    }

    @Test func `says on the list of what waits, and to everybody, that nothing is forgotten while the clock is in doubt`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        while try await house.office.vault.sequence() > 0 {}
        house.clock.advance(by: .seconds(35 * 86_400))
        try await ratna.signIn("ratna@office.example")
        let page = try await ratna.get("/staff/today").text
        #expect(page.contains("Nothing is forgotten") && page.contains("The clock is in doubt") && !page.contains("Not everything works"))
        #expect(try await Browser(house).get("/status").text.contains("Our clock is in doubt"))
        ratna.cookies["language"] = "id"
        #expect(try await ratna.get("/staff/today").text.contains("Tidak ada yang dilupakan"))
    }

    @Test(.enabled(if: Only.sqlite(.pages))) func `says what it knows of why nothing can be written`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        try await house.store.write { (rows) throws(StoreFault) in try rows.run("PRAGMA max_page_count = 1") }
        await #expect(throws: StoreFault.full) {
            try await house.store.write { (rows) throws(StoreFault) in
                let much = [UInt8](repeating: 7, count: 200_000)
                try rows.run("INSERT INTO job (bucket, key, kind, payload, due) VALUES (1, 'much', 'mail', \(much), 0)")
            }
        }
        for (language, words) in [("en", "The disk is full. Free some room"), ("id", "Cakram penuh. Kosongkan sebagian")] {
            ratna.cookies["language"] = language
            for place in ["/staff/house", "/staff/today"] { #expect(try await ratna.get(place).text.contains(words), "\(place)") }
        }
    }

    @Test func `says of an invitation that came back what to do about it, and leads there`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        try house.fail(mail: "StaffInvitation 1 2", because: "the mail server refuses it for good", line: 1)
        for (language, words) in [("en", "invite them anew by the right address"), ("id", "undang lagi dengan alamat yang benar")] {
            ratna.cookies["language"] = language
            let page = try await ratna.get("/staff/house").text
            #expect(page.contains(words) && page.contains("<p><a href=\"/staff/team\"") && !page.contains("asks for another one"))
        }
    }

    @Test func `shows the administrator what failed and what to do, and the settings without a secret`() async throws {
        let house = try await House(), ratna = try await house.ratna()
        #expect(try await ratna.get("/staff/today").text.contains("Nothing waits for you"))
        try house.fail(mail: "ConfirmationCode 1 2", because: "the mail server refuses it for good")
        #expect(try await ratna.get("/staff/today").text.contains("1 job failed"))
        let page = try await ratna.get("/staff/house").text
        for words in [
            "Mail: confirmation code", "The mail server refuses it for good.", "asks for another one", "<code>mail_password_file</code>",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(page.contains("/etc/voffice/mail-password") && page.contains("voffice.conf:12"))
        ratna.cookies["language"] = "id"
        let indonesian = try await ratna.get("/staff/house").text
        #expect(indonesian.contains("Surel yang kembali") && indonesian.contains("meminta kode lain"))
        #expect(indonesian.contains("Ditolak peladen surel untuk seterusnya.") && !indonesian.contains("refuses it for good"))
    }
}
