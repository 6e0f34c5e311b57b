// `voffice backup` and `voffice restore`: a house into two folders, and out of them into an empty directory.

import Crypto
import JSON
import Office
import Policy
import Store
import Vault

enum BackupCommands {
    static let all = [
        Command(
            words: ["backup"], usage: ["TARGET [--keys FOLDER]"], operands: 1...1, takes: [.folder],
            purpose: "copies the house while it is open: data and keys, for two places",
            detail: """
                It makes a folder data-TIME and a folder keys-TIME in TARGET, and reads back every record, key and use. Keep the two in two
                places: whoever has one alone has nothing. A key part opens for 21 days, with its key in the folder of the setting `safe`: keep that in a
                third place, on another disk than the data and in no backup.
                """,
            options: [.init(name: "--keys", value: "FOLDER", kind: .folder, meaning: "where the key part goes instead")],
            findings: "where nothing was made, or the copy has the faults that the house has",
            run: { call in
                let target = call.operands[0]
                return backUp(to: target, keyTarget: call.options["--keys"]?.last ?? target, call)
            }),
        Command(
            words: ["restore"], usage: ["DATA-PART KEY-PART [--accept-loss]"], operands: 2...2, takes: [.folder],
            purpose: "puts a house back into an empty directory",
            detail: """
                The directory is that of the setting `data`, empty or not there. Who was forgotten since the backup is forgotten again (setting
                `safe`). Stop the old house before, and never start it again: two houses would sign for one.
                """,
            options: [.init(name: "--accept-loss", meaning: "what came after an older part, or isn't in the safe, is lost")],
            findings: "where it is refused, with the reason",
            run: { call in await restore(call.operands[0], call.operands[1], call) }),
    ]
}

extension BackupCommands {
    private static func backUp(to target: String, keyTarget: String, _ call: Call) -> Int32 {
        let configuration = Serve.readConfiguration(), data = configuration.data
        guard !configuration.databases.hasServer else { return failed("backup", onServer) }
        guard let stamp = try? File.read(data + "/stamp") else { return failed("backup", "\(data) holds no house (setting `data`).") }
        for folder in [target, keyTarget] {
            guard let whole = [data, configuration.safeFolder].first(where: { Folder(folder).lies(in: Folder($0)) }) else { continue }
            return failed(
                "backup", "\(folder) lies in \(whole): a backup there goes with what it is to replace. Name a folder on another disk.")
        }
        do throws(BackupFault) {
            let done = try Vault.backUp(
                database: DataDirectory.database(of: data), keyFolder: DataDirectory.keyFolder(of: data),
                stamp: String(decoding: stamp.dropLast(), as: UTF8.self), safe: Safe(folder: configuration.safeFolder), to: target,
                keyTarget: keyTarget, migrations: Vault.migrations + [Environment.migrations], tables: Environment.tablesAboutPeople,
                presence: Environment.presence, clock: SystemClock(), randomness: SystemRandomness())
            let seen = done.inspection
            if call.isJSON { Terminal.say(json(done).text) } else { say(done, configuration) }
            guard done.damagedEpochs.isEmpty else {
                return failed(
                    "backup",
                    "this one is whole, but key parts of other days open no more: \(done.damagedEpochs.joined(separator: ", ")) was changed."
                )
            }
            guard seen.faults.isEmpty else {
                return failed(
                    "backup",
                    "the house has \(Terminal.count(seen.faults.count, "fault")), and so has its copy: `voffice admin doctor` says which.")
            }
            return 0
        } catch { return failed("backup", error.sentence) }
    }

    private static func restore(_ data: String, _ keys: String, _ call: Call) async -> Int32 {
        let configuration = Serve.readConfiguration()
        guard !configuration.databases.hasServer else { return failed("restore", onServer) }
        let directory: DataDirectory.Empty
        do throws(DataDirectory.Unfit) { directory = try DataDirectory.Empty(restoringInto: configuration.data) } catch {
            return failed("restore", error.sentence)
        }
        do throws(BackupFault) {
            let done = try await Vault.restore(
                data: data, keys: keys, database: DataDirectory.database(of: directory.path),
                keyFolder: DataDirectory.keyFolder(of: directory.path), safe: Safe(folder: configuration.safeFolder),
                acceptLoss: call.has("--accept-loss"), mirror: configuration.mirror,
                migrations: Vault.migrations + [Environment.migrations],
                tables: Environment.tablesAboutPeople, clock: SystemClock(), randomness: SystemRandomness())
            try directory.finish(stamp: done.stamp)
            if call.isJSON {
                Terminal.say(json(done, in: directory.path).text)
                return 0
            }
            for finding in done.findings { Terminal.say("\(finding.kind.rawValue): \(finding.what)\n    \(finding.kind.next)") }
            Terminal.say(
                """
                \(directory.path) is the house as it was at \(done.made.iso). \(said(of: done))
                Next: `voffice serve`. Never start the old one again: two houses would sign for one.
                """)
            return 0
        } catch {
            directory.clear()
            return failed("restore", error.sentence)
        }
    }

    private static let onServer = """
        this command copies files of SQLite, and the settings `database` or `keys` lead to PostgreSQL. Its own tools back a server up \
        (`pg_basebackup`), the data apart from the keys; once they were put back, the house forgets again, before its door opens, whom the safe or \
        the keys know as forgotten. docs/operating.md says how.
        """

    private static func failed(_ command: String, _ sentence: String) -> Int32 {
        Terminal.complain("voffice \(command): \(sentence)")
        return 1
    }
}

// What was done, in words and as JSON.
extension BackupCommands {
    private static func said(of done: Restored) -> String {
        let (forgotten, lacking) = (done.forgotten, done.lacking)
        let again = forgotten == 1 ? "was forgotten since and is" : "were forgotten since and are"
        let closed = "\(Terminal.count(lacking.records, "record")) of \(Terminal.count(lacking.persons, "person"))"
        return "\(Terminal.count(forgotten, "person")) \(again) forgotten again; "
            + "\(Terminal.count(done.lost, "entry")) of the log \(done.lost == 1 ? "is" : "are") lost."
            + (lacking.records == 0
                ? "" : " \(closed) can't be read any more: they were changed since, and these keys have none of before.")
    }

    private static func say(_ done: BackedUp, _ configuration: Configuration) {
        let seen = done.inspection
        Terminal.say(
            """
            \(done.data)
            \(done.keys)
            Read back: \(Doctor.seen(seen).joined(separator: ", ")), \(Terminal.count(seen.entries, "entry")) of the log.
            Keep the two in two places, and neither with \(configuration.safeFolder), whose key opens the second until \(done.until.iso).
            """)
        guard configuration.isSafeInData else { return }
        Terminal.say(
            """
            Neither opens without \(configuration.safeFolder), and that lies in \(configuration.data): keep it elsewhere. Set `safe` to a folder on \
            another disk or machine, and move what is in it there.
            """)
    }

    private static func json(_ done: BackedUp) -> JSON {
        .object([
            ("data", .string(done.data)), ("keys", .string(done.keys)), ("keys_open_until", .string(done.until.iso)),
            ("read_back", Doctor.counts(done.inspection)), ("faults", .list(done.inspection.faults.map(Doctor.json))),
            ("damaged_keys_of", .strings(done.damagedEpochs)),
        ])
    }

    private static func json(_ done: Restored, in folder: String) -> JSON {
        .object([
            ("data", .string(folder)), ("as_of", .string(done.made.iso)), ("forgotten_again", .int(done.forgotten)),
            ("lost_entries_of_the_log", .int(done.lost)),
            ("closed", .object([("records", .int(done.lacking.records)), ("persons", .int(done.lacking.persons))])),
            ("findings", .list(done.findings.map(Doctor.json))),
        ])
    }
}
