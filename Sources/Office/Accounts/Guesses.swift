// How often the password of one address may be guessed: slower the more guesses miss, and never so slow that its owner is locked out,
// who comes in by a code meanwhile.

import Store
import Vault

extension Limit {
    /// For addresses that have an account and for others alike: five in ten minutes; after 20 misses in a day one in ten minutes; after 100
    /// one an hour.
    static let guesses = slower([(20, 5, 600), (100, 1, 600), (.max, 1, 3_600)])
}

extension Environment {
    /// Counts a guess before it is looked at, so that of many at once none comes free. Throws where it has to wait. A browser that was signed
    /// in to this account has guesses of its own, so that nobody elsewhere uses up its owner's.
    func guess(at address: LookupAddress, from browser: Token?, _ now: Instant) async throws(NotDone) -> Tried {
        let (tried, seconds) = try await attempt { () async throws(Refusal) in
            let known = try knownBrowser(browser, at: address, now)
            let tried = try await marking(at: now).tried("password", (known?.hash ?? []) + address.bytesToMark, .guesses)
            return (tried, try await store.write { (rows) throws(Refusal) in try Tried.count([tried], at: now, in: rows) })
        }
        if let seconds { throw .tooMany(after: seconds) }
        return tried
    }

    private func knownBrowser(_ browser: Token?, at address: LookupAddress, _ now: Instant) throws(Refusal) -> Token? {
        guard let browser, let subject = try vault.find(address) else { return nil }
        return try store.read { (rows) throws(Refusal) in try knows(browser, of: subject, at: now, in: rows) ? browser : nil }
    }

    /// The guess was right: it doesn't count.
    func forgive(_ tried: Tried, _ moment: Instant) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in try tried.forgive(moment, in: rows) }
        }
    }
}
