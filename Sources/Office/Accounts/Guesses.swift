// How often the password of one address may be guessed: slower the more guesses miss, and never so slow that its owner is locked out,
// who comes in by a code meanwhile.

import Store
import Synchronization
import Vault

/// Kept in memory, of the last day, for addresses that have an account and for others alike: five in ten minutes; after 20 misses in a
/// day one in ten minutes; after 100 one an hour.
final class Guesses: Sendable {
    private let recent = Mutex<[LookupAddress: [Instant]]>([:])
    private static let most = 50_000

    /// Counts a guess. nil: go on; else it isn't counted, and after so many seconds there is another one.
    func wait(_ address: LookupAddress, at now: Instant) -> Int? {
        recent.withLock { recent in
            if recent.count >= Self.most { recent = recent.filter { $0.value.contains { $0 > now - .seconds(3_600) } } }
            let missed = (recent[address] ?? []).filter { $0 > now - .seconds(86_400) }
            let (guesses, seconds) = missed.count < 20 ? (5, 600) : missed.count < 100 ? (1, 600) : (1, 3_600)
            let within = missed.filter { $0 > now - .seconds(seconds) }
            guard within.count < guesses else { return Int((within[within.count - guesses] + .seconds(seconds)).seconds - now.seconds) + 1 }
            // More than a hundred in a day are as slow as a hundred.
            recent[address] = missed.suffix(110) + [now]
            return nil
        }
    }

    /// The guess was right: it doesn't count.
    func forgive(_ address: LookupAddress, at moment: Instant) {
        recent.withLock { recent in
            if let place = recent[address]?.lastIndex(of: moment) { recent[address]?.remove(at: place) }
            if recent[address]?.isEmpty == true { recent[address] = nil }
        }
    }
}
