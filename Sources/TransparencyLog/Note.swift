// Signed notes: C2SP signed-note (c2sp.org/signed-note).
//
//     text, ending with a newline
//     (an empty line)
//     — <name> base64(key id || signature)      once or more
import Crypto

/// A text that a known key has signed. There is no other way to the text than `open`.
public struct Note: Sendable {
    /// With the newline that ends it.
    public let text: [UInt8]
    /// Those of the known keys that signed it, at least one.
    public let signers: [NoteVerifier]
    /// When each cosignature says that it was given, in seconds since 1970; the latest, where somebody gave more than one.
    public let times: [NoteVerifier: UInt64]

    /// Checks every signature of a known key and ignores those of others. Throws `unknownSigner` where no known key
    /// signed, and `badSignature` where one of them signed something else.
    public static func open(_ note: [UInt8], knowing verifiers: [NoteVerifier]) throws(LogFault) -> Note {
        let (text, lines) = try parse(note)
        var signers: [NoteVerifier] = [], times: [NoteVerifier: UInt64] = [:]
        for line in lines {
            guard let verifier = verifiers.first(where: { $0.isNamed(by: line) }) else { continue }
            try verifier.verify(line.signature, of: text)
            if !signers.contains(verifier) { signers.append(verifier) }
            if let time = verifier.time(in: line.signature) { times[verifier] = max(time, times[verifier] ?? 0) }
        }
        guard !signers.isEmpty else { throw .unknownSigner }
        return Note(text: text, signers: signers, times: times)
    }

    /// Signs a text that ends with a newline; `time` (seconds since 1970) is what cosignatures state.
    public static func sign(_ text: [UInt8], by signers: [NoteSigner], at time: UInt64 = 0) throws(LogFault) -> [UInt8] {
        guard text.last == newline, Lines(text) != nil, !signers.isEmpty else { throw .malformed(.note) }
        return text + [newline] + signers.flatMap { $0.sign(text, at: time).line }
    }

    /// The same note with one more signature, which says that `signer` has checked it.
    public static func add(_ signer: NoteSigner, to note: [UInt8], at time: UInt64 = 0) throws(LogFault) -> [UInt8] {
        note + signer.sign(try parse(note).text, at: time).line
    }

    /// The names in the signature lines, whoever's they are: who is to be known before `open` can check.
    public static func names(in note: [UInt8]) throws(LogFault) -> [String] { try parse(note).lines.map(\.name) }

    private static func parse(_ note: [UInt8]) throws(LogFault) -> (text: [UInt8], lines: [NoteSignature]) {
        guard Lines(note) != nil, let gap = note.indices.dropLast().last(where: { note[$0] == newline && note[$0 + 1] == newline }),
            var rest = Lines(note[(gap + 2)...]), !rest.isAtEnd
        else { throw .malformed(.note) }
        var lines: [NoteSignature] = []
        while !rest.isAtEnd {
            guard lines.count < mostSignatures, let line = rest.next().flatMap(NoteSignature.init(parsing:))
            else { throw .malformed(.note) }
            lines.append(line)
        }
        return ([UInt8](note[...gap]), lines)
    }

    private static let mostSignatures = 100
}

/// A signature line.
struct NoteSignature {
    let name: String
    let id: [UInt8]
    let signature: [UInt8]

    init(name: String, id: [UInt8], signature: [UInt8]) {
        (self.name, self.id, self.signature) = (name, id, signature)
    }

    init?(parsing line: String) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0].utf8.elementsEqual("—".utf8), NoteVerifier.isName(parts[1]),
            let bytes = Base64.decode(parts[2]), bytes.count > 4
        else { return nil }
        self.init(name: parts[1], id: [UInt8](bytes.prefix(4)), signature: [UInt8](bytes.dropFirst(4)))
    }

    var line: [UInt8] { [UInt8]("— \(name) \(Base64.encode(id + signature))\n".utf8) }
}
