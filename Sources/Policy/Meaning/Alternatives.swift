// Conditions written out for people and programs: as alternatives, or as alternatives but for others.

/// When something holds: one of `when`, and none of `unless`.
struct Alternatives {
    typealias Conjunctions = [[(bit: Int, mustHold: Bool)]]
    var when: Conjunctions, unless: Conjunctions = []
    /// The same with nothing behind `unless`, where that is known too.
    var plain: Conjunctions?

    /// So many are written out where nothing stands behind `unless`, and so many on each side where something does. Beyond `mostPlain`
    /// a form of half the length is said instead, if there is one.
    static let most = 256, mostPlain = 16, mostOnEachSide = 1024
}

extension Logic {
    /// Exact; nil where neither the set nor what is missing from a larger one can be written in few conjunctions. The opposite of a
    /// few pairs is very many conjunctions, so that a set may be short to write only as another one without a third.
    /// - Parameter within: larger sets that may be short to write.
    func alternatives(_ truth: Truth, within: () -> [Truth] = { [] }) -> Alternatives? {
        if let known = written[truth] { return known }
        let found = write(truth, within)
        written[truth] = .some(found)
        return found
    }

    private func write(_ truth: Truth, _ within: () -> [Truth]) -> Alternatives? {
        let plain = cover(truth, truth, most: Alternatives.most)
        if let plain, plain.count <= Alternatives.mostPlain || hasSpentMuch { return Alternatives(when: plain) }
        var shortest = plain.map { Alternatives(when: $0) }
        var most = plain.map { $0.count / 2 } ?? 2 * Alternatives.mostOnEachSide + 1
        let implied = implied(truth).reduce(Self.always) { and($0, literal($1.bit, $1.mustHold)) }
        for larger in [implied] + within() where implies(truth, larger) {
            let side = min(Alternatives.mostOnEachSide, most)
            if let when = cover(larger, larger, most: side), let unless = cover(butNot(larger, truth), not(truth), most: side),
                !isExhausted,
                when.count + unless.count < most
            {
                (shortest, most) = (Alternatives(when: when, unless: unless, plain: plain), when.count + unless.count)
            }
        }
        return shortest
    }
}

extension Cell {
    /// Writes down when it is; `isExact` stays false where that is too much to write.
    mutating func hold(_ alternatives: Alternatives?, condition: (Int) -> String) {
        isExact = alternatives != nil
        func needs(_ conjunctions: Alternatives.Conjunctions?) -> [Needs] {
            (conjunctions ?? []).map { conjunction in
                Needs(
                    set: conjunction.filter(\.mustHold).map { condition($0.bit) },
                    clear: conjunction.filter { !$0.mustHold }.map { condition($0.bit) })
            }
        }
        (when, unless) = (needs(alternatives?.when), needs(alternatives?.unless))
        // For programs there must be a form of alternatives alone, where there is one.
        if let plain = alternatives?.plain, self.alternatives == nil { (when, unless) = (needs(plain), []) }
    }

    /// When it is, in alternatives only; nil where they are more than 4,096.
    public var alternatives: [Needs]? {
        unless.reduce(Optional(when)) { kept, lifted in
            kept.flatMap { kept in
                let rest = kept.flatMap { Self.parts(of: $0, without: lifted) }
                return rest.count > 4_096 ? nil : rest
            }
        }
    }

    /// One for each fact that may be in the way of what isn't to hold.
    private static func parts(of held: Needs, without lifted: Needs) -> [Needs] {
        if !held.clear.allSatisfy({ !lifted.set.contains($0) }) || !held.set.allSatisfy({ !lifted.clear.contains($0) }) { return [held] }
        return lifted.set.filter { !held.set.contains($0) }.map { Needs(set: held.set, clear: held.clear + [$0]) }
            + lifted.clear.filter { !held.clear.contains($0) }.map { Needs(set: held.set + [$0], clear: held.clear) }
    }

    /// The names of the conditions that it waits for.
    var conditions: [String] { (when + unless).flatMap { $0.set + $0.clear } }
}

extension Policy {
    /// Said instead of a difference or of cells that aren't exact.
    public var entangled: Diagnostic {
        var report = Report(model.document.source)
        report.error(
            "condition-too-complex", model.header.place,
            "Conditions hang together in so many ways that what they come to can't be worked out or written down.",
            "Declare a condition for a part of them.")
        return report.diagnostics[0]
    }
}
