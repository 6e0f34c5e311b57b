// What a log commits to: C2SP tlog-checkpoint (c2sp.org/tlog-checkpoint), the text of a signed note.
//
//     <origin>
//     <number of leaves>
//     base64(root)
//     <extension>                 any number; not empty; nobody audits them
public import Crypto

public struct Checkpoint: Hashable, Sendable {
    /// Which log this is: its address without the scheme.
    public let origin: String
    /// How many leaves it has.
    public let size: Int
    public let root: Digest
    public let extensions: [String]

    /// Lines are neither empty nor do they hold a control character.
    public init(origin: String, size: Int, root: Digest, extensions: [String] = []) {
        precondition(size >= 0 && (extensions + [origin]).allSatisfy(Self.isLine), "no checkpoint reads so")
        (self.origin, self.size, self.root, self.extensions) = (origin, size, root, extensions)
    }

    public init(parsing text: [UInt8]) throws(LogFault) {
        guard var lines = Lines(text), let origin = lines.next(), !origin.isEmpty,
            let size = lines.next().flatMap(Int.init(strictly:)), let root = lines.next().flatMap(Digest.init(base64:)),
            size > 0 || root == Merkle.empty
        else { throw .malformed(.checkpoint) }
        var extensions: [String] = []
        while !lines.isAtEnd {
            guard let line = lines.next(), !line.isEmpty else { throw .malformed(.checkpoint) }
            extensions.append(line)
        }
        (self.origin, self.size, self.root, self.extensions) = (origin, size, root, extensions)
    }

    public var text: [UInt8] {
        [UInt8](([origin, String(size), root.base64] + extensions).map { $0 + "\n" }.joined().utf8)
    }

    public func sign(by signer: NoteSigner) throws(LogFault) -> [UInt8] { try Note.sign(text, by: [signer]) }

    private static func isLine(_ line: String) -> Bool { !line.isEmpty && line.utf8.allSatisfy { $0 >= 0x20 } }
}

/// A checkpoint that its log has signed.
public struct SignedCheckpoint: Sendable {
    public let checkpoint: Checkpoint
    /// Those of the known witnesses that cosigned it.
    public let witnesses: [NoteVerifier]

    /// Throws `unknownSigner` unless `log` has signed it, and `malformed` where its origin isn't the log's name.
    public static func open(_ note: [UInt8], of log: NoteVerifier, witnesses: [NoteVerifier] = []) throws(LogFault) -> SignedCheckpoint {
        let note = try Note.open(note, knowing: [log] + witnesses)
        guard note.signers.contains(log) else { throw .unknownSigner }
        let checkpoint = try Checkpoint(parsing: note.text)
        guard checkpoint.origin.utf8.elementsEqual(log.name.utf8) else { throw .malformed(.checkpoint) }
        return SignedCheckpoint(checkpoint: checkpoint, witnesses: note.signers.filter { $0 != log })
    }
}
