// Random office policies, as values and as text, from a seed.

/// SplitMix64: the same seed draws the same policy on every machine.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
    mutating func some<T>(of all: [T], _ count: ClosedRange<Int>) -> [T] {
        Array(all.shuffled(using: &self).prefix(Int.random(in: count, using: &self)))
    }
}

struct Atom: Hashable { var name: String, mustHold: Bool }
typealias Alternatives = [[Atom]]

/// The words that every drawn policy has.
enum Office {
    static let fields = ["name", "city", "age"], messages = ["news", "letter"], carries = ["letter": ["city"]]
    static let roles = ["clerk", "boss"], persons = ["visitor"], recipients = ["courier", "shop"], sources = ["form", "desk"]
    static let purposes = ["serve", "sell"], conditions = ["busy", "late", "sunny"]
    static let facts =
        conditions + ["refused", "asked", "contact cut", "account deactivated", "account deleted", "account active", "legal term over"]
    static let things: [String: [String]] = [
        "name": ["name"], "city": ["city"], "age": ["age"], "contact": ["name", "city"], "mixture": ["age", "news", "letter"],
        "rest": ["city", "age", "news", "letter"], "everything": ["name", "city", "age", "news", "letter"], "news": ["news"],
        "letter": ["letter"],
    ]
    static let declarations = """
        policy drawn, version 1, from 2026-01-31
        field name: text
        field city: choice
        field age: number
        message news: what is new
        message letter with city: a letter
        category contact = name, city
        category mixture = age, news, letter
        category rest = everything except name
        role clerk
        role boss
        person visitor
        recipient courier: processor in ID
        recipient shop: partner in any country
        source form
        source desk
        purpose serve: to serve
        purpose sell: to sell
        condition busy
        condition late
        condition sunny
        event order
        """
}

/// A rule as a value; sets that are nil mean any.
struct Drawn {
    enum Kind { case permission, never, law, tell, keep }
    var kind: Kind
    var text: String
    var verbs: Set<String> = []
    var isUse = false
    var who: Set<String>?, things: [String]?, along: [String] = [], purposes: Set<String>?
    /// What a permission of the person's own has: no purpose at all.
    var isOwn = false
    var via: Set<String>?, sources: Set<String>?
    var carriers: Set<String>?, starters: Set<String>?
    /// Wildcards with exceptions match only what has such a part; without, also what has none.
    var on: Alternatives?, unless: Alternatives?
    var consent: [Atom] = []
    /// Of a `keep`, by law or not.
    var term: PlainTerm?
}

struct DrawnPolicy {
    var rules: [Drawn]
    var text: String {
        let all =
            ["# Drawn", "", "```policy", Office.declarations, "```", "", "## All {#a}", "", "Prose.", "", "```policy"] + rules.map(\.text)
            + ["```", ""]
        return all.joined(separator: "\n")
    }
}

struct Drawing {
    var random: Seeded
    init(_ seed: UInt64) { random = Seeded(state: seed) }

    mutating func policy() -> DrawnPolicy {
        let count = Int.random(in: 4...14, using: &random)
        return DrawnPolicy(rules: (0..<count).map { _ in rule() })
    }

    mutating func rule() -> Drawn {
        switch Int.random(in: 0..<21, using: &random) {
        case 0...1: collect()
        case 2...3: derive()
        case 4...6: use()
        case 7...8: give()
        case 9...10: send()
        case 11: aggregate()
        case 12...16: never()
        case 17: law()
        case 18: keep()
        default: tell()
        }
    }

    // MARK: Parts

    mutating func alternatives() -> Alternatives {
        (0..<Int.random(in: 1...2, using: &random)).map { _ in
            random.some(of: Office.conditions + ["refused", "in aggregate"], 1...2).map { Atom(name: $0, mustHold: random.chance(65)) }
        }
    }

    mutating func when() -> (on: Alternatives?, unless: Alternatives?, text: String) {
        let on = random.chance(50) ? alternatives() : nil, unless = random.chance(30) ? alternatives() : nil
        return (on, unless, (on.map { ", on " + Self.text($0) } ?? "") + (unless.map { ", unless " + Self.text($0) } ?? ""))
    }

    static func text(_ all: Alternatives) -> String {
        all.map { $0.map { ($0.mustHold ? "" : "not ") + $0.name }.joined(separator: " and ") }.joined(separator: " or ")
    }

    /// A list of things with its fields, or messages, in the order written.
    mutating func things(_ names: [String], _ isWanted: (String) -> Bool) -> (text: String, things: [String]) {
        let chosen = random.some(of: names, 1...2)
        var all = chosen.flatMap { Office.things[$0]! }, text = chosen.joined(separator: ", ")
        if chosen.contains("everything"), random.chance(50) {
            all.removeAll { $0 == "age" }
            text += " except age"
        }
        return (text, all.filter(isWanted))
    }
    mutating func fields() -> (text: String, things: [String]) {
        things(["name", "city", "age", "contact", "rest", "mixture", "everything"]) { Office.fields.contains($0) }
    }
    func list(_ names: [String]) -> String { names.joined(separator: ", ") }

    // MARK: Rules

    mutating func collect() -> Drawn {
        let (names, things) = fields(), sources = random.some(of: Office.sources, 1...2), purposes = random.some(of: Office.purposes, 1...2)
        let when = when()
        return Drawn(
            kind: .permission, text: "collect \(names) from \(list(sources)) to \(list(purposes))\(when.text)", verbs: ["collect"],
            who: Set(sources),
            things: things, purposes: Set(purposes), on: when.on, unless: when.unless)
    }

    mutating func starters() -> (Set<String>, String) {
        if random.chance(50) { return (["the site"], "") }
        let chosen = random.some(of: Office.roles + ["the site"], 1...2)
        return (Set(chosen), ", by " + list(chosen))
    }

    mutating func derive() -> Drawn {
        let (names, things) = fields(), (from, sources) = fields(), purposes = random.some(of: Office.purposes, 1...2),
            (by, starters) = starters()
        let when = when()
        return Drawn(
            kind: .permission,
            text: "derive \(names) from \(from) to \(list(purposes))\(starters)\(when.text)\(random.chance(20) ? ", freely" : "")",
            verbs: ["derive"], things: things, purposes: Set(purposes), via: Set(sources), starters: by, on: when.on, unless: when.unless)
    }

    mutating func use() -> Drawn {
        let isOwn = random.chance(30)
        let who = isOwn ? (random.chance(60) ? ["the person"] : Office.persons) : random.some(of: Office.roles + ["the site"], 1...2)
        let verbs = random.some(of: ["read", "correct", "delete"], 1...3), (names, things) = fields(), when = when()
        let purposes = isOwn ? [] : random.some(of: Office.purposes, 1...2)
        let to = isOwn ? "" : " to \(list(purposes))"
        return Drawn(
            kind: .permission,
            text: "\(list(who)) may \(verbs.joined(separator: random.chance(50) ? ", " : " and ")) \(names)\(to)\(when.text)",
            verbs: Set(verbs), who: Set(who), things: things, purposes: Set(purposes), isOwn: isOwn, on: when.on, unless: when.unless)
    }

    mutating func give() -> Drawn {
        let (names, things) = fields(), who = random.some(of: Office.recipients, 1...2), purposes = random.some(of: Office.purposes, 1...2)
        let (by, starters) = starters(), along = random.chance(30) ? fields() : (text: "", things: []), when = when()
        let together = along.things.isEmpty ? "" : " together with \(along.text)"
        return Drawn(
            kind: .permission, text: "give \(names)\(together) to \(list(who)) to \(list(purposes))\(starters)\(when.text)",
            verbs: ["give"],
            who: Set(who), things: things, along: along.things, purposes: Set(purposes), starters: by, on: when.on, unless: when.unless)
    }

    mutating func send() -> Drawn {
        let (names, messages) = things(["news", "letter", "mixture", "everything"]) { Office.messages.contains($0) }
        let (through, fields) = fields(), carriers = random.chance(50) ? random.some(of: Office.recipients, 1...2) : []
        let purposes = random.some(of: Office.purposes, 1...2), (by, starters) = starters(), when = when()
        let (consent, atoms) = [
            ("always", []), ("unless refused", [Atom(name: "refused", mustHold: false), Atom(name: "contact cut", mustHold: false)]),
            ("only if asked", [Atom(name: "asked", mustHold: true), Atom(name: "contact cut", mustHold: false)]),
        ].randomElement(using: &random)!
        let (until, isDeleted) = [("", false), (", until deactivated", false), (", until deleted", true)].randomElement(using: &random)!
        let ended = (isDeleted ? [] : ["account deactivated"]) + ["account deleted"]
        let via = carriers.isEmpty ? "" : " via \(list(carriers))"
        return Drawn(
            kind: .permission,
            text: "send \(names) through \(through)\(via) to \(list(purposes)), \(consent)\(until)\(starters)\(when.text)",
            verbs: ["send"], things: messages, purposes: Set(purposes), via: Set(fields), carriers: Set(carriers), starters: by,
            on: when.on,
            unless: when.unless, consent: atoms + ended.map { Atom(name: $0, mustHold: false) })
    }

    mutating func aggregate() -> Drawn {
        let things = random.some(of: ["city", "age"], 1...2), who = random.some(of: Office.recipients + Office.roles + ["the site"], 1...2)
        let purposes = random.some(of: Office.purposes, 1...2), when = when()
        return Drawn(
            kind: .permission,
            text:
                "aggregate \(things.joined(separator: " by ")) for \(list(who)) to \(list(purposes)), at least 5 people, budget 1 per 1 month\(when.text)",
            verbs: ["aggregate"], who: Set(who), things: things, purposes: Set(purposes), on: when.on, unless: when.unless)
    }
}
