// How often one address may be given to open an account: whoever types a stranger's address can't flood them with mail.

import Store
import Synchronization
import Vault

/// Kept in memory, of the last ten minutes only: five registrations of one address.
final class AddressThrottle: Sendable {
    private let recent = Mutex<[LookupAddress: [Instant]]>([:])

    func allows(_ address: LookupAddress, at now: Instant) -> Bool {
        let since = now - .seconds(600)
        return recent.withLock { recent in
            if recent.count > 10_000 { recent = recent.filter { $0.value.contains { $0 > since } } }
            let before = (recent[address] ?? []).filter { $0 > since }
            guard before.count < 5 else { return false }
            recent[address] = before + [now]
            return true
        }
    }
}
