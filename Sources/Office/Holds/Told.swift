// What a court kept us from telling stands in the person's list by now; they get word of it.

import Outbound
import Policy
import Store
import Vault

/// Word that the list has more than could be told at the time.
struct MatterNotice: Addressed {
    static let declared: UseDeclaration = .send("matter notice", through: "email address", by: "email carrier", to: "keep the record")
    let address: String
    init(_ record: borrowing Opened) throws(Refusal) { address = try record.required("email address") }
}

extension Environment {
    /// One letter for each matter, which leaves by a job. Where no rule lets one go, the list has it all the same.
    func announceWhatWasTold() async throws(Refusal) {
        try await Vault.each(of: try vault.toldLate()) { (told) async throws(Refusal) in
            var letter: Posted?
            if vault.refusal(ofAnyOf: [MatterNotice.self]) == nil {
                letter = try await unlessGone(told.subject) { (subject) throws(Refusal) in
                    try await prepare(
                        MatterNotice.self, .toldLate(self), for: subject, matter: told.hold, about: Token(from: randomness),
                        lifetime: .seconds(7 * 86_400))
                }
            }
            let now = clock.now()
            try await store.write { [letter] (rows) throws(Refusal) in
                if try vault.announced(told, in: rows) { try letter?.enqueue(at: now, in: rows) }
            }
        }
    }
}
