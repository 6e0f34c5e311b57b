// A small office whose people recur in the tests: Sari rents a desk, Budi answers her cases, the courier brings her mail.
@testable import Policy

enum Fixture {
    static let header = """
        # Kantor Sari

        ```policy
        policy kantor sari, version 1, from 2026-01-31
        field name: text
        field email address: email
        field mail item: text, sealed
        purpose answer you: to reply (contract)
        purpose deliver: to bring what came (contract)
        role customer service: answers cases
        recipient courier: processor in ID
        source registration form
        condition an open case, set by the person: she opened one
        condition a gag, set by the site: a court forbids to tell
        event handed on
        ```

        """

    static let rules = """
        ## What we do {#work}

        We answer your cases and bring your mail.

        ```policy
        collect name, email address, mail item from registration form to answer you
        customer service may read name, email address to answer you, on an open case
        give name together with mail item to courier to deliver, by customer service
        the person may read name, email address, mail item
        never read mail item by any staff unless a gag [sealed]
        keep name, email address while account active, then 30 days, because "a closing account can be reopened"
        keep mail item 2 months after handed on, because "an item may be questioned"
        keep mail item 10 days after collected, because "it waits"
        keep name 10 years after handed on, by law "tax law 28"
        tell the person once a gag ends when customer service reads name
        ```

        """

    static let changes = """
        ## Changes {#changes}

        You are told.

        ```policy
        when this policy changes: a new use of stored data needs a yes by email address
        when this policy changes: a change without new use is posted
        when this policy changes: a material change is also sent to people who refused messages
        when this policy changes: people whose contact is cut or whose account is deactivated or deleted are left alone
        ```
        """

    static var document: String { header + rules + changes }

    static func compile(_ text: String = document) -> Compilation { Policy.compile(Array(text.utf8), file: "kantor.md") }

    static func policy(_ text: String = document) throws -> Policy {
        let compilation = compile(text)
        guard let policy = compilation.policy else { throw Faulty(text: compilation.diagnostics.map(\.text).joined()) }
        return policy
    }

    struct Faulty: Error { let text: String }
}
