// What can go wrong with a log, its proofs and its papers.

public enum LogFault: Error, Hashable {
    /// The store doesn't have this tile, or has another width of it: refill the tree from the mirror.
    case missing(Tile)
    /// The leaf isn't in a tree of this size, or the sizes stand in no order that a proof exists for.
    case outOfRange
    /// The proof doesn't lead to the root: what it was to prove isn't so.
    case inconsistent
    /// The newer checkpoint is of a smaller tree than the older one: the log took leaves back.
    case shrunk
    /// A key that is known signed something else.
    case badSignature
    /// None of the keys that are known has signed this, or the log's isn't among them.
    case unknownSigner
    /// The bytes aren't in the format.
    case malformed(Format)

    public enum Format: Hashable, Sendable {
        case note, key, checkpoint, receipt, entries, statement, text
    }
}
