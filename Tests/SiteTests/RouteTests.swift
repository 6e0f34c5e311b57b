// Addresses, languages and figures: pure parts of the site.
import HTTP
import Office
import Testing

@testable import Site

@Test func `each address is parsed to what printed it`() {
    let token = String(repeating: "a", count: 32)
    let routes: [Route] = [
        .home, .policy, .health, .robots, .log, .checkpoint, .outbox, .asset("fonts/vo-sans.woff2"), .language(.english),
        .language(.indonesian),
        .register, .registerCode, .signIn, .signInCode, .codeRenewal, .signOut, .beginning(token), .privacy, .use(7), .proof(7), .cases,
        .newCase,
        .ownCase(3391), .reopening(3391), .leave, .farewell("K7QX-2M4T"), .desk, .deskCase(3391), .opening(3391), .closure(3391), .team,
        .today, .keeping,
        .houseState,
    ]
    for route in routes { #expect(Route(route.path) == route, "\(route.path)") }
}

@Test(arguments: [
    "", "/Policy", "/policy/", "/privacy/uses/", "/privacy/uses/0", "/privacy/uses/-1", "/privacy/uses/007", "/privacy/uses/1x",
    "/privacy/uses/99999999999999999999", "/privacy/uses/1/proof/", "/cases/1/2", "/language/fr", "/begin/", "/staff/cases/+1",
    "/left/a b", "/left/\r\nX: y", "/left/é", "/begin/a\u{0}", "/assets/%61",
])
func `what is no address of ours is none`(_ path: String) { #expect(Route(path) == nil) }

@Test func `the browser's languages are weighed`() {
    #expect(Language(accepting: nil) == .english)
    #expect(Language(accepting: "id") == .indonesian)
    #expect(Language(accepting: "de, id-ID;q=0.8, en;q=0.7") == .indonesian)
    #expect(Language(accepting: "en-GB,en;q=0.9,id;q=0.8") == .english)
    #expect(Language(accepting: "fr;q=x, ,;;") == .english)
}

@Test func `dates, times, numbers and money are written as each language does`() {
    let morning = PointInTime(seconds: 1_795_486_327)  // 24 Nov 2026, 02:12:07 UTC
    #expect(Language.english.exact(morning) == "24 Nov 2026, 09:12:07 WIB")
    #expect(Language.indonesian.exact(morning) == "24 Nov 2026, 09.12.07 WIB")
    #expect(WallTime(morning).machine == "2026-11-24T09:12:07+07:00")
    #expect(Language.indonesian.date(PointInTime(seconds: 1_798_736_400)) == "1 Jan 2027", "New Year begins at 17:00 UTC")
    #expect(Language.indonesian.date(PointInTime(seconds: 1_786_500_000)) == "12 Agu 2026")
    #expect(Language.english.date(PointInTime(seconds: 1_835_283_600)) == "28 Feb 2028")
    #expect(Language.english.date(PointInTime(seconds: 1_835_370_000)) == "29 Feb 2028")
    #expect(Language.english.date(PointInTime(seconds: -1)) == "1 Jan 1970")
    #expect(Language.english.count(2306) == "2,306" && Language.indonesian.count(2306) == "2.306")
    #expect(Language.english.count(1, "letter", "letters", id: "surat") == "1 letter")
    #expect(Language.indonesian.count(2, "letter", "letters", id: "surat") == "2 surat")
    #expect(Language.english.rupiah(1_250_000) == "Rp\u{A0}1.250.000" && Language.indonesian.rupiah(999) == "Rp\u{A0}999")
}
