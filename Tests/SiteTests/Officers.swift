// Those who agree to a version of the policy, in their browsers.

import Office

@testable import Site

/// Putri keeps the policy; Agus stands up for the persons in the files; Ratna, who administers, invites both.
struct Officers {
    let house: House
    let ratna: Browser, putri: Browser, agus: Browser

    init(_ house: House, invitedBy administrator: Browser? = nil) async throws {
        let ratna = if let administrator { administrator } else { try await house.ratna() }
        (self.house, self.ratna, putri, agus) = (house, ratna, Browser(house), Browser(house))
        for (name, email, role) in [
            ("Putri Lestari", "putri@office.example", "policy officer"), ("Agus Salim", "agus@office.example", "privacy officer"),
        ] { _ = try await ratna.post("/staff/team", ["name": name, "email": email, "role": role]) }
        try await signInAnew()
    }

    /// Time passes, as it does between two codes.
    func signInAnew() async throws {
        for (browser, email) in [(putri, "putri@office.example"), (agus, "agus@office.example")] {
            house.clock.advance(by: .seconds(1))
            _ = try await browser.post("/sign-in", ["email": email])
            try await browser.enterCode()
        }
    }

    /// Publishes the first version, and waits for its day.
    func open() async throws {
        _ = try await approve(putri, 1)
        _ = try await approve(agus, 1)
        house.clock.set(to: house.office.policy.from.start)
    }

    func approve(_ browser: Browser, _ proposal: Int64) async throws -> Answer {
        try await browser.post("/staff/policy/\(proposal)/approval", [:], from: "/staff/policy/\(proposal)")
    }
}
