// One compiled version of the policy: the dense table that decides, and the document that it was read from.

public import Crypto

/// Small integers of one compiled version; meaningless in another.
public struct Name: Hashable, Sendable {
    public let index: UInt16
    @inlinable public init(index: UInt16) { self.index = index }
}

public enum Verb: UInt8, Sendable, CaseIterable { case collect, derive, read, correct, delete, give, send, aggregate }

/// What may happen: (verb, who, thing, purpose, from or through, carrier, starter), each resolved to an index.
public struct Flow: Hashable, Sendable {
    public var verb: Verb
    public var who, thing: Name
    /// nil: the person's own use, or that of another kind of person.
    public var purpose, via, carrier, starter: Name?
    @inlinable public init(verb: Verb, who: Name, thing: Name, purpose: Name? = nil, via: Name? = nil, carrier: Name? = nil, starter: Name? = nil) {
        (self.verb, self.who, self.thing, self.purpose) = (verb, who, thing, purpose)
        (self.via, self.carrier, self.starter) = (via, carrier, starter)
    }
}

/// 256 conditions, three-valued: a fact that nobody answered refuses, whichever way the rule asks.
public struct Facts: Sendable {
    public var holding, known: SIMD4<UInt64>
    @inlinable public init(holding: SIMD4<UInt64> = .zero, known: SIMD4<UInt64> = .init(repeating: .max)) {
        (self.holding, self.known) = (holding, known)
    }
}

/// Eight bytes; rules, needs and obligations are looked up from it afterwards, off the hot path.
public enum Verdict: Sendable, Hashable { case yes(cell: UInt32), needs(cell: UInt32), forbidden(cell: UInt32), keptByLaw(cell: UInt32), noRule }

public struct Version: Hashable, Comparable, Sendable {
    public let number: Int
    public init(_ number: Int) { self.number = number }
    public static func < (a: Version, b: Version) -> Bool { a.number < b.number }
}

/// A name that the code binds and this version lacks.
public struct Unbound: Error { public let name: String, nearest: String? }

public struct Policy: Sendable {
    public let name: String
    public let version: Version
    /// SHA-256 over the rules in canonical order.
    public let digest: Digest
    /// SHA-256 of the document's bytes.
    public let documentDigest: Digest
    public let clauses: [Clause]

    /// Never throws and never stops at the first fault. `policy` is nil only if an error of the first round
    /// (what can't be read or resolved) is among the diagnostics; with errors of the second round it is there.
    public static func compile(_ document: [UInt8], file: String) -> Compilation { fatalError() }

    /// One index, a few mask tests; no allocation, no lock.
    @inlinable public func decide(_ flow: Flow, _ facts: Facts) -> Verdict { .noRule }

    /// Binds a use of the code by name, once at start and at each new version.
    /// `who`: source (collect), actor (read, correct, delete), recipient (give); ignored for derive and send.
    public func flow(_ verb: Verb, who: String?, thing: String, purpose: String?, via: String? = nil, carrier: String? = nil, starter: String? = nil) throws(Unbound) -> Flow { fatalError() }

    /// The bit of a condition in `Facts`.
    public func condition(_ name: String) throws(Unbound) -> Name { fatalError() }
    public var conditions: [String] { [] }
    /// The conditions that can change the verdict on this flow: only these need an answer.
    public func asked(by flow: Flow) -> [Name] { [] }

    /// The rules, lacks and obligations behind a verdict, for records and pages.
    public func account(of verdict: Verdict, on flow: Flow, _ facts: Facts) -> Account { fatalError() }

    public func field(_ name: String) -> Field? { nil }
    public func rule(_ address: String) -> Rule? { nil }
    /// The purposes of a name, by its PROSE.
    public func prose(of name: String) -> String? { nil }
    /// Every `keep` that reaches the field, in document order.
    public func terms(of field: String) -> [Term] { [] }
    /// The set of `keep` rules that reach the field, as a stable 64-bit digest of their canonical text:
    /// equal for two fields if and only if the same rules reach them.
    public func retentionClass(of field: String) -> Int64? { nil }
}

public struct Compilation: Sendable {
    public let policy: Policy?, diagnostics: [Diagnostic]
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
public enum FieldKind: String, Sendable { case text, email, phone, address, date, money, number, choice, token, document, message }

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
    /// The literals as they must become, e.g. `an open case`, `not refused`.
    public let needs: [String]
    public let obligations: [Obligation]
}
public struct Obligation: Sendable {
    public let rule: String
    /// nil: at once. Otherwise the person is told when this condition no longer holds.
    public let onceEnds: String?
}
