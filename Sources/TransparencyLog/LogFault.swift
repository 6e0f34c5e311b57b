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

extension LogFault {
    /// For whoever checks something.
    public var sentence: String {
        switch self {
        case .missing(let tile): "\(tile.path) is missing"
        case .outOfRange: "the entry isn't in a tree of that size"
        case .inconsistent: "it leads to another root than the one that was signed"
        case .shrunk: "the newer checkpoint has fewer entries than the older one"
        case .badSignature: "its checkpoint was changed: the signature doesn't hold"
        case .unknownSigner: "its checkpoint isn't signed with this key"
        case .malformed(let format): "it was cut or changed: no \(format) is written so"
        }
    }
}
