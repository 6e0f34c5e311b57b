// Finding a person by what they type: a keyed hash of the normalised address leads to the subject, and dies with their keys.

import Crypto
import Store

extension KeyStore {
    /// nil: nobody has it.
    func subject(at address: LookupAddress) throws(Refusal) -> Subject? {
        let label = label(of: address)
        let sealed = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT sealed FROM lookup WHERE label = \(label)", { $0.blob(0) })
        }
        return try sealed.map { (sealed) throws(Refusal) in try open(sealed, label) }
    }

    /// Gives the address to the subject, or tells who has it already; the database lets only one win.
    func claim(_ address: LookupAddress, for subject: Subject) async throws(Refusal) -> Subject {
        let label = label(of: address), owner = ownerLabel(of: subject)
        let sealed = Sealed.seal(Array("\(subject.id)".utf8), under: ring.lookup, boundTo: label)
        return try await store.write { (rows) throws(Refusal) -> Subject in
            try rows.run(
                "INSERT INTO lookup (label, owner, sealed) VALUES (\(label), \(owner), \(sealed)) ON CONFLICT DO NOTHING")
            guard let present = try rows.first("SELECT sealed FROM lookup WHERE label = \(label)", { $0.blob(0) }) else {
                throw .damaged("look-up table")
            }
            return try self.open(present, label)
        }
    }

    /// Takes an address back from a subject who has nothing else any more.
    func release(_ address: LookupAddress, from subject: Subject) async throws(Refusal) {
        let label = label(of: address), owner = ownerLabel(of: subject)
        try await store.write { (rows) throws(Refusal) in
            try rows.run("DELETE FROM lookup WHERE label = \(label) AND owner = \(owner)")
        }
    }

    private func label(of address: LookupAddress) -> [UInt8] {
        HMACSHA256.code(for: Array(address.normalised.utf8), under: ring.lookup).bytes
    }

    private func open(_ sealed: [UInt8], _ label: [UInt8]) throws(Refusal) -> Subject {
        guard let bytes = try? Sealed.open(sealed, under: ring.lookup, boundTo: label),
            let id = Int64(String(decoding: bytes, as: UTF8.self))
        else { throw .damaged("look-up table") }
        return Subject(id: id)
    }
}

/// An e-mail address as it is compared: without blanks around it, in small letters.
public struct LookupAddress: Hashable, Sendable {
    let normalised: String
    public init(email: String) {
        var text = Substring(email)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        normalised = "mailto:" + text.lowercased()
    }
}
