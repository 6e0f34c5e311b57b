// An entry about a use is made of what was used, and that is a use too: the policy is asked before there is one.

import Policy

/// What the house writes into the record of uses, by the policy's names.
enum RecordOfUses {
    static let field = "record of uses", purpose = "keep the record"

    /// The fields that an entry about a use is made from: of a message the one that it goes through.
    static func fields<U: Use>(of _: U.Type) -> [String] { (U.self as? any Sending.Type).map { [$0.through] } ?? U.things }
}
