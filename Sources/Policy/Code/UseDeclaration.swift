// What a use in the code says about itself: its flows by the policy's names, and where it stands.

/// The flows of one use. Each way to make one notes the line on which it is written, so that a check can point there.
public struct UseDeclaration: Sendable {
    public let verb: Verb
    /// Fields; of `send`, the message.
    public let things: [String]
    /// The roles, sources or recipients that the code lets try it; empty for the person, and for the site.
    public let by: [String]
    /// nil: the person's own use.
    public let purpose: String?
    /// Of `send`: the field that it goes through, and who carries it.
    public let through: String?, carrier: String?
    /// Of `derive`: the fields that it is made from.
    public private(set) var from: [String] = []
    /// The room and the file, such as `Office/CaseUses.swift`, and the line in it.
    public let file: String, line: Int

    /// Storing what somebody gives.
    public static func collect(
        _ things: String..., from source: String, to purpose: String, file: String = #fileID, line: Int = #line
    ) -> UseDeclaration {
        UseDeclaration(.collect, things, by: [source], to: purpose, file: file, line: line)
    }

    /// Reading by a role; by the site where none is named.
    public static func read(
        _ things: String..., by role: String? = nil, to purpose: String, file: String = #fileID, line: Int = #line
    ) -> UseDeclaration {
        UseDeclaration(.read, things, by: role.map { [$0] } ?? [], to: purpose, file: file, line: line)
    }

    /// What the person does with their own: read, correct or delete it.
    public static func own(_ verb: Verb, _ things: String..., file: String = #fileID, line: Int = #line) -> UseDeclaration {
        UseDeclaration(verb, things, by: [], to: nil, file: file, line: line)
    }

    /// Deleting by a role; by the site where none is named.
    public static func delete(
        _ things: String..., by role: String? = nil, to purpose: String, file: String = #fileID, line: Int = #line
    ) -> UseDeclaration {
        UseDeclaration(.delete, things, by: role.map { [$0] } ?? [], to: purpose, file: file, line: line)
    }

    /// Putting right by a role.
    public static func correct(
        _ things: String..., by role: String, to purpose: String, file: String = #fileID, line: Int = #line
    ) -> UseDeclaration {
        UseDeclaration(.correct, things, by: [role], to: purpose, file: file, line: line)
    }

    /// Sending a message to an address of the person, at a role's word; at the site's own where none is named.
    public static func send(
        _ message: String, through field: String, by carrier: String, at role: String? = nil, to purpose: String, file: String = #fileID,
        line: Int = #line
    ) -> UseDeclaration {
        UseDeclaration(
            .send, [message], by: role.map { [$0] } ?? [], to: purpose, through: field, carrier: carrier, file: file, line: line)
    }

    /// Making something of fields that are held, by a role; by the site where none is named.
    public static func derive(
        _ thing: String, from fields: String..., by role: String? = nil, to purpose: String, file: String = #fileID, line: Int = #line
    ) -> UseDeclaration {
        var declaration = UseDeclaration(.derive, [thing], by: role.map { [$0] } ?? [], to: purpose, file: file, line: line)
        declaration.from = fields
        return declaration
    }

    private init(
        _ verb: Verb, _ things: [String], by: [String], to purpose: String?, through: String? = nil, carrier: String? = nil, file: String,
        line: Int
    ) {
        (self.verb, self.things, self.by, self.purpose) = (verb, things, by, purpose)
        (self.through, self.carrier, self.file, self.line) = (through, carrier, file, line)
    }

    /// Who does it, as the policy names them: each source, actor or recipient.
    var actors: [String] {
        if !by.isEmpty { return by }
        return [purpose == nil ? "the person" : "the site"]
    }

    /// As a rule would say it, for the things that are named and what they are made from.
    func rule(for things: [String], from: [String]) -> String {
        let things = things.joined(separator: ", "), actors = actors.joined(separator: ", "), end = purpose.map { " to \($0)" } ?? ""
        let starter = by.isEmpty ? "" : ", by " + actors
        return switch verb {
        case .collect: "collect \(things) from \(actors)\(end)"
        case .read, .correct, .delete: "\(actors) may \(verb) \(things)\(end)"
        case .give: "give \(things) to \(actors)\(end)"
        case .send: "send \(things) through \(through ?? "")\(carrier.map { " via \($0)" } ?? "")\(end), unless refused\(starter)"
        case .derive: "derive \(things) from \(from.joined(separator: ", "))\(end)\(starter)"
        case .aggregate: "aggregate \(things)\(end)"
        }
    }
}
