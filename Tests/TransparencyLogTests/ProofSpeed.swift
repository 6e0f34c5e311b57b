// How long proofs take from a log of ten million leaves: `VOFFICE_MEASURE=1 swift test -c release --filter ProofSpeed`.
import Crypto
import Glibc
import Testing
import TransparencyLog

@Suite struct ProofSpeed {
    @Test(.enabled(if: getenv("VOFFICE_MEASURE") != nil))
    func `proofs from ten million leaves`() throws {
        let count = 10_000_000, batch = 250_000
        var tree = StoredTree()
        let growing = ContinuousClock().measure {
            for start in stride(from: 0, to: count, by: batch) {
                tree.grow((start..<start + batch).map { Digest(UInt64($0), 1, 2, 3) })
            }
        }
        print("appended: \(growing / count) a leaf, in batches of \(batch)")

        var chance = SeededChance(seed: seed(11))
        let places = (0..<20_000).map { _ in Int.random(in: 0..<count, using: &chance) }
        let fastest = try (0..<5).map { _ in
            var proofs: [InclusionProof] = []
            proofs.reserveCapacity(places.count)
            let making = try ContinuousClock().measure { for place in places { proofs.append(try tree.prove(leaf: place, in: count)) } }
            let verifying = try ContinuousClock().measure {
                for proof in proofs { try proof.verify(Digest(UInt64(proof.index), 1, 2, 3), in: tree.root) }
            }
            return (making / places.count, verifying / places.count)
        }
        print("inclusion, all tiles in memory: made in \(fastest.map(\.0)), verified in \(fastest.map(\.1))")

        let cached = Cached(tree: tree)
        let hot = places.prefix(100)
        for place in hot { _ = try cached.prove(leaf: place, in: count) }
        let hits = try ContinuousClock().measure {
            for _ in 0..<100 { for place in hot { _ = try cached.prove(leaf: place, in: count) } }
        }
        print("inclusion through the cache, tiles held: made in \(hits / (100 * hot.count))")

        let stored = Subtree(bytes: try tree.tile(Tile(level: 0, index: 1)).bytes)!.bytes
        let opening = ContinuousClock().measure { for _ in 0..<1_000 { _ = Subtree(bytes: stored) } }
        print("a tile read from its bytes: \(opening / 1_000)")

        let one = try ContinuousClock().measure {
            for place in places.prefix(1_000) {
                _ = try tree.append([Digest(UInt64(place), 9, 9, 9)], to: count)
            }
        }
        print("one leaf appended: \(one / 1_000)")
        let consistency = try ContinuousClock().measure {
            for place in places { _ = try tree.prove(from: place + 1, to: count) }
        }
        print("consistency: made in \(consistency / places.count)")
    }
}

private struct Cached: TileReader {
    let tree: StoredTree
    let cache = TileCache(capacity: 1_000)

    func tile(_ tile: Tile) throws(LogFault) -> Subtree {
        try cache.tile(tile) { (wanted) throws(LogFault) in try tree.tile(wanted) }
    }
}
