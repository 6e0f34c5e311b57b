// `voffice admin move`: a house from files of SQLite to databases of PostgreSQL, or back.

import Crypto
import Glibc
import JSON
import Office
import Policy
import Store
import Vault

enum MoveCommand {
    static let command = Command(
        words: ["admin", "move"], usage: ["SOURCE TARGET", "--confirm SOURCE TARGET"], operands: 2...2, takes: [.file],
        purpose: "brings a house that is closed to another place: from files to PostgreSQL, or back",
        detail: """
            SOURCE and TARGET are files of settings: of the house as it is, and of the house as it is to be, with a `data` of its own and the
            same `safe`. Every row is copied and then held against its source; the log's root is worked out anew. The old house stays as it is.
            A move that was interrupted goes on where it ended. Afterwards start the house with TARGET, and never the old one again: two houses
            would sign for one. With --confirm you say that the new one stays: seven days later it forgets the old root, and the old copy opens
            nothing any more.
            """,
        options: [.init(name: "--confirm", meaning: "the move was right: forget the old root in seven days")],
        findings: "where something differs or is refused, with the reason",
        run: { call throws(WrongUse) in try call.has("--confirm") ? confirm(call) : move(call) })

    private static func move(_ call: Call) throws(WrongUse) -> Int32 {
        let old = try settings(call.operands[0]), new = try settings(call.operands[1])
        guard let stamp = try? File.read(old.data + "/stamp") else { return failed("\(old.data) holds no house (SOURCE: setting `data`).") }
        guard absolute(old.data) != absolute(new.data) else {
            return failed("TARGET: `data` must be another directory than that of SOURCE.")
        }
        guard absolute(old.safeFolder) == absolute(new.safeFolder) else {
            return failed("TARGET: `safe` must be that of SOURCE, \(absolute(old.safeFolder)): the register of who was forgotten goes on.")
        }
        guard !isSame(old, new) else { return failed("TARGET: `database` and `keys` must be others than those of SOURCE.") }
        do throws(DataDirectory.Unfit) {
            let closed = try DataDirectory.Closed(old.data), former: FormerHouse?
            defer { closed.release() }
            do throws(KeyFault) { former = try FormerHouse(in: new.data) } catch { throw .cannotMake(new.data) }
            if let former {
                guard former.keyFolder == absolute(DataDirectory.keyFolder(of: old.data)) else { throw .taken(new.data) }
                return report({ () throws(MoveFault) in try compare(old, new) }, old, new, call)
            }
            let target = try DataDirectory.Moving(into: new.data)
            return report(
                { () throws(MoveFault) in
                    let moved = try Vault.move(
                        place(old), to: place(new), goesOn: target.goesOn, migrations: Vault.migrations + [Environment.migrations],
                        tables: Environment.tablesAboutPeople, presence: Environment.presence, now: SystemClock().now(), telling: tell)
                    guard moved.differing.isEmpty else { return moved }
                    let keys = absolute(DataDirectory.keyFolder(of: old.data))
                    do throws(KeyFault) { try FormerHouse(of: keys, movedAt: SystemClock().now(), into: new.data).write() } catch {
                        throw .house(.keys(error))
                    }
                    do throws(DataDirectory.Unfit) { try target.finish(stamp: stamp) } catch {
                        throw .house(.keys(.unwritable(new.data)))
                    }
                    return moved
                }, old, new, call)
        } catch { return failed(error.sentence) }
    }

    private static func confirm(_ call: Call) throws(WrongUse) -> Int32 {
        let old = try settings(call.operands[0]), new = try settings(call.operands[1])
        do throws(KeyFault) {
            guard var former = try FormerHouse(in: new.data), former.keyFolder == absolute(DataDirectory.keyFolder(of: old.data)) else {
                return failed("\(new.data) isn't where the house of \(old.data) was moved to, or its old root is forgotten already.")
            }
            try former.confirm(at: SystemClock().now())
            let due = former.due?.iso ?? ""
            Terminal.say(
                call.isJSON
                    ? JSON.object([("keys", .string(former.keyFolder)), ("forgotten_on", .string(due))]).text
                    : "The open house forgets the root in \(former.keyFolder) on \(due). Until then the old copy opens under it.")
            return 0
        } catch { return failed(HouseFault.keys(error).sentence) }
    }

    private static func compare(_ old: Configuration, _ new: Configuration) throws(MoveFault) -> Moved {
        try Vault.compare(
            place(old), with: place(new), tables: Environment.tablesAboutPeople, presence: Environment.presence, now: SystemClock().now(),
            telling: tell)
    }

    private static func report(
        _ body: () throws(MoveFault) -> Moved, _ old: Configuration, _ new: Configuration, _ call: Call
    ) -> Int32 {
        let moved: Moved
        do throws(MoveFault) { moved = try body() } catch { return failed(error.sentence) }
        if call.isJSON { Terminal.say(json(moved).text) }
        guard moved.differing.isEmpty else {
            for table in moved.differing { Terminal.complain("\(table.name): row \(table.differs ?? 0) isn't as it is in the source.") }
            return failed(
                """
                the two differ. Where the move isn't finished, run it again; where the house has been open in either place since, that is why.
                """)
        }
        let faults = moved.inspection.faults.count
        if !call.isJSON {
            let rows = moved.tables.reduce(0) { $0 + $1.rows }
            Terminal.say(
                """
                \(Terminal.count(rows, "row")) of \(Terminal.count(moved.tables.count, "table")) are the same in both places. The root of the log, \
                of size \(moved.size), is \(Hex.encode(moved.root)).
                Next: start the house with \(call.operands[1]), look at it, and never start the old one again: two houses would sign for one. \
                Then `voffice admin move --confirm \(call.operands[0]) \(call.operands[1])`.
                """)
        }
        guard faults == 0 else {
            return failed("the house has \(Terminal.count(faults, "fault")), and had them before: `voffice admin doctor` names them.")
        }
        return 0
    }

    private static func tell(_ progress: MoveProgress) {
        switch progress {
        case .rows(let table, let done, let total) where done == total || done % 20_000 == 0:
            Terminal.complain("\(table): \(done) of \(Terminal.count(total, "row"))")
        case .rows, .checking: break
        case .begunAnew(let table, let row): Terminal.complain("\(table): row \(row) isn't as it is in the source; the table is begun anew")
        }
    }

    private static func json(_ moved: Moved) -> JSON {
        let tables = moved.tables.map { table in
            JSON.object([
                ("table", .string(table.name)), ("rows", .int(table.rows)), ("sha256", .string(Hex.encode(table.digest))),
                ("differs", table.differs.map { JSON.int($0) } ?? .null),
            ])
        }
        return .object([
            ("same", .bool(moved.differing.isEmpty)), ("tables", .list(tables)),
            ("log", .object([("size", .int(moved.size)), ("root", .string(Hex.encode(moved.root)))])),
            ("faults", .list(moved.inspection.faults.map(Doctor.json))),
        ])
    }

    private static func settings(_ path: String) throws(WrongUse) -> Configuration {
        let text = String(decoding: try File.read(path), as: UTF8.self)
        // What the environment says holds for one house, and here are two.
        do throws(Configuration.Wrong) { return try Configuration(file: text, named: path, environment: [:]) } catch {
            throw WrongUse(message: error.sentence)
        }
    }

    private static func place(_ configuration: Configuration) -> HousePlace {
        HousePlace(
            database: configuration.databases.data(of: configuration.data), keyFolder: DataDirectory.keyFolder(of: configuration.data),
            keys: configuration.databases.keys)
    }

    private static func isSame(_ old: Configuration, _ new: Configuration) -> Bool {
        old.databases.data(of: old.data).place == new.databases.data(of: new.data).place
            || old.databases.keys.map(\.place) == new.databases.keys.map(\.place) && old.databases.keys != nil
    }

    /// What isn't there yet stays as it is written.
    private static func absolute(_ path: String) -> String {
        guard let found = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    private static func failed(_ sentence: String) -> Int32 {
        Terminal.complain("voffice admin move: \(sentence)")
        return 1
    }
}
