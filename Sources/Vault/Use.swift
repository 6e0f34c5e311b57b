// What the code wants to do with personal data, said in types: a use names a verb, a purpose and exactly the things that it
// touches. The policy decides about it; the vault carries it out.

public import Policy

/// A person, a company or a member of staff whom data are of. The number says nothing of who it is.
public struct Subject: Hashable, Sendable {
    public let id: Int64
    public init(id: Int64) { self.id = id }
}

/// Who uses the data.
public enum Actor: Sendable, Hashable {
    /// The program by itself.
    case theSite
    /// The person whom the data are of.
    case thePerson(Subject)
    /// A member of staff, in one of their roles; `number` is what the person sees ("customer service 7").
    case staff(Subject, role: String, number: Int64)
}

/// What justifies a use: rows of the office, by id, never facts. Conditions look at it and answer.
public struct Basis: Sendable, Hashable {
    public let matter: Int64?
    public let item: Int64?
    /// Other items of the same matter, which the use opens with it.
    public let further: [Int64]
    /// The hash of a one-time link.
    public let invitation: [UInt8]?
    /// The browser sent `Sec-GPC: 1`.
    public let privacySignal: Bool
    /// In this browser something was chosen that is to be remembered.
    public let remembers: Bool
    /// Which of the things that the person asked for in this matter.
    public let asked: String?
    public init(
        matter: Int64? = nil, item: Int64? = nil, further: [Int64] = [], invitation: [UInt8]? = nil, privacySignal: Bool = false,
        remembers: Bool = false, asked: String? = nil
    ) {
        self.asked = asked
        (self.matter, self.item, self.further, self.invitation) = (matter, item, further, invitation)
        (self.privacySignal, self.remembers) = (privacySignal, remembers)
    }
}

/// A use of personal data: verb, purpose and exactly the things that it touches, bound to flows of the policy by name.
public protocol Use: Sendable {
    static var declared: UseDeclaration { get }
}

/// A use that opens fields for code to see, and only those that it names.
public protocol Reading: Use {
    init(_ record: borrowing Opened) throws(Refusal)
}

/// A use that stores what a person or a third party gives.
public protocol Collecting: Use {
    var values: [Given] { get }
}

/// A message that leaves the house through a field of the person, by a carrier.
public protocol Sending: Reading {}

extension Use {
    static var verb: Verb { declared.verb }
    static var purpose: String? { declared.purpose }
    static var things: [String] { declared.things }
    static var by: [String] { declared.by }
}
extension Sending {
    static var through: String { declared.through ?? "" }
    static var carrier: String { declared.carrier ?? "" }
}

/// One value of one field, as it was given.
public struct Given: Sendable {
    public let field: String, value: String
    /// nil: the item of what is collected.
    public let item: Int64?
    public init(_ field: String, _ value: String, item: Int64? = nil) { (self.field, self.value, self.item) = (field, value, item) }
}

/// The fields that a use sees, opened; lives only inside the initialiser of a `Reading`.
public struct Opened: ~Copyable {
    let entries: [Entry]
    init(_ entries: [Entry]) { self.entries = entries }

    /// The value of a field; nil where nothing of it is stored.
    public borrowing func text(_ field: String) -> String? {
        entries.first { $0.name == field }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// The values of a field by the items in which they lie.
    public borrowing func texts(_ field: String) -> [Int64: String] {
        Dictionary(
            entries.filter { $0.name == field }.map { ($0.item, String(decoding: $0.value, as: UTF8.self)) },
            uniquingKeysWith: { first, _ in first })
    }
}

/// What a spent grant gives; only this room makes one.
public struct Disclosed<U: Use>: Sendable {
    public let value: U
    /// The number of the entry in the person's chain of uses; 0 for an own use under the session's entry.
    public let entry: Int64
    init(_ value: U, entry: Int64) { (self.value, self.entry) = (value, entry) }
}
