// The person's own list of uses, each verified against the signed log when it is shown.

import Crypto
import Store
import TransparencyLog

public enum ProofState: Sendable, Hashable {
    /// Durable; the next checkpoint is a second away.
    case recorded
    /// Under a signed checkpoint, verified by the server just now; `number` is its place in the log.
    case signed(number: Int64)
    /// The log and the entry don't fit together.
    case mismatch
}

public struct ChainEntry: Sendable {
    /// From 1.
    public let sequence: Int64
    public let use: RecordedUse
    public let proof: ProofState
    /// What the browser verifies: the common part, as its hash went into the log.
    public let text: String
    /// The part that only the person opens: whose it is, and where it stands in their chain.
    public let personText: String
}

extension Vault {
    /// The newest first; `before` is the sequence number to go on from.
    public func uses(of own: OwnSession, before: Int64?, limit: Int) throws(Refusal) -> [ChainEntry] {
        let bound = before ?? .max
        let rows = try store.read { (rows) throws(Refusal) in
            try rows.all(
                """
                SELECT seq, kind, month, opening, number FROM use_record WHERE subject = \(own.subject) AND seq < \(bound)
                    ORDER BY seq DESC LIMIT \(limit)
                """, UseRow.init)
        }
        var entries: [ChainEntry] = []
        for row in rows { entries.append(try entry(row, of: own.subject)) }
        return entries
    }

    /// nil: no such entry of this person.
    public func use(_ sequence: Int64, of own: OwnSession) throws(Refusal) -> ChainEntry? {
        guard let row = try row(sequence, of: own.subject) else { return nil }
        return try entry(row, of: own.subject)
    }

    /// The proof as JSON that the browser verifies; nil until the entry is under a signed checkpoint.
    public func proof(of sequence: Int64, of own: OwnSession) throws(Refusal) -> [UInt8]? {
        guard let row = try row(sequence, of: own.subject), let number = row.number else { return nil }
        let opening = try open(row, of: own.subject)
        let receipt = try receipt(of: number)
        do throws(LogFault) { return try UseProof(opening, receipt: receipt, log: try verifier()).json() } catch { throw .damaged("proof") }
    }
}

extension Vault {
    private struct UseRow: Sendable {
        let sequence, kind, month: Int64, opening: [UInt8], number: Int64?
        init(_ row: borrowing Row) {
            (sequence, kind, month) = (row.integer(0), row.integer(1), row.integer(2))
            (opening, number) = (row.blob(3), row.integerOrNil(4))
        }
    }

    private func row(_ sequence: Int64, of subject: Subject) throws(Refusal) -> UseRow? {
        try store.read { (rows) throws(Refusal) in
            try rows.first(
                "SELECT seq, kind, month, opening, number FROM use_record WHERE subject = \(subject) AND seq = \(sequence)", UseRow.init)
        }
    }

    private func open(_ row: UseRow, of subject: Subject) throws(Refusal) -> UseOpening {
        let name = Ledger.MonthKeys.names(of: subject, kind: row.kind, month: row.month).uses
        guard let key = try keys.key(of: name) else { throw .gone }
        let plain: [UInt8]
        do {
            plain = try Sealed.open(row.opening, under: key, boundTo: Ledger.binding(subject, row.sequence, "person"))
        } catch { throw .damaged("use record \(row.sequence)") }
        return try UseOpening(personsView: plain)
    }

    private func entry(_ row: UseRow, of subject: Subject) throws(Refusal) -> ChainEntry {
        let opening = try open(row, of: subject)
        guard let use = RecordedUse(text: opening.commonText) else { throw .damaged("use record \(row.sequence)") }
        return ChainEntry(sequence: row.sequence, use: use, proof: try state(of: opening, row.number), text: opening.commonText,
            personText: opening.personText)
    }

    private func state(of opening: UseOpening, _ number: Int64?) throws(Refusal) -> ProofState {
        guard let number else { return .recorded }
        do {
            _ = try receipt(of: number).verify(opening.leaf.hash, in: try verifier())
            return .signed(number: number)
        } catch { return .mismatch }
    }

    /// The way from a leaf to the newest signed checkpoint.
    private func receipt(of number: Int64) throws(Refusal) -> Receipt {
        let (size, note, tiles) = try store.read { (rows) throws(Refusal) -> (Int, [UInt8], StoredTiles) in
            let newest = try rows.first("SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1") {
                (Int($0.integer(0)), Array($0.text(1).utf8))
            }
            guard let newest else { throw .damaged("log") }
            return (newest.0, newest.1, try Self.tiles(ofLeaf: Int(number), in: newest.0, rows))
        }
        do throws(LogFault) { return Receipt(try tiles.prove(leaf: Int(number), in: size), checkpoint: note) } catch {
            throw .damaged("log")
        }
    }

    private func verifier() throws(LogFault) -> NoteVerifier { try NoteVerifier(name: origin, key: logKey) }
}
