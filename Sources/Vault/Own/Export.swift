// Everything that is held of a person, to take along: each value with its why and until, each use with what proves it, and the house's
// signed word on all of it (decision 033).

import Crypto
public import JSON
import Policy
public import Store
import TransparencyLog

/// What a person takes along. `json` has it all; its format is published as `assets/export-2.schema.json`, and `voffice-verify` checks it.
public struct ExportedPerson: Sendable {
    public let at: Instant
    public let subject: Subject
    public let holdings: [Holding]
    /// What can't be opened, and so isn't among them.
    public let closed: [ClosedRecord]
    /// The newest first, each as the person's page shows it.
    public let uses: [ChainEntry]
    let chain: ExportedChain
    /// The number of the policy's version at that moment.
    let version: Int
    /// Signs under the log's own key.
    let signer: NoteSigner
    /// What every salt is derived from; it goes with this value.
    let seed: Secret
}

/// A person's chain of uses with what opens and proves each.
struct ExportedChain: Sendable {
    struct Link: Sendable {
        let sequence: Int64
        /// nil: it doesn't open; the entry is damaged.
        let opening: UseOpening?
        /// nil: not yet in the log.
        let receipt: Receipt?
        /// Of what was told late: the entry of its time.
        let original: (opening: UseOpening, receipt: Receipt?)?
    }
    /// The oldest first, up to the entry of the export itself.
    let links: [Link]
    /// The entry from which on everything must be there, as the keys know; nil: nobody knows.
    let first: Int64?
    let head: (sequence: Int64, leaf: Digest)
    /// The first entry before which others were lost, as the keys know; nil: none.
    let cut: Int64?
    let tree: (note: [UInt8], checkpoint: Checkpoint)
}

extension Vault {
    /// Records that the person takes everything along, and gives it with that entry among the rest.
    /// - Parameters:
    ///   - held: what is held of them, as their page shows it.
    ///   - closed: what of it can't be opened.
    public func export(of own: OwnSession, held: [Holding], closed: [ClosedRecord] = []) async throws(Refusal) -> ExportedPerson {
        let keys = try await monthKeys(of: own.subject)
        let now = clock.now()
        let use = RecordedUse(
            at: now, verb: "export", who: "the person", things: ["everything"], purpose: nil, outcome: "yes", rules: [],
            version: versionText, matter: nil)
        let last = try await store.write { (rows) throws(Refusal) -> Int64 in
            try self.refuseErased(own.subject, in: rows)
            return try self.ledger.append(use, of: own.subject, staff: nil, under: keys, in: rows)
        }
        // Whatever was recorded up to here is then in the log, and proved.
        try await settle(own.subject, upTo: last)
        let (entries, chain) = try chain(of: own, upTo: last)
        return ExportedPerson(
            at: now, subject: own.subject, holdings: held, closed: closed, uses: entries, chain: chain, version: policy.version.number,
            signer: try logSigner,
            seed: Secret(from: randomness))
    }
}

extension ExportedPerson {
    /// - Parameters:
    ///   - house: where it comes from, as the person knows it.
    ///   - files: what goes along beside it.
    public func json(from house: String, beside files: [(name: String, bytes: [UInt8])] = []) throws(Refusal) -> JSON {
        let held = opened(holdings.map(\.members) + closed.flatMap { $0.members(at: at, version) }, "voexheld")
        let files = opened(
            files.map { [("name", .string($0.name)), ("sha256", .string(base64(SHA256.hash($0.bytes))))] }, "voexfile")
        let oldest = chain.links.first?.sequence ?? 0
        let statement = ExportStatement(
            house: house, at: at.iso, subject: "\(subject.id)", uses: Int(min(oldest, chain.first ?? oldest))...Int(chain.head.sequence),
            head: chain.head.leaf, cut: chain.cut.map { Int($0) }, tree: chain.tree.checkpoint, held: held.map(\.code),
            files: files.map(\.code))
        let note: [UInt8]
        do throws(LogFault) { note = try statement.sign(by: signer) } catch { throw .damaged("statement of an export") }
        return .object([
            ("format", .string("voffice/export/2")), ("house", .string(house)), ("at", .string(at.iso)),
            ("subject", .string("\(subject.id)")), ("held", .list(held.map(\.json))), ("uses", .list(chain.links.map(\.json))),
            ("files", .list(files.map(\.json))), ("checkpoint", .string(String(decoding: chain.tree.note, as: UTF8.self))),
            ("statement", .string(String(decoding: note, as: UTF8.self))), ("key", .string(signer.verifier.description)),
        ])
    }

    /// Each with its salt, and the code that is signed.
    private func opened(_ things: [[(String, JSON)]], _ kind: StaticString) -> [(json: JSON, code: Digest)] {
        things.enumerated().map { number, members in
            let salt = seed.derive(kind, UInt64(number)), canonical = JSON.object(members).canonicalBytes
            return (.object(members + [("salt", .string(base64(salt)))]), UsePart.open(canonical, salt: salt).code)
        }
    }
}

extension Holding {
    /// Why the value isn't in the file. Of a key it isn't: whoever found the file could come in by it.
    private var withheld: String? { refusal?.outcome ?? (kind == .token ? "a key" : nil) }

    fileprivate var members: [(String, JSON)] {
        [
            ("field", .string(field)), ("item", item == 0 ? .null : .int(Int(item))),
            ("value", withheld == nil ? .string(value) : .null), ("withheld", .maybe(withheld)),
            ("rules", .strings(rules.map(\.address))), ("source", .string(source)), ("since", .string(since.iso)),
            ("corrected", .maybe(corrected?.iso)),
            ("until", .maybe(until?.iso)), ("version", .int(version.number)),
            (
                "kept",
                .list(
                    terms.map { term in
                        let reason: (String, JSON) =
                            switch term.reason {
                            case .because(let words): ("because", .string(words))
                            case .byLaw(let law): ("law", .string(law))
                            }
                        return .object([("rule", .string(term.address)), reason])
                    })
            ),
        ]
    }
}

extension ClosedRecord {
    /// Of each field that may lie in it: that it isn't in the file, and when that was seen.
    fileprivate func members(at moment: Instant, _ version: Int) -> [[(String, JSON)]] {
        fields.map { field in
            [
                ("field", .string(field)), ("item", item == 0 ? .null : .int(Int(item))), ("value", .null),
                ("withheld", .string("it can't be opened, if it is there")), ("rules", .list([])), ("source", .string("")),
                ("since", .string(moment.iso)), ("corrected", .null), ("until", .null), ("version", .int(version)), ("kept", .list([])),
            ]
        }
    }
}

extension ExportedChain.Link {
    fileprivate var json: JSON {
        guard let opening else { return .object([("sequence", .int(Int(sequence))), ("damaged", .bool(true))]) }
        let withheld = original.map { [("withheld", JSON.object(entry($0.opening, $0.receipt)))] } ?? []
        return .object([("sequence", .int(Int(sequence)))] + entry(opening, receipt) + withheld)
    }

    private func entry(_ opening: UseOpening, _ receipt: Receipt?) -> [(String, JSON)] {
        [
            ("common", part(opening.common)), ("person", part(opening.person)), ("staff", part(opening.staff)),
            ("index", receipt.map { .int($0.index) } ?? .null), ("path", receipt.map { .strings($0.path.map(base64)) } ?? .null),
        ]
    }

    private func part(_ part: UsePart) -> JSON {
        switch part {
        case .open(let text, let salt):
            .object([
                ("text", .string(String(decoding: text, as: UTF8.self))),
                ("salt", .string(base64(salt))),
            ])
        case .closed(let code): .object([("code", .string(base64(code)))])
        }
    }
}

private func base64(_ digest: Digest) -> String { Base64.encode(digest.bytes) }
private func base64(_ salt: Secret) -> String { Base64.encode(salt.copied) }
