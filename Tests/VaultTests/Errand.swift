// The one condition of the small house.

import Store
import Synchronization

@testable import Vault

/// What rows would say, set by hand with nothing entered; nil: nobody knows.
final class Errand: Condition {
    let name = "an errand"
    let holds: Mutex<Bool?>
    let lastHeld = Mutex<Instant?>(nil)
    init(holds: Bool?) { self.holds = Mutex(holds) }
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        Answer(holds.withLock { $0 }, lastHeld: lastHeld.withLock { $0 }, changes: now)
    }
}
