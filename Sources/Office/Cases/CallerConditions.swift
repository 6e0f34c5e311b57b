// What the policy asks for before customer service changes anything at a person's word, answered from rows of the office.

import Store
import Vault

/// Whoever calls read out a code to the very member of staff who acts on it, in this case.
struct VerifiedCaller: Condition {
    let name = "a verified caller"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let number = moment.basis.matter, case .staff(_, let role, let staff) = moment.actor else { return Answer(false) }
        let at = try rows.first(
            """
            SELECT at FROM verified_caller WHERE number = \(number) AND role = \(role) AND staff = \(staff) AND subject = \(moment.subject)
            """
        ) { $0.instant(0) }
        guard let end = at.map({ $0 + Environment.verifiedFor }), now < end else { return Answer(false) }
        return Answer(true, changes: end)
    }
}

/// The notice of a call back in this case left so long ago as the policy says, and nobody objected.
struct CalledBack: Condition {
    let name = "a caller called back"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let number = moment.basis.matter, let found = try CallBack.find(in: number, of: moment.subject, in: rows) else {
            return Answer(false)
        }
        return Answer(found.counts(at: now), changes: now < found.due ?? now ? found.due : found.end)
    }
}

/// This one of all that may be changed was asked for in this case.
struct ChangeAsked: Condition {
    let name = "a change asked for"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let number = moment.basis.matter, let what = moment.basis.asked else { return Answer(false) }
        return Answer(
            try rows.exists(
                "SELECT 1 FROM change_asked WHERE number = \(number) AND what = \(what) AND subject = \(moment.subject)"))
    }
}
