// The policy as it is read: each clause with its rules in words beside it, on its own page and on that of each version.
import Foundation
import Policy
import Testing

@testable import Site

@Suite struct `A clause` {
    private func page(_ path: String, of house: House, in language: String = "en") async throws -> String {
        let browser = Browser(house)
        browser.language = language
        return try await browser.get(path).text
    }

    /// The card of a rule.
    private func card(_ address: String, in page: String) throws -> String {
        let start = try #require(page.range(of: "id=\"\(address)\""))
        return String(page[start.lowerBound...].prefix(upTo: try #require(page[start.lowerBound...].range(of: "</section>")).lowerBound))
    }

    @Test func `has each of its rules in words beside it, and the rule as it runs folded below`() async throws {
        let house = try await House(), page = try await page("/policy", of: house)
        for rule in house.office.policy.clauses.flatMap(\.rules) {
            let card = try card(rule.address, in: page)
            let isPromise = card.contains("You are told") || card.contains("When this policy changes")
            #expect(card.contains("<dd>") || isPromise, "\(rule.address)")
            let source = rule.text.replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
            let isFolded = card.contains(/<details><summary>(The|What it names, and the) rule as it runs<\/summary>[\s\S]*<pre lang="en">/)
            #expect(isFolded && card.contains(source), "\(rule.address)")
        }
        let reading = try card("orders.6", in: page)
        for (name, said) in [
            ("Who", "customer service"), ("May", "see"), ("What", "your full name, email address and order data"),
            ("What for", "provide your plan"), ("When", "on a troubled order"),
        ] {
            #expect(reading.contains("<dt>\(name)</dt><dd>\(said)</dd>"), "\(name)")
        }
        let never = "<dt>Never</dt><dd>deleted</dd><dt>By</dt><dd>anyone except you and customer service</dd>"
        #expect(try card("sealed.4", in: page).contains(never))
    }

    @Test func `folds its rules, and numbers one that has a name by its place`() async throws {
        let house = try await House(), page = try await page("/policy", of: house)
        for clause in house.office.policy.clauses {
            let start = try #require(page.range(of: "id=\"\(clause.anchor)\"")).upperBound
            let words = clause.rules.count == 1 ? "1 rule that runs" : "\(clause.rules.count) rules that run"
            #expect(page[start...].prefix(20_000).contains("<details class=\"rules\"><summary>\(words)</summary>"), "\(clause.anchor)")
        }
        let named = try card("registration.proved-first", in: page)
        #expect(named.contains("§ 3.7 ") && named.contains("<code>registration.proved-first</code>"))
        #expect(!page.contains("§ 3.proved-first"))
    }

    @Test func `says what its categories hold, and when its conditions are so`() async throws {
        let house = try await House(), policy = house.office.policy, page = try await page("/policy", of: house)
        let rules = policy.clauses.flatMap(\.rules), voice = Voice(policy)
        var named: Set<String> = []
        for rule in rules {
            for meaning in voice.meanings(ofRule: rule.address) where named.insert(meaning.name).inserted {
                #expect(page.contains(meaning.sentence.text.replacing("'", with: "&#39;")), "\(meaning.name)")
            }
        }
        let document = try String(contentsOf: House.root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)
        for line in document.split(separator: "\n") {
            guard let name = line.firstMatch(of: /^(category|condition) ([^:=,]+?)( =|:|,| set by)/)?.2 else { continue }
            #expect(named.contains(String(name)) || !rules.contains { $0.text.contains(name) }, "\(name) has a meaning")
        }
        let first = try card("contact-lists.1", in: page).split(separator: "<details>")[0]
        #expect(first.contains("Contact list: listed name, listed telephone number, listed fax number and listed email address."))
        #expect(try card("orders.4", in: page).contains("A troubled order: “your order can&#39;t be fulfilled as it stands"))
    }

    @Test(arguments: ["/policy", "/policy/versions/1"])
    func `stands below what the document says before it, and tells what several rules keep in one sentence`(path: String) async throws {
        let house = try await House(), english = try await page(path, of: house), indonesian = try await page(path, of: house, in: "id")
        let opening = try #require(english.range(of: "<p>This page is a program: "))
        let first = try #require(english.range(of: "id=\"answers\""))
        #expect(opening.upperBound < first.lowerBound && indonesian.contains("<p>Halaman ini adalah program: "))
        let said = "In all, we keep your contact while your account is active, because “the account runs by it"
        #expect(english.components(separatedBy: said).count == 2 && indonesian.contains("Seluruhnya, kami menyimpan data kontak Anda"))
        #expect(english.components(separatedBy: "<h1").count == 2)
    }

    @Test(arguments: ["/policy", "/policy/versions/1"])
    func `has nothing in English on an Indonesian page but the rule as it runs`(path: String) async throws {
        var page = try await page(path, of: House(), in: "id")
        #expect(page.contains("<dt>Siapa</dt><dd>layanan pelanggan</dd>"))
        #expect(page.contains("<h2 id=\"answers-t\">1 Lima jawaban lebih dulu</h2>"))
        page.replace(/<pre lang="en">[\s\S]*?<\/pre>|<a [^>]*hreflang="en"[^>]*>/, with: "")
        #expect(!page.contains("lang=\"en\"") && !page.contains("Our former text"))
        #expect(page.matches(of: /Catatan: tidak ada kabar yang membawa/).count == 1, "a note is said once")
    }

    @Test func `of a version that nobody translated is in English, and the page says so`() async throws {
        let all = try await House().office.policy.clauses.map(\.anchor)
        let page = try await page("/policy/versions/1", of: House(untranslated: Set(all)), in: "id")
        #expect(page.contains("masih dalam bahasa Inggris"))
        #expect(page.contains("<div class=\"said flow\" lang=\"en\"><h2 id=\"answers-t\">1 Five"))
    }
}
