// An erasure that was begun, as its row says it. What it leads to can't be undone, and the row lies where somebody else may write: so it bears the
// house's word, a code under a key that the data don't have, and without it nothing is destroyed.

import Crypto
import Policy
import Store

struct Begun: Sendable {
    let subject: Subject, receipt: [UInt8], day: Day
    private var said: [UInt8]? = nil

    init(subject: Subject, receipt: [UInt8], day: Day) { (self.subject, self.receipt, self.day) = (subject, receipt, day) }

    static let asStored: SQL = "subject, receipt, day, word"
    init(_ row: borrowing Row) {
        (subject, receipt, day, said) = (Subject(id: row.identity(0)), row.blob(1), Day(of: row.instant(2)), row.blobOrNil(3))
    }

    func word(_ ring: KeyRing) -> [UInt8] {
        HMACSHA256.code(for: Array("voffice/erasure/1|\(subject.id)|\(Hex.encode(receipt))|\(day.number)".utf8), under: ring.owner).bytes
    }

    /// Whether the row bears the house's word.
    func isOurs(_ ring: KeyRing) -> Bool { said == word(ring) }
}

extension Vault {
    /// Where the keys are in the register of the destroyed, that speaks for it too.
    func isOurs(_ begun: Begun) throws(Refusal) -> Bool {
        if begun.isOurs(keys.ring) { return true }
        return try keys.isDestroyed(begun.subject)
    }

    func finish(_ begun: Begun) async throws(Refusal) {
        guard try isOurs(begun) else {
            throw .damaged("the row by which person \(begun.subject.id) is being deleted, which nobody here wrote,")
        }
        try await finish(begun.subject, begun.receipt, begun.day)
    }
}
