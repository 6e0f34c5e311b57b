// `voffice work`: what an open house does by itself, without the door: letters leave, the log grows, what has run out goes, keys are renewed.
//
// Beside servers that leave it to this one (`voffice serve --no-work`), and beside others like it: a job is claimed by a row, the log is placed by
// whoever holds its lease, and what is done by the hour is done once by whoever comes first.

import Office
import Vault

enum Work {
    static func run(until end: EndSignals) async {
        var configuration = Serve.readConfiguration()
        Serve.examine(&configuration, hasDoor: false)
        if let reason = configuration.whyOneWorks { Serve.stop("work: \(reason)") }
        if let lacking = DataDirectory.lacksHouse(configuration.data) {
            Serve.stop("work: \(lacking) The first `voffice serve` makes one.")
        }
        let file = DataDirectory.isProduction(configuration.data) ? nil : Serve.readPolicy(configuration.policy, isDevelopment: true)
        let directory: DataDirectory
        do throws(DataDirectory.Unfit) { directory = try DataDirectory(opening: configuration.data, besideOthers: true) } catch {
            Serve.stop(error.sentence)
        }
        let office = await Serve.open(directory, configuration, file, doesWork: true)
        let safe = await Serve.openSafe(office, configuration)
        if let mirror = configuration.mirror, !DataDirectory.makeFolder(mirror, mode: 0o755) {
            Serve.stop("mirror: \(mirror) can't be made or written. Give the process a folder that it owns, or leave the setting out.")
        }
        directory.letOthersIn()
        let chores = Chores(office, safe, configuration, doesWork: true)
        Terminal.say("The house is at work: \(configuration.publicAddress)")
        Terminal.say("Stop with Control-C.")
        await end.first()
        await chores.end()
        office.close()
    }
}

extension Configuration {
    /// Why the process that serves this house's pages has to do its work too; nil: another may.
    var whyOneWorks: String? {
        guard databases.isShared else {
            return """
                this house lies in files of SQLite, which are one process's alone: `voffice serve` does its work. Bring it to PostgreSQL first \
                (settings `database` and `keys`, `voffice admin move`); there one process may serve and another work.
                """
        }
        guard mail.server != nil else {
            return """
                mails of a house without `mail_server` stay in the process that serves its pages, where /dev/outbox shows them. Set it to a mail \
                server, or let `voffice serve` do the work.
                """
        }
        guard address != nil || port != 0 else {
            return "mails name the address of the house, and `port` is any free one. Set `address`, or `port` to a number."
        }
        return nil
    }
}
