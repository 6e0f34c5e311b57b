// The pages of people's own data, kept drawn in memory while they are signed in and nothing of theirs changes: nobody waits twice for the
// same page. Nothing is on the disk; what is kept goes with the session, with its person, and a minute after it was last looked at.

import Policy
import Store
import Synchronization
import Vault

/// All on which a person's own page hangs, but for the house itself: equal stamps, equal pages.
public struct OwnStamp: Hashable, Sendable {
    private let vault: Vault.Stamp, rows: [Int64], day: Day, wayBack: AskedWayBack?, staff: StaffMember?

    init(vault: Vault.Stamp, rows: [Int64], day: Day, wayBack: AskedWayBack?, staff: StaffMember?) {
        (self.vault, self.rows, self.day, self.wayBack, self.staff) = (vault, rows, day, wayBack, staff)
    }
}

extension Environment {
    /// Asked before the page is drawn: what changes meanwhile makes the kept one old, not wrong for long.
    public func stamp(of session: Session) throws(NotDone) -> OwnStamp {
        let subject = session.subject
        return try attempt { () throws(Refusal) in
            let counted = try vault.countedRefusals(of: session.own)
            return try store.read { (rows) throws(Refusal) in
                let changes = try rows.first(
                    "SELECT count(*), sum(coalesce(changed, 0) + coalesce(proved, 0)) FROM address_change WHERE subject = \(subject)"
                ) { [$0.integer(0), $0.identityOrNil(1) ?? 0] }
                let browsers = try rows.first("SELECT min(since) FROM known_browser WHERE subject = \(subject)") { $0.integerOrNil(0) ?? 0 }
                let cases = try rows.first(
                    """
                    SELECT max(c.number), count(x.number) FROM help_case c LEFT JOIN help_case_closed x ON x.number = c.number
                        WHERE c.subject = \(subject)
                    """
                ) { [$0.integerOrNil(0) ?? 0, $0.integer(1)] }
                return OwnStamp(
                    vault: try Vault.stamp(of: session.own, counted: counted, in: rows),
                    rows: (changes ?? []) + [browsers ?? 0] + (cases ?? []), day: Day(of: clock.now()),
                    wayBack: session.wayBack, staff: session.staff)
            }
        }
    }
}

extension Environment {
    /// nil: none is kept that would be drawn alike. `place`: the address and the language.
    public func keptPage(of session: Session, at place: String, _ stamp: OwnStamp, by house: KeptPages.Mark) -> KeptPages.Page? {
        kept.page(of: session, at: place, stamp, by: house, now: clock.now())
    }

    /// Those that nobody looked at for a minute; `work` does so too.
    public func forgetDrawnPages() { kept.sweep(at: clock.now()) }

    /// - Parameter holes: where in the bytes the numbers of forms begin, which are new at each sending.
    public func keep(
        _ bytes: [UInt8], holes: [Int], for session: Session, at place: String, _ stamp: OwnStamp, by house: KeptPages.Mark
    ) {
        let page = KeptPages.Page(
            bytes: bytes, holes: holes, token: session.token, place: place, stamp: stamp, house: house, used: clock.now())
        kept.keep(page, of: session.subject)
    }
}

/// Kept by session, place and stamp. The house that drew a page keeps it too: another version of the policy draws anew.
public final class KeptPages: Sendable {
    /// A drawn page. What is in `holes` is new at each sending: the number of the form that stands there.
    public struct Page: Sendable {
        public var bytes: [UInt8]
        public let holes: [Int]
        let token: Token, place: String, stamp: OwnStamp, house: Mark
        var used: Instant
    }

    /// One for each house that draws pages.
    public final class Mark: Sendable { public init() {} }

    private struct State {
        var pages: [Subject: [Page]] = [:], count = 0
    }
    private let state = Mutex(State())
    /// Of some twelve kilobytes each.
    static let most = 2_048
    static let lifetime = Swift.Duration.seconds(60)

    func page(of session: Session, at place: String, _ stamp: OwnStamp, by house: Mark, now: Instant) -> Page? {
        state.withLock { state in
            guard
                let index = state.pages[session.subject]?.firstIndex(where: {
                    $0.token == session.token && $0.place == place && $0.house === house && $0.stamp == stamp
                })
            else { return nil }
            state.pages[session.subject]?[index].used = now
            return state.pages[session.subject]?[index]
        }
    }

    /// In place of the one that was kept of the same session and place.
    func keep(_ page: Page, of subject: Subject) {
        state.withLock { state in
            var pages = state.pages[subject] ?? []
            state.count -= pages.count
            pages.removeAll { $0.token == page.token && $0.place == page.place }
            if state.count + pages.count < Self.most { pages.append(page) }
            state.count += pages.count
            state.pages[subject] = pages.isEmpty ? nil : pages
        }
    }

    /// All of a person's: a session of theirs ended, or they left.
    func forget(_ subject: Subject) {
        state.withLock { state in
            guard let pages = state.pages.removeValue(forKey: subject) else { return }
            state.count -= pages.count
        }
    }

    /// What nobody looked at for a minute.
    func sweep(at now: Instant) {
        state.withLock { state in
            guard state.count > 0 else { return }
            state.pages = state.pages.mapValues { $0.filter { now <= $0.used + Self.lifetime && now >= $0.used } }.filter {
                !$0.value.isEmpty
            }
            state.count = state.pages.values.reduce(0) { $0 + $1.count }
        }
    }

    func empty() { state.withLock { $0 = State() } }

    /// How many are kept.
    var count: Int { state.withLock { $0.count } }
}
