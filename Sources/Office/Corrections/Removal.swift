// The person takes a single value of theirs away, and gives one that is lacking.

public import Policy
import Store
public import Vault

/// What stands behind the page on which a value is taken away.
public struct RemovalOffer: Sendable {
    public let held: Holding
    /// By which they may.
    public let rules: [String]
    /// Why it stays; nil: nothing keeps it.
    public let refused: Refused?
    /// Where a law keeps it: by which rule, and until when.
    public let staying: Staying?
    /// The last day on which the keys in a backup of before could open it.
    public let lastBackup: Day
    /// They sign in by it and are reached by it, and by nothing else.
    public let isTheOnlyWay: Bool
    /// Their open cases in which they want to be called.
    public let toBeCalled: [Int64]
}

/// A name where there is none any more.
struct NameAnew: Collecting {
    static let declared: UseDeclaration = .collect("full name", from: "settings page", to: "run your account")
    let values: [Given]
    init(name: String) { values = [Given("full name", name)] }
}

extension Environment {
    /// What a removal would do.
    public func removal(of field: String, at place: HeldPlace, of session: Session) throws(NotDone) -> RemovalOffer {
        let held = try correctable(field, at: place, of: session)
        guard held.mayRemove else { throw held.removing.map { .refused(.policy($0)) } ?? .notFound }
        let item = try item(of: field, at: place, session), isTelephone = field == "telephone number"
        var rules: [String] = [], refused: Refused?, staying: Staying?
        switch try attempt({ () throws(Refusal) in try vault.previewOfRemoving(field, item: item, of: session.own) }) {
        case .goes(let by): rules = by
        case .refused(let no): refused = no
        case .stays(let kept, let no):
            refused = no
            staying = Staying(field: kept.field, rule: kept.rule, reason: kept.law, byLaw: true, until: kept.until)
        }
        return RemovalOffer(
            held: held, rules: rules, refused: refused, staying: staying, lastBackup: Day(Day(of: clock.now()).number + Safe.days),
            isTheOnlyWay: try isTheOnlyWay(field, session),
            toBeCalled: isTelephone ? try cases(of: session).filter { $0.isOpen && $0.answering == .telephone }.map(\.number) : [])
    }

    /// It goes at once, and opens for nobody any more.
    public func remove(_ field: String, at place: HeldPlace = .own, for session: Session) async throws(NotDone) {
        try await turns.run(session.subject) { () async throws(NotDone) in
            let held = try correctable(field, at: place, of: session)
            guard held.mayRemove else { throw held.removing.map { .refused(.policy($0)) } ?? .notFound }
            guard try !isTheOnlyWay(field, session) else { throw .form([.onlyWay]) }
            let item = try item(of: field, at: place, session), subject = session.subject
            try await attempt { () async throws(Refusal) in
                try await vault.remove(field, item: item, of: subject) { (rows) throws(Refusal) in try Self.unindex(subject, in: rows) }
                try await index(field, "", of: subject)
            }
        }
    }

    /// What a customer may give anew where it isn't held.
    public func lacking(_ session: Session) throws(NotDone) -> [String] {
        guard session.staff == nil else { return [] }
        let held = try held(of: session), present = Set(held.values.filter { $0.stage == .present }.map(\.field))
        // What can't be opened may be there.
        return Self.optional.filter { !present.contains($0) && !held.isClosed($0) }
    }

    /// Whether it is there now, where it might be lacking.
    public func holds(_ field: String, of session: Session) throws(NotDone) -> Bool {
        guard session.staff == nil, Self.optional.contains(field) else { return false }
        return try !lacking(session).contains(field)
    }

    private static let optional = ["full name", "telephone number"]

    /// Why the policy wouldn't take it in; nil: it would.
    public func refusal(ofGiving field: String) -> Refused? {
        vault.refusal(ofAnyOf: field == "full name" ? [NameAnew.self] : [NewNumber.self])
    }

    public func give(_ field: String, _ value: String, for session: Session) async throws(NotDone) {
        let value = value.trimmed, subject = session.subject
        try await turns.run(subject) { () async throws(NotDone) in
            guard try lacking(session).contains(field) else { throw .notFound }
            let isName = field == "full name"
            if let fault = fault(of: value, as: isName ? .text : .phone) { throw .form([fault]) }
            try await attempt { () async throws(Refusal) in
                let begin: @Sendable (Subject, borrowing Transaction<Refusal>) throws(Refusal) -> Void = {
                    (subject, rows) throws(Refusal) in
                    try Self.unindex(subject, in: rows)
                }
                if isName {
                    try await vault.collect(NameAnew(name: value), of: subject, on: Basis(), alongside: begin)
                } else {
                    try await vault.collect(NewNumber(number: value), of: subject, on: Basis(), alongside: begin)
                }
                try await index(field, value, of: subject)
            }
        }
    }

    private func isTheOnlyWay(_ field: String, _ session: Session) throws(NotDone) -> Bool {
        if session.staff != nil { return field == "staff email address" }
        return try field == reachedThrough(session)
    }
}
