// Which sealed record is meant: whose, of which retention class, which item, which generation.

import Crypto

/// `item` 0 is the record of the class; growing things (a message, a month of uses) are items of their own.
struct RecordName: Hashable, Sendable {
    let subject: Subject
    /// The retention class: the set of `keep` rules that reach its fields.
    let kind: Int64
    let item: Int64
    /// Each rewrite is a new generation under a new key.
    let generation: Int64

    /// What the sealed bytes are bound to, so that a value moved or put back from an old row doesn't open.
    var binding: [UInt8] {
        Array("voffice/1|\(subject.id)|\(kind)|\(item)|\(generation)".utf8)
    }
    var keyBinding: [UInt8] {
        Array("voffice/key/1|\(subject.id)|\(kind)|\(item)|\(generation)".utf8)
    }
    func next() -> RecordName { RecordName(subject: subject, kind: kind, item: item, generation: generation + 1) }
}
