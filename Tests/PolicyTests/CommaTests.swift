// A comma that was left behind, after what followed it was taken out.
import Testing

@testable import Policy

@Suite struct `A comma at the end` {
    @Test(arguments: [
        "field fax: phone,", "event noon,", "role boss,", "category reach = name, city,", "recipient shop: provider in ID,",
        "customer service may read name to answer you, on an open case,", "send notice through email address to answer you, always,",
        "collect name from registration form to answer you,", "the person may correct name,", "never correct name by any staff,",
    ])
    func `of a statement is named`(statement: String) {
        let isRule = ["customer", "send", "collect", "the", "never"].contains { statement.hasPrefix($0) }
        let found = isRule ? slips(statement) : slips("", declared: statement)
        #expect(
            found.first?.message == "Nothing stands behind the last comma." && found.first?.suggestion.hasPrefix("Take the comma") == true
                && found.count == 1, "\(found.map(\.text).joined())")
    }

    @Test func `of the header is named`() {
        let found = Fixture.compile(Fixture.document.replacing("from 2026-01-31", with: "from 2026-01-31,")).diagnostics
        #expect(found.map(\.message) == ["Nothing stands behind the last comma."], "\(found.map(\.text).joined())")
    }
}
