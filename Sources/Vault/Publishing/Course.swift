// The versions in the order in which they come into force, compiled: the clock picks the one that decides, without a restart.

import Policy
import Store
import Synchronization

final class Course: Sendable {
    /// From this moment on, these: those in force before it, and the one that begins.
    struct Turn: Sendable {
        let since: Instant
        let versions: Versions
    }

    private let turns: Mutex<[Turn]>
    /// What proposals change, computed once: the same documents always give the same.
    private let drafts = Mutex<[PolicyNote: Draft]>([:])
    private struct Step: Hashable { let from: Int64, to: Int64 }
    private let differences = Mutex<[Step: Difference]>([:])
    /// Once a house is open it stays so.
    let isOpen = Atomic(false)

    /// `turns` in order of time, at least one; the first also decides before its moment.
    init(_ turns: [Turn]) {
        precondition(!turns.isEmpty, "a house has at least one version of its policy")
        self.turns = Mutex(turns)
    }

    /// In the order in which they begin.
    convenience init(_ timeline: [LoadedVersion]) { self.init(Self.turns(timeline)) }

    private static func turns(_ timeline: [LoadedVersion]) -> [Turn] {
        timeline.indices.map { Turn(since: timeline[$0].since, versions: Versions(Array(timeline[...$0]))) }
    }

    /// Which row of the database begins when.
    struct Mark: Equatable { let since: Instant, row: Int64 }
    var marks: [Mark] { turns.withLock { turns in turns.map { Mark(since: $0.since, row: $0.versions.current.row) } } }

    /// From now on this, as another server published it or took it back.
    func follow(_ timeline: [LoadedVersion]) {
        let followed = Self.turns(timeline)
        turns.withLock { $0 = followed }
    }

    func draft(_ note: PolicyNote, _ compute: () throws(PublishingFault) -> Draft) throws(PublishingFault) -> Draft {
        if let known = drafts.withLock({ $0[note] }) { return known }
        let draft = try compute()
        drafts.withLock { drafts in
            if drafts.count >= 64 { drafts = [:] }
            drafts[note] = draft
        }
        return draft
    }

    /// Between any two versions, of which there are few. `wordingOnly`: names that changed in nothing else, as the newer one's note says.
    func difference(
        from old: LoadedVersion, to new: LoadedVersion, wordingOnly: () throws(Refusal) -> Set<String>
    ) throws(Refusal) -> Difference {
        let step = Step(from: old.row, to: new.row)
        if let known = differences.withLock({ $0[step] }) { return known }
        let difference = new.policy.difference(from: old.policy, wordingOnly: try wordingOnly())
        differences.withLock { $0[step] = difference }
        return difference
    }

    func versions(at now: Instant) -> Versions {
        turns.withLock { turns in (turns.last { $0.since <= now } ?? turns[0]).versions }
    }

    /// The next that will begin.
    func next(after now: Instant) -> Turn? { turns.withLock { turns in turns.dropFirst().first { $0.since > now } } }

    func add(_ version: LoadedVersion) {
        turns.withLock { turns in
            guard let last = turns.last, last.versions.current.row != version.row else { return }
            turns.append(Turn(since: version.since, versions: last.versions.followed(by: version)))
        }
    }

    func policy(_ row: Int64) -> Policy? { turns.withLock { turns in turns.lazy.compactMap { $0.versions[row]?.policy }.first } }

    /// Only one that hasn't begun is ever taken back.
    func remove(_ row: Int64) { turns.withLock { turns in turns.removeAll { $0.versions.current.row == row } } }
}

extension Versions {
    fileprivate func followed(by version: LoadedVersion) -> Versions {
        Versions(loaded.filter { $0.row != current.row }.sorted { $0.row < $1.row } + [current, version])
    }
}
