// `voffice admin ...`: looks after the keys of the house that the settings name.

import Crypto
import Store
import Vault

enum AdminCommand {
    static let usage = """
        commands:
            voffice admin doctor [--json]    looks through data, keys and log, names what is wrong, and what to do
            voffice admin clock [right]      whether the clock is believed, without which nothing is forgotten; `right`: says that it is right
            voffice admin keys rotate        renews every key between the root and the classes, and forgets the old root
        They work on the data directory of the settings (setting `data`), whether the house is open or not.
        """

    /// 0 done, or all is well; 1 it couldn't be, or something is wrong; 2 wrong use.
    static func run(_ arguments: [String]) async -> Int32 {
        switch arguments {
        case ["doctor"]: return Doctor.run(isJSON: false)
        case ["doctor", "--json"]: return Doctor.run(isJSON: true)
        case ["keys", "rotate"]: return await rotate()
        case ["clock"]: return clock(isRight: false)
        case ["clock", "right"]: return clock(isRight: true)
        case ["help"], ["--help"], ["-h"]:
            Terminal.say(usage)
            return 0
        default:
            Terminal.complain("voffice admin: which command?\n\(usage)")
            return 2
        }
    }

    private static func clock(isRight: Bool) -> Int32 {
        let database = DataDirectory.database(of: Serve.readConfiguration().data), now = SystemClock().now()
        do throws(HouseFault) {
            if let doubt = try HouseClock.doubt(of: database, at: now, believing: isRight) {
                Terminal.complain("voffice admin: \(doubt.sentence).")
                return 1
            }
            Terminal.say("It is \(now.iso), and the house believes it.")
            return 0
        } catch {
            Terminal.complain("voffice admin: \(error.sentence)")
            return 1
        }
    }

    private static func rotate() async -> Int32 {
        let folder = DataDirectory.keyFolder(of: Serve.readConfiguration().data)
        do throws(HouseFault) {
            guard let generation = try await HouseKeys.rotate(in: folder, clock: SystemClock(), randomness: SystemRandomness()) else {
                Terminal.complain("voffice admin: the keys are being renewed already. Try again in a minute.")
                return 1
            }
            Terminal.say("Every bucket has a new key, under root \(generation). The roots before it are forgotten.")
            return 0
        } catch {
            Terminal.complain("voffice admin: \(error.sentence)")
            return 1
        }
    }
}
