// Exact reasoning about conditions: binary decision diagrams (Bryant 1986), reduced and shared, over the bits of facts.

/// A set of facts' assignments. Equal sets have equal numbers within one `Logic`.
typealias Truth = Int32

final class Logic {
    static let never: Truth = 0, always: Truth = 1

    private struct Node { let bit: Int32, low: Truth, high: Truth }
    private struct Pair: Hashable { let a: Truth, b: Truth }
    /// Steps that may be taken in all; beyond them every answer is `never`, and `isExhausted` says that none counts.
    private let limit: Int
    private(set) var steps = 0
    var isExhausted: Bool { steps > limit }
    /// Nothing should be tried that can be done without.
    var hasSpentMuch: Bool { steps > limit / 4 }
    private var nodes: [Node] = [Node(bit: .max, low: 0, high: 0), Node(bit: .max, low: 1, high: 1)]
    private var numbers = Slots()
    /// By pairs: the smaller number in the upper half.
    private var conjunctions = Slots(), pairs: [(pair: UInt64, result: Truth)] = []
    private var negations: [Truth: Truth] = [:]
    private var opened: [Pair: Bool] = [:]
    /// What was written out before.
    var written: [Truth: Alternatives?] = [:]

    /// Bits in the order in which they were met, where that is the one in which they are asked: what stands together in the rules stands
    /// together there, which keeps long lists of pairs short. Else they are asked in the order of their numbers.
    private var met: [Int]?
    private var places: [Int: Int] = [:]

    init(limit: Int = .max, asMet: Bool = false) {
        self.limit = limit
        met = asMet ? [] : nil
    }

    private func level(_ bit: Int) -> Int32 {
        guard let count = met?.count else { return Int32(bit) }
        if let known = places[bit] { return Int32(known) }
        places[bit] = count
        met!.append(bit)
        return Int32(count)
    }

    private func bit(_ level: Int32) -> Int { met?[Int(level)] ?? Int(level) }

    private func node(_ bit: Int32, _ low: Truth, _ high: Truth) -> Truth {
        if low == high { return low }
        let hash = Slots.hash(UInt64(bit), UInt64(UInt32(bitPattern: low)) << 32 | UInt64(UInt32(bitPattern: high)))
        if let known = numbers.find(hash, { nodes[$0].bit == bit && nodes[$0].low == low && nodes[$0].high == high }) {
            return Truth(known)
        }
        nodes.append(Node(bit: bit, low: low, high: high))
        numbers.add(nodes.count - 1, hash)
        return Truth(nodes.count - 1)
    }

    func literal(_ bit: Int, _ mustHold: Bool) -> Truth { node(level(bit), mustHold ? 0 : 1, mustHold ? 1 : 0) }

    func and(_ a: Truth, _ b: Truth) -> Truth {
        if a == b || b == Self.always { return a }
        if a == Self.always { return b }
        if a == Self.never || b == Self.never { return Self.never }
        let pair = UInt64(min(a, b)) << 32 | UInt64(max(a, b)), hash = Slots.hash(pair, 0)
        if let known = conjunctions.find(hash, { pairs[$0].pair == pair }) { return pairs[known].result }
        steps += 1
        if isExhausted { return Self.never }
        let (x, y) = (nodes[Int(a)], nodes[Int(b)])
        let bit = min(x.bit, y.bit)
        let low = and(x.bit == bit ? x.low : a, y.bit == bit ? y.low : b)
        let high = and(x.bit == bit ? x.high : a, y.bit == bit ? y.high : b)
        let result = node(bit, low, high)
        pairs.append((pair, result))
        conjunctions.add(pairs.count - 1, hash)
        return result
    }

    func not(_ a: Truth) -> Truth {
        if a <= 1 { return 1 - a }
        if let known = negations[a] { return known }
        steps += 1
        if isExhausted { return Self.never }
        let node = nodes[Int(a)]
        let result = self.node(node.bit, not(node.low), not(node.high))
        negations[a] = result
        negations[result] = a
        return result
    }

    func or(_ a: Truth, _ b: Truth) -> Truth { not(and(not(a), not(b))) }
    func butNot(_ a: Truth, _ b: Truth) -> Truth { and(a, not(b)) }
    func implies(_ a: Truth, _ b: Truth) -> Bool { butNot(a, b) == Self.never }

    /// A disjunction of conjunctions; `constants` are bits whose value is settled.
    func formula(_ formula: Formula, _ bit: (Int) -> Int, constants: [Int: Bool] = [:]) -> Truth {
        formula.reduce(Self.never) { any, conjunction in
            or(
                any,
                conjunction.reduce(Self.always) { all, literal in
                    let bit = bit(literal.condition)
                    if let settled = constants[bit] { return settled == literal.mustHold ? all : Self.never }
                    return and(all, self.literal(bit, literal.mustHold))
                })
        }
    }

    /// Whether the value of a bit matters.
    func depends(_ a: Truth, on bit: Int) -> Bool {
        var seen: Set<Truth> = [], open = [a]
        let level = level(bit)
        while let next = open.popLast() {
            guard next > 1, seen.insert(next).inserted else { continue }
            if nodes[Int(next)].bit == level { return true }
            open += [nodes[Int(next)].low, nodes[Int(next)].high]
        }
        return false
    }

    /// Whether there are facts of which it holds with the bit and not without it.
    func opens(_ a: Truth, with bit: Int) -> Bool {
        let pair = Pair(a: a, b: Truth(bit))
        if let known = opened[pair] { return known }
        let isOpened = butNot(with(a, bit, true), with(a, bit, false)) != Self.never
        opened[pair] = isOpened
        return isOpened
    }

    /// With the bit set to a value.
    private func with(_ a: Truth, _ bit: Int, _ value: Bool) -> Truth {
        var known: [Truth: Truth] = [:]
        let level = level(bit)
        func walk(_ a: Truth) -> Truth {
            let each = nodes[Int(a)]
            if a <= 1 || each.bit > level { return a }
            if each.bit == level { return value ? each.high : each.low }
            if let done = known[a] { return done }
            steps += 1
            let result = node(each.bit, walk(each.low), walk(each.high))
            known[a] = result
            return result
        }
        return walk(a)
    }

    /// Few conjunctions of few literals that together are this set (Minato 1992: irredundant sum of products), or one between
    /// `lower` and `upper`, whichever is shorter to say; nil where there are more than `most`.
    func cover(_ lower: Truth, _ upper: Truth, most: Int) -> [[(bit: Int, mustHold: Bool)]]? {
        typealias Part = (set: Truth, cubes: [[(bit: Int, mustHold: Bool)]])
        var known: [Pair: Part] = [:]
        // The cubes of a part are cubes of the whole, so that no part has more than it. Once the steps are spent no answer counts, and
        // parts no longer get smaller.
        func walk(_ lower: Truth, _ upper: Truth) -> Part? {
            if isExhausted { return nil }
            if lower == Self.never { return (Self.never, []) }
            if upper == Self.always { return (Self.always, [[]]) }
            if let done = known[Pair(a: lower, b: upper)] { return done }
            steps += 1
            let bit = min(nodes[Int(lower)].bit, nodes[Int(upper)].bit)
            func part(_ a: Truth, _ value: Bool) -> Truth {
                let each = nodes[Int(a)]
                return each.bit == bit ? (value ? each.high : each.low) : a
            }
            let (l0, l1, u0, u1) = (part(lower, false), part(lower, true), part(upper, false), part(upper, true))
            guard let without = walk(butNot(l0, u1), u0), let within = walk(butNot(l1, u0), u1) else { return nil }
            let rest = or(butNot(l0, without.set), butNot(l1, within.set))
            guard let both = walk(rest, and(u0, u1)) else { return nil }
            let cubes =
                without.cubes.map { [(self.bit(bit), false)] + $0 } + within.cubes.map { [(self.bit(bit), true)] + $0 } + both.cubes
            if cubes.count > most { return nil }
            let set = or(node(bit, without.set, within.set), both.set)
            known[Pair(a: lower, b: upper)] = (set, cubes)
            return (set, cubes)
        }
        return walk(lower, upper)?.cubes
    }

    /// The literals that hold wherever this does: on each way to `always` their bit is asked, and has one answer.
    func implied(_ a: Truth) -> [(bit: Int, mustHold: Bool)] {
        guard a > 1 else { return [] }
        var seen: Set<Truth> = [], open = [a], can: [Int32: (low: Bool, high: Bool)] = [:]
        while let next = open.popLast() {
            guard next > 1, seen.insert(next).inserted else { continue }
            let node = nodes[Int(next)], before = can[node.bit] ?? (false, false)
            can[node.bit] = (before.low || node.low != Self.never, before.high || node.high != Self.never)
            open += [node.low, node.high]
        }
        let bits = can.keys.sorted(), places = Dictionary(uniqueKeysWithValues: zip(bits, bits.indices))
        /// How many ways begin and end to pass over each bit.
        var passing = [Int](repeating: 0, count: bits.count + 1)
        for number in seen {
            let node = nodes[Int(number)]
            for next in [node.low, node.high] where next != Self.never {
                passing[places[node.bit]! + 1] += 1
                passing[places[nodes[Int(next)].bit] ?? bits.count] -= 1
            }
        }
        var passed = 0
        return bits.indices.compactMap { place in
            passed += passing[place]
            guard passed == 0, let (low, high) = can[bits[place]], low != high else { return nil }
            return (bit(bits[place]), high)
        }
    }
}
