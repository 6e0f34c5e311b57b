// How many codes go to somebody. Each who may ask for them has a budget of their own, so that nobody uses up another's: a stranger not the
// owner's, customer service not the person's own.

import Store
import Vault

/// From where a code is asked for: how often one goes out hangs on it, and nothing else.
public struct Asker: Sendable {
    /// Its network, of which no more than a mark is kept; nil: not known, and all such are one.
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
    /// of its own (`Limit.askers`): 20 in ten minutes; after 20 misses ten; after 100 ten an hour; after 300 two.
    static func issue(
        to subject: Subject, asked: Asking, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Bool {
        let yesterday = now - .seconds(86_400)
        let missed =
            try rows.first(
                "SELECT count(*) FROM code_missed WHERE subject = \(subject) AND asked = \(asked.rawValue) AND at > \(yesterday)"
            ) { $0.integer(0) } ?? 0
        let codes: Int64, seconds: Int64
        if asked == .stranger {
            (codes, seconds) = missed < 20 ? (20, 600) : missed < 100 ? (10, 600) : (missed < 300 ? 10 : 2, 3_600)
        } else {
            (codes, seconds) = missed < 20 ? (5, 600) : missed < 100 ? (1, 600) : (1, 3_600)
        }
        let then = now - .seconds(seconds),
            issued = try rows.first(
                "SELECT count(*) FROM code_issued WHERE subject = \(subject) AND asked = \(asked.rawValue) AND at > \(then)"
            ) { $0.integer(0) }
        guard issued ?? 0 < codes else { return false }
        try rows.run("INSERT INTO code_issued (subject, at, asked) VALUES (\(subject), \(now), \(asked.rawValue))")
        return true
    }
}

extension Limit {
    /// How many codes each network asks for an account: five in ten minutes; after ten in a day one in ten minutes; after 40 one an hour. So one
    /// network alone never takes all that strangers have.
    static let askers = slower([(10, 5, 600), (40, 1, 600), (.max, 1, 3_600)])
}

extension Environment {
    /// Counts one more code to sign in; nil: none goes out. `marking`: of this day.
    func issue(
        to subject: Subject, for asker: Asker, _ marking: Marking, at now: Instant, in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Challenge.Asking? {
        let asked: Challenge.Asking = try knows(asker.browser, of: subject, at: now, in: rows.snapshot) ? .known : .stranger
        let tried = marking.tried("code", Array("\(subject.id)|".utf8) + (asker.network ?? []), .askers)
        if asked == .stranger, try Tried.count([tried], at: now, in: rows) != nil { return nil }
        return try Challenge.issue(to: subject, asked: asked, at: now, in: rows) ? asked : nil
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
