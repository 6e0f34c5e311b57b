// Why a use didn't happen.

public import Policy
public import Store

public enum Refusal: StoreFailure {
    /// The policy says no; the attempt is in the person's chain if anybody but the person or the site made it.
    case policy(Refused)
    /// A name that the code uses and the policy lacks.
    case unbound(String)
    /// The person's data were erased, or never there.
    case gone
    /// The grant is older than 30 seconds: ask again.
    case expired
    /// Somebody wrote the record between our reading and our writing; the vault looks again.
    case outdated
    /// The database says that another version of the policy is in force than the one that was asked: ask again.
    case policyChanged
    /// The person must be told of it later, and nothing is there in which it could stand until then; so it isn't done.
    case untellable
    /// A record, a key or a proof doesn't open; the text names which.
    case damaged(String)
    /// The log isn't signed any more; what needs it signed isn't done.
    case logHalted(LogHalt)
    case store(StoreFault)
}

extension Refusal {
    /// What happened, for the operator.
    public var sentence: String {
        switch self {
        case .damaged(let what): "\(what) is damaged"
        case .logHalted(let halt): halt.sentence
        case .store(let fault): "\(fault)"
        default: "\(self)"
        }
    }
}

/// A "no" of the policy, with what a person needs to understand it.
public struct Refused: Sendable {
    public enum Why: Sendable, Hashable {
        /// No rule permits it.
        case noRule
        /// Rules permit it, but for these conditions, told as they must become.
        case needs([String])
        /// A `never` stands in the way.
        case forbidden(by: String)
        case keptByLaw(by: String)
        /// No `keep` says how long it may stay, so it isn't taken in.
        case noTerm
    }
    public let why: Why
    public let verb: Verb
    /// The role, source or recipient; nil: the person or the site.
    public let who: String?
    public let thing: String
    public let purpose: String?
    /// The rules that would permit it if their conditions held.
    public let rules: [Rule]
    /// The rule that it stood on in the version before, where the present one has none.
    public let missing: Rule?
    /// True where only the version under which the data were collected says no.
    public let byFormerVersion: Bool
    /// That version: its number and the digest of its rules, written as in a `RecordedUse`.
    public var formerVersion: String?
    /// The number in the person's chain of uses, where the attempt was recorded.
    public internal(set) var entry: Int64?
    /// Of what a `never` forbids: the conditions that lift it, told as they must become. Empty: nothing does.
    public internal(set) var lifting: [String] = []
    /// Of something that is made of a field, or sent through one: that field.
    public internal(set) var from: String?
    /// Of something that is sent: who carries it.
    public internal(set) var carrier: String?
    /// Of something that rules permit otherwise: the condition on which none does.
    public internal(set) var on: String?
}

extension Refused {
    /// As the record of uses writes it.
    public var outcome: String {
        switch why {
        case .noRule: "no, no rule"
        case .noTerm: "no, no term"
        case .needs(let literals): "no, needs " + literals.joined(separator: " and ")
        case .forbidden(let rule): "no, forbidden by " + rule + (lifting.isEmpty ? "" : ", needs " + lifting.joined(separator: " and "))
        case .keptByLaw(let rule): "no, kept by law " + rule
        }
    }

    /// For whoever came by one way and hears what another way needs: for theirs there is no rule.
    public func without(_ condition: String, not other: String) -> Refused {
        guard case .needs([other]) = why, missing == nil else { return self }
        var refused = Refused(
            why: .noRule, verb: verb, who: who, thing: thing, purpose: purpose, rules: [], missing: nil, byFormerVersion: byFormerVersion,
            formerVersion: formerVersion, entry: entry, from: from, carrier: carrier)
        refused.on = condition
        return refused
    }

    func recorded(as entry: Int64) -> Refused {
        var refused = self
        refused.entry = entry
        return refused
    }

    /// The use that no rule permits, as the policy's examples say it. No rule is made up for it: any that we could think of might allow
    /// more than the one that is gone.
    public var lackingUse: String {
        let end = (purpose.map { " to \($0)" } ?? "") + (on.map { ", on \($0)" } ?? ""),
            actor = who ?? (purpose == nil ? "the person" : "the site")
        return switch verb {
        case .collect, .read, .correct, .delete, .aggregate: "\(actor) \(verb)s \(thing)\(end)"
        case .derive: "\(actor) derives \(thing)\(from.map { " from \($0)" } ?? "")\(end)"
        case .send: "the site sends \(thing)\(from.map { " through \($0)" } ?? "")\(carrier.map { " via \($0)" } ?? "")\(end)"
        case .give: "\(actor) gets \(thing)\(end)"
        }
    }
}
