// The one condition of the bench.

import Store
import Vault

/// Asked of the database each time, as the conditions of an office are.
struct Errand: Condition {
    let name = "an errand"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        Answer(try rows.exists("SELECT 1 FROM subject WHERE id = \(moment.subject)"))
    }
}
