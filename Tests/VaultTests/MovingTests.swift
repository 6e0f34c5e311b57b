// A house that is brought to another database: every row, whatever it holds, and what differs is named by its table and its row.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite struct `A house that moves` {
    /// A small house, and the place where it is to be. The engine is that of the tests; `Tests/moving.py` goes from one to the other.
    private final class Leaving {
        let house: SmallHouse
        let old: HousePlace, new: HousePlace
        var told: [MoveProgress] = []

        init() async throws {
            house = try await SmallHouse()
            for _ in 0..<3 { _ = try await house.sari() }
            _ = try await house.read(try await house.sari())
            _ = try await house.vault.erase(try await house.vault.openSession(of: try await house.sari()))
            try await house.vault.sequence()
            house.close()
            (old, new) = (Self.place(house.folder), Self.place(house.folder.appending(path: "new")))
            try FileManager.default.createDirectory(atPath: new.keyFolder, withIntermediateDirectories: true)
        }

        private static func place(_ folder: URL) -> HousePlace {
            HousePlace(
                database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path,
                keys: Engine.keys(in: folder.path))
        }

        func move(goesOn: Bool = false) throws(MoveFault) -> Moved {
            told = []
            return try Vault.move(
                old, to: new, goesOn: goesOn, migrations: Vault.migrations, tables: [], presence: Presence(), now: house.clock.now()
            ) { told.append($0) }
        }

        func compare() throws(MoveFault) -> Moved {
            try Vault.compare(old, with: new, tables: [], presence: Presence(), now: house.clock.now()) { _ in }
        }

        func change(_ database: Database, _ migrations: [Migrations], _ sql: SQL) throws {
            let store = try Store.open(database, migrations: migrations)
            try store.writeAndWait { (rows) throws(StoreFault) in
                try rows.run(sql)
                return
            }
            store.close()
        }

        var begunAnew: [String] { told.compactMap { if case .begunAnew(let table, let row) = $0 { "\(table) \(row)" } else { nil } } }
    }

    @Test func `has every row there, opens there under a root of its own, and the log is the same`() async throws {
        let leaving = try await Leaving(), moved = try leaving.move()
        #expect(moved.differing.isEmpty && moved.inspection.faults.isEmpty)
        #expect(moved.tables.contains { $0.name.hasPrefix("record of") && $0.rows == 4 })
        #expect(moved.tables.contains { $0.name.hasPrefix("destroyed of") && $0.rows == 1 })
        let roots = [leaving.old, leaving.new].map { try? Data(contentsOf: URL(filePath: $0.keyFolder + "/root.1")) }
        #expect(roots[0] != nil && roots[1] != nil && roots[0] != roots[1])
        let house = try await SmallHouse(at: leaving.house.folder.appending(path: "new"), clock: leaving.house.clock)
        #expect(try house.vault.keys.seenTree()?.size == moved.size)
        _ = try await house.sari()
        #expect(try await house.vault.sequence() > 0)
        #expect(try house.findings().isEmpty)
        house.close()
        // What came since is told, and the old place has none of it.
        #expect(try leaving.compare().differing.contains { $0.name.hasPrefix("record of") && $0.rows == 4 && $0.differs != nil })
    }

    @Test func `goes on where it was interrupted, and puts anew what isn't as it is in the old place`() async throws {
        let leaving = try await Leaving()
        _ = try leaving.move()
        try leaving.change(
            leaving.new.database, Vault.migrations, "DELETE FROM use_record WHERE subject = (SELECT min(subject) FROM use_record)")
        try leaving.change(leaving.new.database, Vault.migrations, "DELETE FROM policy_force")
        try leaving.change(
            leaving.new.database, Vault.migrations, "UPDATE record SET generation = 9 WHERE subject = (SELECT max(subject) FROM record)")
        try leaving.change(leaving.new.keys, Vault.keyMigrations, "UPDATE class_key SET made = made + 1")
        let compared = try leaving.compare()
        let differing = Set(compared.differing.map { String($0.name.prefix { $0 != " " }) })
        #expect(differing == ["policy_force", "record", "use_record", "class_key"])
        let moved = try leaving.move(goesOn: true)
        #expect(moved.differing.isEmpty && moved.inspection.faults.isEmpty)
        #expect(leaving.begunAnew.count == 3 && leaving.begunAnew.contains { $0.hasPrefix("record of") && $0.hasSuffix(" 4") })
    }

    @Test func `takes what points to a row away before it puts that row anew`() async throws {
        let leaving = try await Leaving()
        _ = try leaving.move()
        try leaving.change(leaving.new.database, Vault.migrations, "UPDATE policy_version SET loaded_at = loaded_at + 1")
        #expect(try leaving.move(goesOn: true).differing.isEmpty)
        #expect(leaving.begunAnew.count == 1)
    }

    @Test func `isn't written over another`() async throws {
        let leaving = try await Leaving()
        _ = try leaving.move()
        #expect(throws: MoveFault.self) { try leaving.move() }
        try leaving.change(leaving.new.database, Vault.migrations, "UPDATE house SET id = \([UInt8](repeating: 1, count: 16))")
        #expect(throws: MoveFault.self) { try leaving.move(goesOn: true) }
    }

    @Test func `forgets its former root seven days after somebody confirmed it, and not before`() async throws {
        let leaving = try await Leaving()
        _ = try leaving.move()
        let house = try await SmallHouse(at: leaving.house.folder.appending(path: "new"), clock: leaving.house.clock)
        let data = house.folder.path, root = leaving.old.keyFolder + "/root.1"
        var former = FormerHouse(of: leaving.old.keyFolder, movedAt: house.clock.now(), into: data)
        try former.write()
        #expect(former.findings(at: house.clock.now()).map(\.kind) == [.limit])
        house.clock.advance(by: .seconds(6 * 86_400))
        try house.believeClock()
        #expect(try !house.vault.forgetFormerRoot(data))
        try former.confirm(at: house.clock.now())
        #expect(try FormerHouse(in: data) == former)
        for day in 1...7 {
            #expect(try !house.vault.forgetFormerRoot(data) && FileManager.default.fileExists(atPath: root), "day \(day)")
            house.clock.advance(by: .seconds(86_400))
        }
        house.clock.advance(by: .seconds(2 * 86_400))
        #expect(former.findings(at: house.clock.now()).map(\.kind) == [.formerRoot])
        // A clock that nobody believes forgets nothing.
        #expect(try !house.vault.forgetFormerRoot(data))
        try house.believeClock()
        #expect(try house.vault.forgetFormerRoot(data))
        #expect(try !FileManager.default.fileExists(atPath: root) && FormerHouse(in: data) == nil)
    }
}
