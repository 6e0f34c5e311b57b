// One compiled version of the policy: the table that decides, and the document that it was read from.

public import Crypto

/// Small integers of one compiled version; meaningless in another.
public struct Name: Hashable, Sendable {
    public let index: UInt32
    @inlinable public init(index: UInt32) { self.index = index }
}

/// What is done with a thing. `aggregate` is the giving of a statistic.
public enum Verb: UInt8, Sendable, CaseIterable { case collect, derive, read, correct, delete, give, send, aggregate }

/// What may happen: (verb, who, thing, purpose, from or through, carrier, starter), each resolved to an index.
public struct Flow: Hashable, Sendable {
    public var verb: Verb
    public var who, thing: Name
    /// nil: the person's own use, or that of another kind of person.
    public var purpose, via, carrier, starter: Name?
    @inlinable public init(
        verb: Verb, who: Name, thing: Name, purpose: Name? = nil, via: Name? = nil, carrier: Name? = nil, starter: Name? = nil
    ) {
        (self.verb, self.who, self.thing, self.purpose) = (verb, who, thing, purpose)
        (self.via, self.carrier, self.starter) = (via, carrier, starter)
    }
}

/// Eight bytes; the number is that of the rule that decides (`needs`: of the conjunction that lacks least).
/// Rules, needs and obligations are looked up with `account`, off the hot path.
public enum Verdict: Sendable, Hashable {
    case yes(cell: UInt32), needs(cell: UInt32), forbidden(cell: UInt32), keptByLaw(cell: UInt32), noRule

    public var isYes: Bool { if case .yes = self { true } else { false } }
}

public struct Version: Hashable, Comparable, Sendable {
    public let number: Int
    public init(_ number: Int) { self.number = number }
    public static func < (a: Version, b: Version) -> Bool { a.number < b.number }
}

/// A name that the code binds and this version lacks, or has as something else.
public struct Unbound: Error, Equatable {
    public let name: String, nearest: String?
}

public struct Compilation: Sendable {
    public let policy: Policy?, diagnostics: [Diagnostic]
}

public struct Policy: Sendable {
    public let name: String
    public let version: Version
    /// The day from which it holds.
    public let from: Day
    @usableFromInline let table: Table
    let model: Model

    /// Never throws and never stops at the first fault. `policy` is nil only if an error of the first round
    /// (what can't be read or resolved) is among the diagnostics; with errors of the second round it is there.
    /// `checked: false` leaves the second round out, for a version that was checked when it was published.
    public static func compile(_ document: [UInt8], file: String, checked: Bool = true) -> Compilation {
        let (read, report) = Document.read(document, file: file)
        return compile(read, report, checked: checked)
    }

    static func compile(_ read: Document, _ found: Report, checked: Bool) -> Compilation {
        var report = found
        if report.errors == 0, read.isTranslation {
            report.error(
                "missing-header", Place(), "This document has words and no rules: it is a translation.",
                "Name the policy that it translates; check takes both.")
        }
        guard report.errors == 0, let header = read.header else { return Compilation(policy: nil, diagnostics: report.sorted) }
        let policy = Policy(read, header)
        if let rule = policy.model.expansion.tooLarge {
            report.error(
                "too-large", read.rules[rule].place,
                "Up to this rule the rules list more than \(Limits.listed.grouped) names, those of categories counted each time.",
                "Use fewer rules over large categories.")
            return Compilation(policy: nil, diagnostics: report.sorted)
        }
        if policy.table.isTooLarge {
            report.error(
                "too-large", header.place, "The table of these rules would take more than \((Limits.table / 125_000).grouped) MB.",
                "Use fewer names or fewer rules.")
            return Compilation(policy: nil, diagnostics: report.sorted)
        }
        if checked { policy.check(&report) }
        return Compilation(policy: policy, diagnostics: report.sorted)
    }

    private init(_ document: Document, _ header: Header) {
        let model = Model(document, header)
        self.model = model
        (name, version, from) = (header.name, Version(header.version), Day(header.from))
        table = Table(model)
    }

    // What no decision needs is worked out when it is first asked for, and kept.

    /// SHA-256 over the rules in canonical order.
    public var digest: Digest { model.digest.value { model.document.rulesDigest } }
    /// SHA-256 of the document's bytes.
    public var documentDigest: Digest { model.documentDigest.value { SHA256.hash(model.document.source.original) } }
    /// Number and digest of its rules, as entries of uses name a version.
    public var versionText: String { model.versionText.value { "\(version.number) \(digest.hex)" } }
    /// What the document says to people before its first clause, as the HTML of a clause's prose; headings aren't in it.
    public var opening: String { model.opening.value { model.document.opening } }
    /// In the order of the document.
    public var clauses: [Clause] { model.clauses.value { model.document.clauses(model.rules) } }

    /// Five rows of bits and a few mask tests; no allocation, no lock.
    @inlinable public func decide(_ flow: Flow, _ facts: Facts) -> Verdict {
        let head = table.heads[Int(flow.verb.rawValue)]
        let who = table.row(head, 0, flow.who), thing = table.row(head, 1, flow.thing), purpose = table.row(head, 2, flow.purpose)
        // Of the other verbs every rule reaches the flow by what it lacks.
        let hasVia = flow.verb == .derive || flow.verb == .send
        let via = hasVia ? table.row(head, 3, flow.via) : who, carrier = hasVia ? table.row(head, 4, flow.carrier) : who
        var weighed = Weighed()
        rules: for block in 0..<head.width {
            var rules = table.bits[who &+ block] & table.bits[thing &+ block] & table.bits[purpose &+ block]
            if hasVia { rules &= table.bits[via &+ block] & table.bits[carrier &+ block] }
            if rules.isEmpty { continue }
            for word in 0..<RuleBits.scalarCount where rules[word] != 0 {
                if weigh(rules[word], block &* RuleBits.rules &+ word &* 64, head, flow, facts, &weighed) { break rules }
            }
        }
        if flow.verb == .delete, let law = keptByLaw(flow.thing, facts, weighed) { return law }
        return weighed.verdict
    }
}

/// A clause: an anchored heading with its prose and its rules.
public struct Clause: Sendable {
    public let anchor, title: String
    /// 1...6.
    public let level: Int
    /// The prose as HTML, safe to send (no raw HTML of the document), without our blocks; inner clauses not included.
    public let prose: String
    public let rules: [Rule]
    public let notes: [String]
}

/// A rule as it stands, with its address.
public struct Rule: Sendable, Hashable {
    /// `anchor.N` or `anchor.label`.
    public let address: String
    /// The statement in canonical form on one line, without its label.
    public let text: String
    public let line: Int
}

public struct Field: Sendable {
    public let name: String, kind: FieldKind, isSealed, isRecord: Bool
}
public enum FieldKind: String, Sendable, CaseIterable {
    case text, email, phone, address, date, money, number, choice, token, document, message
}

/// One `keep`: until when something stays and why.
public struct Term: Sendable {
    public enum Span: Sendable {
        /// While the condition holds, then the duration. The condition is a disjunction of conjunctions as text.
        case whileTrue(condition: String, then: Duration?)
        case after(event: String, Duration)
        case atMost(event: String, Duration)
    }
    public enum Reason: Sendable { case because(String), byLaw(String) }
    public let address: String, span: Span, reason: Reason
}

/// Calendar time: months and years are clamped to the month's end.
public struct Duration: Sendable, Hashable {
    public enum Unit: Sendable, Hashable { case days, weeks, months, years }
    public let count: Int, unit: Unit
    public init(_ count: Int, _ unit: Unit) { (self.count, self.unit) = (count, unit) }
}

public struct Account: Sendable {
    /// Addresses of the rules that permit, or the one that forbids or keeps.
    public let rules: [String]
    /// The literals as they must become, e.g. `an open case`, `not refused`, `by customer service`.
    public let needs: [String]
    public let obligations: [Obligation]
    /// Names of the fields that must go along with what is given.
    public let along: [String]
    /// The same needs, apart; nil where nothing would help.
    public let lacking: Needs?

    /// Behind a "no" of a version that lacks a name of the flow.
    public static let nothing = Account(rules: [], needs: [], obligations: [], along: [], lacking: nil)
}

public struct Obligation: Sendable, Hashable {
    public let rule: String
    /// nil: at once. Otherwise the person is told when this condition no longer holds.
    public let onceEnds: String?
    /// The condition as alternatives.
    public let ends: [Needs]?
}
