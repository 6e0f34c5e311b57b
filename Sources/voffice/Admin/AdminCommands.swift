// `voffice admin ...`: looks after the keys of the house that the settings name.

import Crypto
import JSON
import Store
import Vault

enum AdminCommands {
    static let all = [
        Command(
            words: ["admin", "doctor"], purpose: "looks through data, keys and log of one moment, and names what is wrong and what to do",
            detail: "`limit` lines are no faults: they say what this machine can't promise to forget.",
            findings: "where something is wrong, or the house can't be looked at", run: { call in Doctor.run(isJSON: call.isJSON) }),
        Command(
            words: ["admin", "findings"], purpose: "lists everything that the doctor can find, and what to do next", findings: "never",
            run: { call in
                let kinds = Finding.Kind.allCases
                if call.isJSON {
                    let list = kinds.map { JSON.object([("kind", .string($0.rawValue)), ("next", .string($0.next))]) }
                    Terminal.say(JSON.object([("findings", .list(list))]).text)
                } else {
                    for kind in kinds { Terminal.say("\(kind.rawValue)\n    \(kind.next)") }
                }
                return 0
            }),
        Command(
            words: ["admin", "clock"], purpose: "says whether the clock is believed, without which nothing is forgotten",
            findings: "where it isn't", run: { call in clock(isRight: false, call) }),
        Command(
            words: ["admin", "clock", "right"], purpose: "says that the clock is right",
            detail: "For a house that was closed for long, or restored from an old backup. Look at another clock first.",
            findings: "where that can't be written down", run: { call in clock(isRight: true, call) }),
        Command(
            words: ["admin", "keys", "rotate"], purpose: "renews every key between the root and the classes, and forgets the old root",
            detail: "The open house does so by itself where a key was destroyed; this is for when somebody may have seen the key folder.",
            findings: "where the keys are being renewed already, or can't be", run: { call in await rotate(call) }),
        MoveCommand.command, SpreadCommand.command,
        Command(
            words: ["admin", "mend"], purpose: "puts back rows of the house's own, as far as the rest of it shows what they were",
            detail: """
                For `log-halted`, `log-behind`, `log-other`, `log-altered`, `log-entry` and `row-missing`, in a house that is closed. It puts back only
                what leads to what was signed (checkpoints, entries that a use or the mirror has, tiles), and the row of somebody whose keys and
                entries are there. It says each thing that it did, and what is left. Keep a copy of the data directory first.
                """,
            findings: "where something can't be put back", run: { call in mend(call) }),
    ]

    private static func mend(_ call: Call) -> Int32 {
        let configuration = Serve.readConfiguration(), data = configuration.data
        guard DataDirectory.isThere(data + "/stamp") else {
            Terminal.complain("voffice admin: \(data) holds no house (setting `data`).")
            return 1
        }
        do throws(DataDirectory.Unfit) { _ = try DataDirectory(opening: data) } catch {
            Terminal.complain("voffice admin: \(error.sentence)")
            return 1
        }
        do throws(HouseFault) {
            let mended = try Vault.mend(
                database: configuration.databases.data(of: data), keyFolder: DataDirectory.keyFolder(of: data),
                keys: configuration.databases.keys, mirror: configuration.mirror)
            if call.isJSON {
                Terminal.say(JSON.object([("done", .strings(mended.done)), ("open", .strings(mended.open))]).text)
            } else {
                for sentence in mended.done { Terminal.say("\(sentence).") }
                if mended.done.isEmpty, mended.open.isEmpty { Terminal.say("Nothing that it is for is missing or changed.") }
            }
            for sentence in mended.open { Terminal.complain("voffice admin: \(sentence).") }
            return mended.open.isEmpty ? 0 : 1
        } catch {
            Terminal.complain("voffice admin: \(error.sentence)")
            return 1
        }
    }

    private static func clock(isRight: Bool, _ call: Call) -> Int32 {
        let configuration = Serve.readConfiguration(), now = SystemClock().now()
        if let lacking = DataDirectory.lacksHouse(configuration.data) { return failed(lacking) }
        let database = configuration.databases.data(of: configuration.data)
        do throws(HouseFault) {
            if let doubt = try HouseClock.doubt(of: database, at: now, believing: isRight) {
                if call.isJSON {
                    Terminal.say(
                        JSON.object([("now", .string(now.iso)), ("believed", .bool(false)), ("why", .string(doubt.sentence))]).text)
                }
                return failed("\(doubt.sentence).")
            }
            if call.isJSON {
                Terminal.say(JSON.object([("now", .string(now.iso)), ("believed", .bool(true))]).text)
                return 0
            }
            Terminal.say("It is \(now.iso), and the house believes it.")
            return 0
        } catch { return failed(error.sentence) }
    }

    private static func rotate(_ call: Call) async -> Int32 {
        let configuration = Serve.readConfiguration(), folder = DataDirectory.keyFolder(of: configuration.data)
        if let lacking = DataDirectory.lacksHouse(configuration.data) { return failed(lacking) }
        do throws(HouseFault) {
            guard
                let generation = try await HouseKeys.rotate(
                    in: folder, configuration.databases.keys, clock: SystemClock(), randomness: SystemRandomness())
            else {
                return failed("the keys are being renewed already. Try again in a minute.")
            }
            if call.isJSON {
                Terminal.say(JSON.object([("root", .int(Int(generation)))]).text)
                return 0
            }
            Terminal.say("Every bucket has a new key, under root \(generation). The roots before it are forgotten.")
            return 0
        } catch { return failed(error.sentence) }
    }

    private static func failed(_ sentence: String) -> Int32 {
        Terminal.complain("voffice admin: \(sentence)")
        return 1
    }
}
