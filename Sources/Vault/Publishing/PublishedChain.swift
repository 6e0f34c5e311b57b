// What a production house runs by, checked anew at each start: every note, every digest, every moment, and that nothing is missing
// between them.

import Crypto
import Policy
import Store
import TransparencyLog

struct PublishedChain {
    let signatures: Signatures

    /// The version under which the house was founded, and those that were published after it, each with its moment.
    func timeline(in rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) -> [LoadedVersion] {
        let founding = try rows.first("SELECT v.id, v.document FROM policy_founding f JOIN policy_version v ON v.id = f.version") {
            ($0.integer(0), $0.blob(1))
        }
        guard let (row, document) = founding else { throw .tampered("The founding of the house") }
        let (publications, force) = try read(rows)
        var timeline = [try load(row, document, since: force.first?.since ?? Instant(seconds: 0))]
        var head: Digest?, begun = Instant(microseconds: .min)
        for publication in publications {
            let note = try check(publication)
            guard publication.withdrawal == nil else {
                try check(withdrawalOf: publication)
                continue
            }
            guard note.parent == head else { throw .tampered("The parent of version \(note.number)") }
            defer { begun = publication.since }
            head = note.document
            let version = try load(publication.version, publication.document, since: publication.since)
            guard version.policy.documentDigest == note.document, version.policy.digest == note.rules,
                version.policy.version.number == note.number, version.policy.from == note.from
            else { throw .tampered("The document of version \(note.number)") }
            if note.parent == nil {
                guard publication.version == row else { throw .tampered("The founding of the house") }
            } else {
                guard publication.since > begun else { throw .tampered("The moment of version \(note.number)") }
                timeline.append(version)
            }
        }
        let wanted = timeline.map { InForce(since: $0.since, version: $0.row, name: $0.policy.versionText) }
        guard wanted == force else { throw .tampered("The list of what is in force") }
        return timeline
    }

    /// That each note stands in the log where its row says, or waits for it.
    static func refuseUnlogged(in rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) {
        let publications = try rows.all("SELECT id, note, leaf, version FROM policy_publication ORDER BY id") {
            (id: $0.integer(0), leaf: Leaf.open($0.blob(1)).data, number: $0.integerOrNil(2), version: $0.integer(3))
        }
        for (id, leaf, number, version) in publications {
            let isThere =
                if let number {
                    try rows.exists("SELECT 1 FROM log_leaf WHERE number = \(number) AND leaf = \(leaf)")
                } else {
                    try rows.exists("SELECT 1 FROM leaf_waiting WHERE subject = 0 AND publication = \(id) AND leaf = \(leaf)")
                }
            guard isThere else { throw .tampered("The entry of version \(version) in the log") }
        }
    }

    /// That the log has no note of a version of which there is no publication: what was published can't be made undone.
    static func refuseMissing(in rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) {
        let known = Set(try rows.all("SELECT leaf FROM policy_publication WHERE leaf IS NOT NULL") { $0.integer(0) })
        // A closed entry has 33 bytes; those of another length have an index of their own.
        let open = try rows.all("SELECT number, leaf FROM log_leaf WHERE length(leaf) <> 33 ORDER BY number") {
            (number: $0.integer(0), leaf: $0.blob(1))
        }
        for (number, leaf) in open where !known.contains(number) && leaf.dropFirst().starts(with: "voffice policy 1\n".utf8) {
            throw .tampered("The version of which entry \(number) of the log tells")
        }
    }
}

extension PublishedChain {
    private struct Publication {
        let text: String, document: [UInt8], digest: [UInt8]
        let version: Int64, note: [UInt8], at: Instant, since: Instant
        let withdrawal: [UInt8]?
    }

    private struct InForce: Equatable {
        let since: Instant, version: Int64, name: String
    }

    private func read(_ rows: borrowing Snapshot<PublishingFault>) throws(PublishingFault) -> ([Publication], [InForce]) {
        let publications = try rows.all(
            """
            SELECT p.text, v.document, u.version, u.note, u.at, u.since, w.note, v.digest FROM policy_publication u
                JOIN policy_proposal p ON p.id = u.proposal JOIN policy_version v ON v.id = u.version
                LEFT JOIN policy_withdrawal w ON w.proposal = u.proposal ORDER BY u.id
            """
        ) { row in
            Publication(
                text: row.text(0), document: row.blob(1), digest: row.blob(7), version: row.integer(2), note: row.blob(3),
                at: row.instant(4), since: row.instant(5), withdrawal: row.blobOrNil(6))
        }
        let count = try rows.first("SELECT count(*) FROM policy_publication") { $0.integer(0) } ?? 0
        guard count == Int64(publications.count) else { throw .tampered("The list of publications") }
        let force = try rows.all("SELECT since, version, name FROM policy_force ORDER BY since") {
            InForce(since: $0.instant(0), version: $0.integer(1), name: $0.text(2))
        }
        return (publications, force)
    }

    private func load(_ row: Int64, _ document: [UInt8], since: Instant) throws(PublishingFault) -> LoadedVersion {
        guard let policy = Policy.compile(document, file: "version \(row)", checked: false).policy else {
            throw .tampered("The document of version \(row)")
        }
        return LoadedVersion(row: row, since: since, policy: policy)
    }

    /// The note, and that its moments are those that it asks for.
    private func check(_ publication: Publication) throws(PublishingFault) -> PolicyNote {
        let named = PolicyNote(text: publication.text).map { "The note of version \($0.number)" } ?? "The note of a version"
        let signed: Signatures.Signed
        do throws(LogFault) { signed = try signatures.open(publication.note, count: 2, sealed: true) } catch { throw .tampered(named) }
        guard signed.text == publication.text, let note = PolicyNote(text: signed.text) else { throw .tampered(named) }
        guard SHA256.hash(publication.document) == note.document else { throw .tampered("The document of version \(note.number)") }
        // By it other rows find the version.
        guard publication.digest == note.document.bytes else { throw .tampered("The digest of version \(note.number)") }
        do throws(PublishingFault) { try note.refuseTooSoon(publishedAt: signed.at) } catch {
            throw .tampered("The waiting time of version \(note.number)")
        }
        guard publication.at == signed.at, publication.since == note.since(publishedAt: signed.at) else {
            throw .tampered("The moment of version \(note.number)")
        }
        return note
    }

    private func check(withdrawalOf publication: Publication) throws(PublishingFault) {
        let number = PolicyNote(text: publication.text)?.number ?? 0
        do throws(LogFault) {
            let signed = try signatures.open(publication.withdrawal ?? [], count: 1, sealed: true)
            if signed.text == WithdrawalNote.text(of: publication.text), signed.at < publication.since { return }
        } catch {}
        throw .tampered("The withdrawal of version \(number)")
    }
}

extension Vault {
    /// That each note is in the log: under its number, or on its way there.
    func checkPublicationsInLog() throws(PublishingFault) {
        let fault: PublishingFault?
        do throws(Refusal) {
            fault = try store.read { (rows) throws(Refusal) -> PublishingFault? in
                let publications = try rows.all("SELECT id, note, leaf, version FROM policy_publication") {
                    (id: $0.integer(0), leaf: Leaf.open($0.blob(1)), number: $0.integerOrNil(2), version: $0.integer(3))
                }
                let numbers = publications.compactMap(\.number)
                let tree = numbers.isEmpty ? nil : try self.provingTree(for: numbers, in: rows)
                for publication in publications {
                    let isThere =
                        if let number = publication.number {
                            tree?.holds(publication.leaf.hash, at: number) == true
                        } else {
                            try rows.exists(
                                """
                                SELECT 1 FROM leaf_waiting WHERE subject = 0 AND publication = \(publication.id)
                                    AND leaf = \(publication.leaf.data)
                                """)
                        }
                    if !isThere { return .tampered("The entry of version \(publication.version) in the log") }
                }
                return nil
            }
        } catch { throw .tampered("The log") }
        if let fault { throw fault }
        try store.read { (rows) throws(PublishingFault) in try PublishedChain.refuseMissing(in: rows) }
    }
}
