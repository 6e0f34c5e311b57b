// What anyone sees of the office: plans, contact, status, and what machines look for.
import Engines
import HTTP
import Office
import Store
import Testing

@testable import Site

@Suite struct `The front of the house` {
    private static let business = {
        var business = Business()
        (business.email, business.telephone) = ("halo@office.example", "+62 21 5550 100")
        business.security = "mailto:security@office.example"
        var place = Business.Location(name: "Menara Kuningan"), plan = Business.Plan(name: "Address")
        place.address = "Jalan H. R. Rasuna Said, Jakarta <12940>"
        plan.price = 450_000
        plan.title = Business.Text(english: "Address", indonesian: "Alamat")
        plan.about = Business.Text(english: "An address for your company", indonesian: "Alamat untuk perusahaan Anda")
        plan.includes = [Business.Text(english: "Post kept for 30 days", indonesian: "Pos disimpan 30 hari")]
        (business.locations, business.plans) = ([place], [plan])
        return business
    }()

    @Test func `shows plans and locations as they were told, in both languages`() async throws {
        let house = try await House(business: Self.business), visitor = Browser(house)
        let english = try await visitor.get("/plans").text
        #expect(english.contains("Rp\u{A0}450.000") && english.contains("a month") && english.contains("Post kept for 30 days"))
        #expect(english.contains("Jakarta &lt;12940&gt;"))
        visitor.language = "id"
        let indonesian = try await visitor.get("/plans").text
        #expect(indonesian.contains("Rp\u{A0}450.000") && indonesian.contains("sebulan") && indonesian.contains("Pos disimpan 30 hari"))
        #expect(indonesian.contains("Alamat</h2>") && !indonesian.contains("Address<"))
    }

    @Test func `shows the plans with their prices on the first page, and leads to them, only where some are told`() async throws {
        let visitor = Browser(try await House(business: Self.business)), nobody = Browser(try await House())
        for (language, price) in [("en", " a month"), ("id", " sebulan")] {
            (visitor.language, nobody.language) = (language, language)
            let home = try await visitor.get("/").text
            #expect(
                home.contains(language == "en" ? "Address</h3>" : "Alamat</h3>") && home.contains("Rp\u{A0}450.000") && home.contains(price)
            )
            #expect(home.components(separatedBy: "href=\"/plans\"").count == 4, "navigation, plans, foot")
            let bare = try await nobody.get("/").text
            #expect(!bare.contains("Rp\u{A0}") && bare.components(separatedBy: "href=\"/plans\"").count == 2)
        }
    }

    @Test func `says how to reach the office, and offers a call only where one may be asked for`() async throws {
        let page = try await Browser(House(business: Self.business)).get("/contact").text
        #expect(page.contains("href=\"mailto:halo@office.example\"") && page.contains("href=\"tel:+62215550100\""))
        #expect(page.contains("Ask a question"))
        let line = "collect case message, telephone number from help form to answer you"
        #expect(try await !Browser(House(lacking: [line])).get("/contact").text.contains("Ask a question"))
    }

    @Test func `bears the name of who runs the house, at the top of each page and in its title`() async throws {
        let house = try await House(), name = "PT Alamat Kerja"
        for browser in [Browser(house), try await house.sari(), try await house.budi()] {
            for path in ["/policy", "/staff"] {
                let page = try await browser.get(path).text, head = page.components(separatedBy: "</header>")[0]
                #expect(head.contains(" – \(name)</title>") || page.isEmpty, "\(path)")
                #expect(head.contains("<span>\(name)</span></a>") || page.isEmpty, "\(path)")
            }
        }
        #expect(String(decoding: house.site.page(for: .malformed).body.bytes, as: UTF8.self).contains(" – \(name)</title>"))
    }

    @Test func `says so where nothing is told`() async throws {
        let visitor = Browser(try await House())
        #expect(try await visitor.get("/plans").text.contains("No plans are told here yet"))
        #expect(try await visitor.get("/contact").status == 200)
        #expect(try await visitor.get("/.well-known/security.txt").status == 404)
    }

    @Test func `tells machines where the pages are, and where a hole is told`() async throws {
        let visitor = Browser(try await House(business: Self.business))
        let security = try await visitor.get("/.well-known/security.txt").text
        #expect(security.hasPrefix("Contact: mailto:security@office.example\nExpires: 20"))
        let map = try await visitor.get("/sitemap.xml").text
        let places = map.matches(of: /<loc>http:\/\/localhost:8080([^<]*)<\/loc>/).map { String($0.1) }
        #expect(places.count >= 8)
        for place in places { #expect(try await visitor.get(place).status == 200, "\(place)") }
        #expect(try await visitor.get("/robots.txt").text.contains("Sitemap: http://localhost:8080/sitemap.xml"))
        for icon in ["/favicon.ico", "/apple-touch-icon.png"] { #expect(try await visitor.get(icon).status == 200) }
    }

    @Test func `says that all works, and that mail is late where it is`() async throws {
        let house = try await House(), visitor = Browser(house)
        #expect(try await visitor.get("/status").text.contains("Everything works"))
        let soon = house.clock.now() + .seconds(60)
        try house.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run(
                """
                INSERT INTO job (bucket, key, kind, payload, due, attempts, reason)
                    VALUES (1, 'x', 'mail', \([UInt8]()), \(soon), 1, 'no answer')
                """)
            return
        }
        let page = try await visitor.get("/status").text
        #expect(page.contains("Not everything works") && page.contains("Later than it should be") && !page.contains("no answer"))
    }

    @Test(.enabled(if: Only.sqlite(.pages)))
    func `says that nothing can be written where the disk is full, also to machines, until there is room`() async throws {
        let house = try await House(), visitor = Browser(house)
        #expect(try await visitor.get("/healthz").status == 200)
        try await house.store.write { (rows) throws(StoreFault) in try rows.run("PRAGMA max_page_count = 1") }
        await #expect(throws: StoreFault.full) {
            try await house.store.write { (rows) throws(StoreFault) in
                let much = [UInt8](repeating: 7, count: 200_000)
                try rows.run("INSERT INTO job (bucket, key, kind, payload, due) VALUES (1, 'much', 'mail', \(much), 0)")
            }
        }
        let page = try await visitor.get("/status").text
        #expect(page.contains("Not everything works") && page.contains("Stands still"))
        #expect(try await visitor.get("/healthz").status == 503)
        try await house.store.write { (rows) throws(StoreFault) in try rows.run("PRAGMA max_page_count = 100000") }
        #expect(try await visitor.get("/status").text.contains("Everything works"))
        #expect(try await visitor.get("/healthz").status == 200)
    }

    @Test func `is kept compressed for strangers, and drawn for each who is signed in`() async throws {
        let house = try await House(business: Self.business), stranger = Browser(house), sari = try await house.sari()
        let pages = ["/", "/policy", "/plans", "/contact", "/status", "/log", "/policy/versions", "/policy/versions/1", "/sitemap.xml"]
        for page in pages {
            let first = try await stranger.get(page), own = try await sari.get(page), again = try await stranger.get(page)
            let kept = try #require(first.asset, "\(page)")
            #expect(again.asset === kept && kept.isCompressed, "\(page)")
            #expect((own.middle != nil) == (page == "/policy" || page.hasSuffix("/1")), "\(page)")
            #expect(own.asset == nil && (own.text.contains("Sign out") || page == "/sitemap.xml"), "\(page)")
            #expect(!again.text.contains("Sign out"), "\(page)")
        }
        let policy = try await sari.get("/policy"), middle = try #require(policy.middle?.bytes)
        #expect(!String(decoding: middle, as: UTF8.self).contains("Sign out") && policy.text.contains("</article></div></div></main>"))
        stranger.language = "id"
        #expect(try await stranger.get("/plans").text.contains("<html lang=\"id\">"))
    }

    @Test func `lets anybody check a copy against the log's key, and says without script what does so`() async throws {
        let house = try await House(), stranger = Browser(house)
        let page = try await stranger.get("/log/copy").text
        #expect(page.contains("data-copy=\"\(house.office.logKey)\"") && page.contains("how-to-check.txt in the ZIP file says how"))
        stranger.language = "id"
        #expect(try await stranger.get("/log/copy").text.contains("cara-memeriksa.txt di dalam berkas ZIP"))
        #expect(try await house.sari().get("/privacy").text.contains("data-copy=\"\(house.office.logKey)\""))
    }

    @Test func `gives a script that names no version anew each time`() async throws {
        let stranger = Browser(try await House()), page = try await stranger.get("/log/copy").text
        let named = try #require(page.firstMatch(of: /\/assets\/copy-page\.js\?v=[0-9a-z]+/)).output
        let kept = try #require(try await stranger.get(String(named)).asset),
            asked = try #require(try await stranger.get("/assets/copy-page.js").asset)
        #expect(kept !== asked && kept.bytes == asked.bytes)
        #expect(try await stranger.get("/assets/copy-page.js?v=0").asset === asked)
    }

    @Test func `compares no version with one that isn't there`() async throws {
        let stranger = Browser(try await House())
        #expect(try await stranger.get("/policy/versions/difference").text.contains("There is one version so far"))
        for query in ["from=1&to=2", "from=x&to=1", "from=01&to=1"] {
            #expect(try await stranger.get("/policy/versions/difference?\(query)").status == 404)
        }
        #expect(try await stranger.get("/policy/versions/difference?from=1&to=1").text.contains("The two say the same"))
    }

    @Test func `is drawn anew once what it says has changed`() async throws {
        let house = try await House(), stranger = Browser(house)
        let before = try await stranger.get("/status").asset
        house.clock.advance(by: .seconds(60))
        #expect(try await stranger.get("/status").asset !== before)
    }

    @Test func `the status that was found is told again for a second, and not a moment longer`() throws {
        let lately = LatelyLookedAt(for: .seconds(1)), began = ContinuousClock.now
        var standing = ServiceStatus(), looks = 0
        standing.mail = .stands
        func asked(after span: Swift.Duration, found: ServiceStatus) throws(NotDone) -> ServiceStatus {
            try lately.status(at: began + span) { () throws(NotDone) -> ServiceStatus in
                looks += 1
                return found
            }
        }
        #expect(try asked(after: .zero, found: ServiceStatus()).isFine && asked(after: .milliseconds(999), found: standing).isFine)
        #expect(looks == 1)
        #expect(try !asked(after: .seconds(1), found: standing).isFine && looks == 2)
        let none = LatelyLookedAt(for: .zero)
        #expect(try none.status(at: began) { () throws(NotDone) -> ServiceStatus in ServiceStatus() }.isFine)
        #expect(try !none.status(at: began) { () throws(NotDone) -> ServiceStatus in standing }.isFine)
    }
}
