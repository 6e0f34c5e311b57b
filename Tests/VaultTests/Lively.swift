// The conditions and the event of the lively house, as an office has them: answered from rows.

import Store
import Synchronization

@testable import Vault

/// How often a condition was asked.
final class Asked: Sendable {
    private let number = Atomic(0)
    var count: Int { number.load(ordering: .relaxed) }
    func again() { number.add(1, ordering: .relaxed) }
}

struct Switched: Condition {
    let name = "switched on"
    let asked: Asked
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        asked.again()
        let found = try rows.first("SELECT since, ended FROM switched WHERE subject = \(moment.subject)") {
            (since: $0.instant(0), ended: $0.instantOrNil(1))
        }
        guard let found else { return Answer(false) }
        return found.ended.map { Answer(false, lastHeld: $0) } ?? Answer(true, lastFailed: found.since)
    }
}

/// Ends by itself.
struct Pass: Condition {
    let name = "a pass"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        let until = try rows.first("SELECT until FROM pass WHERE subject = \(moment.subject)") { $0.instant(0) }
        guard let until else { return Answer(false) }
        return until > now ? Answer(true, changes: until) : Answer(false, lastHeld: until)
    }
}

struct Visit: Event {
    let name = "visit"
    func happened(to subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Instant? {
        try rows.first("SELECT at FROM visit WHERE subject = \(subject)") { $0.instant(0) }
    }
}
