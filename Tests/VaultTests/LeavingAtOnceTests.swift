// Many leave at the same moment, while somebody reads: each gets a receipt, and nothing of any key stays in a file.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.files))) struct `Eight people who leave at the same moment` {
    @Test func `all get receipts while a reader keeps the log of the keys from being emptied, and no key stays`() async throws {
        let house = try await SmallHouse()
        let people = try await arrived(8, in: house), vault = house.vault
        let wrapped = try wrappedValues(of: house)
        #expect(wrapped.count >= 8 * 5)
        #expect(wrapped.allSatisfy(house.keyBytes().holds))

        let reader = try Reader(of: house.folder.appending(path: "keys/keys.sqlite").path)
        let began = ContinuousClock.now
        let receipts = try await withThrowingTaskGroup(of: String?.self) { group in
            for person in people { group.addTask { try await vault.erase(try await vault.openSession(of: person)).receipt } }
            return try await group.reduce(into: Set<String>()) { if let receipt = $1 { $0.insert(receipt) } }
        }
        #expect(receipts.count == 8)
        // Nobody waits for the reader, and what was destroyed is destroyed for everybody but them.
        #expect(ContinuousClock.now - began < .seconds(30))
        #expect(try wrappedValues(of: house).isEmpty)
        #expect(wrapped.contains(where: house.keyBytes().holds), "the reader stands in the way of nothing: the test shows nothing")

        reader.end()
        try await vault.sequence()
        #expect(!wrapped.contains(where: house.keyBytes().holds))
    }

    private func arrived(_ count: Int, in house: SmallHouse) async throws -> [Subject] {
        var people: [Subject] = []
        for number in 1...count {
            let person = try await house.sari()
            #expect(try await house.vault.claim(LookupAddress(email: "sari\(number)@ladatimur.example"), for: person))
            people.append(person)
        }
        return people
    }

    /// Every key, as it lies in the database, and every look-up row.
    private func wrappedValues(of house: SmallHouse) throws -> [[UInt8]] {
        try house.vault.keys.store.read { (rows) throws(Refusal) in
            try rows.all("SELECT wrapped FROM class_key UNION ALL SELECT wrapped FROM item_key UNION ALL SELECT sealed FROM address") {
                $0.blob(0)
            }
        }
    }
}

/// Somebody who began to read a database and hasn't ended.
final class Reader: Sendable {
    private let hold = DispatchSemaphore(value: 0), done = DispatchSemaphore(value: 0)

    init(of path: String) throws {
        let store = try Store.open(path: path, migrations: []), begun = DispatchSemaphore(value: 0), hold = hold, done = done
        Thread.detachNewThread {
            try? store.read { (rows) throws(StoreFault) in
                _ = try rows.exists("SELECT 1 FROM class_key")
                begun.signal()
                hold.wait()
            }
            store.close()
            done.signal()
        }
        begun.wait()
    }

    func end() {
        hold.signal()
        done.wait()
    }
}

extension SmallHouse {
    /// Every byte of the key store's files.
    func keyBytes() -> Data {
        ["", "-wal", "-shm"].reduce(into: Data()) { all, ending in
            all += (try? Data(contentsOf: folder.appending(path: "keys/keys.sqlite" + ending))) ?? Data()
        }
    }
}

extension Data {
    func holds(_ bytes: [UInt8]) -> Bool { range(of: Data(bytes)) != nil }
}
