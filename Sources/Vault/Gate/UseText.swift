// What an entry says of a use, as text that the person reads and whose hash is in the log.
//
// Common part, a line each, in this order; a line whose value is unknown is left out:
//     voffice use 1
//     at MICROSECONDS SINCE 1970, UTC
//     verb read
//     who customer service 7
//     things telephone number, full name
//     purpose answer you
//     outcome yes | no, no rule | no, needs an open case | no, forbidden by a.3 | no, kept by law a.7
//     rules calls.3
//     policy 1 DIGEST OF ITS RULES (hexadecimal)
//     matter 12
//     intent 7 (of an outcome: the entry that it is the outcome of)
// Person's part: subject, seq, prev (leaf hash of the entry before, or 0).
// Staff's part: staff NUMBER OF THE SUBJECT.


import Crypto
public import Store

/// An entry in a person's chain of uses.
public struct RecordedUse: Sendable, Hashable {
    public let at: Instant
    /// A verb of the policy, or `session` for "you looked at your own data".
    public let verb: String
    public let who: String
    public let things: [String]
    public let purpose: String?
    /// `yes`, or `no, ` and why.
    public let outcome: String
    public let rules: [String]
    public let version: String
    public let matter: Int64?
    /// Of an entry `sent`: the number of the entry that says that it was to be sent.
    public let intent: Int64?

    public var isRefusal: Bool { outcome != "yes" }

    var text: String {
        var lines = ["voffice use 1", "at \(at.microseconds)", "verb \(verb)", "who \(who)"]
        if !things.isEmpty { lines.append("things " + things.joined(separator: ", ")) }
        if let purpose { lines.append("purpose " + purpose) }
        lines.append("outcome " + outcome)
        if !rules.isEmpty { lines.append("rules " + rules.joined(separator: ", ")) }
        lines.append("policy " + version)
        if let matter { lines.append("matter \(matter)") }
        if let intent { lines.append("intent \(intent)") }
        return lines.joined(separator: "\n") + "\n"
    }

    init?(text: String) {
        var values: [Substring: Substring] = [:]
        let lines = text.split(separator: "\n")
        guard lines.first == "voffice use 1" else { return nil }
        for line in lines.dropFirst() {
            guard let space = line.firstIndex(of: " ") else { return nil }
            values[line[..<space]] = line[line.index(after: space)...]
        }
        guard let at = values["at"].flatMap({ Int64($0) }), let verb = values["verb"], let who = values["who"],
            let outcome = values["outcome"], let version = values["policy"]
        else { return nil }
        self.init(
            at: Instant(microseconds: at), verb: String(verb), who: String(who), things: Self.list(values["things"]),
            purpose: values["purpose"].map(String.init), outcome: String(outcome), rules: Self.list(values["rules"]),
            version: String(version), matter: values["matter"].flatMap { Int64($0) },
            intent: values["intent"].flatMap { Int64($0) })
    }

    init(
        at: Instant, verb: String, who: String, things: [String], purpose: String?, outcome: String, rules: [String],
        version: String, matter: Int64?, intent: Int64? = nil
    ) {
        (self.at, self.verb, self.who, self.things, self.purpose) = (at, verb, who, things, purpose)
        (self.outcome, self.rules, self.version, self.matter, self.intent) = (outcome, rules, version, matter, intent)
    }

    private static func list(_ text: Substring?) -> [String] {
        guard let text else { return [] }
        return text.split(separator: ",").map { item in
            var item = item
            while item.first == " " { item.removeFirst() }
            return String(item)
        }
    }
}


/// The part that says whose it is and where it stands in their chain.
struct ChainText {
    let subject: Subject, sequence: Int64, previous: Digest?
    var text: String {
        "subject \(subject.id)\nseq \(sequence)\nprev \(previous?.hex ?? "0")\n"
    }
}
