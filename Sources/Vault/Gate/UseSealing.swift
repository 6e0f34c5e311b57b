// How an entry's openings lie in the database: the person's under one key of the month, the staff's under another.

import Crypto
import Store
import TransparencyLog

extension UseOpening {
    /// The text of a part with its salt; nil of a closed part.
    private static func encode(_ part: UsePart, into out: inout Encoder) {
        guard case .open(let text, let salt) = part else { return }
        out.blob(text)
        out.blob(salt.copied)
    }

    /// Common and person's part open, the staff's closed.
    var personsView: [UInt8] {
        var out = Encoder()
        Self.encode(common, into: &out)
        Self.encode(person, into: &out)
        out.blob(staff.code.bytes)
        return out.bytes
    }

    var staffsView: [UInt8] {
        var out = Encoder()
        Self.encode(staff, into: &out)
        return out.bytes
    }

    /// Who it was, as the staff's part says.
    static func staff(ofView bytes: [UInt8]) -> Subject? {
        var input = Decoder(bytes)
        guard let text = input.text(), text.hasPrefix("staff "), let id = Int64(text.dropFirst(6).dropLast()) else { return nil }
        return Subject(id: id)
    }

    init(personsView bytes: [UInt8]) throws(Refusal) {
        var input = Decoder(bytes)
        guard let common = input.blob(), let commonSalt = input.blob().flatMap({ try? Secret(bytes: $0) }),
            let person = input.blob(), let personSalt = input.blob().flatMap({ try? Secret(bytes: $0) }),
            let staff = input.blob().flatMap({ Digest(bytes: $0) })
        else { throw .damaged("use record") }
        self.init(common: .open(common, salt: commonSalt), person: .open(person, salt: personSalt), staff: .closed(staff))
    }

    /// What the person reads.
    var commonText: String { Self.text(of: common) }
    var personText: String { Self.text(of: person) }

    private static func text(of part: UsePart) -> String {
        guard case .open(let text, _) = part else { return "" }
        return String(decoding: text, as: UTF8.self)
    }
}
