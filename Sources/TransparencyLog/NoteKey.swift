// Keys of signed notes: C2SP signed-note and tlog-cosignature (c2sp.org/signed-note, c2sp.org/tlog-cosignature).
//
//     key id        SHA-256(name || 0x0A || kind || public key)[:4]
//     verifier key  <name>+<key id in hex>+base64(kind || public key)
//     signature     Ed25519 over the note's text (kind 0x01)
//     cosignature   time || Ed25519 over "cosignature/v1\ntime <time>\n" and the note's text (kind 0x04)
public import Crypto

/// A name and a public key, known beforehand.
public struct NoteVerifier: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: UInt8, Sendable {
        /// The log's own, or an officer's.
        case signature = 0x01
        /// A witness's, who says that the log only ever grew, and when; or an officer's, who says when they agreed.
        case cosignature = 0x04
    }

    public let name: String
    public let kind: Kind
    public let key: VerifyingKey
    let id: [UInt8]

    /// A name has no spaces, plus signs or control characters, and isn't empty: the log's address without the scheme.
    public init(name: String, key: VerifyingKey, kind: Kind = .signature) throws(LogFault) {
        guard Self.isName(name) else { throw .malformed(.key) }
        (self.name, self.kind, self.key) = (name, kind, key)
        id = [UInt8](SHA256.hash(parts: [[UInt8](name.utf8), [newline, kind.rawValue], key.bytes]).bytes.prefix(4))
    }

    /// Reads `description` back.
    public init(parsing text: String) throws(LogFault) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let material = Base64.decode(parts[2]), let kind = material.first.flatMap(Kind.init(rawValue:)),
            let key = try? VerifyingKey(bytes: [UInt8](material.dropFirst()))
        else { throw .malformed(.key) }
        try self.init(name: parts[0], key: key, kind: kind)
        guard parts[1].utf8.elementsEqual(Hex.encode(id).utf8) else { throw .malformed(.key) }
    }

    /// The verifier key, which is published.
    public var description: String { "\(name)+\(Hex.encode(id))+\(Base64.encode([kind.rawValue] + key.bytes))" }

    func isNamed(by line: NoteSignature) -> Bool { line.id == id && line.name.utf8.elementsEqual(name.utf8) }

    func verify(_ signature: [UInt8], of text: [UInt8]) throws(LogFault) {
        do {
            switch kind {
            case .signature: try key.verify(signature, of: text)
            case .cosignature:
                let time = time(in: signature) ?? 0
                try key.verify([UInt8](signature.dropFirst(8)), of: cosigned(text, at: time))
            }
        } catch { throw .badSignature }
    }

    /// What a cosignature states; nil: a plain signature states no time.
    func time(in signature: [UInt8]) -> UInt64? {
        kind == .cosignature ? signature.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } : nil
    }

    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
    }
}

/// A name and the key that signs under it.
public struct NoteSigner: Sendable {
    public let verifier: NoteVerifier
    private let key: SigningKey

    public init(name: String, key: SigningKey, kind: NoteVerifier.Kind = .signature) throws(LogFault) {
        verifier = try NoteVerifier(name: name, key: key.publicKey, kind: kind)
        self.key = key
    }

    /// `time` is what a cosignature states, in seconds since 1970; a plain signature has none.
    func sign(_ text: [UInt8], at time: UInt64) -> NoteSignature {
        let signature =
            switch verifier.kind {
            case .signature: key.sign(text)
            case .cosignature: bigEndian(time) + key.sign(cosigned(text, at: time))
            }
        return NoteSignature(name: verifier.name, id: verifier.id, signature: signature)
    }
}

private func cosigned(_ text: [UInt8], at time: UInt64) -> [UInt8] { [UInt8]("cosignature/v1\ntime \(time)\n".utf8) + text }

private func bigEndian(_ number: UInt64) -> [UInt8] { stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) } }
