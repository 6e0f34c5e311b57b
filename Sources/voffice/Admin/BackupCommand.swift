// `voffice backup` and `voffice restore`: a house into two folders, and out of them into an empty directory.

import Crypto
import Office
import Policy
import Store
import Vault

enum BackupCommand {
    static let usage = """
        voffice backup TARGET [--keys FOLDER]
            copies the house of the settings, open or not, into TARGET: a folder data-TIME and a folder keys-TIME, the latter into FOLDER
            where one is named. Keep the two in two places.
        voffice restore DATA-PART KEY-PART [--accept-loss]
            puts a house back into the directory of the settings (setting `data`), which is empty or not there. Who was forgotten since
            the backup is forgotten again. --accept-loss: what came after an older part, or isn't in the safe, is lost.
        """

    /// 0 done; 1 it couldn't be, or something in the copy is wrong; 2 wrong use.
    static func run(_ arguments: [String]) -> Int32 {
        wrongUse("backup") { () throws(WrongUse) in
            let call = try Call(arguments, takes: [.init(name: "--keys", value: "FOLDER", meaning: "where the key part goes")])
            guard let target = call.operands.first, call.operands.count == 1 else { throw WrongUse(message: "one target is expected") }
            return backUp(to: target, keyTarget: call.options["--keys"]?.last ?? target)
        }
    }

    static func restore(_ arguments: [String]) async -> Int32 {
        do throws(WrongUse) {
            let call = try Call(arguments, takes: [.init(name: "--accept-loss", meaning: "what isn't in the parts is lost")])
            guard call.operands.count == 2 else { throw WrongUse(message: "a data part and a key part are expected") }
            return await restore(call.operands[0], call.operands[1], acceptLoss: call.has("--accept-loss"))
        } catch {
            Terminal.complain("voffice restore: \(error.message)\n\(usage)")
            return 2
        }
    }
}

extension BackupCommand {
    private static func backUp(to target: String, keyTarget: String) -> Int32 {
        let configuration = Serve.readConfiguration(), data = configuration.data
        guard let stamp = try? File.read(data + "/stamp") else { return failed("backup", "\(data) holds no house (setting `data`).") }
        do throws(BackupFault) {
            let done = try Vault.backUp(
                database: DataDirectory.database(of: data), keyFolder: DataDirectory.keyFolder(of: data),
                stamp: String(decoding: stamp.dropLast(), as: UTF8.self), safe: Safe(folder: configuration.safeFolder), to: target,
                keyTarget: keyTarget, migrations: Vault.migrations + [Environment.migrations], tables: Environment.tablesAboutPeople,
                clock: SystemClock(), randomness: SystemRandomness())
            let seen = done.inspection
            Terminal.say(
                """
                \(done.data)
                \(done.keys)
                Read back: \(seen.persons) persons, \(seen.records) records, \(seen.secrets) keys, \(seen.uses) uses, \(seen.entries) entries \
                of the log.
                Keep the two in two places, and neither with \(configuration.safeFolder), whose key opens the second until \(done.until.iso).
                """)
            guard done.damagedEpochs.isEmpty else {
                return failed(
                    "backup",
                    "this one is whole, but key parts of other days open no more: \(done.damagedEpochs.joined(separator: ", ")) was changed."
                )
            }
            guard seen.faults.isEmpty else {
                return failed(
                    "backup", "the house has \(seen.faults.count) faults, and so has its copy: `voffice admin doctor` names them.")
            }
            return 0
        } catch { return failed("backup", error.sentence) }
    }

    private static func restore(_ data: String, _ keys: String, acceptLoss: Bool) async -> Int32 {
        let configuration = Serve.readConfiguration()
        let directory: DataDirectory.Empty
        do throws(DataDirectory.Unfit) { directory = try DataDirectory.Empty(restoringInto: configuration.data) } catch {
            return failed("restore", error.sentence)
        }
        do throws(BackupFault) {
            let done = try await Vault.restore(
                data: data, keys: keys, database: DataDirectory.database(of: directory.path),
                keyFolder: DataDirectory.keyFolder(of: directory.path), safe: Safe(folder: configuration.safeFolder),
                acceptLoss: acceptLoss, mirror: configuration.mirror, migrations: Vault.migrations + [Environment.migrations],
                tables: Environment.tablesAboutPeople, clock: SystemClock(), randomness: SystemRandomness())
            try directory.finish(stamp: done.stamp)
            for finding in done.findings { Terminal.say("\(finding.kind.rawValue): \(finding.what)\n    \(finding.kind.next)") }
            Terminal.say(
                """
                \(directory.path) is the house as it was at \(Day(of: done.made).iso). \(done.forgotten) persons were forgotten since and are \
                forgotten again; \(done.lost) entries of the log are lost.
                Next: `voffice serve`. Never start the old one again: two houses would sign for one.
                """)
            return 0
        } catch {
            directory.clear()
            return failed("restore", error.sentence)
        }
    }

    private static func failed(_ command: String, _ sentence: String) -> Int32 {
        Terminal.complain("voffice \(command): \(sentence)")
        return 1
    }

    private static func wrongUse(_ command: String, _ body: () throws(WrongUse) -> Int32) -> Int32 {
        do throws(WrongUse) { return try body() } catch {
            Terminal.complain("voffice \(command): \(error.message)\n\(usage)")
            return 2
        }
    }
}
