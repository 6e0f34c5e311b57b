// Everything that is held of a person, to take along: each value with its why and until, and each use with what proves it.

import Crypto
public import JSON
import Policy
public import Store
import TransparencyLog

/// What a person takes along. `json` has it all; its format is published as `assets/export-1.schema.json`, and `voffice-verify` checks it.
public struct ExportedPerson: Sendable {
    public let at: Instant
    public let subject: Subject
    public let holdings: [Holding]
    /// The newest first, each as the person's page shows it.
    public let uses: [ChainEntry]
    let chain: ExportedChain
    /// The log's verifier key.
    public let key: String
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
    /// The oldest first.
    let links: [Link]
    let head: (sequence: Int64, leaf: Digest)?
    let checkpoint: [UInt8]?
}

extension Vault {
    /// Records that the person takes everything along, and gives it with that entry among the rest.
    /// - Parameter held: what is held of them, as their page shows it.
    public func export(of own: OwnSession, held: [Holding]) async throws(Refusal) -> ExportedPerson {
        let keys = try await monthKeys(of: own.subject)
        let now = clock.now()
        let use = RecordedUse(
            at: now, verb: "export", who: "the person", things: ["everything"], purpose: nil, outcome: "yes", rules: [],
            version: versionText, matter: nil)
        try await store.write { (rows) throws(Refusal) -> Void in
            try self.refuseErased(own.subject, in: rows)
            _ = try self.ledger.append(use, of: own.subject, staff: nil, under: keys, in: rows)
        }
        try await sequence()
        let (entries, chain) = try chain(of: own)
        return ExportedPerson(at: now, subject: own.subject, holdings: held, uses: entries, chain: chain, key: logKeyText)
    }
}

extension ExportedPerson {
    /// - Parameter house: where it comes from, as the person knows it.
    public func json(from house: String) -> JSON {
        .object([
            ("format", .string("voffice/export/1")), ("house", .string(house)), ("at", .string(at.iso)),
            ("subject", .string("\(subject.id)")), ("held", .list(holdings.map(\.json))), ("uses", .list(chain.links.map(\.json))),
            ("head", chain.head.map { .object([("sequence", .int(Int($0.sequence))), ("leaf", .string(base64($0.leaf)))]) } ?? .null),
            ("checkpoint", .maybe(chain.checkpoint.map { String(decoding: $0, as: UTF8.self) })), ("key", .string(key)),
        ])
    }
}

extension Holding {
    /// Why the value isn't in the file. Of a key it isn't: whoever found the file could come in by it.
    private var withheld: String? { refusal?.outcome ?? (kind == .token ? "a key" : nil) }

    fileprivate var json: JSON {
        .object([
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
        ])
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
                ("salt", .string(Base64.encode(salt.withBytes { span in span.indices.map { span[$0] } }))),
            ])
        case .closed(let code): .object([("code", .string(base64(code)))])
        }
    }
}

private func base64(_ digest: Digest) -> String { Base64.encode(digest.bytes) }

extension Instant {
    /// `2026-11-24T20:55:12Z` (RFC 3339), UTC.
    fileprivate var iso: String {
        let days = (seconds - (seconds < 0 ? 86_399 : 0)) / 86_400, rest = seconds - days * 86_400
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(Day(Int(days)).iso)T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}
