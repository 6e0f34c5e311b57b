// What an entry says of a use, as text that the person reads and whose hash is in the log.
//
// Common part, a line each, in this order; a line whose value is unknown is left out:
//     voffice use 1
//     at MICROSECONDS SINCE 1970, UTC
//     verb read
//     who customer service 7
//     by customer service 7 (where `who` is the source of what came in, or the carrier of what goes out)
//     things telephone number, full name
//     purpose answer you
//     outcome yes | no, no rule | no, needs an open case | no, forbidden by a.3 [, needs an open case] | no, kept by law a.7
//     rules calls.3
//     policy 1 DIGEST OF ITS RULES (hexadecimal)
//     collected 1 DIGEST OF ITS RULES (of a refusal by the version under which the data were collected: that version, of which `rules` are)
//     matter 12
//     intent 7 (of an outcome: the entry that it is the outcome of)
//     like 7 (the entry of the first of refusals alike)
//     times 41 (how many came after it)
//     silent MICROSECONDS SINCE 1970, UTC (of what couldn't be told at the time: the end of the silence, as it stood then)
//     withheld HASH OF THE LEAF (hexadecimal; of what couldn't be told at the time: its entry of then, of which all lines above are)
//     told MICROSECONDS SINCE 1970, UTC (when it joined the person's chain)
// Person's part: subject, seq, prev (leaf hash of the entry before, or 0).
// Staff's part: staff NUMBER OF THE SUBJECT.

import Crypto
public import Store

/// An entry in a person's chain of uses.
public struct RecordedUse: Sendable, Hashable {
    public let at: Instant
    /// A verb of the policy, or what the house did beside: `end` of what ran out by itself, `hold`, `export`.
    public let verb: String
    public let who: String
    /// Where `who` is the source of what came in, or the carrier of what goes out: which of the staff had it done ("customer service 7").
    public let by: String?
    public let things: [String]
    public let purpose: String?
    /// `yes`, or `no, ` and why.
    public let outcome: String
    public let rules: [String]
    public let version: String
    /// Of a refusal by the version under which the data were collected: that version.
    public private(set) var formerVersion: String?
    public let matter: Int64?
    /// Of an entry `sent`: the number of the entry that says that it was to be sent.
    public let intent: Int64?
    /// Of refusals alike within a day, all but the first: the number of the first's entry, and how many came after it. `at` is then the
    /// moment of the latest.
    public let like: Int64?, times: Int64?
    /// Of what couldn't be told at the time: until when it couldn't, as far as it was known then.
    public private(set) var silent: Instant?
    /// The same, told: the hash of the leaf that it had then, in hexadecimal, and when it was told.
    public private(set) var withheld: String?, told: Instant?

    /// Who did it, as the person knows them.
    public var actor: String { by ?? who }
    public var isRefusal: Bool { outcome != "yes" }

    var text: String {
        var lines = ["voffice use 1", "at \(at.microseconds)", "verb \(verb)", "who \(who)"]
        if let by { lines.append("by " + by) }
        if !things.isEmpty { lines.append("things " + things.joined(separator: ", ")) }
        if let purpose { lines.append("purpose " + purpose) }
        lines.append("outcome " + outcome)
        if !rules.isEmpty { lines.append("rules " + rules.joined(separator: ", ")) }
        lines.append("policy " + version)
        if let formerVersion { lines.append("collected " + formerVersion) }
        if let matter { lines.append("matter \(matter)") }
        if let intent { lines.append("intent \(intent)") }
        if let like { lines.append("like \(like)") }
        if let times { lines.append("times \(times)") }
        if let silent { lines.append("silent \(silent.microseconds)") }
        if let withheld { lines.append("withheld " + withheld) }
        if let told { lines.append("told \(told.microseconds)") }
        return lines.joined(separator: "\n") + "\n"
    }

    init?(text: String) {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"))[...]
        guard let first = lines.popFirst(), first.elementsEqual("voffice use 1".utf8) else { return nil }
        func line(_ name: StaticString) -> Substring? {
            guard let line = lines.first, line.count > name.utf8CodeUnitCount, line.starts(with: "\(name) ".utf8) else { return nil }
            lines.removeFirst()
            return Substring(line.dropFirst(name.utf8CodeUnitCount + 1))
        }
        guard let at = line("at").flatMap({ Int64($0) }), let verb = line("verb"), let who = line("who") else { return nil }
        let by = line("by"), things = line("things"), purpose = line("purpose")
        guard let outcome = line("outcome") else { return nil }
        let rules = line("rules")
        guard let version = line("policy") else { return nil }
        let formerVersion = line("collected")
        let matter = line("matter").flatMap { Int64($0) }, intent = line("intent").flatMap { Int64($0) }
        let like = line("like").flatMap { Int64($0) }, times = line("times").flatMap { Int64($0) }
        let silent = line("silent").flatMap { Int64($0) }
        let withheld = line("withheld"), told = line("told").flatMap { Int64($0) }
        guard lines.isEmpty else { return nil }
        self.init(
            at: Instant(microseconds: at), verb: String(verb), who: String(who), by: by.map(String.init), things: Self.list(things),
            purpose: purpose.map(String.init),
            outcome: String(outcome), rules: Self.list(rules), version: String(version), matter: matter, intent: intent,
            like: like, times: times)
        (self.withheld, self.told) = (withheld.map(String.init), told.map { Instant(microseconds: $0) })
        self.silent = silent.map { Instant(microseconds: $0) }
        self.formerVersion = formerVersion.map(String.init)
    }

    /// The same, refused by the version under which the data were collected; nil: by the one in force.
    func refused(by version: String?) -> RecordedUse {
        var use = self
        use.formerVersion = version
        return use
    }

    /// The same words, of what waits to be told.
    func silent(until end: Instant) -> RecordedUse {
        var use = self
        use.silent = end
        return use
    }

    /// The same words, told later than it happened.
    func told(late moment: Instant, leaf: Digest) -> RecordedUse {
        var use = self
        (use.withheld, use.told) = (leaf.hex, moment)
        return use
    }

    /// The words as they were at the time.
    var atTheTime: RecordedUse {
        var use = self
        (use.withheld, use.told) = (nil, nil)
        return use
    }

    /// The same words, for those that came after.
    func repeated(_ times: Int64?, like: Int64?, at moment: Instant) -> RecordedUse {
        RecordedUse(
            at: moment, verb: verb, who: who, by: by, things: things, purpose: purpose, outcome: outcome, rules: rules, version: version,
            matter: matter, intent: intent, like: like, times: times)
    }

    init(
        at: Instant, verb: String, who: String, by: String? = nil, things: [String], purpose: String?, outcome: String, rules: [String],
        version: String, matter: Int64?, intent: Int64? = nil, like: Int64? = nil, times: Int64? = nil
    ) {
        (self.at, self.verb, self.who, self.by, self.things, self.purpose) = (at, verb, who, by, things, purpose)
        (self.outcome, self.rules, self.version, self.matter, self.intent) = (outcome, rules, version, matter, intent)
        (self.like, self.times) = (like, times)
    }

    /// `a, b`: names hold no comma.
    private static func list(_ text: Substring?) -> [String] {
        guard let text else { return [] }
        return text.utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0.drop { $0 == UInt8(ascii: " ") })) }
    }
}

/// The part that says whose it is and where it stands in their chain.
struct ChainText {
    let subject: Subject, sequence: Int64, previous: Digest?
    var text: String {
        "subject \(subject.id)\nseq \(sequence)\nprev \(previous?.hex ?? "0")\n"
    }

    init(subject: Subject, sequence: Int64, previous: Digest?) {
        (self.subject, self.sequence, self.previous) = (subject, sequence, previous)
    }

    init?(text: String) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
        guard lines.count == 3, lines[0].starts(with: "subject ".utf8), lines[1].starts(with: "seq ".utf8),
            lines[2].starts(with: "prev ".utf8),
            let subject = Int64(Substring(lines[0].dropFirst(8))), let sequence = Int64(Substring(lines[1].dropFirst(4)))
        else { return nil }
        let previous = Hex.decode(String(Substring(lines[2].dropFirst(5)))).flatMap { Digest(bytes: $0) }
        self.init(subject: Subject(id: subject), sequence: sequence, previous: previous)
    }
}
