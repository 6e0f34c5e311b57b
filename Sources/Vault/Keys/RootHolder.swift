// Who keeps the keys above all others, and can forget one: here files in a folder; a TPM, a key server or another host look the same.

public import Crypto
import Glibc

/// Keeps secrets by their number, seals and opens under them, and forgets them. What was sealed under a forgotten one opens nowhere.
public protocol RootHolder: Sendable {
    /// The numbers that it holds, the lowest first.
    func generations() throws(KeyFault) -> [Int64]
    /// A new secret under this number, durable on return; it takes the place of one that is there.
    func make(_ generation: Int64, from randomness: any Randomness) throws(KeyFault)
    func seal(_ plain: [UInt8], under generation: Int64, boundTo context: [UInt8]) throws(KeyFault) -> [UInt8]
    /// - Throws: `unreadable` where it holds no such secret, `doesNotOpen` where it holds another.
    func open(_ sealed: [UInt8], under generation: Int64, boundTo context: [UInt8]) throws(KeyFault) -> [UInt8]
    /// Durable on return; nothing to do where there is none.
    func forget(_ generation: Int64) throws(KeyFault)
}

/// Files `NAME.N` in a folder, readable by their owner only: 32 random bytes, and 32 of a keyed hash of their name by which damage shows.
public struct FileRoots: RootHolder {
    let folder: String
    let name: String

    /// Of each, in bytes.
    static let length = 2 * Secret.length

    public init(folder: String, named name: String) { (self.folder, self.name) = (folder, name) }

    public func generations() throws(KeyFault) -> [Int64] { try DurableFile.numbers(of: name, in: folder) }

    public func make(_ generation: Int64, from randomness: any Randomness) throws(KeyFault) {
        let secret = Secret(from: randomness), bytes = secret.copied
        try DurableFile.write(bytes + check(of: secret, generation), to: path(generation))
    }

    public func seal(_ plain: [UInt8], under generation: Int64, boundTo context: [UInt8]) throws(KeyFault) -> [UInt8] {
        Sealed.seal(plain, under: try secret(generation), boundTo: context)
    }

    public func open(_ sealed: [UInt8], under generation: Int64, boundTo context: [UInt8]) throws(KeyFault) -> [UInt8] {
        let secret = try secret(generation)
        do { return try Sealed.open(sealed, under: secret, boundTo: context) } catch { throw .doesNotOpen(path(generation)) }
    }

    public func forget(_ generation: Int64) throws(KeyFault) { try DurableFile.shred(path(generation)) }

    /// Whether it is there and as it was made.
    func isWhole(_ generation: Int64) -> Bool { (try? secret(generation)) != nil }

    func path(_ generation: Int64) -> String { "\(folder)/\(name).\(generation)" }

    private func secret(_ generation: Int64) throws(KeyFault) -> Secret {
        guard let bytes = try DurableFile.read(path(generation)) else { throw .unreadable(path(generation)) }
        var own = Array(bytes.prefix(Secret.length))
        guard let secret = try? Secret(wiping: &own) else { throw .doesNotOpen(path(generation)) }
        // One of before has no check, or a part of it, where a crash came as it got one.
        guard bytes.count <= Self.length, check(of: secret, generation).starts(with: bytes.dropFirst(Secret.length)) else {
            throw .doesNotOpen(path(generation))
        }
        return secret
    }

    /// Those that were made before there were checks get theirs: from now on damage shows. In place, since what is overwritten must go from the
    /// disk with the file.
    func addChecks() throws(KeyFault) {
        for generation in try generations() {
            let length = DurableFile.length(of: path(generation)) ?? 0
            guard (Secret.length..<Self.length).contains(length), let secret = try? secret(generation) else { continue }
            try DurableFile.append(Array(check(of: secret, generation).dropFirst(length - Secret.length)), to: path(generation))
        }
    }

    private func check(of secret: Secret, _ generation: Int64) -> [UInt8] {
        HMACSHA256.code(for: Array("voffice/held/1|\(name).\(generation)".utf8), under: secret).bytes
    }
}
