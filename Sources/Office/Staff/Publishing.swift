// What the two officers do with a version that is proposed: read what it changes, agree to it, take it back.

import Crypto
public import Policy
import Store
public import Vault

/// Why a version wasn't approved or withdrawn.
public enum NotPublished: Error, Sendable {
    /// Their sign-in is too old, or older than the proposal.
    case signInAnew
    /// This house wants two factors of its officers, and one brought them in.
    case secondFactorMissing
    /// They were named lately, and no officer of before has agreed to them.
    case newOfficer(NewOfficer)
    case fault(PublishingFault)
    case notDone(NotDone)

    /// For the operator.
    public var told: String { if case .fault(let fault) = self { "\(fault)" } else { "\(self)" } }
}

/// A version that is proposed, and all that an officer must see before they sign.
public struct ProposedChange: Sendable {
    public let edition: Edition
    public let policy: Policy
    /// What it changes; nil: it is the first version of this house.
    public let draft: Draft?
    /// How many people it concerns.
    public let concerned: Concerned
}

extension Environment {
    /// How long after signing in an officer may sign.
    public static let signingTime = Swift.Duration.seconds(600)

    /// Every version, proposed ones among them, the newest first.
    public func editions() throws(NotDone) -> [Edition] { try attempt { () throws(Refusal) in try vault.editions() } }

    /// Whether two officers published the version in force; in a house of development it may be the file's.
    public var isPublished: Bool {
        get throws(NotDone) { try editions().contains { $0.state == .inForce && $0.published != nil } }
    }

    /// False until the first version of a production house is published.
    public var isOpen: Bool { get throws(NotDone) { try attempt { () throws(Refusal) in try vault.isOpen } } }

    /// The translation that was published with the version in force, or with another; nil: there is none.
    public func translation(into language: String, of version: Policy? = nil) throws(NotDone) -> [UInt8]? {
        try attempt { () throws(Refusal) in try vault.translation(language, of: version) }
    }

    /// Proposals that aren't among the editions, because their note can't be read any more.
    public func unreadableProposals() throws(NotDone) -> [Int64] {
        try attempt { () throws(Refusal) in try vault.unreadableProposals() }
    }

    /// Of those that wait for approval the ones that aren't as they were proposed, so that nobody can sign them.
    public func alteredProposals(among editions: [Edition]) -> Set<Int64> {
        Set(
            editions.filter { $0.state == .proposed }.compactMap(\.proposal).filter { proposal in
                do throws(PublishingFault) { _ = try vault.change(proposal) } catch { if case .altered = error { return true } }
                return false
            })
    }

    /// - Throws: `fault` where a part of it isn't as it was proposed, or can't be worked out any more.
    public func change(_ proposal: Int64, for member: StaffMember) throws(NotPublished) -> ProposedChange {
        guard member.isOfficer else { throw .notDone(.notFound) }
        let change: (policy: Policy, draft: Draft?)
        let concerned: Concerned
        do throws(PublishingFault) {
            change = try vault.change(proposal)
            concerned = try vault.concerned(by: change.draft)
        } catch {
            if case .unknown = error { throw .notDone(.notFound) }
            throw .fault(error)
        }
        let edition: Edition?
        do throws(NotDone) { edition = try editions().first { $0.proposal == proposal } } catch { throw .notDone(error) }
        guard let edition else { throw .notDone(.notFound) }
        return ProposedChange(edition: edition, policy: change.policy, draft: change.draft, concerned: concerned)
    }

    /// Signs, in the name of an officer who has just signed in for it.
    public func approve(_ proposal: Int64, in session: Session) async throws(NotPublished) -> Approved {
        let officer = try officer(session, for: proposal)
        do throws(PublishingFault) { return try await vault.approve(proposal, by: officer) } catch { throw .fault(error) }
    }

    public func withdraw(_ proposal: Int64, in session: Session) async throws(NotPublished) {
        let officer = try officer(session, for: proposal)
        do throws(PublishingFault) { try await vault.withdraw(proposal, by: officer) } catch { throw .fault(error) }
    }

    /// Somebody who came in no longer ago than ten minutes, and after the version was proposed; by two factors, where the house wants them.
    private func officer(_ session: Session, for proposal: Int64) throws(NotPublished) -> Officer {
        guard let member = session.staff, let officer = Officer(member.subject, role: member.role, number: member.number) else {
            throw .notDone(.notFound)
        }
        let edition: Edition?
        do throws(NotDone) { edition = try editions().first { $0.proposal == proposal } } catch { throw .notDone(error) }
        guard let edition, let proposed = edition.note?.proposed else { throw .fault(.unknown) }
        // Whoever waits needn't sign in anew to hear of it.
        let new: NewOfficer?
        do throws(NotDone) { new = try waiting(member) } catch { throw .notDone(error) }
        if let new { throw .newOfficer(new) }
        guard session.since.seconds >= proposed, clock.now() <= session.since + Self.signingTime else { throw .signInAnew }
        guard session.isStrong || !settings.staffNeedsSecondFactor else { throw .secondFactorMissing }
        return officer
    }

    private func compiled(_ document: Digest) throws(NotDone) -> Policy? {
        let bytes = try attempt { () throws(Refusal) in try vault.document(document) }
        return bytes.flatMap { Policy.compile($0, file: "the document", checked: false).policy }
    }
}

extension StaffMember {
    /// One of the two whose word publishes a version.
    public var isOfficer: Bool { Officer.roles.contains(role) }
}

extension Environment {
    /// What a published version changes of the one before it; nil: it is the first.
    public func draft(of edition: Edition) throws(NotDone) -> Draft? {
        guard let proposal = edition.proposal else { return nil }
        do throws(PublishingFault) { return try vault.change(proposal).draft } catch { throw .refused(.damaged("\(error)")) }
    }

    /// Whether the session is fresh enough to sign now.
    public func isFresh(_ session: Session, for proposal: Int64) -> Bool { (try? officer(session, for: proposal)) != nil }

    /// The bytes of a version's document.
    public func document(of edition: Edition) throws(NotDone) -> [UInt8]? {
        try attempt { () throws(Refusal) in try vault.document(edition.document) }
    }

    /// A version compiled: from what is loaded, or anew where it never came into force.
    public func policy(of edition: Edition) throws(NotDone) -> Policy? {
        if let loaded = edition.row.flatMap(vault.policy(ofVersion:)) { return loaded }
        return try compiled(edition.document)
    }
}
