// Random lives under changing policies: what the compiled policies say of each must be what the plain model says. Whatever differs is made
// small and printed.
//
// Usage: PolicyHistories [COUNT [SEED]]

import Glibc
import Policy

/// Some versions of one policy, compiled.
final class World {
    let plain: [PlainPolicy]
    let compiled: [Policy]
    private var known: [[Int]: Governing] = [:]

    init?(_ plain: [PlainPolicy]) {
        var compiled: [Policy] = []
        for (number, policy) in plain.enumerated() {
            let text = policy.text(number: number + 1)
            guard let done = Policy.compile(Array(text.utf8), file: "drawn.md", checked: false).policy else { return nil }
            compiled.append(done)
        }
        (self.plain, self.compiled) = (plain, compiled)
    }

    convenience init?(_ random: inout Seeded) {
        var plain = [PlainPolicy.drawn(&random)]
        for _ in 0..<1 + random.below(3) { plain.append(plain[plain.count - 1].next(&random)) }
        self.init(plain)
    }

    /// The versions that govern the datum.
    func governing(_ life: PlainLife) -> Governing {
        let key = [life.current, life.collectedUnder] + life.agreed
        if let governing = known[key] { return governing }
        let collected = life.collectedUnder == life.current && life.agreed.isEmpty ? nil : compiled[life.collectedUnder]
        let governing = Governing(compiled[life.current], collected: collected, agreed: life.agreed.map { compiled[$0] })
        known[key] = governing
        return governing
    }
}

/// A life with what is asked in it.
struct Trial {
    let field: String, begin: Int
    var steps: [Step]
    let uses: [(use: PlainUse, legalTermOver: Bool)]
    let ahead: [Int]

    init(_ world: World, _ random: inout Seeded) {
        field = random.one(of: PlainPolicy.fields)
        begin = random.below(world.plain.count)
        steps = PlainLife.steps(&random)
        uses = (0..<5).map { _ in (Self.use(&random), random.chance(50)) }
        ahead = (0..<2).map { _ in random.below(1_400) }
    }

    private static func use(_ random: inout Seeded) -> PlainUse {
        let verb = random.one(of: ["read", "correct", "delete", "give", "collect", "read", "delete"])
        switch verb {
        case "give": return PlainUse(verb: verb, who: "bank", purpose: random.one(of: PlainPolicy.purposes))
        case "collect": return PlainUse(verb: verb, who: "form", purpose: random.one(of: PlainPolicy.purposes))
        default:
            if random.chance(40) { return PlainUse(verb: verb, who: "the person", purpose: nil) }
            return PlainUse(verb: verb, who: random.one(of: PlainPolicy.actors), purpose: random.one(of: PlainPolicy.purposes))
        }
    }
}

let start = Day(year: 2026, month: 1, day: 1)!

/// Where the two differ; nil: nowhere.
func difference(_ world: World, _ trial: Trial) -> String? {
    let life = PlainLife(of: trial.field, under: world.plain, from: trial.begin, trial.steps)
    let current = world.compiled[life.current], names = world.plain[life.current]
    let governing = world.governing(life)
    let history = History(of: life, names)
    for (use, legalTermOver) in trial.uses {
        let verb = Verb.allCases.first { "\($0)" == use.verb }!
        guard
            let flow = try? current.flow(
                verb, who: names.name(use.who), thing: names.name(trial.field), purpose: use.purpose.map(names.name))
        else { return "\(use) has no flow" }
        let theirs = life.allows(use, legalTermOver: legalTermOver)
        let mine = governing.allows(flow, holding: history.holding.union(legalTermOver ? ["legal term over"] : []))
        if mine != theirs { return "\(use), legal term over \(legalTermOver): table \(mine), model \(theirs)" }
    }
    let day = Day(start.number + life.today), theirs = life.keeps(on: life.today)
    let stay = governing.stay(of: world.plain[life.collectedUnder].name(trial.field), history, on: day)
    if stay.kept != theirs { return "kept today: table \(stay.kept), model \(theirs)" }
    guard stay.kept else { return nil }
    // Whoever looks only when it is due, or when something has happened, finds it over on the very day on which a look each day would.
    func isKept(after days: Int) -> Bool {
        let later = PlainLife(of: trial.field, under: world.plain, from: trial.begin, trial.steps + [.days(days)])
        return later.keeps(on: later.today)
    }
    let due = stay.until.map { $0.number - day.number + 1 }
    for ahead in trial.ahead + (due.map { [$0 - 1, $0] } ?? []) where ahead > 0 && isKept(after: ahead) != (due.map { ahead < $0 } ?? true)
    {
        return "looked at in \(ahead) days, due in \(due ?? .max): model \(isKept(after: ahead))"
    }
    for ahead in trial.ahead {
        let mine = stay.until.map { $0.number >= day.number + ahead } ?? true, theirs = life.keeps(on: life.today + ahead)
        if mine != theirs { return "kept in \(ahead) days: table \(mine), model \(theirs)" }
    }
    guard let until = stay.until else { return life.keeps(on: life.today + 40_000) ? nil : "table: no end is known; model: it ends" }
    if !life.keeps(on: until.number - start.number) { return "table: until \(until.iso); model: not so long" }
    if life.keeps(on: until.number - start.number + 1) { return "table: until \(until.iso); model: longer" }
    return nil
}

extension History {
    /// What the house knows: what holds now, and of everything else the last day on which it did or didn't.
    init(of life: PlainLife, _ names: PlainPolicy) {
        self.init()
        for (event, happened) in life.events { events[names.name(event)] = Day(start.number + happened) }
        for condition in PlainPolicy.conditions {
            let name = names.name(condition), times = life.held[condition] ?? []
            guard let last = times.last else { continue }
            if let to = last.to {
                lastHeld[name] = Day(start.number + to - 1)
            } else {
                holding.insert(name)
                if last.from > 0 { lastFailed[name] = Day(start.number + last.from - 1) }
            }
        }
    }
}

/// Leaves out steps, rules and versions as long as the two differ.
func shrink(_ world: World, _ trial: Trial) -> (World, Trial) {
    var world = world, trial = trial, before = -1
    func size() -> Int { trial.steps.count + world.plain.reduce(0) { $0 + $1.rules.count } }
    while size() != before {
        before = size()
        for index in trial.steps.indices.reversed() {
            var less = trial
            less.steps.remove(at: index)
            if difference(world, less) != nil { trial = less }
        }
        for version in world.plain.indices {
            for index in world.plain[version].rules.indices.reversed() where world.plain[version].rules.count > 1 {
                var plain = world.plain
                plain[version].rules.remove(at: index)
                if let less = World(plain), difference(less, trial) != nil { world = less }
            }
        }
    }
    return (world, trial)
}

let words = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let count = words.first ?? 100_000, seed = words.dropFirst().first ?? 1, perWorld = 200
var random = Seeded(state: UInt64(seed)), done = 0
while done < count {
    guard let world = World(&random) else { fatalError("a drawn policy doesn't compile") }
    for _ in 0..<min(perWorld, count - done) {
        let trial = Trial(world, &random)
        if difference(world, trial) != nil {
            let (world, trial) = shrink(world, trial)
            print("seed \(seed), life \(done): \(difference(world, trial) ?? "")")
            print("\(trial.field), collected under version \(trial.begin + 1): \(trial.steps)")
            for (number, policy) in world.plain.enumerated() {
                print(
                    "version \(number + 1), with \(policy.renamed):\n"
                        + policy.rules.map { "    " + policy.text(of: $0) }.joined(separator: "\n"))
            }
            print("0 passed, 1 failed")
            exit(1)
        }
        done += 1
    }
}
print("\(done) lives under several versions come out as the model says\n\(done) passed, 0 failed")
