// How often one address may be given to open an account: whoever types a stranger's address can't flood them with mail.

import Store
import Synchronization
import Vault

/// Kept in memory: five registrations of one address in ten minutes, fifteen in a day. Each has its own code with its own tries, so this
/// bounds the guesses too.
final class AddressThrottle: Sendable {
    private let recent = Mutex<[LookupAddress: [Instant]]>([:])

    func allows(_ address: LookupAddress, at now: Instant) -> Bool {
        let lately = now - .seconds(600), yesterday = now - .seconds(86_400)
        return recent.withLock { recent in
            if recent.count > 10_000 { recent = recent.filter { $0.value.contains { $0 > lately } } }
            let before = (recent[address] ?? []).filter { $0 > yesterday }
            guard before.count < 15, before.count(where: { $0 > lately }) < 5 else { return false }
            recent[address] = before + [now]
            return true
        }
    }
}
