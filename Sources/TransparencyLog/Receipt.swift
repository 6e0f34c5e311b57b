// A proof that a person takes home and checks offline: C2SP tlog-proof (c2sp.org/tlog-proof).
//
//     c2sp.org/tlog-proof@v1
//     extra base64(opaque)        may be missing; not authenticated
//     index <number of the leaf>
//     base64(hash)                the inclusion path, from the leaf's sibling up
//     (an empty line)
//     the signed checkpoint
public import Crypto

public struct Receipt: Hashable, Sendable {
    public let index: Int
    public let path: [Digest]
    /// The signed note, as the log gave it.
    public let checkpoint: [UInt8]
    /// What the reader needs besides; nothing vouches for it.
    public let extra: [UInt8]?

    public init(_ proof: InclusionProof, checkpoint: [UInt8], extra: [UInt8]? = nil) {
        (self.index, self.path, self.checkpoint, self.extra) = (proof.index, proof.path, checkpoint, extra)
    }

    public init(parsing text: [UInt8]) throws(LogFault) {
        guard var lines = Lines(text), lines.next(after: Self.format) == "" else { throw .malformed(.receipt) }
        extra = try lines.next(after: "extra ").map { (line) throws(LogFault) in
            guard let bytes = Base64.decode(line) else { throw .malformed(.receipt) }
            return bytes
        }
        guard let index = lines.next(after: "index ").flatMap(Int.init(strictly:)) else { throw .malformed(.receipt) }
        self.index = index
        var path: [Digest] = []
        while true {
            guard let line = lines.next(), path.count < Int.bitWidth else { throw .malformed(.receipt) }
            if line.isEmpty { break }
            guard let hash = Digest(base64: line) else { throw .malformed(.receipt) }
            path.append(hash)
        }
        self.path = path
        checkpoint = lines.remainder()
    }

    public var text: [UInt8] {
        let head = [Self.format] + (extra.map { ["extra \(Base64.encode($0))"] } ?? []) + ["index \(index)"] + path.map(\.base64) + [""]
        return [UInt8](head.map { $0 + "\n" }.joined().utf8) + checkpoint
    }

    /// The checkpoint under which `log` vouches for the leaf with this hash; throws where it doesn't.
    @discardableResult
    public func verify(_ leaf: Digest, in log: NoteVerifier, witnesses: [NoteVerifier] = []) throws(LogFault) -> SignedCheckpoint {
        let signed = try SignedCheckpoint.open(checkpoint, of: log, witnesses: witnesses)
        try InclusionProof(index: index, size: signed.checkpoint.size, path: path).verify(leaf, in: signed.checkpoint.root)
        return signed
    }

    private static let format = "c2sp.org/tlog-proof@v1"
}
