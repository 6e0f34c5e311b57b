// The status of the service as it was found a moment ago: whoever asks often costs no look each time.

import Office
import Synchronization

/// Any thread may ask.
final class LatelyLookedAt: Sendable {
    private let span: Swift.Duration
    private let found = Mutex<(status: ServiceStatus, at: ContinuousClock.Instant)?>(nil)

    /// - Parameter span: for so long what was found is told again, and not longer.
    init(for span: Swift.Duration) { self.span = span }

    func status(
        at now: ContinuousClock.Instant = .now, _ look: () throws(NotDone) -> ServiceStatus
    ) throws(NotDone) -> ServiceStatus {
        if let found = found.withLock({ $0 }), found.at <= now, now - found.at < span { return found.status }
        let status = try look()
        found.withLock { $0 = (status, now) }
        return status
    }
}
