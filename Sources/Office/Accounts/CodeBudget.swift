// How many codes go to somebody. Each who may ask for them has a budget of their own, so that nobody uses up another's: a stranger not the
// owner's, customer service not the person's own.

import Store
import Synchronization
import Vault

/// From where a code is asked for: how often one goes out hangs on it, and nothing else.
public struct Asker: Sendable {
    /// A mark of its network, which tells nothing of the address; nil: not known, and all such are one.
    let network: [UInt8]?
    /// The mark by which a browser is known again, where it has one.
    let browser: Token?
    public init(network: [UInt8]? = nil, browser: Token? = nil) { (self.network, self.browser) = (network, browser) }
}

extension Challenge {
    /// At whose asking a code goes out.
    enum Asking: String, Sendable {
        /// To sign in, or to register: by a browser that was signed in to the account before; by any other one.
        case known, stranger
        /// By its person, signed in; by customer service; by somebody who gives an address that has an account, whose owner hears of it.
        case own, desk, notice
    }

    /// Whether a person may get one more code, and that they got it. Guessing gets slower the more guesses miss: five codes in ten minutes;
    /// after 20 misses in a day one in ten minutes; after 100 one an hour. All strangers together, of whom each network has a smaller budget
    /// of its own (`Askers`): 20 in ten minutes; after 20 misses ten; after 100 ten an hour; after 300 two.
    static func issue(
        to subject: Subject, asked: Asking, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Bool {
        func count(_ table: SQL, within seconds: Int64) throws(Refusal) -> Int64 {
            try rows.first(
                "SELECT count(*) FROM \(table) WHERE subject = \(subject) AND asked = \(asked.rawValue) AND at > \(now - .seconds(seconds))"
            ) { $0.integer(0) } ?? 0
        }
        let missed = try count("code_missed", within: 86_400), codes: Int64, seconds: Int64
        if asked == .stranger {
            (codes, seconds) = missed < 20 ? (20, 600) : missed < 100 ? (10, 600) : (missed < 300 ? 10 : 2, 3_600)
        } else {
            (codes, seconds) = missed < 20 ? (5, 600) : missed < 100 ? (1, 600) : (1, 3_600)
        }
        guard try count("code_issued", within: seconds) < codes else { return false }
        try rows.run("INSERT INTO code_issued (subject, at, asked) VALUES (\(subject), \(now), \(asked.rawValue))")
        return true
    }
}

extension Environment {
    /// Counts one more code to sign in; nil: none goes out.
    func issue(
        to subject: Subject, for asker: Asker, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Challenge.Asking? {
        let asked: Challenge.Asking = try knows(asker.browser, of: subject, at: now, in: rows.snapshot) ? .known : .stranger
        guard asked == .known || askers.allows(asker.network, subject, at: now) else { return nil }
        return try Challenge.issue(to: subject, asked: asked, at: now, in: rows) ? asked : nil
    }
}

/// How many codes each network asks for an account: five in ten minutes; after ten in a day one in ten minutes; after 40 one an hour. So one
/// network alone never takes all that strangers have. In memory alone, as is the mark of a network.
final class Askers: Sendable {
    private struct Name: Hashable { let network: [UInt8]?, subject: Subject }
    private let recent = Mutex<[Name: [Instant]]>([:])
    private static let most = 50_000

    func allows(_ network: [UInt8]?, _ subject: Subject, at now: Instant) -> Bool {
        let name = Name(network: network, subject: subject)
        return recent.withLock { recent in
            if recent.count >= Self.most { recent = recent.filter { $0.value.contains { $0 > now - .seconds(3_600) } } }
            let asked = (recent[name] ?? []).filter { $0 > now - .seconds(86_400) }
            let (codes, seconds): (Int, Int64) = asked.count < 10 ? (5, 600) : asked.count < 40 ? (1, 600) : (1, 3_600)
            guard asked.count(where: { $0 > now - .seconds(seconds) }) < codes else { return false }
            recent[name] = asked + [now]
            return true
        }
    }
}

extension Environment {
    /// Each code is counted to who asked for it.
    static let askingRows: (name: StaticString, statements: [SQL]) = (
        "at whose asking codes went out",
        [
            "ALTER TABLE challenge ADD COLUMN asked TEXT NOT NULL DEFAULT 'stranger'",
            "ALTER TABLE code_issued ADD COLUMN asked TEXT NOT NULL DEFAULT 'stranger'",
            "ALTER TABLE code_missed ADD COLUMN asked TEXT NOT NULL DEFAULT 'stranger'",
        ]
    )
}
