// What the policy asks about holds: whether one stands, whether its matter is open, when that was closed.

import Store
import Vault

/// Both officers named it, neither has ended it, and its day of review isn't past. Of the person as of the matter.
struct LegalHold: Condition {
    let name = "a legal hold"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        let of: SQL = "agreed IS NOT NULL AND (matter = \(moment.subject) OR subject = \(moment.subject))"
        let review = try rows.first("SELECT max(review) FROM legal_hold WHERE \(of) AND ended IS NULL AND review >= \(now)") {
            $0.instantOrNil(0)
        }
        if let review, let review { return Answer(true, changes: review + .microseconds(1)) }
        let last = try rows.first("SELECT max(CASE WHEN ended < review THEN ended ELSE review END) FROM legal_hold WHERE \(of)") {
            $0.instantOrNil(0)
        }
        return Answer(false, lastHeld: last ?? nil)
    }
}

/// Both officers registered it, and neither has closed it. As long as one waits for the other, nobody can say; after a week it is none.
struct OpenMatter: Condition {
    let name = "an open matter"
    /// So long the other officer may take to answer.
    static let patience = Swift.Duration.seconds(7 * 86_400)

    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        let found = try rows.first("SELECT agreed, ended, proposed FROM legal_hold WHERE matter = \(moment.subject)") {
            (agreed: $0.instantOrNil(0), ended: $0.instantOrNil(1), proposed: $0.instant(2))
        }
        guard let found else { return Answer(false) }
        if let ended = found.ended { return Answer(false, lastHeld: found.agreed.map { _ in ended }) }
        if found.agreed != nil { return Answer(true) }
        let lapses = found.proposed + Self.patience
        return now < lapses ? Answer(nil, changes: lapses) : Answer(false)
    }
}

/// Both officers read an order that forbids to tell the person, and it still runs: in one matter of theirs, or in any.
struct Gag: Condition {
    let name = "a gag"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        try Restraint.answer(moment, at: now, in: rows)
    }
}

/// The day on which a matter that both registered was closed.
struct MatterClosed: Event {
    let name = "matter closed"
    func happened(to subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Instant? {
        try rows.first("SELECT ended FROM legal_hold WHERE matter = \(subject) AND agreed IS NOT NULL") { $0.instantOrNil(0) } ?? nil
    }
}
