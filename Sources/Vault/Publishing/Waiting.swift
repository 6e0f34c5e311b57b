// How long a new version waits after it is published, so that those concerned can read it, answer it, or leave.

public import Policy
public import Store

public enum Waiting: String, Sendable, Hashable, CaseIterable {
    /// It only takes something away from us, and nothing from the persons in our files.
    case none = "nothing"
    case short = "72 hours"
    /// It demands a yes, or it is material.
    case long = "14 days"

    var seconds: Int64 {
        switch self {
        case .none: 0
        case .short: 72 * 3_600
        case .long: 14 * 86_400
        }
    }

    /// What a difference asks for. `isMaterial`: an officer marked it so.
    public init(for difference: Difference, from old: Policy, to new: Policy, isMaterial: Bool) {
        if isMaterial || difference.demands.material || !difference.demands.yes.isEmpty {
            self = .long
        } else {
            self = difference.narrowsOnly(from: old, to: new) ? .none : .short
        }
    }

    /// The first day on which a version can begin that is published now. Its first moment is where the house is.
    public func earliest(from now: Instant) -> Day {
        let then = now + .seconds(seconds)
        let day = Day(of: then)
        return self == .none || day.start == then ? day : Day(day.number + 1)
    }
}

extension Difference {
    /// Something is narrower, nothing is wider or different, and what is narrower is neither a person's own right nor their record.
    fileprivate func narrowsOnly(from old: Policy, to new: Policy) -> Bool {
        let wider = [terms.more, law, because, compulsory.more, carries.more, never.less, tell.less, recipients.more, setters.more]
        let others = [along.more, along.less, keptIn.more, meaning]
        guard widened.isEmpty, (wider + others).allSatisfy(\.isEmpty), countries.more.isEmpty, formerly.isEmpty, apart.less.isEmpty,
            marks.isEmpty, held.isEmpty
        else { return false }
        let records = Set((old.fields + new.fields).filter(\.isRecord).map(\.name))
        let house = Set(old.roles + ["the site"])
        guard terms.less.allSatisfy({ !records.contains($0) }), narrowed.allSatisfy({ !$0.isRight(unlessOf: house, records) }) else {
            return false
        }
        let narrower = [terms.less, compulsory.less, carries.less, never.more, tell.more, recipients.less, setters.less, keptIn.less]
        return !narrowed.isEmpty || !countries.less.isEmpty || !apart.more.isEmpty || narrower.contains { !$0.isEmpty }
    }
}

extension Cell {
    /// What a person may do with data of their own, or what writes their records.
    fileprivate func isRight(unlessOf house: Set<String>, _ records: Set<String>) -> Bool {
        switch verb {
        case .read, .correct, .delete: !house.contains(who)
        case .collect, .derive: records.contains(thing)
        case .give, .send, .aggregate: false
        }
    }
}
