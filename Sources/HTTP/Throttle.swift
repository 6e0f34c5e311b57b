// How often one network may try something: whoever guesses or floods gets slower, whatever accounts they name.

import Crypto
import Synchronization

/// Keeps, in memory alone, one moment for each network (/24, or /48 of IPv6) that tried lately, under its mark.
public final class Throttle: Sendable {
    /// Milliseconds in which a network that used up its tries gets all of them back, and what one of them costs of that.
    private let window, cost: UInt64
    public let tries: Int
    private let now: @Sendable () -> UInt64
    private let marks = NetworkMarks()
    /// Until when what was tried is paid for; a network whose moment is past is as good as new.
    private let paid = Mutex<[Digest: UInt64]>([:])
    static let most = 65_536

    /// `tries` at once, and then as many again, evenly, in so many seconds.
    public convenience init(tries: Int, within seconds: Int) { self.init(tries: tries, within: seconds, now: monotonic) }

    /// `now`: milliseconds that never go back.
    init(tries: Int, within seconds: Int, now: @escaping @Sendable () -> UInt64) {
        (self.tries, window) = (tries, UInt64(seconds) * 1000)
        cost = max(window / UInt64(max(tries, 1)), 1)
        self.now = now
    }

    /// Counts a try. nil: go on; else it isn't counted, and after so many seconds there is another one.
    public func wait(_ address: Address) -> Int? {
        let now = now(), network = marks.mark(of: address.neighbourhood)
        return paid.withLock { paid in
            if paid.count >= Self.most { paid = paid.filter { $0.value > now } }
            // Where more networks try at once than we count, the new ones count as one.
            let key = paid.count < Self.most || paid[network] != nil ? network : Digest.many
            let until = max(paid[key] ?? 0, now) + cost
            guard until <= now + window else { return Int((until - now - window + 999) / 1000) }
            paid[key] = until
            return nil
        }
    }
}

extension Digest {
    fileprivate static let many = SHA256.hash(Array("voffice/many networks/1".utf8))
}
