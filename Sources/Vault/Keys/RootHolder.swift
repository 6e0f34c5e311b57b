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

/// Files `NAME.N` in a folder: 32 random bytes each, readable by their owner only.
public struct FileRoots: RootHolder {
    let folder: String
    let name: String

    public init(folder: String, named name: String) { (self.folder, self.name) = (folder, name) }

    public func generations() throws(KeyFault) -> [Int64] { try DurableFile.numbers(of: name, in: folder) }

    public func make(_ generation: Int64, from randomness: any Randomness) throws(KeyFault) {
        let secret = Secret(from: randomness)
        try DurableFile.write(secret.withBytes { span in span.indices.map { span[$0] } }, to: path(generation))
    }

    public func seal(_ plain: [UInt8], under generation: Int64, boundTo context: [UInt8]) throws(KeyFault) -> [UInt8] {
        Sealed.seal(plain, under: try secret(generation), boundTo: context)
    }

    public func open(_ sealed: [UInt8], under generation: Int64, boundTo context: [UInt8]) throws(KeyFault) -> [UInt8] {
        let secret = try secret(generation)
        do { return try Sealed.open(sealed, under: secret, boundTo: context) } catch { throw .doesNotOpen(path(generation)) }
    }

    public func forget(_ generation: Int64) throws(KeyFault) { try DurableFile.shred(path(generation)) }

    func path(_ generation: Int64) -> String { "\(folder)/\(name).\(generation)" }

    private func secret(_ generation: Int64) throws(KeyFault) -> Secret {
        guard var bytes = try DurableFile.read(path(generation)) else { throw .unreadable(path(generation)) }
        do { return try Secret(wiping: &bytes) } catch { throw .doesNotOpen(path(generation)) }
    }
}
