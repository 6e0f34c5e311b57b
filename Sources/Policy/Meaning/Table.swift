// The compiled form: for each verb and part of a flow a row of bits, one for each rule that reaches it.
//
// A decision takes five rows (who, thing, purpose, via, carrier), and what is left after `and` are the rules that
// reach the flow: prohibitions first, then permissions, each in document order. A few blocks of 256 bits hold an
// office's rules of one verb, so the rows stay in the nearest cache, and they grow with the rules rather than with
// the product of all names.

/// A bit for each of 256 rules, looked at in a few steps of the processor.
@usableFromInline
typealias RuleBits = SIMD4<UInt64>

extension RuleBits {
    /// Rules to a block.
    @usableFromInline static var rules: Int { 256 }

    /// The bit of the rule `index` of a block.
    static func bit(_ index: Int) -> RuleBits {
        var block = RuleBits.zero
        block[index / 64] = 1 << UInt64(index % 64)
        return block
    }

    @inlinable var isEmpty: Bool {
        let half = lowHalf | highHalf
        return half.x | half.y == 0
    }
}

/// What of 64 conditions a conjunction wants to hold, and to fail.
@usableFromInline
struct Mask: Sendable {
    @usableFromInline var word: Int
    @usableFromInline var set: UInt64, clear: UInt64
}

/// Conditions of a rule as ranges of `conjunctions`; each of these is a range of `masks`.
@usableFromInline
struct Entry: Sendable {
    @usableFromInline var rule: Int32
    /// -1: any starter, or none.
    @usableFromInline var starters: Int32
    /// Permissions: `first..<middle` permit. Prohibitions: `first..<middle` is `on`, `middle..<last` is `unless`.
    @usableFromInline var first: Int32, middle: Int32, last: Int32
}

/// The rows of one verb.
@usableFromInline
struct Head: Sendable {
    /// Blocks of a row.
    @usableFromInline var width = 1
    /// Where its entries begin, and how many of them are prohibitions.
    @usableFromInline var entries = 0, prohibitions = 0
    /// Where its five blocks of rows begin.
    @usableFromInline var rows = 0
}

@usableFromInline
struct Table: Sendable {
    @usableFromInline var heads: [Head] = []
    @usableFromInline var entries: [Entry] = []
    @usableFromInline var bits: [RuleBits] = [.zero]
    /// Where the row of a symbol begins in `bits`: for each verb and part a block of `stride`, whose last two are for
    /// what is absent and for names of another version.
    @usableFromInline var rows: [Int32] = []
    @usableFromInline var stride = 0
    @usableFromInline var conjunctions: [UInt32] = [0]
    @usableFromInline var masks: [Mask] = []
    /// Rows of bits over symbols, each of `stride` bits: who may start.
    @usableFromInline var starters: [UInt64] = []
    /// It would take more room than is allowed, and isn't whole.
    private(set) var isTooLarge = false
    private var knownStarters: [[Int]: Int32] = [:]
    /// For each field the alternatives under which a law keeps it: rule, and its conjunctions.
    @usableFromInline var laws: [Int32: [Entry]] = [:]

    init(_ model: Model) {
        let symbols = model.symbols, expansion = model.expansion
        stride = symbols.all.count + 2
        for (prohibitions, permissions) in zip(model.prohibitions, model.permissions) {
            let count = prohibitions.count + permissions.count
            let width = max(1, (count + RuleBits.rules - 1) / RuleBits.rules)
            let head = Head(width: width, entries: entries.count, prohibitions: prohibitions.count, rows: rows.count)
            heads.append(head)
            // The row of nothing: no rule reaches a name of another version.
            let nothing = Int32(bits.count)
            bits += [RuleBits](repeating: .zero, count: head.width)
            let reaches = prohibitions.map { expansion.prohibitions[$0].reach } + permissions.map { expansion.permissions[$0].reach }
            addRows(reaches.map { $0.who.list }, width: head.width, nothing)
            addRows(reaches.map { $0.thing.list }, width: head.width, nothing)
            addRows(reaches.map { $0.purpose.list }, width: head.width, nothing)
            addRows(reaches.map { $0.via.list }, width: head.width, nothing)
            addRows(reaches.map { $0.carrier.list }, width: head.width, nothing)
            for (index, reach) in zip(prohibitions, reaches) {
                entries.append(
                    entry(
                        expansion.prohibitions[index].rule, reach.starter, expansion.prohibitions[index].on,
                        expansion.prohibitions[index].unless ?? [], symbols))
            }
            for (index, reach) in zip(permissions, reaches.dropFirst(prohibitions.count)) {
                entries.append(entry(expansion.permissions[index].rule, reach.starter, expansion.permissions[index].when, [], symbols))
            }
        }
        for keeping in expansion.keepings where keeping.isLaw {
            let when: Formula
            switch keeping.span {
            case .whileTrue(let formula, _): when = Conjunctions.tidy(formula)
            case .after: when = [[Literal(condition: symbols.conditions[Symbols.termOver], mustHold: false)]]
            case .atMost: continue
            }
            let law = entry(keeping.rule, .any, when, [], symbols)
            for field in keeping.fields { laws[Int32(field), default: []].append(law) }
        }
    }

    /// `lists` are what each rule names of one part of a flow; nil is any.
    private mutating func addRows(_ lists: [[Int]?], width: Int, _ nothing: Int32) {
        let common = bits.count, base = rows.count
        var any = [RuleBits](repeating: .zero, count: width)
        for (index, list) in lists.enumerated() where list == nil { any[index / RuleBits.rules] |= .bit(index % RuleBits.rules) }
        bits += any
        rows += [Int32](repeating: Int32(common), count: stride)
        rows[base + stride - 1] = nothing
        for (index, list) in lists.enumerated() {
            guard let list else { continue }
            for value in list {
                let slot = base + (value == Choice.absent ? stride - 2 : value)
                if rows[slot] == Int32(common) {
                    if bits.count > Limits.table / RuleBits.scalarCount { return isTooLarge = true }
                    rows[slot] = Int32(bits.count)
                    bits += any
                }
                bits[Int(rows[slot]) + index / RuleBits.rules] |= .bit(index % RuleBits.rules)
            }
        }
    }

    private mutating func entry(_ rule: Int, _ starter: Choice, _ first: Formula, _ second: Formula, _ symbols: Symbols) -> Entry {
        let start = conjunctions.count - 1
        for index in 0..<first.count + second.count {
            let conjunction = index < first.count ? first[index] : second[index - first.count]
            let first = masks.count
            for literal in conjunction {
                let bit = symbols.bit(of: literal.condition)
                let at = masks[first...].firstIndex { $0.word == bit / 64 } ?? masks.count
                if at == masks.count { masks.append(Mask(word: bit / 64, set: 0, clear: 0)) }
                if literal.mustHold { masks[at].set |= 1 << UInt64(bit % 64) } else { masks[at].clear |= 1 << UInt64(bit % 64) }
            }
            conjunctions.append(UInt32(masks.count))
        }
        return Entry(
            rule: Int32(rule), starters: starters(starter), first: Int32(start), middle: Int32(start + first.count),
            last: Int32(start + first.count + second.count))
    }

    private mutating func starters(_ starter: Choice) -> Int32 {
        guard let list = starter.list else { return -1 }
        if let same = knownStarters[list] { return same }
        let row = starters.count
        starters += [UInt64](repeating: 0, count: stride / 64 + 1)
        for each in list where each >= 0 { starters[row + each / 64] |= 1 << UInt64(each % 64) }
        knownStarters[list] = Int32(row)
        return Int32(row)
    }

    // MARK: Looking

    /// Where the row of a name begins; the axes are who, thing, purpose, via, carrier.
    @inlinable @inline(__always) func row(_ head: Head, _ axis: Int, _ name: Name?) -> Int {
        var at = stride &- 2
        if let name { at = min(Int(name.index), stride &- 1) }
        return Int(rows[head.rows &+ axis &* stride &+ at])
    }

    @inlinable @inline(__always) func starts(_ entry: Entry, _ starter: Name?) -> Bool {
        if entry.starters < 0 { return true }
        guard let at = starter.map({ min(Int($0.index), stride - 1) }) else { return false }
        return (starters[Int(entry.starters) &+ at &>> 6] &>> UInt64(at & 63)) & 1 == 1
    }

    /// How many literals of a conjunction aren't known to be as they must.
    @inlinable @inline(__always) func lacks(_ conjunction: Int, _ facts: Facts, _ inAggregate: Bool) -> Int {
        var lacking = 0
        for at in Int(conjunctions[conjunction])..<Int(conjunctions[conjunction &+ 1]) {
            let mask = masks[at], word = facts.word(mask.word, inAggregate: inAggregate)
            var left = mask.set & ~word.holds | mask.clear & ~word.fails
            while left != 0 {
                left &= left &- 1
                lacking &+= 1
            }
        }
        return lacking
    }

    /// Some literal is known to be otherwise.
    @inlinable @inline(__always) func isOff(_ conjunction: Int, _ facts: Facts, _ inAggregate: Bool) -> Bool {
        for at in Int(conjunctions[conjunction])..<Int(conjunctions[conjunction &+ 1]) {
            let mask = masks[at], word = facts.word(mask.word, inAggregate: inAggregate)
            if mask.set & word.fails | mask.clear & word.holds != 0 { return true }
        }
        return false
    }

    @inlinable @inline(__always) func allOff(_ range: Range<Int>, _ facts: Facts, _ inAggregate: Bool) -> Bool {
        for conjunction in range where !isOff(conjunction, facts, inAggregate) { return false }
        return true
    }

    /// Some conjunction is known to hold.
    @inlinable @inline(__always) func holds(_ range: Range<Int>, _ facts: Facts, _ inAggregate: Bool) -> Bool {
        for conjunction in range where lacks(conjunction, facts, inAggregate) == 0 { return true }
        return false
    }

    /// A prohibition holds unless it is known not to.
    @inlinable @inline(__always) func forbids(_ entry: Entry, _ facts: Facts, _ inAggregate: Bool) -> Bool {
        !allOff(Int(entry.first)..<Int(entry.middle), facts, inAggregate)
            && !holds(Int(entry.middle)..<Int(entry.last), facts, inAggregate)
    }
}
