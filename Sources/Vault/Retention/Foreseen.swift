// What would stay of somebody's records if something were so: asked before a page promises it. Nothing is changed.

public import Policy
import Store

/// Whether a value would stay, and until when.
public struct Foreseen: Sendable {
    public let field: String
    /// 0, or the item that it belongs to.
    public let item: Int64
    /// Whether something keeps it at this moment.
    public let isKept: Bool
    /// The last day; nil: no end is known, or nothing keeps it.
    public let until: Day?
    /// The rule that would keep it too in the version before, and isn't in the present one.
    public let missing: Rule?

    /// What somebody is told who wants it otherwise.
    public var refused: Refused {
        Refused(
            why: .noTerm, verb: .collect, who: nil, thing: field, purpose: nil, rules: [], missing: missing, byFormerVersion: false,
            entry: nil)
    }
}

extension Vault {
    /// Every stored value of the person, as it would stay.
    /// - Parameters:
    ///   - supposed: conditions, and whether they hold.
    ///   - events: the days of the policy's events; nil: it didn't happen.
    public func foreseen(
        of subject: Subject, supposing supposed: [String: Bool] = [:], events: [String: Day?] = [:]
    ) throws(Refusal) -> [Foreseen] { try atThisMoment.foresee(subject, supposed, events) }

    private func foresee(_ subject: Subject, _ supposed: [String: Bool], _ events: [String: Day?]) throws(Refusal) -> [Foreseen] {
        let today = Day(of: clock.now())
        var (known, agreed) = try store.read { (rows) throws(Refusal) in
            (try history(of: subject, in: rows), try judge.agreed(by: subject, in: rows))
        }
        for (name, holds) in supposed { known.suppose(name, holds, on: today) }
        for (name, day) in events { known.events[name] = day }
        var found: [Foreseen] = []
        for (record, entries) in try openEach(try stored(of: subject)).opened {
            for entry in entries {
                guard let governing = versions.governing(entry.version, agreed: agreed) else {
                    throw .damaged("policy version \(entry.version)")
                }
                var history = known
                history.events["collected"] = Day(of: entry.collected)
                let stay = governing.stay(of: entry.field, history, on: today)
                found.append(
                    Foreseen(
                        field: versions.nameNow(of: entry.field, in: entry.version), item: record.name.item, isKept: stay.kept,
                        until: stay.until, missing: formerTerm(of: entry, history, today)))
            }
        }
        return found
    }

    private func formerTerm(of entry: Entry, _ history: History, _ today: Day) -> Rule? {
        guard let former = versions.former else { return nil }
        let name = versions.nameNow(of: entry.field, in: entry.version)
        let present = Set(policy.terms(of: name).compactMap { policy.rule($0.address)?.text })
        let then = history.named { versions.nameThen(of: $0, in: former.row) }
        let held = former.policy.retained(versions.nameThen(of: name, in: former.row), then, at: today)
        return held.reasons.lazy.compactMap(former.policy.rule).first { !present.contains($0.text) }
    }
}

extension History {
    mutating func suppose(_ name: String, _ holds: Bool, on today: Day) {
        unknown.remove(name)
        guard holding.contains(name) != holds else { return }
        if holds { holding.insert(name) } else { holding.remove(name) }
        if holds { lastFailed[name] = today } else { lastHeld[name] = today }
    }
}
