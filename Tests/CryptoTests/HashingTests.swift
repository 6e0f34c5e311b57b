// Passphrases as they are typed, and the threads that hash them.
import Crypto
import Testing

@Suite struct `A passphrase` {
    @Test func `is the same however a keyboard composes its letters and blanks`() throws {
        let composed = try #require(Passphrase("caf\u{E9} \u{AC00}")), apart = try #require(Passphrase("cafe\u{301}\u{A0}\u{1100}\u{1161}"))
        #expect(composed.text.unicodeScalars.elementsEqual(apart.text.unicodeScalars) && composed.length == 6)
        let hash = try Password.hash(Array(composed.text.utf8), cost: Password.Cost(passes: 1, memory: 1 << 20))
        #expect(Password.verify(Array(apart.text.utf8), against: hash))
    }

    @Test func `is taken whole or not at all`() throws {
        #expect(Passphrase(String(repeating: "a", count: 256))?.length == 256)
        #expect(Passphrase(String(repeating: "a", count: 257)) == nil)
        #expect(Passphrase(String(repeating: "é", count: 129)) == nil)
        for text in ["a\u{0}b", "two\nlines", "\u{7}"] { #expect(Passphrase(text) == nil) }
        #expect(Passphrase(" O'Brien 👩‍👩‍👧‍👦 ")?.length == 11, "blanks at the ends count")
    }
}

@Suite struct `Hashing passwords` {
    private static let cost = Password.Cost(passes: 1, memory: 1 << 20)

    @Test func `matches the password of the hash, and without a hash none`() async throws {
        let hashing = Hashing(cost: Self.cost), right = try #require(Passphrase("sungai kapuas 1143"))
        defer { hashing.close() }
        let hash = try await hashing.hash(right), wrong = try #require(Passphrase("sungai kapuas 1144"))
        #expect(try await hashing.verify(right, against: hash))
        #expect(try await !hashing.verify(wrong, against: hash))
        #expect(try await !hashing.verify(right, against: nil))
        #expect(!hashing.isOutdated(hash))
        let dearer = Hashing(cost: Password.Cost(passes: 2, memory: 1 << 20))
        defer { dearer.close() }
        #expect(dearer.isOutdated(hash))
        #expect(try await dearer.verify(right, against: hash), "what was made at another cost is still checked")
    }

    @Test func `takes on no more than may wait`() async throws {
        let hashing = Hashing(most: 3, cost: Password.Cost(passes: 1, memory: 8 << 20)), word = try #require(Passphrase("a long sentence"))
        defer { hashing.close() }
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 { group.addTask { (try? await hashing.verify(word, against: nil)) != nil } }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.contains(true) && outcomes.contains(false))
    }

    @Test func `takes the same time with a hash and without`() async throws {
        let hashing = Hashing(cost: Password.Cost(passes: 2, memory: 8 << 20)), word = try #require(Passphrase("sungai kapuas 1143"))
        defer { hashing.close() }
        let hash = try await hashing.hash(word)
        var with = Duration.zero, without = Duration.zero
        for _ in 0..<12 {
            with += try await ContinuousClock().measure { _ = try await hashing.verify(word, against: hash) }
            without += try await ContinuousClock().measure { _ = try await hashing.verify(word, against: nil) }
        }
        #expect((0.5...2).contains(with / without), "\(with) and \(without)")
    }
}
