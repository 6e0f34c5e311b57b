// What the builder writes, and what it keeps from being written.
import HTML
import Testing

private func written(_ write: (inout HTML) -> Void) -> String {
    var html = HTML()
    write(&html)
    return String(decoding: html.finished(), as: UTF8.self)
}

@Test func `a part of a page comes out as it was written`() {
    let page = written { html in
        html(.dl, .class("sum")) { html in
            html(.div) { html in
                html(.dt, text: "Name")
                html(.dd) { $0(.bdi, text: "Sari Wijaya") }
            }
        }
        html(.input, .class("in"), .id("name"), .name("name"), .value("Sari"), .required)
        html(.textarea, .name("text"))
    }
    #expect(
        page == """
            <dl class="sum"><div><dt>Name</dt><dd><bdi>Sari Wijaya</bdi></dd></div></dl>\
            <input class="in" id="name" name="name" value="Sari" required><textarea name="text"></textarea>
            """)
}

@Test func `an attribute whose condition doesn't hold isn't there`() {
    #expect(written { $0(.a, .href("/privacy"), .when(false, .currentPage), text: "Privacy") } == "<a href=\"/privacy\">Privacy</a>")
    #expect(
        written { $0(.a, .href("/privacy"), .when(true, .currentPage), text: "Privacy") }
            == "<a href=\"/privacy\" aria-current=\"page\">Privacy</a>")
}

/// In the manner of the Big List of Naughty Strings: what people type, and what people try.
private let naughty = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</textarea><script>x</script>",
    "&lt;script&gt;", "<!--", "]]>", "javascript:alert(1)", "O'Brien", "Null", "undefined", "a\u{0}b", "\u{202E}moc.elpmaxe",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮", "👩‍👩‍👧‍👦", "\u{FEFF}", "\u{2028}", "田中さんにあげて下さい", "\u{7F}\u{1B}[31m", "{{7*7}}", "${7*7}",
]

@Test(arguments: naughty) func `what was typed stays text`(_ string: String) {
    let page = written { html in
        html(.p, text: string)
        html(.input, .value(string))
    }
    let inside = page.dropFirst("<p>".count).prefix { $0 != "<" }
    #expect(!inside.contains(where: { "<>\"'".contains($0) }))
    #expect(page.filter { $0 == "<" }.count == 3, "only our own three tags open: \(page)")
    #expect(page.filter { $0 == "\"" }.count == 2, "only our own two quotation marks: \(page)")
    #expect(!page.utf8.contains { $0 < 0x20 && $0 != 0x0A } && !page.utf8.contains(0x7F))
    #expect(unescaped(String(inside)) == string.map { $0.isASCIIControl ? "\u{FFFD}" : String($0) }.joined())
}

extension Character {
    fileprivate var isASCIIControl: Bool { utf8.count == 1 && (utf8.first! < 0x20 || utf8.first! == 0x7F) }
}

private func unescaped(_ text: String) -> String {
    var text = text
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return text
}

@Test(arguments: [
    "javascript:alert(1)", "data:text/html,x", "//elsewhere.example", "/\\elsewhere.example", "\u{0}javascript:x", "JAVASCRIPT:x", "",
])
func `an address that leads where we don't say goes nowhere`(_ address: String) {
    #expect(written { $0(.a, .href(address), text: "x") } == "<a href=\"#\">x</a>")
}

@Test(arguments: ["/privacy#held", "#main", "?a=1", "https://example.org/", "mailto:desk@example.org", "tel:+622155500123"])
func `an address of a kind that we use is kept`(_ address: String) {
    #expect(written { $0(.a, .href(address), text: "x") } == "<a href=\"\(address)\">x</a>")
}

@Test func `trusted bytes go in as they are`() {
    #expect(written { $0.raw(Trusted("<p>a &amp; b</p>")) } == "<p>a &amp; b</p>")
}
