// What the policy says of itself, in both languages.
import Foundation
import Testing

@testable import Policy

@Suite struct `A rule in a sentence` {
    private func said(_ address: String, _ tongue: Tongue = .english, words: String? = nil) throws -> String {
        let voice = Voice(try Fixture.policy(), in: tongue, translation: words.map { Array($0.utf8) })
        return try #require(voice.sentence(ofRule: address)).text
    }

    @Test(arguments: [
        ("work.1", "We may store your name, email address and mail item, from registration form, to answer you."),
        ("work.2", "Customer service may see your name and email address, to answer you, on an open case."),
        (
            "work.3",
            "Courier may get your name, together with your mail item (which may also go alone), to deliver, if customer service starts it."
        ),
        ("work.4", "You may see your name, email address and mail item."),
        ("work.sealed", "Your mail item may never be seen by any of the staff, unless a gag."),
        (
            "work.6",
            "We keep your name and email address while your account is active, and for 30 days afterwards, because “a closing account can be reopened”."
        ),
        ("work.7", "We keep your mail item until 2 months after handed on, because “an item may be questioned”."),
        ("work.8", "We keep your mail item until 10 days after we got it, because “it waits”."),
        ("work.9", "We keep your name until 10 years after handed on, as the law demands: “tax law 28”."),
        ("work.10", "You are told when customer service sees your name; but while this holds, only once it ends: a gag."),
        ("changes.1", "When this policy changes, a new use of what we hold needs your yes; we ask through your email address."),
    ])
    func `says what it permits, forbids, keeps or promises`(address: String, sentence: String) throws {
        #expect(try said(address) == sentence)
    }

    @Test(arguments: [
        ("work.1", "who the site/may store/what your name, email address and mail item/from registration form/purpose answer you"),
        ("work.2", "who customer service/may see/what your name and email address/purpose answer you/when on an open case"),
        (
            "work.3",
            "who the site/may give/what your name/along your mail item/recipient courier/purpose deliver/starter customer service"
        ),
        ("work.sealed", "what your mail item/mayNever seen/by any of the staff/when unless a gag"),
        ("work.8", "what your mail item/kept until 10 days after we got it, because “it waits”"),
        ("work.10", "besides You are told when customer service sees your name; but while this holds, only once it ends: a gag."),
    ])
    func `stands apart as a form says it too`(address: String, lines: String) throws {
        let voice = Voice(try Fixture.policy())
        #expect(voice.parts(ofRule: address).map { "\($0.aspect) \($0.wording.text)" }.joined(separator: "/") == lines)
        #expect(
            voice.meanings(ofRule: "work.2").map(\.sentence.text)
                == ["An open case: “she opened one”. It is set by you."])
    }

    @Test(arguments: [
        ("on an open case, unless a gag and contact cut", "on an open case, unless both a gag and you cut off contact"),
        ("on an open case or a gag, unless contact cut", "on an open case; or on a gag; in each case unless you cut off contact"),
        (
            "on an open case or a gag, unless account deactivated and contact cut",
            "on an open case; or on a gag; in each case unless both your account is deactivated and you cut off contact"
        ),
        (
            "unless a gag or account deactivated and contact cut",
            "unless a gag or both your account is deactivated and you cut off contact"
        ),
        ("on an open case, unless not a gag", "on an open case and a gag"),
    ])
    func `says what lifts all alternatives and what only one`(when: String, said: String) throws {
        let rule = "customer service may correct name to answer you, \(when)"
        let policy = try Fixture.policy(Fixture.document.replacing("tell the person once", with: "\(rule) [look]\ntell the person once"))
        #expect(
            try #require(Voice(policy).sentence(ofRule: "work.look")).text
                == "Customer service may correct your name, to answer you, \(said).")
    }

    @Test func `says of a flow, as of its rule, what lifts all alternatives`() throws {
        let rule = "customer service may correct name to answer you, on an open case or a gag, unless account deactivated and contact cut"
        let policy = try Fixture.policy(Fixture.document.replacing("tell the person once", with: "\(rule) [look]\ntell the person once"))
        let cells = try #require(policy.cells(about: "name")).filter { $0.verb == .correct }
        #expect(
            Voice(policy).passages(of: cells).map { $0.text() }.joined().contains(
                "on an open case; or on a gag; in each case unless both your account is deactivated and you cut off contact."))
    }

    @Test func `takes reasons from a translation`() throws {
        let words = "```words id\nmail item = kiriman\n\"it waits\" = \"ia menunggu\"\n```\n"
        #expect(
            try said("work.8", .indonesian, words: words)
                == "Kami menyimpan kiriman Anda sampai 10 hari setelah kami terima, karena “ia menunggu”.")
    }

    @Test func `takes the words for names from a translation, and the name where it has none`() throws {
        let words = "```words id\ncustomer service = layanan pelanggan\nemail address = alamat surel\n```\n"
        #expect(
            try said("work.2", .indonesian, words: words)
                == "Layanan pelanggan boleh melihat name dan alamat surel Anda, untuk answer you, dengan syarat an open case.")
    }

    @Test func `doesn't take words of another language`() throws {
        let words = "```words fr\ncustomer service = service clients\n```\n"
        #expect(try said("work.2", .indonesian, words: words).hasPrefix("Customer service boleh melihat"))
    }

    @Test func `keeps names apart from words, so that a page can link them`() throws {
        let sentence = try #require(Voice(try Fixture.policy()).sentence(ofRule: "work.4"))
        let names = sentence.wording.parts.compactMap { if case .name(let name, _, _) = $0 { name } else { nil } }
        #expect(names == ["name", "email address", "mail item"] && sentence.rules == ["work.4"])
    }

    @Test(arguments: [
        ("never read name by anyone", "Your name may never be seen by anyone, not even you."),
        ("never read name by anyone except the person", "Your name may never be seen by anyone except you."),
        ("never give everything to anyone outside", "Nothing that we hold may ever be given to anyone outside."),
        ("never use name to any purpose except deliver", "Your name may never be used in any way, for any purpose except to deliver."),
        (
            "never give name to courier to deliver, answer you",
            "Your name may never be given to courier, to deliver or to answer you."
        ),
        ("never read name by the site", "Your name may never be seen by the site."),
        ("never derive from mail item", "Nothing may ever be made from your mail item."),
    ])
    func `a promise says who is meant`(rule: String, sentence: String) throws {
        let policy = try Fixture.policy(Fixture.document.replacing("tell the person once", with: "\(rule) [promise]\ntell the person once"))
        #expect(try #require(Voice(policy).sentence(ofRule: "work.promise")).text == sentence)
    }
}

@Suite struct `Flows put together again` {
    @Test func `are the same flows`() throws {
        for seed in 0..<40 {
            var drawing = Drawing(UInt64(seed) &* 6151)
            let policy = try #require(Policy.compile(Array(drawing.policy().text.utf8), file: "drawn.md", checked: false).policy)
            let cells = policy.allCells, gathered = Gathered.of(cells)
            #expect(gathered.flatMap(\.cells).count == cells.count && Set(gathered.flatMap(\.cells)) == Set(cells), "seed \(seed)")
            #expect(cells.count < 20 || gathered.count < cells.count)
        }
    }
}

extension Gathered {
    /// Every combination of its lists.
    var cells: [Cell] {
        var all: [Cell] = []
        for verb in verbs {
            for who in whos {
                for thing in things {
                    for purpose in purposes {
                        for via in vias {
                            for carrier in carriers {
                                for starter in starters {
                                    all.append(
                                        Cell(
                                            verb: verb, who: who, thing: thing, purpose: purpose, via: via, carrier: carrier,
                                            starter: starter, when: when, rules: rules))
                                }
                            }
                        }
                    }
                }
            }
        }
        return all
    }
}

@Suite struct `An answer in words` {
    private func explained(_ flow: String, _ tongue: Tongue = .english, with rules: String = "") throws -> String {
        let policy = try Fixture.policy(Fixture.document.replacing("tell the person once", with: rules + "tell the person once"))
        let answer = try #require(Governing(policy).answers(to: Array(flow.utf8)).first)
        return Voice(policy, in: tongue).passage(of: answer).text()
    }

    @Test func `names the rule, the prose of its clause, and what the person is told`() throws {
        #expect(
            try explained("customer service reads name to answer you, on an open case") == """
                “customer service reads name to answer you, on an open case”: yes.
                    You are told when customer service sees your name; but while this holds, only once it ends: a gag.
                    Permitted by work.2 (“What we do”)
                        Customer service may see your name and email address, to answer you, on an open case.
                        “We answer your cases and bring your mail.”
                    Conditions that are named here
                        A gag: “a court forbids to tell”. The site finds it out by itself.
                        An open case: “she opened one”. It is set by you.
                """)
    }

    @Test func `quotes a translated clause without its notes`() throws {
        let policy = try Fixture.policy()
        let answer = try #require(
            Governing(policy).answers(to: Array("customer service reads name to answer you, on an open case".utf8)).first)
        let translation = """
            ```words id
            name = nama
            ```

            ## Yang kami lakukan {#work}

            *Kami* menjawab.

            *Catatan: sebuah catatan, dengan [tautan](#changes).*

            """
        let text = Voice(policy, in: .indonesian, translation: Array(translation.utf8)).passage(of: answer).text()
        #expect(text.contains("“Kami menjawab.”") && !text.contains("Catatan"), "\(text)")
    }

    @Test func `says what is missing, what that means and who decides it`() throws {
        let text = try explained("customer service reads name to answer you")
        #expect(text.contains("this is missing: an open case.") && text.contains("It could be permitted by work.2"))
        #expect(text.contains("An open case: “she opened one”. It is set by you."))
    }

    @Test func `doesn't pretend that lifting a promise is enough`() throws {
        let text = try explained("customer service reads mail item to answer you")
        #expect(text.contains("That would be lifted by: a gag.") && text.contains("But even then no rule would permit it."))
    }

    @Test func `goes on to the promise that stands behind the one that is lifted, and to what is missing behind both`() throws {
        let text = try explained(
            "customer service reads mail item to answer you",
            with:
                "never read mail item by customer service unless an open case [both]\ncustomer service may read mail item to answer you, on asked\n"
        )
        let said = [
            "lifted by: a gag.", "But even then it is forbidden by work.both (“What we do”).", "lifted by: an open case.",
            "But even then this is missing: you asked for it.", "Forbidden by work.sealed",
            "Forbidden by work.both",
            "It could be permitted by work.11", "A gag: “a court", "An open case: “she",
        ]
        var rest = text[...]
        for part in said {
            let found = try #require(rest.firstRange(of: part), "\(part) isn't in its place in:\n\(text)")
            rest = rest[found.upperBound...]
        }
    }

    @Test func `names a promise that nothing lifts behind the one that something lifts`() throws {
        let text = try explained(
            "customer service reads mail item to answer you", with: "never read mail item by customer service [always]\n")
        #expect(
            text.contains("lifted by: a gag.\n    But even then it is forbidden by work.always (“What we do”).\n    Nothing lifts that."))
    }

    @Test func `says on what a promise stands that holds at times only`() throws {
        let rule = "never read name by any staff, on a gag [gagged]\n"
        let text = try explained("customer service reads name to answer you, on a gag", with: rule)
        #expect(text.contains("That holds only on a gag.") && !text.contains("Nothing lifts"))
        #expect(text.contains("A gag: “a court forbids to tell”."))
    }

    @Test(arguments: [
        (Tongue.english, "“Reachable data” includes your email address."), (.indonesian, "“Reachable data” mencakup email address Anda."),
    ])
    func `names what was asked about where the rule speaks of it by a category`(tongue: Tongue, sentence: String) throws {
        let rule = "never correct Reachable data by any staff [reach]\n"
        let document = Fixture.document.replacing("role customer", with: "category Reachable data = name, email address\nrole customer")
            .replacing("tell the person once", with: rule + "tell the person once")
        let policy = try Fixture.policy(document)
        let answer = try #require(Governing(policy).answers(to: Array("customer service corrects email address to answer you".utf8)).first)
        #expect(Voice(policy, in: tongue).passage(of: answer).text().contains(sentence))
    }

    @Test func `says that what no rule permits is refused`() throws {
        #expect(try explained("courier gets email address to deliver", .indonesian).contains("Yang tidak diizinkan aturan ditolak."))
    }

    @Test func `says where a flow can't be read`() throws {
        #expect(try explained("customer service reads nmae to answer you").contains("from column 24 on"))
        let said = try explained("customer service reads nmae to answer you", .indonesian)
        #expect(said.contains("mulai kolom 24: kebijakan ini tidak mengenal nama “nmae”. Maksudnya “name”?"), "\(said)")
        for flow in ["customer service reads deliver to answer you", "customer service reads name", "customer service mya name"] {
            let said = try explained(flow, .indonesian)
            #expect(!said.contains(" must ") && !said.contains("Write") && !said.contains("fit"), "\(said)")
        }
    }
}

@Suite struct `Our policy in sentences` {
    private static func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Manual.root.appending(path: "policy/\(name)")))
    }

    @Test func `says each rule, and in Indonesian each name in its own word`() throws {
        let policy = try #require(Policy.compile(try Self.read("voffice.policy.md"), file: "voffice.policy.md").policy)
        let english = Voice(policy), indonesian = Voice(policy, in: .indonesian, translation: try Self.read("voffice.id.md"))
        for rule in policy.clauses.flatMap(\.rules) {
            let said = try #require(english.sentence(ofRule: rule.address)),
                translated = try #require(indonesian.sentence(ofRule: rule.address))
            #expect(said.text.hasSuffix(".") && translated.text.hasSuffix(".") && !said.text.contains("  "), "\(rule.address)")
            for case .name(let name, let word, _) in translated.wording.parts where name != "administrator" {
                #expect(word.lowercased() != name.lowercased(), "\(rule.address): \(name)")
            }
        }
    }
}
