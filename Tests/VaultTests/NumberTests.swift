// Customer numbers: nine digits by chance, so two people would get the same one now and then.

import Crypto
import Synchronization
import Testing

@testable import Vault

/// Gives each number of eight bytes several times before the next.
private final class Repeating: Randomness {
    private let given = Mutex(0)

    func bytes(_ count: Int) -> [UInt8] {
        guard count == 8 else { return SystemRandomness().bytes(count) }
        let number = given.withLock { given in
            given += 1
            return given / 3
        }
        return [0, 0, 0, 0, 0, 0, UInt8(number >> 8), UInt8(number & 255)]
    }
}

@Suite struct `A new person` {
    @Test func `gets a number that nobody has or had, whatever chance says, also with many at once`() async throws {
        let house = try await SmallHouse(randomness: Repeating())
        var people: Set<Subject> = []
        for _ in 0..<10 { people.insert(try await house.sari()) }
        #expect(people.count == 10)
        let gone = try #require(people.first)
        _ = try await house.vault.erase(try await house.vault.openSession(of: gone))
        let vault = house.vault
        let more = try await withThrowingTaskGroup(of: Subject.self) { group in
            for _ in 0..<40 {
                group.addTask { try await vault.admit(GivenName(name: "Sari Wijaya")) { (subject, _) throws(Refusal) in subject } }
            }
            return try await group.reduce(into: Set<Subject>()) { $0.insert($1) }
        }
        #expect(more.count == 40 && more.isDisjoint(with: people))
        for person in more { #expect(try await house.read(person) == "Sari Wijaya") }
    }
}
