// The commitment by which a use of personal data stands in the log, and what opens it.
//
//     code        HMAC-SHA-256(part, key: a random salt of 32 bytes)
//     commitment  SHA-256("voffice/use/1" || common's code || person's code || staff's code)
//
// Whoever has a part and its salt proves that this part was recorded. A part whose salt is destroyed, or that stays
// with someone else, is only its code, which says nothing.
public import Crypto

/// One of the three parts of a use.
public enum UsePart: Sendable {
    case open([UInt8], salt: Secret)
    /// Its code alone.
    case closed(Digest)

    public var code: Digest {
        switch self {
        case .open(let text, let salt): HMACSHA256.code(for: text, under: salt)
        case .closed(let code): code
        }
    }

    /// The same part, for whom it isn't meant.
    public var closed: UsePart { .closed(code) }
}

public struct UseOpening: Sendable {
    /// What anyone who may see the use sees: purpose, clause, fields, times.
    public let common: UsePart
    /// What only the person sees.
    public let person: UsePart
    /// Who of the staff it was.
    public let staff: UsePart

    public init(common: UsePart, person: UsePart, staff: UsePart) {
        (self.common, self.person, self.staff) = (common, person, staff)
    }

    /// Opens all parts, each under a new salt.
    public init(common: [UInt8], person: [UInt8], staff: [UInt8], saltedBy randomness: some Randomness) {
        self.init(
            common: .open(common, salt: Secret(from: randomness)),
            person: .open(person, salt: Secret(from: randomness)),
            staff: .open(staff, salt: Secret(from: randomness)))
    }

    public var commitment: Digest {
        SHA256.hash(parts: [[UInt8]("voffice/use/1".utf8), common.code.bytes, person.code.bytes, staff.code.bytes])
    }

    public var leaf: Leaf { .closed(commitment) }

    /// As the person gets it: who of the staff it was stays apart.
    public var forThePerson: UseOpening { UseOpening(common: common, person: person, staff: staff.closed) }

    /// Throws `inconsistent` unless these parts are what was committed to.
    public func verify(against commitment: Digest) throws(LogFault) {
        guard self.commitment == commitment else { throw .inconsistent }
    }
}
