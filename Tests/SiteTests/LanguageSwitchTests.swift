// A change of language leads back to what somebody was looking at.

import Testing

@testable import Site

@Suite struct `A change of language` {
    @Test func `keeps the two versions between which somebody looks`() async throws {
        let house = try await House(), stranger = Browser(house)
        let page = try await stranger.get("/policy/versions/difference?from=1&to=1")
        #expect(page.text.contains("/language/id?to=/policy/versions/difference&amp;between=1-1\""))
        let back = try await stranger.get("/language/id?to=/policy/versions/difference&between=1-1")
        #expect(back.location == "/policy/versions/difference?from=1&to=1")
        // Whatever else is written there doesn't come along.
        for between in ["1", "a-b", "1-2-3"] {
            let other = try await stranger.get("/language/id?to=/policy/versions/difference&between=\(between)")
            #expect(other.location == "/policy/versions/difference", "\(between)")
        }
        #expect(try await stranger.get("/language/id?to=/plans&between=1-2").location == "/plans")
    }
}
