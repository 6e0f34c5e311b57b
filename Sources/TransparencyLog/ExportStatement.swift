// What the house signs of a copy that a person takes along: the text of a C2SP signed note, under the log's own key.
//
//     voffice export 2
//     house https://office.example
//     at 2026-03-01T02:00:00Z
//     subject 12
//     uses 1 17                       the numbers of the oldest entry that is still kept, and of the newest
//     head base64(leaf hash)          of the newest
//     cut 5                           only where the house's own keys say that entries before this one were lost
//     tree 321 base64(root)           the checkpoint to which each entry is proved
//     held base64(code)               of each held value, in their order
//     file base64(code)               of each file beside the data, in their order
//
//     code        HMAC-SHA-256(canonical JSON of what it is of, key: its salt)
//
// The codes say nothing to whoever sees the statement alone. The first line has blanks, which no log's name has: it is no checkpoint.
public import Crypto

public struct ExportStatement: Hashable, Sendable {
    public let house: String, at: String, subject: String
    public let first: Int, last: Int
    public let head: Digest
    public let cut: Int?
    public let size: Int, root: Digest
    public let held: [Digest], files: [Digest]

    public init(
        house: String, at: String, subject: String, uses: ClosedRange<Int>, head: Digest, cut: Int?, tree: Checkpoint,
        held: [Digest], files: [Digest]
    ) {
        (self.house, self.at, self.subject) = (house, at, subject)
        (first, last, self.head, self.cut) = (uses.lowerBound, uses.upperBound, head, cut)
        (size, root, self.held, self.files) = (tree.size, tree.root, held, files)
    }

    public init(parsing text: [UInt8]) throws(LogFault) {
        guard var lines = Lines(text), lines.next(after: Self.format) == "", let house = lines.next(after: "house "),
            let at = lines.next(after: "at "), let subject = lines.next(after: "subject "),
            let uses = lines.next(after: "uses ").flatMap(Self.pair), let first = Int(strictly: uses.0), let last = Int(strictly: uses.1),
            let head = lines.next(after: "head ").flatMap(Digest.init(base64:))
        else { throw .malformed(.statement) }
        let cut = lines.next(after: "cut ").map { Int(strictly: $0) }
        guard cut != .some(nil), let tree = lines.next(after: "tree ").flatMap(Self.pair), let size = Int(strictly: tree.0),
            let root = Digest(base64: tree.1)
        else { throw .malformed(.statement) }
        (self.house, self.at, self.subject, self.first, self.last, self.head) = (house, at, subject, first, last, head)
        (self.cut, self.size, self.root) = (cut ?? nil, size, root)
        held = try Self.codes("held ", &lines)
        files = try Self.codes("file ", &lines)
        guard lines.isAtEnd else { throw .malformed(.statement) }
    }

    public var text: [UInt8] {
        var lines = [Self.format, "house \(house)", "at \(at)", "subject \(subject)", "uses \(first) \(last)", "head \(head.base64)"]
        if let cut { lines.append("cut \(cut)") }
        lines.append("tree \(size) \(root.base64)")
        lines += held.map { "held \($0.base64)" } + files.map { "file \($0.base64)" }
        return [UInt8](lines.map { $0 + "\n" }.joined().utf8)
    }

    public func sign(by signer: NoteSigner) throws(LogFault) -> [UInt8] { try Note.sign(text, by: [signer]) }

    private static let format = "voffice export 2"

    private static func pair(_ text: String) -> (String, String)? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private static func codes(_ name: String, _ lines: inout Lines) throws(LogFault) -> [Digest] {
        var codes: [Digest] = []
        while let line = lines.next(after: name) {
            guard let code = Digest(base64: line) else { throw .malformed(.statement) }
            codes.append(code)
        }
        return codes
    }
}
