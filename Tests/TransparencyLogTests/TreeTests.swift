// Trees, and proofs out of them, against published vectors, a naive tree and other programs.
import Crypto
import Testing
import TransparencyLog

@Suite struct TreeTests {
    // The eight leaves and the roots of certificate-transparency's reference tests.
    @Test func `roots are those of the certificate transparency vectors`() {
        let data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        var tree = StoredTree()
        #expect(tree.root.hex == roots[0])
        for (entry, root) in zip(data, roots.dropFirst()) {
            tree.grow([Merkle.leaf(Hex.decode(entry)!)])
            #expect(tree.root.hex == root)
        }
    }

    // Inclusion and consistency of the same tree, from the test data of transparency-dev/merkle.
    @Test func `proofs of the certificate transparency vectors verify`() throws {
        let eight = base64("XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=")
        try InclusionProof(
            index: 5, size: 8,
            path: [
                base64("vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms="), base64("yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA="),
                base64("037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc="),
            ]
        ).verify(base64("QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg="), in: eight)
        try InclusionProof(index: 2, size: 3, path: [base64("+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=")])
            .verify(base64("ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c="), in: base64("rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc="))
        let six = base64("duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=")
        try ConsistencyProof(
            from: 6, to: 8,
            path: [
                base64("DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o="), base64("yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA="),
                base64("037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc="),
            ]
        ).verify(from: six, to: eight)
        try ConsistencyProof(
            from: 6, to: 7,
            path: [
                base64("DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o="), base64("sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8="),
                base64("037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc="),
            ]
        ).verify(from: six, to: base64("3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw="))
    }

    // The hash over all of them as computed by Python's pymerkle 7.0 (roots, paths) and by RFC 6962's recursion with
    // hashlib (consistency, which pymerkle writes in an order of its own).
    @Test func `sizes 0 to 70 give the roots and proofs that other programs give`() throws {
        let tree = StoredTree(70)
        let roots = try (0...70).flatMap { try tree.root(of: $0).bytes }
        let paths = try (1...70).flatMap { size in try (0..<size).flatMap { try tree.prove(leaf: $0, in: size).path.flatMap(\.bytes) } }
        let growths = try (1...70).flatMap { size in try (1...size).flatMap { try tree.prove(from: $0, to: size).path.flatMap(\.bytes) } }
        #expect(SHA256.hash(roots).hex == "46d7166228679564c119134f2784468df5174e1da722e18f62d585772dba5da9")
        #expect(SHA256.hash(paths).hex == "4a28350444e7d378b0cf6fa925e74f834ebfac302ae1597d1e401a4e08a3c0d2")
        #expect(SHA256.hash(growths).hex == "00f3ed6efec106d5507913987e21d98a1b11f2d5d06f28d222201500d43080f3")
    }

    @Test func `every leaf of every tree up to 70 is proved, and no other leaf or place is`() throws {
        let tree = StoredTree(70), all = leaves(0..<71)
        for size in 1...70 {
            let root = treeHash(all[..<size])
            for index in 0..<size {
                let proof = try tree.prove(leaf: index, in: size)
                try proof.verify(all[index], in: root)
                #expect(throws: LogFault.inconsistent) { try proof.verify(all[index + 1], in: root) }
                #expect(throws: LogFault.self) {
                    try InclusionProof(index: index + 1, size: size, path: proof.path).verify(all[index], in: root)
                }
                #expect(throws: LogFault.inconsistent) {
                    try InclusionProof(index: index, size: size, path: proof.path + [root]).verify(all[index], in: root)
                }
                guard !proof.path.isEmpty else { continue }
                #expect(throws: LogFault.inconsistent) {
                    try InclusionProof(index: index, size: size, path: proof.path.dropLast()).verify(all[index], in: root)
                }
            }
        }
    }

    @Test func `every tree up to 70 is proved to begin with every one before it, and with no other`() throws {
        let tree = StoredTree(70), all = leaves(0..<70)
        for to in 1...70 {
            for from in 1...to {
                let old = treeHash(all[..<from]), new = treeHash(all[..<to])
                let proof = try tree.prove(from: from, to: to)
                try proof.verify(from: old, to: new)
                let other = treeHash(all[..<(from - 1)])
                #expect(throws: LogFault.inconsistent) { try proof.verify(from: other, to: new) }
                #expect(throws: LogFault.inconsistent) { try proof.verify(from: old, to: other) }
                #expect(throws: LogFault.inconsistent) {
                    try ConsistencyProof(from: from, to: to, path: proof.path + [old]).verify(from: old, to: new)
                }
                guard !proof.path.isEmpty else { continue }
                #expect(throws: LogFault.inconsistent) {
                    try ConsistencyProof(from: from, to: to, path: proof.path.dropLast()).verify(from: old, to: new)
                }
            }
        }
    }

    @Test func `nothing is proved from the empty tree, backwards, or beyond the end`() {
        let tree = StoredTree(9)
        #expect(throws: LogFault.outOfRange) { try tree.prove(from: 0, to: 9) }
        #expect(throws: LogFault.outOfRange) { try ConsistencyProof(from: 0, to: 9, path: []).verify(from: Merkle.empty, to: tree.root) }
        #expect(throws: LogFault.outOfRange) { try ConsistencyProof(from: 0, to: 0, path: []).verify(from: Merkle.empty, to: Merkle.empty) }
        #expect(throws: LogFault.shrunk) { try tree.prove(from: 9, to: 8) }
        #expect(throws: LogFault.shrunk) { try ConsistencyProof(from: 9, to: 8, path: []).verify(from: tree.root, to: tree.root) }
        for index in [-1, 9] {
            #expect(throws: LogFault.outOfRange) { try tree.prove(leaf: index, in: 9) }
            #expect(throws: LogFault.outOfRange) { try InclusionProof(index: index, size: 9, path: []).verify(tree.root, in: tree.root) }
        }
    }

    @Test func `one byte changed in a proof is refused`() throws {
        let tree = StoredTree(700)
        let inclusion = try tree.prove(leaf: 321, in: 700), consistency = try tree.prove(from: 300, to: 700)
        let leaf = leaves(321..<322)[0], old = try tree.root(of: 300)
        for place in inclusion.path.indices {
            for changed in oneByteChanged(inclusion.path[place].bytes) {
                var path = inclusion.path
                path[place] = Digest(bytes: changed)!
                #expect(throws: LogFault.inconsistent) { try InclusionProof(index: 321, size: 700, path: path).verify(leaf, in: tree.root) }
            }
        }
        for place in consistency.path.indices {
            for changed in oneByteChanged(consistency.path[place].bytes) {
                var path = consistency.path
                path[place] = Digest(bytes: changed)!
                #expect(throws: LogFault.inconsistent) {
                    try ConsistencyProof(from: 300, to: 700, path: path).verify(from: old, to: tree.root)
                }
            }
        }
    }

    @Test func `batches of any size grow the tree that a naive one is`() throws {
        var chance = SeededChance(seed: seed(7))
        for _ in 0..<12 {
            var tree = StoredTree()
            let all = leaves(0..<2_000)
            while tree.size < 1_400 {
                let batch = Int.random(in: 0...[3, 60, 600].randomElement(using: &chance)!, using: &chance)
                tree.grow([Digest](all[tree.size..<(tree.size + batch)]))
                #expect(tree.root == treeHash(all[..<tree.size]))
            }
            let old = Int.random(in: 1...tree.size, using: &chance), index = Int.random(in: 0..<old, using: &chance)
            try tree.prove(leaf: index, in: old).verify(all[index], in: treeHash(all[..<old]))
            try tree.prove(from: old, to: tree.size).verify(from: treeHash(all[..<old]), to: tree.root)
        }
    }

    @Test func `three levels of tiles prove as one`() throws {
        var tree = StoredTree(), all: [Digest] = []
        for start in stride(from: 0, to: 66_000, by: 11_000) {
            tree.grow(leaves(start..<start + 11_000))
            all += leaves(start..<start + 11_000)
        }
        #expect(tree.root == treeHash(all[...]))
        #expect(try tree.root(of: 66_000) == tree.root)
        for index in [0, 255, 256, 65_535, 65_536, 65_999] { try tree.prove(leaf: index, in: 66_000).verify(all[index], in: tree.root) }
        for old in [1, 256, 65_535, 65_536, 65_537] {
            try tree.prove(from: old, to: 66_000).verify(from: treeHash(all[..<old]), to: tree.root)
        }
    }
}

struct SeededChance: RandomNumberGenerator {
    private let stream: SeededRandomness

    init(seed: Secret) { stream = SeededRandomness(seed: seed) }

    mutating func next() -> UInt64 { stream.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
