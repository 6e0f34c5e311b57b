// What visits have at hand, drawn anew when another version of the policy comes into force.

import Crypto
import Office
import Policy
import Synchronization
import Vault

/// Any thread may ask; the first one after a change draws for all.
final class Houses: Sendable {
    private let newest: Mutex<House>
    private let redraw: @Sendable (House) -> House

    init(_ house: House, redraw: @escaping @Sendable (House) -> House) {
        newest = Mutex(house)
        self.redraw = redraw
    }

    var now: House {
        newest.withLock { house in
            if !house.isCurrent { house = redraw(house) }
            return house
        }
    }
}

extension House {
    fileprivate var isCurrent: Bool {
        policy.documentDigest == office.policy.documentDigest && coming == office.vault.coming?.row
            && (isOpen || (try? office.isOpen) != true)
    }
}
