// What a start says once the door is open: where it is, which policy is in force, who has to do what.

import Office
import Policy
import Vault

extension Serve {
    /// In a house of development: its file, or what was published there since it was changed last.
    private static func sayWhichPolicy(_ path: String, _ office: Environment) {
        guard let editions = try? office.editions() else { return }
        let number = office.policy.version.number
        if editions.contains(where: { $0.state == .inForce && $0.published != nil }) {
            Terminal.say(
                "Version \(number) of the policy is in force, as two officers published it; \(path) counts again once it is changed.")
        } else if let published = editions.filter({ $0.published != nil }).map(\.number).max(), published >= number {
            Terminal.say(
                """
                Version \(published) of the policy was published here and isn't in force: \(path) was changed since, and says version \(number). \
                To go on from what was published, put its text there (/policy/versions).
                """)
        }
    }

    static func sayWhereToGo(_ configuration: Configuration, _ office: Environment) async {
        let address = configuration.publicAddress
        Terminal.say("The house is open: \(address)")
        if office.settings.isDevelopment, configuration.mail.server == nil {
            Terminal.say("This is a development directory. Mails don't leave it; read them at \(address)/dev/outbox")
        }
        if office.settings.isDevelopment { sayWhichPolicy(configuration.policy, office) }
        if (try? office.isOpen) == false {
            Terminal.say("Its first policy isn't published yet: an administrator invites the two officers, who read and approve it.")
        }
        if let token = try? await office.firstInvitation() {
            if let refused = office.refusal(of: .firstAdministrator) ?? (try? office.previewOfBeginning(token))?.refused {
                Terminal.complain("voffice: nobody can become its first administrator. \(refused.sentence)")
            } else {
                Terminal.say("Become its first administrator (one use, one day): \(address)/begin/\(token.text)")
            }
        }
        Terminal.say("Stop with Control-C.")
    }
}
