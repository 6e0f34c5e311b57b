// Makes and reads the signed notes of publishing. What isn't signed by this house and by its officers is nothing.

import Crypto
import Policy
import Store
import TransparencyLog

struct Signatures {
    let house: NoteSigner
    let officers: OfficerKeys
    /// The house by each name that its log ever had.
    private let houses: [NoteVerifier]

    init(_ ring: KeyRing, origin: String) throws(LogFault) {
        house = try NoteSigner(name: origin, key: ring.signing)
        officers = OfficerKeys(ring, origin: origin)
        var houses: [NoteVerifier] = []
        for name in officers.origins { houses.append(try NoteVerifier(name: name, key: ring.signing.publicKey)) }
        self.houses = houses
    }

    /// A text, signed by one officer at a moment.
    func approve(_ text: String, by officer: Officer, at now: Instant) throws(LogFault) -> [UInt8] {
        try Note.sign(Array(text.utf8), by: [try officers.signer(for: officer)], at: UInt64(max(0, now.seconds)))
    }

    /// The same with the signature of a second note over the same text, and the house's own.
    func seal(_ note: [UInt8], with second: [UInt8]? = nil) throws(LogFault) -> [UInt8] {
        let text = try open(note, count: 1).text, both = note + (second.map { $0.dropFirst(text.utf8.count + 1) } ?? [])
        return try Note.add(house, to: both)
    }

    /// Who signed a text, and when. Throws unless exactly `count` officers did, and nobody else but the house.
    func open(_ note: [UInt8], count: Int, sealed: Bool = false) throws(LogFault) -> Signed {
        let names = try Note.names(in: note)
        let known = names.compactMap(officers.signer(named:))
        let note = try Note.open(note, knowing: known.map(\.verifier) + (sealed ? houses : []))
        guard names.count == count + (sealed ? 1 : 0), note.signers.count == names.count, known.count == count else {
            throw .unknownSigner
        }
        guard Set(known.map(\.name.role)).count == count, Set(known.map(\.name.person)).count == count else { throw .unknownSigner }
        let last = note.times.values.max() ?? 0
        return Signed(text: String(decoding: note.text, as: UTF8.self), at: Instant(seconds: Int64(clamping: last)), by: known.map(\.name))
    }

    struct Signed {
        let text: String
        /// When the last of them signed.
        let at: Instant
        let by: [OfficerKeys.Name]
    }
}

/// The text of the note by which one officer takes a version back before it begins.
enum WithdrawalNote {
    /// voffice policy withdrawn 1
    /// note SHA-256 of the text that was to be published
    static func text(of note: String) -> String { "voffice policy withdrawn 1\nnote \(SHA256.hash(Array(note.utf8)).hex)\n" }
}

extension PolicyNote {
    /// When it begins, if it is published at that moment. Two seconds at least are left for what is under way.
    func since(publishedAt moment: Instant) -> Instant { max(from.start, Instant(seconds: moment.seconds + 2)) }

    /// What its `from` must keep. The first version of a house has made nobody a promise yet, so it needn't wait.
    func refuseTooSoon(publishedAt moment: Instant) throws(PublishingFault) {
        guard parent != nil else { return }
        let today = Day(of: moment)
        guard from >= today else { throw .inThePast(today: today) }
        let earliest = waiting.earliest(from: Instant(seconds: moment.seconds))
        guard from >= earliest else { throw .tooSoon(waiting, earliest: earliest) }
    }
}
