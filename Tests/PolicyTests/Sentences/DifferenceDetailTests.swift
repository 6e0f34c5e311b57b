// The difference of two versions in sentences: where one change is said in several, or several in one; and statistics, by their numbers.
import Testing

@testable import Policy

extension `A difference in sentences` {
    /// An office that lets its courier count in which city people live.
    private static let counting = Fixture.document
        .replacing("field mail item", with: "field city: choice\nfield mail item")
        .replacing(
            "the person may read",
            with: """
                collect city from registration form to answer you
                keep city while account active, because "it is part of the address"
                aggregate city for courier to deliver, at least 20 people, budget 2 per 1 month, on an open case
                the person may read
                """)

    @Test(arguments: [
        (
            "20 people", "10 people",
            """
            Courier may learn more exactly than before how many people have which city, and never who, to deliver, on an open case. \
            Before: no group of fewer than 20 people, and a privacy budget of 2 for each person in 1 month. \
            Now: no group of fewer than 10 people, and a privacy budget of 2 for each person in 1 month.
            """,
            """
            Courier boleh mengetahui lebih rinci daripada dulu berapa banyak orang punya city yang mana, dan tidak pernah siapa, untuk \
            deliver, dengan syarat an open case. Dulu: tidak ada kelompok di bawah 20 orang, dan anggaran privasi 2 bagi setiap orang \
            dalam 1 bulan. Kini: tidak ada kelompok di bawah 10 orang, dan anggaran privasi 2 bagi setiap orang dalam 1 bulan.
            """
        ),
        (
            "budget 2 per 1 month", "budget 1 per 1 year",
            """
            Courier may learn less exactly than before how many people have which city, and never who, to deliver, on an open case. \
            Before: no group of fewer than 20 people, and a privacy budget of 2 for each person in 1 month. \
            Now: no group of fewer than 20 people, and a privacy budget of 1 for each person in 1 year.
            """,
            """
            Courier boleh mengetahui kurang rinci daripada dulu berapa banyak orang punya city yang mana, dan tidak pernah siapa, untuk \
            deliver, dengan syarat an open case. Dulu: tidak ada kelompok di bawah 20 orang, dan anggaran privasi 2 bagi setiap orang \
            dalam 1 bulan. Kini: tidak ada kelompok di bawah 20 orang, dan anggaran privasi 1 bagi setiap orang dalam 1 tahun.
            """
        ),
        (
            "20 people, budget 2", "30 people, budget 3",
            """
            Courier may learn, by other numbers than before, how many people have which city, and never who, to deliver, on an open \
            case. Before: no group of fewer than 20 people, and a privacy budget of 2 for each person in 1 month. \
            Now: no group of fewer than 30 people, and a privacy budget of 3 for each person in 1 month.
            """,
            """
            Courier boleh mengetahui, dengan angka lain daripada dulu, berapa banyak orang punya city yang mana, dan tidak pernah siapa, \
            untuk deliver, dengan syarat an open case. Dulu: tidak ada kelompok di bawah 20 orang, dan anggaran privasi 2 bagi setiap \
            orang dalam 1 bulan. Kini: tidak ada kelompok di bawah 30 orang, dan anggaran privasi 3 bagi setiap orang dalam 1 bulan.
            """
        ),
    ])
    func `says of a statistic which of its numbers change`(old: String, new: String, english: String, indonesian: String) throws {
        for (tongue, sentence) in [(Tongue.english, english), (.indonesian, indonesian)] {
            let lines = try said(of: Self.counting, old, new, tongue), text = lines.joined(separator: "\n")
            #expect(lines.contains(sentence), "\(text)")
            #expect(!text.contains("may now") && !text.contains("may no longer") && !text.contains("kini boleh"), "\(text)")
        }
    }

    @Test func `says apart where a statistic is new and where its numbers are`() throws {
        let lines = try said(of: Self.counting, "20 people, budget 2 per 1 month, on an open case", "10 people, budget 2 per 1 month")
        #expect(
            lines.contains(
                """
                Courier may now learn how many people have which city, and never who, to deliver, without an open case. \
                No group of fewer than 10 people, and a privacy budget of 2 for each person in 1 month.
                """))
        #expect(lines.contains { $0.hasPrefix("Courier may learn more exactly than before") && $0.contains("on an open case.") })
    }

    @Test func `says of several statistics what they come to together`() throws {
        let more = "aggregate city for courier to answer you, at least 30 people, budget 0.5 per 1 month\nthe person may read"
        let lines = try said(of: Self.counting, "the person may read", more), text = lines.joined(separator: "\n")
        #expect(
            lines.contains(
                """
                In all, courier may learn more of each person than before. Before: a privacy budget of 2 in 1 month. \
                Now: a privacy budget of 2.5 in 1 month.
                """), "\(text)")
        #expect(text.contains("No group of fewer than 30 people, and a privacy budget of 0.5 for each person in 1 month."), "\(text)")
    }

    @Test func `says of a promise that became two what both say`() throws {
        let promise = "never read mail item by any staff unless a gag [sealed]"
        let document = Fixture.document.replacing(promise, with: "never correct name, mail item by any staff unless a gag [sealed]")
        let lines = try said(
            of: document, "never correct name, mail item by any staff unless a gag [sealed]",
            "never correct name by any staff [sealed]\nnever correct mail item by any staff unless a gag")
        #expect(
            lines.contains(
                """
                We promise more than before. Before: Your name and mail item may never be corrected by any of the staff, unless a gag. \
                Now: Your name may never be corrected by any of the staff. \
                Your mail item may never be corrected by any of the staff, unless a gag.
                """), "\(lines.joined(separator: "\n"))")
    }

    @Test func `says of a cap that it cuts`() throws {
        let cap = "keep mail item at most 1 year after collected, because \"old\"\nkeep mail item 10 days after collected"
        let document = Fixture.document.replacing("keep mail item 10 days after collected", with: cap)
        #expect(
            try said(of: document, "10 days after collected", "20 days after collected").contains {
                $0.contains("or until 20 days after we got it; but at most until 1 year after we got it, unless a law says longer.")
            })
    }

    @Test func `says by which field a yes is asked for`() throws {
        let document = Fixture.document.replacing(
            "field mail item", with: "field second address: email\nfield mail item")
        let lines = try said(of: document, "needs a yes by email address", "needs a yes by second address")
        #expect(
            lines.contains(
                "We ask for your yes in another way than before. Before: through your email address. Now: through your second address."))
    }

    @Test func `says of a party of another kind what it was and is, and not that what it got before is new or over`() throws {
        let english = try all("courier: processor", "courier: partner")
        #expect(
            english.contains(
                """
                Courier is another kind of party than before, and counts as a new one. Before: it works for us, at our word, in Indonesia. \
                Now: a partner, in Indonesia.
                """))
        #expect(
            english.contains("to deliver, if customer service starts it. That counts as new, for courier isn't what it was.")
        )
        for wrong in ["may now", "may no longer", "Nothing goes to", "for the first time"] {
            #expect(!english.contains(wrong), "\(english)")
        }
        let indonesian = try all("courier: processor", "courier: partner", .indonesian)
        #expect(indonesian.contains("Courier kini pihak jenis lain, dan terhitung pihak baru. Dulu: yang bekerja untuk kami menurut"))
        for wrong in ["kini boleh", "tidak lagi boleh"] { #expect(!indonesian.contains(wrong), "\(indonesian)") }
    }

    @Test func `says of an item of another kind what it was and is`() throws {
        let text = try all("field name: text", "field name: number")
        #expect(text.contains("“name” is another kind of thing than before, and counts as a new one. Before: a text. Now: a number."))
        #expect(text.contains("You may see your name. That counts as new, for name isn't what it was."))
        #expect(!text.contains("may now") && !text.contains("may no longer"))
    }

    @Test func `names no term twice, and fields that are sealed together once`() throws {
        let twice = Fixture.document.replacing(
            "tell the person once", with: "keep name 10 years after handed on, because \"we like to remember\"\ntell the person once")
        let terms = try said(of: twice, "then 30 days", "then 60 days").joined(separator: "\n")
        #expect(terms.contains("Before: while your account is active, and for 30 days afterwards; or until 10 years after handed on. Now:"))
        let sealed = try said(of: Fixture.document.replacing("name: text", with: "name: text, sealed"), ": text, sealed", ": text")
        #expect(sealed.contains("No longer sealed to you alone: name and mail item."))
    }

    @Test func `gives the texts of each version in the words of its own translation`() throws {
        let before = try Fixture.policy()
        let now = try Fixture.policy(
            Fixture.document.replacing("version 1", with: "version 2").replacing("she opened one", with: "she wrote to us"))
        func words(_ prose: String) -> [UInt8] { Array("```words id\nan open case = perkara terbuka: \(prose)\n```\n".utf8) }
        let former = Voice(before, in: .indonesian, translation: words("ia membukanya"))
        let voice = Voice(now, in: .indonesian, translation: words("ia menyurati kami"))
        let text = voice.passage(of: now.difference(from: before), from: before, former: former).text()
        #expect(text.contains("“perkara terbuka” berarti lain. Dulu: “ia membukanya”. Kini: “ia menyurati kami”."), "\(text)")
    }

    @Test func `explains a condition that only the older version has`() throws {
        let text = try all("to answer you, on an open case", "to answer you, on a gag")
        #expect(text.contains("An open case: “she opened one”. It is set by you."), "\(text)")
        let guest = "condition a guest, set by the person: she is here\n"
        let old = Fixture.document.replacing("condition a gag", with: guest + "condition a gag").replacing(
            "you, on an open", with: "you, on a guest or an open")
        let before = try Fixture.policy(old), now = try Fixture.policy(Fixture.document.replacing("version 1", with: "version 2"))
        #expect(
            Voice(now).passage(of: now.difference(from: before), from: before).text().contains("A guest: “she is here”. It is set by you."))
    }
}
