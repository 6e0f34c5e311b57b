// Measures the policy room by itself: reading and compiling a document, checking it, deciding flows, comparing two versions.
//
// Usage: PolicyBench times DOC FLOWS       prints name and figure, a line each; FLOWS has a flow a line, parted by tabs
//        PolicyBench decide DOC FLOWS N    decides them N times over, for a tool that counts allocations from outside
//        PolicyBench compile|difference DOC FLOWS N   does that N times, for a profiler
//        PolicyBench answers DOC FLOWS     1 or 0 a line, for comparison with a peer
import Glibc
import Policy

/// A flow with its facts, bound to the document's table, and its cell in a plain table of all combinations.
struct Asked {
    var flow: Flow, facts: Facts
    var cell = 0
}

/// Numbers the names of one part of the flows as they come.
struct Numbering {
    private(set) var numbers: [String: Int] = [:]
    mutating func number(_ name: String) -> Int {
        if let known = numbers[name] { return known }
        numbers[name] = numbers.count
        return numbers.count - 1
    }
}

/// Each line is: verb, who, thing, purpose, via, carrier, starter, facts with commas between.
func asked(_ lines: [Substring], of policy: Policy) throws -> (flows: [Asked], cells: [Int]) {
    var parts: [[String]] = [], numbers = [Numbering](repeating: Numbering(), count: 3)
    var flows: [Asked] = [], cells: [[Int]] = []
    for line in lines {
        parts.append(line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
        let each = parts[parts.count - 1], verb = Verb.allCases.first { "\($0)" == each[0] }!
        func part(_ index: Int) -> String? { each[index].isEmpty ? nil : each[index] }
        let flow = try policy.flow(verb, who: part(1), thing: each[2], purpose: part(3), via: part(4), carrier: part(5), starter: part(6))
        var facts = Facts()
        for fact in each[7].split(separator: ",") { facts[try policy.condition(String(fact))] = true }
        flows.append(Asked(flow: flow, facts: facts))
        cells.append([Int(verb.rawValue)] + (1...3).map { numbers[$0 - 1].number(each[$0]) })
    }
    let sizes = [Verb.allCases.count] + numbers.map(\.numbers.count)
    for index in flows.indices { flows[index].cell = zip(cells[index], sizes).reduce(0) { $0 * $1.1 + $1.0 } }
    return (flows, sizes)
}

func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fatalError("can't read \(path)") }
    defer { fclose(file) }
    var bytes = [UInt8](), chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
}

/// Of the processor's time: what else the machine does meanwhile doesn't count.
func seconds(_ body: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let start = now()
    body()
    return now() - start
}

/// The fastest of several, as the machine may do other things beside.
func fastest(_ rounds: Int, _ body: () -> Void) -> Double { (0..<rounds).map { _ in seconds(body) }.min()! }

/// Prints the fastest of several and the one in the middle, in milliseconds.
func say(_ name: String, _ rounds: Int, _ body: () -> Void) {
    let sorted = (0..<rounds).map { _ in seconds(body) }.sorted()
    print("\(name) ms", sorted[0] * 1e3)
    print("\(name) median ms", sorted[rounds / 2] * 1e3)
}

/// A number from an expression that the optimiser must not take away.
@inline(never) func use(_ number: Int) -> Int { number }

@inline(never) func decideAll(_ policy: Policy, _ asked: [Asked]) -> Int {
    var count = 0
    for each in asked where policy.decide(each.flow, each.facts).isYes { count += 1 }
    return count
}

/// Random flows over all names that the file has, each chosen by the answer before, as decisions come: one at a time.
struct Chooser {
    private let heads: [(flow: Flow, cell: Int)], things: [(name: Name, cell: Int)], purposes: [(name: Name?, cell: Int)]
    private var state: UInt64 = 1

    init(_ asked: [Asked], things: Int, purposes: Int) {
        // The cell of a verb and who begins where those of its things and purposes do.
        heads = asked.prefix(256).map { ($0.flow, $0.cell / (things * purposes) * (things * purposes)) }
        self.things = Dictionary(asked.map { ($0.flow.thing, $0.cell / purposes % things * purposes) }) { first, _ in first }.map {
            ($0.key, $0.value)
        }
        self.purposes = Dictionary(asked.map { ($0.flow.purpose, $0.cell % purposes) }) { first, _ in first }.map { ($0.key, $0.value) }
    }

    @inline(__always) mutating func next(_ before: Int) -> (flow: Flow, cell: Int, facts: Int) {
        state = (state ^ UInt64(truncatingIfNeeded: before)) &* 0x5851_F42D_4C95_7F2D &+ 0x1405_7B7E_F767_814F
        func pick(_ shift: UInt64, _ count: Int) -> Int { Int((((state >> shift) & 0xFFFF) * UInt64(count)) >> 16) }
        let head = heads[pick(48, heads.count)], thing = things[pick(32, things.count)], purpose = purposes[pick(16, purposes.count)]
        var flow = head.flow
        if flow.purpose != nil, purpose.name != nil { flow.purpose = purpose.name }
        flow.thing = thing.name
        return (flow, head.cell + thing.cell + purpose.cell, Int(state & 63))
    }
}

@inline(never) func choose(_ chooser: Chooser, _ facts: [Facts], _ count: Int) -> Int {
    var chooser = chooser, answer = 0
    for _ in 0..<count {
        let one = chooser.next(answer)
        answer = Int((one.flow.who.index ^ one.flow.thing.index ^ (one.flow.purpose?.index ?? 0)) & 1)
    }
    return answer
}

@inline(never) func decide(_ policy: Policy, _ chooser: Chooser, _ facts: [Facts], _ count: Int) -> Int {
    var chooser = chooser, answer = 0
    for _ in 0..<count {
        let one = chooser.next(answer)
        answer = policy.decide(one.flow, facts[one.facts]).isYes ? 1 : 0
    }
    return answer
}

/// The same flow again and again.
@inline(never) func decideHot(_ policy: Policy, _ one: Asked, _ count: Int) -> Int {
    var one = one, answer = 0
    for _ in 0..<count {
        answer += policy.decide(one.flow, one.facts).isYes ? 1 : 0
        one.flow.verb = Verb(rawValue: one.flow.verb.rawValue | UInt8(answer < 0 ? 1 : 0))!
    }
    return answer
}

/// What a decision is compared with: one read from a table with a cell for each verb, who, thing and purpose; a cell says where the
/// conjunctions that permit begin and how many they are, and the same of those that lift a `never`.
@inline(never) func lookUp(_ table: [SIMD4<UInt32>], _ chooser: Chooser, _ count: Int) -> Int {
    var chooser = chooser, answer = 0
    for _ in 0..<count { answer = Int(table[chooser.next(answer).cell].x) }
    return answer
}

let arguments = CommandLine.arguments
guard arguments.count > 3, let policy = Policy.compile(bytes(of: arguments[2]), file: arguments[2], checked: false).policy else {
    fatalError("PolicyBench times|decide|compile|difference|answers DOC FLOWS [N]")
}
let document = bytes(of: arguments[2])
/// Another version, since the difference of equal rules is none at once.
let before = Policy.compile(document + Array("\n```policy\nfield a thing of before: text\n```\n".utf8), file: "before.md", checked: false)
    .policy!
let lines = String(decoding: bytes(of: arguments[3]), as: UTF8.self).split(separator: "\n")
let (flows, cells) = try asked(lines, of: policy)

switch arguments[1] {
case "answers":
    for each in flows { print(policy.decide(each.flow, each.facts).isYes ? 1 : 0) }
case "difference":
    for _ in 0..<Int(arguments[4])! { _ = policy.difference(from: before) }
case "compile":
    for _ in 0..<Int(arguments[4])! { _ = Policy.compile(document, file: "p.md", checked: false) }
case "decide":
    for _ in 0..<Int(arguments[4])! { _ = use(decideAll(policy, flows)) }
default:
    // Each is taken down again at once, and that is measured too.
    say("compile", 101) { _ = Policy.compile(document, file: "p.md", checked: false) }
    say("check", 31) { _ = Policy.compile(document, file: "p.md") }
    print("difference ms", fastest(5) { _ = policy.difference(from: before) } * 1e3)
    // Filled, so that its memory is there.
    var filling = Chooser(flows, things: 1, purposes: 1)
    let table = (0..<cells.reduce(1, *)).map { _ in SIMD4(repeating: UInt32(filling.next(0).cell & 1)) }
    let chooser = Chooser(flows, things: cells[2], purposes: cells[3]), facts = flows.prefix(64).map(\.facts), count = 100_000
    var choosing = Double.infinity, deciding = Double.infinity, looking = Double.infinity
    for _ in 0..<60 {
        choosing = min(choosing, seconds { _ = use(choose(chooser, facts, count)) })
        deciding = min(deciding, seconds { _ = use(decide(policy, chooser, facts, count)) })
        looking = min(looking, seconds { _ = use(lookUp(table, chooser, count)) })
    }
    print("decide ns", (deciding - choosing) * 1e9 / Double(count))
    print("look up ns", (looking - choosing) * 1e9 / Double(count))
    print("decide hot ns", fastest(20) { _ = use(decideHot(policy, flows[0], count)) } * 1e9 / Double(count))
    print("choosing ns", choosing * 1e9 / Double(count))
    print("cells", table.count)
}
