// A change is told where it was made, and of the document in which it stands, whatever number both bear.
import Testing

@testable import Policy

@Suite struct `A changed term` {
    private func passage(_ old: String, _ new: String, of document: String = Fixture.document, version: Int = 2) throws -> Passage {
        let before = try Fixture.policy(document)
        let now = try Fixture.policy(document.replacing("version 1", with: "version \(version)").replacing(old, with: new))
        return Voice(now).passage(of: now.difference(from: before), from: before)
    }

    /// A clause behind the others with a term of its own for the name.
    private static let later = Fixture.document.replacing(
        "## Changes {#changes}",
        with: """
            ## How long it stays {#stay}

            It stays a while.

            ```policy
            keep email address 24 months after handed on, because "you may come back"
            ```

            ## Changes {#changes}
            """)

    @Test(arguments: ["keep email address 30 months after handed on, because \"you may come back\"", "note: nothing stays"])
    func `is told under the clause whose rule changed`(rule: String) throws {
        let passage = try passage("keep email address 24 months after handed on, because \"you may come back\"", rule, of: Self.later)
        let told = passage.passages.filter { $0.text().contains("Your email address may") }
        #expect(told.map(\.anchor) == ["stay"], "\(passage.text())")
    }

    @Test(arguments: [1, 2]) func `of a renamed item is told by the document, not by its number`(version: Int) throws {
        let document = Fixture.document.replacing("field mail item", with: "field fax: phone\nfield mail item")
            .replacing(
                "the person may read",
                with: """
                    collect fax from registration form to answer you
                    keep fax 2 years after collected, because "x"
                    the person may read
                    """)
        let before = try Fixture.policy(document)
        let now = try Fixture.policy(
            document.replacing("version 1", with: "version \(version)").replacing("fax: phone", with: "facs: phone, formerly fax")
                .replacing("collect fax", with: "collect facs").replacing("keep fax 2 years", with: "keep facs 1 year"))
        let said = Voice(now).passage(of: now.difference(from: before), from: before).text()
        #expect(said.contains("Before: until 2 years after we got it. Now: until 1 year after we got it."), "\(said)")
        #expect(!said.contains("not at all"), "\(said)")
    }

    @Test func `of what you do yourself is told to you`() throws {
        let said = try passage(
            "tell the person once a gag ends when customer service reads name",
            "tell the person once a gag ends when customer service reads name\ntell the person at once when the person deletes name"
        ).text()
        #expect(said.contains("You are told at once when you delete your name."), "\(said)")
    }
}
