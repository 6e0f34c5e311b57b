// What a newer version of the policy would change for somebody, and what they say to it.

public import Policy
import Store
public import Vault

/// What the person said to a version, of which a row of the vault is the record.
struct ChosenVersion: Use {
    static let declared: UseDeclaration = .collect("choice record", from: "settings page", to: "honour your choices")
}

extension Environment {
    /// The versions that ask for the person's yes, or got their word.
    public func newerVersions(for session: Session) throws(NotDone) -> [NewerVersion] {
        try attempt { () throws(Refusal) in try vault.newerVersions(for: session.own) }
    }

    /// - Parameter word: nil takes back what was said.
    public func say(_ word: Bool?, to version: Int64, for session: Session) async throws(NotDone) {
        try await attempt { () async throws(Refusal) in try await vault.say(word, to: version, as: ChosenVersion.self, of: session.own) }
    }

    /// Why the policy would refuse to take the word in; nil: it may be offered.
    public var refusalOfWord: Refused? { vault.refusal(ofAnyOf: [ChosenVersion.self]) }

    /// A version as it speaks in a language, in the words of the translation that was published with it.
    public func voice(of policy: Policy, in tongue: Tongue) throws(NotDone) -> Voice {
        Voice(policy, in: tongue, translation: try attempt { () throws(Refusal) in try vault.translation(tongue.rawValue, of: policy) })
    }

    /// What they chose, as the list of what is held has it.
    func choices(of session: Session) throws(Refusal) -> [Beside] {
        func choice(_ value: String, _ since: Instant) -> Beside {
            Beside(.collect, "choice record", from: "settings page", to: "honour your choices", value: value, since: since)
        }
        let restricted = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT since FROM restriction WHERE subject = \(session.subject) AND ended IS NULL") { $0.instant(0) }
        }
        let asleep = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT since FROM asleep WHERE subject = \(session.subject) AND ended IS NULL") { $0.instant(0) }
        }
        let chosen = try madeChoices(of: session.subject).map { made in
            choice(made.message.isEmpty ? made.condition : "\(made.condition): \(made.message) through \(made.through)", made.since)
        }
        return chosen + (restricted.map { [choice("kept and not used", $0)] } ?? []) + (asleep.map { [choice("deactivated", $0)] } ?? [])
            + (try vault.words(of: session.own).map { version, said in
                let number = vault.policy(ofVersion: version)?.version.number ?? Int(version)
                return choice("\(said.isYes ? "yes" : "no") to version \(number)", said.since)
            })
    }
}
