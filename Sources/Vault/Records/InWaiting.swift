// What waits for its turn and belongs to a person (a letter with a code in it), sealed so that it goes with their keys.

import Crypto
public import Store

extension Vault {
    /// Opens under the same key only, and for nobody once the person's data are erased.
    public func seal(waiting plain: [UInt8], for subject: Subject, as key: IdempotencyKey) async throws(Refusal) -> [UInt8] {
        let month = try await monthKeys(of: subject)
        var out = Encoder()
        for number in [subject.id, month.kind, month.month] { out.integer(number) }
        out.blob(Sealed.seal(plain, under: month.uses, boundTo: Self.binding(waitingFor: subject, key)))
        return out.bytes
    }

    /// What `seal` sealed, and whose it is.
    public func open(waiting bytes: [UInt8], as key: IdempotencyKey) throws(Refusal) -> (subject: Subject, plain: [UInt8]) {
        var input = Decoder(bytes)
        guard let id = input.integer(), let kind = input.integer(), let month = input.integer(), let sealed = input.blob() else {
            throw .damaged("job")
        }
        let subject = Subject(id: id)
        guard let opens = try keys.key(of: Ledger.MonthKeys.names(of: subject, kind: kind, month: month).uses) else { throw .gone }
        do {
            return (subject, try Sealed.open(sealed, under: opens, boundTo: Self.binding(waitingFor: subject, key)))
        } catch { throw .damaged("job") }
    }

    /// What goes to the same person goes one after the other; the number says to nobody else whose line it is.
    public func line(to subject: Subject) -> Int64 {
        keys.ownerLabel(of: subject).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    private static func binding(waitingFor subject: Subject, _ key: IdempotencyKey) -> [UInt8] {
        Array("voffice/waiting/1|\(subject.id)|\(key.value)".utf8)
    }
}
