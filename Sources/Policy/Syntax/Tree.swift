// The syntax of rules and examples, with places: what the compiler, the checks, the difference and the page read.

/// A name as written: which one, and where.
struct Reference: Sendable {
    private let number: Int32, first: Int32, end: Int32
    /// It stands behind `except`.
    var isTakenAway = false

    init(symbol: Int, tokens: Range<Int>) {
        (number, first, end) = (Int32(symbol), Int32(tokens.lowerBound), Int32(tokens.upperBound))
    }

    /// -1 where it is unknown or of the wrong kind.
    var symbol: Int { Int(number) }
    var tokens: Range<Int> { Int(first)..<Int(end) }
}

struct Names: Sendable {
    var items: [Reference] = []
    var except: [Reference] = []
    var isEmpty: Bool { items.isEmpty }
    var symbols: [Int] { items.map(\.symbol) }
}

struct Literal: Hashable, Sendable {
    /// The symbol of the condition.
    var condition: Int
    var mustHold: Bool
}
/// A disjunction of conjunctions.
typealias Formula = [[Literal]]

struct When: Sendable {
    var on: Formula?
    var unless: Formula?
}

enum Consent: Sendable { case always, unlessRefused, onlyIfAsked }

struct Reason: Sendable {
    var isLaw: Bool
    var text: String
    /// What stands between the quotation marks.
    var tokens: Range<Int>
}

enum Span: Sendable {
    case whileTrue(Formula, Duration?)
    case after(Duration, Int)
    case atMost(Duration, Int)
}

enum ChangeAction: Int, CaseIterable, Sendable {
    case newUse, posted, material, leftAlone
    var text: String {
        switch self {
        case .newUse: "a new use of stored data needs a yes by"
        case .posted: "a change without new use is posted"
        case .material: "a material change is also sent to people who refused messages"
        case .leftAlone: "people whose contact is cut or whose account is deactivated or deleted are left alone"
        }
    }
}

/// What a `never` speaks of; a list left out means any.
struct Never: Sendable {
    var verbs: [Verb]
    /// `use`: every verb, and what comes from the thing.
    var isUse = false
    var things: Names?, from: Names?, through: Names?, by: Names?, recipients: Names?, purposes: Names?
    var when = When()
}

enum Told: Sendable {
    case use(actors: Names, verbs: [Verb])
    case gift(recipients: Names)
}

enum RuleBody: Sendable {
    case collect(things: Names, sources: Names, purposes: Names, When)
    case derive(things: Names, from: Names, purposes: Names, by: Names?, When, freely: Bool)
    case use(actors: Names, verbs: [Verb], things: Names, purposes: Names?, When)
    case give(things: Names, along: Names?, recipients: Names, purposes: Names, by: Names?, When)
    case send(
        messages: Names, through: Names, via: Names?, purposes: Names, Consent, consentAt: Int, untilDeleted: Bool, by: Names?, When)
    case never(Never)
    case keep(things: Names, Span, Reason)
    case aggregate(things: Names, by: Names?, takers: Names, purposes: Names, people: Int, budget: Double, per: Duration, When)
    case tell(Told, things: Names, purposes: Names?, onceEnds: Formula?)
    case change(ChangeAction, field: Int?)
}

/// A rule with its address.
struct RuleNode: Sendable {
    var body: RuleBody
    var section: Int
    var address: String
    var label: Range<Int>?
    /// Without the label.
    var tokens: Range<Int>
    var place: Place
}

enum Expected: Sendable {
    case yes([String]?)
    case no
    case noRule
    case needs(Needs)
    case forbidden(by: String, needs: Needs?)
    case keptByLaw(String)
}

/// What a no asks for: conditions as they must become, and who may start it.
public struct Needs: Sendable, Hashable {
    public var set: [String] = []
    public var clear: [String] = []
    public var by: [String] = []
}

/// A flow as written, with its facts; or a question of retention.
struct Question: Sendable {
    enum Subject: Sendable {
        /// A derivation from several fields is as many flows.
        case flows([Flow])
        case kept(field: Int, at: Duration, afterEvent: Int?, afterCondition: Int?)
    }
    var subject: Subject
    /// Symbols of the conditions that are named.
    var facts: [Int]
}

struct ExampleNode: Sendable {
    var question: Question
    var expected: Expected
    var section: Int?
    var tokens: Range<Int>
    var place: Place
}

struct Header: Sendable {
    var name: String
    var place: Place
    var version: Int
    /// Days since 1970-01-01.
    var from: Int
    var keptIn: [String]
}
