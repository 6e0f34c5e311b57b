// The person's own list of uses, each verified against the signed log when it is shown.

import Crypto
import Policy
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
    public var proof: ProofState
    /// Of a refusal: how many like it came after it today, and aren't told by an entry of their own yet.
    public var repeated: Int64 = 0
    /// What the browser verifies: the common part, as its hash went into the log.
    public let text: String
    /// The part that only the person opens: whose it is, and where it stands in their chain.
    public let personText: String
    /// Of what was told late: its number in the log from the first, under which it was verified too.
    public var original: Int64? = nil
}

extension Vault {
    /// The newest first; `before` is the sequence number to go on from.
    public func uses(of own: OwnSession, before: Int64?, limit: Int) throws(Refusal) -> [ChainEntry] {
        let part = try excerpt(of: own, before: before, limit: limit)
        return try entries(of: part, opened(part))
    }

    /// nil: no such entry of this person.
    public func use(_ sequence: Int64, of own: OwnSession) throws(Refusal) -> ChainEntry? {
        let seen = try keys.seenEntry(of: own.subject), (row, tree) = try row(sequence, of: own)
        guard let row else { return nil }
        let opening = try open(row, of: own.subject, with: try monthKeys(of: [row], own.subject))
        guard let use = RecordedUse(text: opening.commonText) else { throw .damaged("use record \(row.sequence)") }
        let isAsSeen = seen?.allows(sequence, opening.leaf.hash) ?? true
        let wasSo = isAsAtTheTime(row, use, of: own.subject, with: try monthKeys(of: [row], own.subject), in: tree)
        var entry = ChainEntry(
            sequence: sequence, use: use,
            proof: isAsSeen && wasSo
                ? state(of: opening.leaf.hash, row.number, by: row.number.flatMap { try? tree?.proof(of: $0) }, in: tree) : .mismatch,
            text: opening.commonText, personText: opening.personText, original: row.late?.number)
        entry.repeated = try keys.repeatedRefusals(of: own.subject)[sequence] ?? 0
        return entry
    }

    /// The proof as JSON that the browser verifies; nil until the entry is under a signed checkpoint.
    public func proof(of sequence: Int64, of own: OwnSession) throws(Refusal) -> [UInt8]? {
        let (row, tree) = try row(sequence, of: own)
        guard let row, let number = row.number, let tree else { return nil }
        let opening = try open(row, of: own.subject, with: try monthKeys(of: [row], own.subject))
        do throws(LogFault) {
            return try UseProof(opening, receipt: try tree.receipt(of: number), log: NoteVerifier(name: origin, key: logKey)).json()
        } catch { throw .damaged("proof") }
    }
}

extension Vault {
    /// Every entry of the person's chain that is kept, up to one: as their page shows it, the newest first; and opened, the oldest first,
    /// with its proof. Both are of one moment. What comes later is no part of it: so each has its proof.
    func chain(of own: OwnSession, upTo last: Int64) throws(Refusal) -> (entries: [ChainEntry], chain: ExportedChain) {
        let excerpt = try excerpt(of: own, before: nil, limit: .max)
        let all = opened(excerpt), kept = all.filter { $0.row.sequence <= last }
        guard let tree = excerpt.tree, let checkpoint = tree.checkpoint, let end = excerpt.head?.end else {
            throw .damaged("record of uses")
        }
        let links = kept.reversed().map { entry in
            ExportedChain.Link(
                sequence: entry.row.sequence, opening: entry.opening, receipt: entry.proof.map { Receipt($0, checkpoint: tree.note) },
                original: original(of: entry.row, own.subject, with: excerpt.keys).map { opening, number in
                    (opening, try? tree.receipt(of: number))
                })
        }
        // Where less is there than the keys have seen, the chain has to end where they say.
        let newest = kept.first.flatMap { entry in entry.leaf.map { (entry.row.sequence, $0) } }
        let head = excerpt.head?.isShort == true ? end : newest ?? end
        return (
            try entries(of: excerpt, all).filter { $0.sequence <= last },
            ExportedChain(links: links, first: excerpt.firstKept, head: head, cut: excerpt.head?.seen?.cut, tree: (tree.note, checkpoint))
        )
    }
}

extension Vault {
    /// When an entry was made; tells nothing else of it, so nobody's right to read the list is asked.
    func instant(of sequence: Int64, in own: OwnSession) throws(Refusal) -> Instant? {
        guard let row = try store.read({ (rows) throws(Refusal) in try UseRow.of(own.subject, sequence, in: rows) }) else { return nil }
        return RecordedUse(text: try open(row, of: own.subject, with: try monthKeys(of: [row], own.subject)).commonText)?.at
    }

    /// Why the person may not read their list at this moment; nil: they may.
    public func refusalOfUses(_ own: OwnSession) throws(Refusal) -> Refused? {
        do throws(Refusal) { try store.read { (rows) throws(Refusal) in try mayRead(own, RecordOfUses.field, in: rows) } } catch {
            guard case .policy(let refused) = error else { throw error }
            return refused
        }
        return nil
    }
}
