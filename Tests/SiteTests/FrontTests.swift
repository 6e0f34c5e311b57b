// What anyone sees of the office: plans, contact, status, and what machines look for.
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
    }

    @Test func `says how to reach the office, and offers a call only where one may be asked for`() async throws {
        let page = try await Browser(House(business: Self.business)).get("/contact").text
        #expect(page.contains("href=\"mailto:halo@office.example\"") && page.contains("href=\"tel:+62215550100\""))
        #expect(page.contains("Ask us to call you"))
        let line = "collect case message, telephone number from help form to answer you"
        #expect(try await !Browser(House(lacking: [line])).get("/contact").text.contains("Ask us to call you"))
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
                    VALUES (1, 'x', 'mail', x'', \(soon), 1, 'no answer')
                """)
            return
        }
        let page = try await visitor.get("/status").text
        #expect(page.contains("Not everything works") && page.contains("Later than it should be") && !page.contains("no answer"))
    }
}
