// A form that is sent twice is one press of its button: the second sending gets the answer of the first.
//
// Each form carries a number of its own beside its token. What leads on (303) has done something, and is answered again for ten
// minutes without being done again; what let somebody in, for half a minute only. A page did nothing that stays, so the same form may bring it
// anew. Kept in memory: a restart between two presses forgets the first.

import Crypto
import HTTP
import Synchronization

final class Presses: Sendable {
    private let known = Mutex<[Digest: Press]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant
    static let most = 20_000
    static let lifetime = Swift.Duration.seconds(600)
    /// Of an answer with a session: a code that was used lets nobody in again whoever kept the form, but two presses of a button are one.
    static let lifetimeOfKeys = Swift.Duration.seconds(30)

    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) { self.now = now }

    /// The reply to a press: `work`, or what came of it when it came before.
    func once(_ name: Digest, _ work: () -> Reply) -> Reply {
        let (press, isFirst) = press(name)
        guard isFirst else { return .later { await press.answer } }
        switch work() {
        case .now(let response):
            end(press, name, response)
            return .now(response)
        case .later(let work):
            return .later {
                let response = await work()
                self.end(press, name, response)
                return response
            }
        }
    }

    private func press(_ name: Digest) -> (Press, isFirst: Bool) {
        let now = now()
        return known.withLock { known in
            if known.count >= Self.most { known = known.filter { $0.value.isGood(at: now) } }
            // Somebody presses without end: the ones that are answered go, so that the next two presses of a button are one again.
            if known.count >= Self.most { known = known.filter { $0.value.isRunning } }
            if let earlier = known[name], earlier.isGood(at: now) { return (earlier, false) }
            let press = Press()
            // Where more is pressed at once than we remember, a second press counts as a first.
            if known.count < Self.most { known[name] = press }
            return (press, true)
        }
    }

    private func end(_ press: Press, _ name: Digest, _ response: Response) {
        if response.status != 303 { known.withLock { $0[name] = nil } }
        press.end(with: response, until: now() + (response.letsIn ? Self.lifetimeOfKeys : Self.lifetime))
    }
}

extension Response {
    /// Whoever gets it is signed in.
    fileprivate var letsIn: Bool { cookies.contains { "\($0.name)" == "\(Visit.sessionCookie)" && !$0.value.isEmpty } }
}

/// One press: its answer, or who waits for it.
private final class Press: Sendable {
    private enum State {
        case running([CheckedContinuation<Response, Never>])
        case answered(Response, until: ContinuousClock.Instant)
    }
    private let state = Mutex(State.running([]))

    func isGood(at now: ContinuousClock.Instant) -> Bool {
        state.withLock { if case .answered(_, let until) = $0 { now <= until } else { true } }
    }

    var isRunning: Bool { state.withLock { if case .running = $0 { true } else { false } } }

    func end(with response: Response, until: ContinuousClock.Instant) {
        let waiting = state.withLock { state -> [CheckedContinuation<Response, Never>] in
            defer { state = .answered(response, until: until) }
            if case .running(let waiting) = state { return waiting }
            return []
        }
        for other in waiting { other.resume(returning: response) }
    }

    var answer: Response {
        get async {
            await withCheckedContinuation { other in
                let response = state.withLock { state -> Response? in
                    switch state {
                    case .answered(let response, _): return response
                    case .running(let others):
                        state = .running(others + [other])
                        return nil
                    }
                }
                if let response { other.resume(returning: response) }
            }
        }
    }
}
