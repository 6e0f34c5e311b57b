// The rule of two versions, asked by the house: may a datum be used so, and until when does it stay?

/// What the versions that govern a datum say of its stay.
public struct Stay: Sendable {
    public let kept: Bool
    /// The last day, as far as it is known now; nil: no end is known, a condition holds.
    public let until: Day?
    /// The version that decides, and its rules that hold: where two keep it, the one that keeps it shorter; of a record the longer.
    public let policy: Policy, reasons: [String]
}

extension Governing {
    /// - Parameters:
    ///   - flow: by the current version's names.
    ///   - holding: the conditions that are true, by the current version's names.
    public func allows(_ flow: Flow, holding: Set<String>) -> Bool {
        answer(flow, holding.compactMap(current.model.find)).why == nil
    }

    /// Whether a stored datum stays on a day, and until when.
    /// - Parameters:
    ///   - field: by the name of the version at collection, or of the current one.
    ///   - history: by the current version's names; a name that it lacks is an older version's.
    public func stay(of field: String, _ history: History, on day: Day) -> Stay {
        let older = older
        func inCurrent(_ name: String) -> Int? {
            older.first.flatMap { first in first.policy.model.find(name).flatMap { first.names.new[$0] } } ?? current.model.find(name)
        }
        let now = inCurrent(field)
        let present = now.map { current.retained($0, Past(history, current.model), at: day) }
        let presently = Stay(present, current)
        guard let first = older.first else { return presently }
        let before = older.map { version -> Stay in
            let old = now.flatMap { version.names.old[$0] } ?? version.policy.model.find(field)
            let past = Past(history) { name in
                guard let symbol = current.model.find(name) else { return version.policy.model.find(name) }
                return version.names.old[symbol]
            }
            return Stay(old.map { version.policy.retained($0, past, at: day) }, version.policy)
        }
        // Of those before, the one that keeps it longest: where the person agreed to a longer term, that is theirs.
        let formerly = before.dropFirst().reduce(before[0]) { $1.outlasts($0) ? $1 : $0 }
        let isRecord =
            now.map { current.model.symbols[$0].isRecord } == true
            || first.policy.model.find(field).map { first.policy.model.symbols[$0].isRecord } == true
        return formerly.outlasts(presently) == isRecord ? formerly : presently
    }
}

extension Governing {
    /// What the current version calls a name of the version at collection; nil where it has it no more.
    public func nameNow(of name: String) -> String? {
        guard let first = older.first else { return name }
        return first.policy.model.find(name).flatMap { first.names.new[$0] }.map(current.model.name)
    }

    /// The conditions that a `keep` of the versions before may ask about, each by the current name, or by its own where that lacks it.
    public var conditionsOfTerms: Set<String> {
        older.reduce(into: []) { all, version in
            for name in version.policy.conditionsOfTerms {
                all.insert(version.policy.model.find(name).flatMap { version.names.new[$0] }.map(current.model.name) ?? name)
            }
        }
    }

    /// What the version at collection calls a name of the current one; nil where it lacks it.
    public func nameThen(of name: String) -> String? {
        guard let first = older.first else { return name }
        return current.model.find(name).flatMap { first.names.old[$0] }.map(first.policy.model.name)
    }
}

extension Stay {
    fileprivate init(_ retention: Retention?, _ policy: Policy) {
        (kept, until, reasons) = (retention?.kept ?? false, retention?.until, retention?.reasons ?? [])
        self.policy = policy
    }

    fileprivate func outlasts(_ other: Stay) -> Bool {
        guard kept, other.kept else { return kept && !other.kept }
        guard let until else { return other.until != nil }
        return other.until.map { $0 < until } ?? false
    }
}
