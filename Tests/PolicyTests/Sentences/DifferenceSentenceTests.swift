// The difference of two versions in sentences: each kind of change, and what it asks of whom.
import Testing

@testable import Policy

@Suite struct `A difference in sentences` {
    /// The second version is the first with one text for another.
    func said(_ old: String, _ new: String, _ tongue: Tongue = .english) throws -> [String] {
        try said(of: Fixture.document, old, new, tongue)
    }

    func said(of document: String, _ old: String, _ new: String, _ tongue: Tongue = .english) throws -> [String] {
        try #require(document.contains(old))
        let before = try Fixture.policy(document)
        let now = try Fixture.policy(document.replacing("version 1", with: "version 2").replacing(old, with: new))
        let passage = Voice(now, in: tongue).passage(of: now.difference(from: before), from: before)
        return passage.text().split(separator: "\n").map { String($0.drop { $0 == " " }) }
    }

    func all(_ old: String, _ new: String, _ tongue: Tongue = .english) throws -> String {
        try said(old, new, tongue).joined(separator: "\n")
    }

    @Test func `stands under its clause and under whom it concerns`() throws {
        let lines = try said("customer service may read name, email address to answer you", "customer service may read name to answer you")
        #expect(
            lines.prefix(4) == [
                "What changes from version 1 to version 2", "What we do", "For customer service",
                "Customer service may no longer see your email address, to answer you, on an open case.",
            ])
    }

    @Test(arguments: [
        (
            "name, email address to answer you, on an open case", "name, email address to answer you",
            "Customer service may now see your name and email address, to answer you, without an open case."
        ),
        ("10 days after collected", "20 days after collected", "Your mail item may stay longer than before."),
        ("by law \"tax law 28\"", "because \"tax law 28\"", "A reason of our own is now given to keep your name, where we named a law."),
        (
            "never read mail item by any staff unless a gag [sealed]\n", "",
            "We no longer promise: Your mail item may never be seen by any of the staff, unless a gag."
        ),
        (
            "tell the person once a gag ends when customer service reads name\n", "",
            "We no longer promise: You are told when customer service sees your name; but while this holds, only once it ends: a gag."
        ),
        (
            "together with mail item ", "",
            "When courier gets your name, to deliver, if customer service starts it, this need no longer go along: mail item."
        ),
        (
            "with mail item to", "with mail item, email address to",
            "When courier gets your name, to deliver, if customer service starts it, this must now go along: email address."
        ),
        ("processor in ID", "processor in ID, SG", "Courier may now also be in Singapore."),
        (
            "processor in ID", "processor in SG",
            "Courier may be in other countries than before. Before: Indonesia. Now: Singapore."
        ),
        (
            "processor in ID", "processor in any country",
            "Courier may be in more countries than before. Before: Indonesia. Now: any country."
        ),
        (
            "an open case, set by the person:", "an open case, set by customer service:",
            "“an open case” is decided by others than before. Before: It is set by you. Now: It is set by customer service."
        ),
        ("set by the person:", "set by the person or customer service:", "“an open case” is set more easily than before."),
        (
            "any staff unless a gag [sealed]", "any staff unless a gag or an open case [sealed]",
            """
            We promise less than before. Before: Your mail item may never be seen by any of the staff, unless a gag. \
            Now: Your mail item may never be seen by any of the staff, unless a gag or an open case.
            """
        ),
        (
            "never read mail item by", "never read mail item, email address by",
            """
            We promise more than before. Before: Your mail item may never be seen by any of the staff, unless a gag. \
            Now: Your mail item and email address may never be seen by any of the staff, unless a gag.
            """
        ),
        (
            "any staff unless a gag [sealed]", "any staff [sealed]",
            """
            We promise more than before. Before: Your mail item may never be seen by any of the staff, unless a gag. \
            Now: Your mail item may never be seen by any of the staff.
            """
        ),
        (
            "10 days after collected", "20 days after handed on",
            """
            Your mail item may not stay as long as before. Before: until 2 months after handed on; or until 10 days after we got it. \
            Now: until 2 months after handed on; or until 20 days after handed on.
            """
        ),
        (
            "keep mail item 2 months after handed on, because \"an item may be questioned\"\nkeep mail item 10 days after collected",
            "keep mail item 20 days after collected",
            "Your mail item may stay otherwise than before: in some cases longer, in some not as long."
        ),
        ("to reply (contract)", "to reply at once (contract)", "“answer you” means something else."),
        ("mail item: text, sealed", "mail item: text", "No longer sealed to you alone: mail item."),
        ("from 2026-01-31", "from 2026-01-31, kept in ID", "kept in Indonesia."),
    ])
    func `names each kind of change`(old: String, new: String, sentence: String) throws {
        let lines = try said(old, new)
        #expect(lines.contains { $0.contains(sentence) }, "\(lines.joined(separator: "\n"))")
    }

    @Test func `ends with what the person is asked or told, and how long it waits`() throws {
        let asked = try said("10 days after collected", "20 days after collected")
        #expect(asked.contains { $0.contains("until you say yes the former version governs it") && $0.hasSuffix("mail item.") })
        #expect(asked.contains("It holds 14 days after the second officer's approval, at the earliest."))
        let posted = try said("from registration form to answer you", "from registration form to answer you, deliver")
        #expect(posted.contains("It is posted on the site."))
        #expect(posted.contains("It holds 72 hours after the second officer's approval, at the earliest."))
        let narrower = try said("customer service may read name, email address", "customer service may read name")
        #expect(narrower.contains("Nothing has to wait."))
        let ownRight = try said("the person may read name, email address, mail item", "the person may read name, email address")
        #expect(ownRight.contains("It holds 14 days after the second officer's approval, at the earliest."))
    }

    @Test(arguments: [
        ("10 days after collected", "20 days after collected", "a longer stay: mail item."),
        ("answer you, on an open case", "answer you", "a use that the former version doesn't allow: name and email address."),
        ("to reply (contract)", "to reply at once (contract)", "what “answer you” means now: name and email address."),
        (
            "set by the person:", "set by the person or customer service:",
            "what is set more easily (“an open case”): name and email address."
        ),
        (
            "tell the person once a gag ends when customer service reads name\n", "",
            "what you are no longer told, or only later: name."
        ),
        ("together with mail item ", "", "what need no longer go along with it: name."),
    ])
    func `says which change it is that a yes is asked for`(old: String, new: String, why: String) throws {
        let lines = try said(old, new).filter { $0.hasPrefix("We ask because of") }
        #expect(lines == ["We ask because of \(why)"])
        #expect(try all(old, new, .indonesian).contains("Kami bertanya karena "))
    }

    @Test func `says without before each condition that doesn't hold`() throws {
        let line = try said(
            "give name together", "customer service may read name to deliver, unless an open case or a gag\ngive name together"
        ).first { $0.contains("to deliver") }
        #expect(line == "Customer service may now see your name, to deliver, without an open case and without a gag.")
    }

    @Test func `tells how many people it concerns`() throws {
        let before = try Fixture.policy()
        let now = try Fixture.policy(
            Fixture.document.replacing("version 1", with: "version 2").replacing("10 days after", with: "20 days after"))
        let passage = Voice(now).passage(of: now.difference(from: before), from: before, concerned: Concerned(asked: 12, touched: 12))
        #expect(passage.text().contains("That concerns 12 people at most.") && !passage.text().contains("is stored of"))
        let narrower = Voice(before).passage(of: before.difference(from: now), from: now, concerned: Concerned(touched: 7))
        #expect(narrower.text().contains("Something that this is about is stored of 7 people at most."))
    }

    @Test func `speaks Indonesian`() throws {
        let lines = try said("customer service may read name, email address", "customer service may read name", .indonesian)
        #expect(
            lines.contains("Customer service tidak lagi boleh melihat email address Anda, untuk answer you, dengan syarat an open case."))
        #expect(lines.last == "An open case: “she opened one”. Ditetapkan oleh Anda." && lines.contains("Tidak ada yang perlu menunggu."))
    }

    @Test func `names countries in its language, and what is no country as it is written`() throws {
        let lines = try said("processor in ID", "processor in NL, us, XY", .indonesian)
        #expect(
            lines.contains { $0.contains("Dulu: Indonesia. Kini: Belanda, Amerika Serikat, dan XY.") }, "\(lines.joined(separator: "\n"))")
        let kept = try said("from 2026-01-31", "from 2026-01-31, kept in NL")
        #expect(kept.contains("Data are now also kept in the Netherlands."), "\(kept.joined(separator: "\n"))")
    }

    @Test func `is never silent where something changed`() throws {
        for seed in 0..<60 {
            var drawing = Drawing(UInt64(seed) &* 50_021)
            let old = drawing.policy()
            var new = old
            new.rules[Int.random(in: 0..<new.rules.count, using: &drawing.random)] = drawing.rule()
            let before = try #require(Policy.compile(Array(old.text.utf8), file: "old.md", checked: false).policy)
            let now = try #require(Policy.compile(Array(new.text.utf8), file: "new.md", checked: false).policy)
            let difference = now.difference(from: before)
            for tongue in Tongue.allCases {
                let passage = Voice(now, in: tongue).passage(of: difference, from: before)
                #expect(difference.isNothing == passage.passages.isEmpty, "seed \(seed)")
            }
        }
    }
}
