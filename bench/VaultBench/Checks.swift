// What the checks cost that stand beside the work: the log's right border before it grows, the word of an erasure, somebody's list against their
// rows, and the doctor with and without that.

import Crypto
import Store
import Vault

extension Bench {
    /// - Parameter count: how many people there are; each has an entry, and one in ten a hundred.
    func checks(_ count: Int) async throws {
        let office = try await SmallOffice.open(in: folder), people = Collected<Subject>([])
        try await times(count, tasks: 64) { _ in people.append(try await office.admit()) }
        let busy = Array(people.all.prefix(max(count / 10, 1))), idle = Array(people.all.suffix(count - busy.count))
        for somebody in busy { try await times(99, tasks: 32) { _ in _ = try await office.read(somebody) } }
        while try await office.vault.sequence() > 0 {}
        say(
            "a recorded read one by one µs",
            1e6 / (try await rate(1, seconds: seconds) { _ = try await office.read(idle[$0 % idle.count]) }))
        say(
            "a recorded read 64 in flight µs",
            1e6 / (try await rate(64, seconds: seconds) { _ = try await office.read(idle[$0 % idle.count]) }))
        while try await office.vault.sequence() > 0 {}
        let errand = Self.errand
        for (who, some) in [("of few entries", idle), ("of 100 entries", busy)] {
            let took = try await time {
                for number in 0..<2_000 { _ = try office.vault.isAsTold(errand, of: some[number % some.count]) }
            }
            say("a list \(who) against its rows µs", took / 2)
        }
        let border = try await time { for _ in 0..<2_000 { try office.vault.refuseUnsoundLog() } }
        say("the border of the log µs", border / 2)
        let key = try Secret(bytes: [UInt8](repeating: 7, count: 32)),
            text = Array("voffice/erasure/1|1234|\(String(repeating: "a", count: 64))|20668".utf8)
        var sum = 0
        let word = await time { for _ in 0..<100_000 { sum += Int(HMACSHA256.code(for: text, under: key).bytes[0]) } }
        say("the word of an erasure µs", word / 100 + (sum < 0 ? 1 : 0))
        var presence = Presence()
        presence.told = [errand]
        for (how, presence) in [("without lists against rows", Presence()), ("with them", presence)] {
            say(
                "the doctor of \(count) people, \(how), ms",
                try await time {
                    let found = try Vault.inspect(
                        database: .file(folder + "/data.sqlite"), keyFolder: folder + "/keys", migrations: Vault.migrations, tables: [],
                        presence: presence, now: SystemClock().now())
                    guard found.faults.isEmpty else { fatalError("\(found.faults)") }
                })
        }
        office.close()
    }

    /// A state of which nobody's row says anything.
    private static let errand = ToldState("an errand") { use in
        use.verb == "restrict" ? [.begins("an errand", since: nil)] : []
    } rows: { subject in
        "SELECT 'an errand', since FROM subject WHERE id = \(subject) AND id < 0"
    }
}
