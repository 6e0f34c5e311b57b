// The versions of the policy and what is proposed: whether each is what its digest and its note say.

import Crypto
import Policy
import Store
import TransparencyLog

extension Inspection {
    mutating func inspectPolicy() throws(StoreFault) {
        let versions = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT id, number, document, digest FROM policy_version ORDER BY id") {
                (row: $0.integer(0), number: $0.integer(1), document: $0.blob(2), digest: $0.blob(3))
            }
        }
        for version in versions where SHA256.hash(version.document).bytes != version.digest {
            report(
                .policyAltered, "version \(version.number) (row \(version.row) of policy_version): its digest isn't that of its document")
        }
        for version in versions { policies[version.row] = Policy.compile(version.document, file: "version \(version.row)").policy }
        try inspectProposals(Set(versions.map(\.digest)))
        if isDevelopment == false { try inspectPublished() }
        try inspectForce(Dictionary(versions.map { ($0.row, ($0.number, $0.document)) }) { $1 })
    }

    /// What a start would refuse of what was published, and what was agreed to it.
    private mutating func inspectPublished() throws(StoreFault) {
        let (ring, origin) = (buckets.ring, origin)
        do throws(PublishingFault) {
            let signatures: Signatures
            do throws(LogFault) { signatures = try Signatures(ring, origin: origin) } catch { throw .tampered("The log's name") }
            try data.read { (rows) throws(PublishingFault) in
                _ = try PublishedChain(signatures: signatures).timeline(in: rows)
                try PublishedChain.refuseUnlogged(in: rows)
                try PublishedChain.refuseMissing(in: rows)
            }
        } catch {
            if case .store(let fault) = error { throw fault }
            report(.policyAltered, error.description)
        }
        let unagreed = try data.read { (rows) throws(StoreFault) in
            try rows.all(
                """
                SELECT u.version, count(a.proposal) FROM policy_publication u LEFT JOIN policy_approval a ON a.proposal = u.proposal
                    GROUP BY u.id, u.version HAVING count(a.proposal) < 2 ORDER BY u.id
                """
            ) { (version: $0.integer(0), count: $0.integer(1)) }
        }
        for (version, count) in unagreed {
            report(.rowsLost, "who agreed to the version in row \(version) of policy_version: policy_approval has \(count) of two")
        }
    }

    /// When which version came into force names it by its rules: two rows of versions that were exchanged don't pass.
    private mutating func inspectForce(_ versions: [Int64: (number: Int64, document: [UInt8])]) throws(StoreFault) {
        let forces = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT since, version, name FROM policy_force ORDER BY since") { ($0.instant(0), $0.integer(1), $0.text(2)) }
        }
        if forces.isEmpty, !versions.isEmpty, isDevelopment == true {
            report(.policyAltered, "policy_force doesn't say which version is in force")
        }
        for (since, row, name) in forces {
            guard let version = versions[row] else { continue }
            let place = "version \(version.number) (row \(row) of policy_version), in force since \(since.iso)"
            guard let text = policies[row]?.versionText, text == name, text.hasPrefix("\(version.number) ") else {
                report(.policyAltered, "\(place): policy_force has other rules for it than its document")
                continue
            }
        }
    }

    /// What lies in a record was collected under the version that the person's list has: rows of versions that were exchanged, with all that names
    /// them, show here.
    mutating func inspectVersion(of use: RecordedUse, _ person: Subject) {
        guard use.verb == "collect", !use.isRefusal, let rows = changed.collected[use.at] else { return }
        for row in rows {
            guard let text = policies[row]?.versionText, text != use.version, misnamed.insert(row).inserted else { continue }
            report(
                .policyAltered,
                "row \(row) of policy_version is version \(text), and person \(person.id) has by their list given under \(use.version) what names it"
            )
        }
    }

    /// Published ones too: what two officers signed is checked at each start.
    private mutating func inspectProposals(_ versions: Set<[UInt8]>) throws(StoreFault) {
        let proposals = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT id, text, document FROM policy_proposal ORDER BY id") { ($0.integer(0), $0.text(1), $0.blob(2)) }
        }
        for (id, text, document) in proposals {
            guard let note = PolicyNote(text: text) else {
                report(.policyAltered, "proposal \(id): its note can't be read")
                continue
            }
            if SHA256.hash(document) != note.document {
                report(.policyAltered, "proposal \(id): its document isn't the one that its note names")
            }
            let translations = try data.read { (rows) throws(StoreFault) in
                try rows.all("SELECT language, document FROM policy_translation WHERE proposal = \(id)") { ($0.text(0), $0.blob(1)) }
            }
            if PolicyNote.translations(Dictionary(translations, uniquingKeysWith: { $1 })) != note.translations {
                report(.policyAltered, "proposal \(id): its translation isn't the one that its note names")
            }
            if let parent = note.parent, !versions.contains(parent.bytes) {
                report(.policyAltered, "proposal \(id): the version before it isn't there")
            }
        }
    }
}
