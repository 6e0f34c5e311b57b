// Opens the house: settings, data directory, policy, vault, office, site; then the door.

import Crypto
import Glibc
import HTTP
import Office
import Outbound
import Policy
import Site
import Store
import Vault

enum Serve {
    /// - Parameter doesWork: also what is done after the answer and by the hour; else another process does (`Work.swift`).
    static func run(until end: EndSignals, doesWork: Bool) async {
        var configuration = readConfiguration()
        // Whatever is wrong is said before anything is made.
        examine(&configuration)
        if !doesWork, let reason = configuration.whyOneWorks { stop("--no-work: \(reason)") }
        let assets = readAssets(configuration)
        _ = readCommonPasswords(configuration)
        let file = DataDirectory.isProduction(configuration.data) ? nil : readPolicy(configuration.policy, isDevelopment: true)
        // A start that finds its port taken makes nothing; of a house that runs already its own refusal says more.
        let early = DataDirectory.isThere(configuration.data) ? nil : door(configuration)
        let directory: DataDirectory
        do throws(DataDirectory.Unfit) {
            directory = try DataDirectory(opening: configuration.data, besideOthers: configuration.databases.isShared)
        } catch { stop(error.sentence) }
        // Mails and pages name the port, so it is taken before anybody writes one; people come in once all is open.
        let door = early ?? door(configuration)
        configuration.port = door.port
        let office = await open(directory, configuration, file, doesWork: doesWork)
        for use in office.usesWithoutRule {
            Terminal.complain("voffice: \(use) It will be refused; of what was given under a former version, people keep their own rights.")
        }
        if let mirror = configuration.mirror, !DataDirectory.makeFolder(mirror, mode: 0o755) {
            stop("mirror: \(mirror) can't be made or written. Give the process a folder that it owns, or leave the setting out.")
        }
        let safe = await openSafe(office, configuration)
        if configuration.databases.isShared { directory.letOthersIn() }
        for sentence in configuration.advice(isDevelopment: directory.isDevelopment) { Terminal.complain("voffice: \(sentence)") }
        let server = listen(at: door, configuration, office, assets)
        let opened = configuration
        office.vault.answer(after: safe)
        let chores = Chores(office, safe, opened, doesWork: doesWork)
        let renewer = Task.detached { await renewCertificate(of: server, opened) }
        await sayWhereToGo(opened, office)
        await end.first()
        server.stop()
        renewer.cancel()
        await chores.end()
        office.close()
    }
}

extension Serve {
    static func stop(_ sentence: String) -> Never {
        Terminal.complain("voffice: \(sentence)")
        exit(1)
    }

    static func readConfiguration() -> Configuration {
        let path = unsafe getenv("VOFFICE_CONF").map { unsafe String(cString: $0) } ?? "voffice.conf"
        let environment = settingsOfTheEnvironment()
        let file = (try? File.read(path)).map { String(decoding: $0, as: UTF8.self) }
        // One that isn't there is no fault, unless somebody named it.
        var known = stat()
        if file == nil, unsafe getenv("VOFFICE_CONF") != nil || lstat(path, &known) == 0 {
            stop("VOFFICE_CONF: \(path) can't be read; the path of a settings file is expected, which the process may read.")
        }
        do throws(Configuration.Wrong) {
            return try Configuration(file: file, named: path, environment: environment)
        } catch { stop(error.sentence + ".") }
    }

    /// Every variable that begins with VOFFICE_, so that a misspelt one is refused rather than passed over.
    private static func settingsOfTheEnvironment() -> [String: String] {
        var found: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let parts = unsafe String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0].hasPrefix("VOFFICE_"), parts[0] != "VOFFICE_CONF" { found[String(parts[0])] = String(parts[1]) }
            unsafe entry += 1
        }
        return found
    }

    /// A development directory opens with errors of the second round (a clause without a rule, an example that fails): each use
    /// is decided by the rules that are there. What can't be read opens nowhere.
    static func readPolicy(_ path: String, isDevelopment: Bool) -> PolicyFile {
        guard let document = try? File.read(path) else {
            stop("\(path) can't be read. Set `policy` to the document that this house runs by.")
        }
        let compilation = Policy.compile(document, file: path)
        let errors = compilation.diagnostics.filter { $0.severity == .error }
        for diagnostic in errors {
            Terminal.complain("\(diagnostic.file):\(diagnostic.line):\(diagnostic.column): \(diagnostic.message) \(diagnostic.suggestion)")
        }
        guard let policy = compilation.policy, errors.isEmpty || isDevelopment else {
            stop(
                "\(path) has \(Terminal.count(errors.count, "error")), so it can't run the house. `voffice policy check \(path)` shows each with its place."
            )
        }
        return PolicyFile(policy: policy, document: document, diagnostics: errors)
    }

    struct PolicyFile { let policy: Policy, document: [UInt8], diagnostics: [Diagnostic] }

    static func examine(_ configuration: inout Configuration, hasDoor: Bool = true) {
        do throws(Configuration.Wrong) { try configuration.examine(hasDoor: hasDoor) } catch { stop(error.sentence + ".") }
    }

    private static func readAssets(_ configuration: Configuration) -> Assets {
        do throws(Assets.Missing) { return try Assets(directory: configuration.assets, isSecure: configuration.isSecure) } catch {
            let path =
                switch error {
                case .directory(let path), .file(let path): path
                }
            stop("\(path) can't be read. Set `assets` to the folder that came with the program.")
        }
    }

    private static func readCommonPasswords(_ configuration: Configuration) -> CommonPasswords {
        let path = configuration.assets + "/common-passwords.txt"
        guard let file = try? File.read(path) else {
            stop("\(path) can't be read. Set `assets` to the folder that came with the program.")
        }
        return CommonPasswords(file)
    }

    /// `voffice.id.md` beside the policy's file, where there is one.
    static func readTranslations(beside path: String) -> [String: [UInt8]] {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return (try? File.read(folder + "voffice.id.md")).map { ["id": $0] } ?? [:]
    }

    /// A translation is published together with its version; that of a file lies beside it.
    private static func readTranslation(_ office: Environment, _ path: String) -> Translation {
        guard office.settings.isDevelopment, (try? office.isPublished) != true else { return Translation(publishedIn: office) }
        return readTranslations(beside: path)["id"].map { Translation(of: office.policy, $0, file: "voffice.id.md") } ?? Translation()
    }

    /// The mail server of the settings; a development directory without one keeps its mails.
    private static func carrier(_ configuration: Configuration, _ directory: DataDirectory) -> any Carrier {
        do throws(MailSettings.Expected) {
            if let carrier = try configuration.mail.carrier(for: configuration.operatorName, clock: SystemClock()) { return carrier }
        } catch { stop("\(error.name): \(error.sentence).") }
        guard directory.isDevelopment else {
            stop(
                "mail_server: nobody could sign in without mail. Set it to the server that takes this house's mail (voffice.conf shows how)."
            )
        }
        return DevelopmentOutbox(clock: SystemClock())
    }

    /// The gateway of the settings; nil: none.
    private static func telephone(_ configuration: Configuration) -> (any Carrier)? {
        do throws(MailSettings.Expected) { return try configuration.telephone.carrier() } catch {
            stop("\(error.name): \(error.sentence).")
        }
    }

    /// Where the databases were put back as they were before, of a server by its own tools, of files with the directory.
    private static func forgetAgain(_ directory: DataDirectory, _ configuration: Configuration) async {
        do throws(BackupFault) {
            let forgotten = try await Vault.forgetAgain(
                by: Safe(folder: configuration.safeFolder), database: configuration.databases.data(of: directory.path),
                keyFolder: directory.keyFolder, keys: configuration.databases.keys,
                clock: SystemClock(), randomness: SystemRandomness())
            guard let forgotten else { return }
            Terminal.say("Older databases were put back. Forgotten again, as the safe knows: \(Terminal.count(forgotten, "person")).")
        } catch { stop(error.sentence) }
    }

    static func settings(
        of configuration: Configuration, _ directory: DataDirectory, _ file: PolicyFile?, doesWork: Bool = true
    ) -> Settings {
        Settings(
            operatorName: configuration.operatorName, address: configuration.publicAddress, isDevelopment: directory.isDevelopment,
            policyDiagnostics: file?.diagnostics ?? [], commonPasswords: readCommonPasswords(configuration),
            staffNeedsSecondFactor: configuration.staffNeedsSecondFactor ?? !directory.isDevelopment, business: configuration.business,
            contactsADay: configuration.contactsADay, logPeriod: configuration.publishing.period, standing: configuration.standing,
            doesWork: doesWork)
    }

    /// Forgets again whom older databases know, where such were put back, and opens the house.
    static func open(
        _ directory: DataDirectory, _ configuration: Configuration, _ file: PolicyFile?, doesWork: Bool
    ) async -> Environment {
        await forgetAgain(directory, configuration)
        return await open(
            directory, configuration.databases, file, settings(of: configuration, directory, file, doesWork: doesWork),
            carrier(configuration, directory), (telephone(configuration), configuration.telephone.callingCode))
    }

    /// The folder of what backups and restores hang on, with the receipts of deletions back in the house.
    static func openSafe(_ office: Environment, _ configuration: Configuration) async -> Safe {
        let safe = Safe(folder: configuration.safeFolder)
        guard DataDirectory.makeFolder(safe.folder) else {
            stop("safe: \(safe.folder) can't be made or written. Give the process a folder that it owns, on another disk than `data`.")
        }
        do throws(HouseFault) { try await office.vault.putBackReceipts(from: safe) } catch {
            Terminal.complain("voffice: receipts of deletions aren't put back: \(error.sentence)")
        }
        return safe
    }

    static func open(
        _ directory: DataDirectory, _ databases: DatabaseSettings, _ file: PolicyFile?, _ settings: Settings, _ mail: any Carrier,
        _ telephone: (carrier: (any Carrier)?, country: String?), clock: any Clock = SystemClock()
    ) async -> Environment {
        let randomness = SystemRandomness()
        do throws(HouseFault) {
            try Vault.refuseMissingData(databases.data(of: directory.path), keyFolder: directory.keyFolder, keys: databases.keys)
            let store: Store
            do throws(StoreFault) {
                store = try Store.open(
                    databases.data(of: directory.path), migrations: Vault.migrations + [Environment.migrations],
                    readers: databases.connections, clock: clock)
            } catch { throw .store(error) }
            let vault =
                if let file {
                    try await Vault.open(
                        store: store, keyFolder: directory.keyFolder, keys: databases.keys, policy: file.policy, document: file.document,
                        origin: settings.logName, conditions: Environment.conditions, events: Environment.events, clock: clock,
                        randomness: randomness,
                        forget: Environment.forget)
                } else {
                    try await Vault.open(
                        published: store, keyFolder: directory.keyFolder, keys: databases.keys, origin: settings.logName,
                        conditions: Environment.conditions,
                        events: Environment.events,
                        clock: clock, randomness: randomness, forget: Environment.forget)
                }
            return Environment(
                store: store, vault: vault,
                outbound: Outbound(vault: vault, mail: mail, telephone: telephone.carrier, country: telephone.country), settings: settings,
                clock: clock, randomness: randomness,
                hashing: Hashing(threads: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) / 2)))
        } catch { stop(error.sentence) }
    }

    private static func door(_ configuration: Configuration) -> Server.Door {
        do throws(Server.Unable) { return try Server.Door(host: configuration.host, port: configuration.port) } catch {
            stop(sentence(error, configuration))
        }
    }

    private static func listen(at door: Server.Door, _ configuration: Configuration, _ office: Environment, _ assets: Assets) -> Server {
        var limits = Limits()
        limits.proxies = configuration.proxies
        let site = Site(
            office: office, assets: assets, indonesian: readTranslation(office, configuration.policy),
            throttle: Throttle(tries: configuration.tries, within: 600), beat: .milliseconds(150), statusKept: .seconds(1))
        func server(_ handler: some Handler) throws(Server.Unable) -> Server {
            try Server(door, isSecure: configuration.isSecure, tls: try? configuration.tls(), limits: limits, handler)
        }
        do throws(Server.Unable) {
            guard let path = configuration.requestLog else { return try server(site) }
            guard let log = RequestLog(of: site, to: path) else {
                stop("request_log: \(path) can't be written.")
            }
            return try server(log)
        } catch { stop(sentence(error, configuration)) }
    }

    private static func sentence(_ unable: Server.Unable, _ configuration: Configuration) -> String {
        switch unable {
        case .listen(let reason):
            """
            can't listen on \(configuration.host):\(configuration.port): \(reason). Set `host` to an IP address of this machine and `port` \
            to a number that no other program uses.
            """
        case .start: "the web server doesn't start: the machine is short of memory or of open files."
        }
    }
}
