// How often one address may be given to open an account: whoever types a stranger's address can't flood them with mail.

import Store
import Synchronization
import Vault

/// Kept in memory: five registrations of one address in ten minutes, fifteen in a day, from one network; from all of them four times as many.
/// Each has its own code with its own tries, so this bounds the guesses too.
final class AddressThrottle: Sendable {
    private struct Name: Hashable { let address: LookupAddress, network: [UInt8]?, isAll: Bool }
    private let recent = Mutex<[Name: [Instant]]>([:])

    /// - Parameter network: a mark of it; nil: not known, and all such are one.
    func allows(_ address: LookupAddress, from network: [UInt8]? = nil, at now: Instant) -> Bool {
        let lately = now - .seconds(600), yesterday = now - .seconds(86_400)
        let names = [(Name(address: address, network: network, isAll: false), 1), (Name(address: address, network: nil, isAll: true), 4)]
        return recent.withLock { recent in
            if recent.count > 10_000 { recent = recent.filter { $0.value.contains { $0 > lately } } }
            for (name, times) in names {
                let before = (recent[name] ?? []).filter { $0 > yesterday }
                guard before.count < 15 * times, before.count(where: { $0 > lately }) < 5 * times else { return false }
            }
            for (name, _) in names { recent[name] = (recent[name] ?? []).filter { $0 > yesterday } + [now] }
            return true
        }
    }
}
