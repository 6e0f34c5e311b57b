// What a person may choose beside their data: which messages they get, whether they are counted, whether there is a profile. Each choice
// is a condition of the policy, whose rules alone say what comes of it.

import Policy
public import Store
public import Vault

/// One thing to choose, by a use that hangs on it.
public struct Choice: Sendable {
    /// In forms: `special-offer-by-email`.
    public let id: String
    /// As the policy names it; of a message `refused` or `asked`.
    public let condition: String
    /// Empty where it isn't about a message.
    public let message: String, through: String
    /// The rule that asks for it.
    public let rule: String
    /// Whether this house does such a thing yet.
    public let isDone: Bool

    /// What the entry in the person's list names.
    var things: [String] { message.isEmpty ? [condition] : [condition, message, through] }
}

/// Where a choice stands.
public struct Chosen: Sendable {
    public let choice: Choice
    /// nil: it wasn't made, or taken back.
    public let since: Instant?
}

extension Environment {
    /// Those on which a rule of the policy in force hangs.
    public var choices: [Choice] { Self.choosable.compactMap { $0.choice(in: policy) } }

    public func chosen(by session: Session) throws(NotDone) -> [Chosen] {
        let made = try attempt { () throws(Refusal) in try madeChoices(of: session.subject) }
        return choices.map { choice in
            Chosen(choice: choice, since: made.first { choice.isSame(as: $0) }?.since)
        }
    }

    /// Why the policy wouldn't take a choice in; nil: it would.
    public var refusalOfChoice: Refused? { vault.refusal(ofAnyOf: [ChosenRestriction.self]) }

    /// Holds at once; said twice is said once.
    public func choose(_ id: String, _ isOn: Bool, for session: Session) async throws(NotDone) {
        guard session.staff == nil, let choice = choices.first(where: { $0.id == id }) else { throw .notFound }
        let now = clock.now(), subject = session.subject
        let (condition, message, through) = (choice.condition, choice.message, choice.through)
        try await choose(isOn ? "choose" : "take back", session, on: choice.things) {
            (rows) throws(Refusal) in
            guard isOn else {
                return try rows.run(
                    """
                    UPDATE choice SET ended = \(now) WHERE subject = \(subject) AND condition = \(condition) AND message = \(message)
                        AND through = \(through) AND ended IS NULL
                    """)
            }
            return try rows.run(
                """
                INSERT INTO choice (subject, condition, message, through, since) VALUES (\(subject), \(condition), \(message), \(through), \(now))
                    ON CONFLICT (subject, condition, message, through)
                    DO UPDATE SET since = excluded.since, ended = NULL WHERE choice.ended IS NOT NULL
                """)
        }
    }
}

/// A choice that was made and holds.
struct MadeChoice: Sendable {
    let condition: String, message: String, through: String, since: Instant
}

extension Environment {
    static let choiceRows: (name: StaticString, statements: [SQL]) = (
        "what people chose",
        [
            """
            CREATE TABLE choice (subject INTEGER NOT NULL, condition TEXT NOT NULL, message TEXT NOT NULL, through TEXT NOT NULL,
                since INTEGER NOT NULL, ended INTEGER, PRIMARY KEY (subject, condition, message, through)) STRICT, WITHOUT ROWID
            """
        ]
    )

    func madeChoices(of subject: Subject) throws(Refusal) -> [MadeChoice] {
        try store.read { (rows) throws(Refusal) in
            try rows.all("SELECT condition, message, through, since FROM choice WHERE subject = \(subject) AND ended IS NULL") { row in
                MadeChoice(condition: row.text(0), message: row.text(1), through: row.text(2), since: row.instant(3))
            }
        }
    }
}

extension Choice {
    fileprivate func isSame(as made: MadeChoice) -> Bool {
        (condition, message, through) == (made.condition, made.message, made.through)
    }
}

extension Environment {
    /// What may be chosen as far as the policy asks for it: messages by what they go through, then the rest.
    private static let choosable: [Choosable] = [
        Choosable("special offer", by: "email", to: "offer you promotions"),
        Choosable("free trial", by: "email", to: "offer you promotions"),
        Choosable("product news", by: "email", to: "offer you promotions"),
        Choosable("special offer", by: "telephone", to: "offer you promotions"),
        Choosable("free trial", by: "telephone", to: "offer you promotions"),
        Choosable("post notice", by: "email", to: "handle your post"),
        Choosable("call notice", by: "email", to: "carry your calls and faxes"),
        Choosable("fax notice", by: "email", to: "carry your calls and faxes"),
        Choosable("service announcement", by: "telephone", to: "tell you of the service"),
        Choosable("left out of statistics", .aggregate, "city", by: "statistics partner", to: "understand our customers"),
        Choosable("profile switched on", .collect, "preferences", by: "settings page", to: "fit the site to you"),
        Choosable(
            "contact cut", .send, "policy notice", by: nil, to: "tell you of changes", through: "email address", carrier: "email carrier"),
    ]

    /// A use that hangs on a choice.
    private struct Choosable: Sendable {
        let condition: String?, verb: Verb, thing: String, who: String?, purpose: String, through: String?, carrier: String?, way: String

        init(_ message: String, by way: String, to purpose: String) {
            (condition, verb, thing, who, self.purpose, self.way) = (nil, .send, message, nil, purpose, way)
            (through, carrier) = way == "email" ? ("email address", "email carrier") : ("telephone number", "telephone carrier")
        }

        init(
            _ condition: String, _ verb: Verb, _ thing: String, by who: String?, to purpose: String, through: String? = nil,
            carrier: String? = nil
        ) {
            (self.condition, self.verb, self.thing, self.who, self.purpose) = (condition, verb, thing, who, purpose)
            (self.through, self.carrier, way) = (through, carrier, "")
        }

        /// nil: no rule of this version asks.
        func choice(in policy: Policy) -> Choice? {
            guard let flow = try? policy.flow(verb, who: who, thing: thing, purpose: purpose, via: through, carrier: carrier),
                let rule = policy.ruleAllowing(flow)
            else { return nil }
            let names = policy.conditions, asked = Set(policy.asked(by: flow).map { names[Int($0.index)] })
            let named = condition ?? (asked.contains("asked") ? "asked" : "refused")
            guard asked.contains(named) else { return nil }
            return Choice(
                id: (condition ?? "\(thing) by \(way)").replacing(" ", with: "-"), condition: named, message: condition == nil ? thing : "",
                through: condition == nil ? through ?? "" : "", rule: rule.address, isDone: isDone)
        }

        /// Whether code of this house does such a thing.
        private var isDone: Bool {
            Environment.uses.contains { use in
                use.declared.verb == verb && use.declared.things.contains(thing) && use.declared.purpose == purpose
            }
        }
    }
}
