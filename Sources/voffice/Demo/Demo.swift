// `voffice demo`: an office that looks as if sixty days of work lay behind it. Everything in it came through the verbs that people use, each at
// its moment of a clock that is moved by hand; its keys are as random as those of any house.

import Crypto
import Glibc
import JSON
import Office
import Outbound
import Policy
import Store
import Vault

enum Demo {
    static let days = 60

    static let command = Command(
        words: ["demo"], usage: ["[--seed NUMBER] [--language en|id]"],
        purpose: "makes a house of development to look around in: 30 people, 60 days",
        detail: """
            It writes only where nothing is yet (setting `data`), and sends nothing: mails of these sixty days go nowhere. The same seed makes the
            same people, who do the same. Then `voffice serve` opens it.
            """,
        options: [
            .init(name: "--seed", value: "NUMBER", meaning: "who there is and what they do; left out: 1"),
            .init(
                name: "--language", value: "LANGUAGE", kind: .words(Tongue.allCases.map(\.rawValue)),
                meaning: "in which they write: en or id; left out: some in this one, some in that"),
        ],
        findings: "where something is there already, or the policy refuses what the people do, with its sentence",
        run: run)

    @Sendable private static func run(_ call: Call) async throws(WrongUse) -> Int32 {
        let typed = call.options["--seed"]?.last ?? "1"
        guard let seed = UInt64(typed) else { throw WrongUse(message: "--seed takes a number, and “\(typed)” is none") }
        let tongue =
            call.options["--language"] == nil
            ? nil : Tongue(rawValue: try call.choice("--language", of: Tongue.allCases.map(\.rawValue), orElse: "en"))
        var configuration = Serve.readConfiguration()
        Serve.examine(&configuration)
        guard !DataDirectory.isThere(configuration.data) else {
            Terminal.complain("voffice demo: \(configuration.data) is there already. Set `data` to a directory that isn't there.")
            return 1
        }
        let file = Serve.readPolicy(configuration.policy, isDevelopment: true)
        let now = SystemClock().now(), clock = ManualClock(begin(before: now))
        let directory: DataDirectory
        do throws(DataDirectory.Unfit) { directory = try DataDirectory(opening: configuration.data) } catch { Serve.stop(error.sentence) }
        guard DataDirectory.makeFolder(configuration.safeFolder) else { Serve.stop("safe: \(configuration.safeFolder) can't be made.") }
        let office = await Serve.open(
            directory, configuration.databases, file, Serve.settings(of: configuration, directory, file),
            DevelopmentOutbox(clock: clock, nobodys: [Story.mistyped.email]),
            (nil, nil), clock: clock)
        defer { office.close() }
        let began = clock.now().seconds, weekday = ((began + 7 * 3_600) / 86_400 + 4) % 7
        let story = Story(seed: seed, until: now.seconds - began, weekday: weekday, in: tongue)
        var day = Days(office: office, clock: clock, configuration: configuration, safe: Safe(folder: configuration.safeFolder))
        await day.live(story, until: now)
        for sentence in Set(day.refusals).sorted() { Terminal.complain("voffice demo: \(sentence)") }
        guard call.isJSON else {
            say(story, day, configuration)
            return day.refusals.isEmpty ? 0 : 1
        }
        let people = story.staff + story.customers
        Terminal.say(
            JSON.object([
                ("data", .string(configuration.data)), ("done", .int(day.done)), ("refused", .int(day.refusals.count)),
                (
                    "people",
                    .list(
                        people.map {
                            .object([("name", .string($0.name)), ("email", .string($0.email)), ("role", .maybe($0.role))])
                        })
                ),
            ]).text)
        return day.refusals.isEmpty ? 0 : 1
    }

    /// Midnight in Jakarta, sixty days ago.
    private static func begin(before now: Instant) -> Instant {
        let midnight = (now.seconds + 7 * 3_600) / 86_400 * 86_400 - 7 * 3_600
        return Instant(seconds: midnight - Int64(days) * 86_400)
    }

    private static func say(_ story: Story, _ day: Days, _ configuration: Configuration) {
        let staff = story.staff.map { "    \($0.email)\(String(repeating: " ", count: max(1, 26 - $0.email.count)))\($0.role ?? "")" }
        Terminal.say(
            """
            \(configuration.data) is a house of \(story.staff.count + story.customers.count) people and \(Terminal.count(days, "day")), in which they did \
            \(Terminal.count(day.done, "thing")).
            Next: `voffice serve`. Sign in as one of these; the code waits under /dev/outbox:
            \(staff.joined(separator: "\n"))
                sari@ladatimur.example    a customer from the second day on
                tono@rempahjaya.example   a customer who was called and written to
            """)
    }
}
