// The check of a whole published log: what it accepts, and each thing that it must not.
import Crypto
import Testing
import TransparencyLog

/// The files of a log, as a mirror has them.
struct PublishedFiles {
    var files: [String: [UInt8]] = [:]

    init(_ count: Int, leaf: (Int) -> Leaf = { $0 == 0 ? .open(utf8("policy 1")) : .closed(Merkle.leaf(utf8("use \($0)"))) }) throws {
        let leaves = (0..<count).map(leaf)
        var tree = StoredTree()
        tree.grow(leaves.map(\.hash))
        for level in 0..<8 where count >> (8 * level) > 0 {
            let hashes = count >> (8 * level)
            for start in stride(from: 0, to: hashes, by: 256) {
                let tile = Tile(level: level, index: start / 256, width: min(256, hashes - start))
                files[tile.path] = try tree.tile(tile).bytes
                if level == 0 { files[tile.entriesPath] = try Entries(Array(leaves[start..<start + tile.width])).bytes }
            }
        }
        files["checkpoint"] = try Checkpoint(origin: origin, size: count, root: tree.root).sign(by: office)
    }

    func audit(since former: Checkpoint? = nil) throws(Audit.Finding) -> Audit {
        try Audit(of: office.verifier, extending: former) { [files] in files[$0] }
    }

    var checkpoint: Checkpoint { get throws { try SignedCheckpoint.open(files["checkpoint"]!, of: office.verifier).checkpoint } }
}

@Suite struct AuditTests {
    @Test(arguments: [1, 2, 255, 256, 257, 600, 65_537])
    func `a log whose bytes agree passes, and says what is open in it`(count: Int) throws {
        let audit = try PublishedFiles(count).audit()
        #expect(audit.signed.checkpoint.size == count)
        #expect(audit.open.map(\.number) == [0] && audit.open.first?.text == utf8("policy 1"))
    }

    @Test func `one byte changed in any file is found, and the file is named`() throws {
        let published = try PublishedFiles(600)
        for path in published.files.keys.sorted() {
            for index in stride(from: 0, to: published.files[path]!.count, by: 97) {
                var changed = published
                changed.files[path]![index] ^= 1
                let finding = #expect(throws: Audit.Finding.self) { try changed.audit() }
                #expect(finding == (path == "checkpoint" ? .notSigned : .altered(path)), "\(path), byte \(index)")
            }
        }
    }

    @Test func `a partial tile of before is the beginning of the one that took its place, or is named`() throws {
        let now = try PublishedFiles(600), then = try PublishedFiles(73), between = try PublishedFiles(580)
        var published = now
        for (path, bytes) in then.files.merging(between.files, uniquingKeysWith: { $1 })
        where path != "checkpoint" && now.files[path] == nil {
            published.files[path] = bytes
        }
        let audit = try published.audit(), earlier = Set(published.files.keys).subtracting(now.files.keys)
        #expect(earlier.count == 4)
        #expect(try audit.check(superseded: published.files.keys) { published.files[$0] } == 4)
        for path in earlier {
            var changed = published
            changed.files[path]![2] ^= 1
            #expect(throws: Audit.Finding.altered(path)) { try audit.check(superseded: changed.files.keys) { changed.files[$0] } }
        }
    }

    @Test func `a file that is missing is named`() throws {
        let published = try PublishedFiles(600)
        for path in published.files.keys {
            var lost = published
            lost.files[path] = nil
            #expect(throws: Audit.Finding.missing(path)) { try lost.audit() }
        }
    }

    @Test func `tiles and entries exchanged together don't lead to the signed root`() throws {
        var published = try PublishedFiles(300)
        let other = try PublishedFiles(300) {
            $0 == 7 ? .closed(Merkle.leaf(utf8("never happened"))) : .closed(Merkle.leaf(utf8("use \($0)")))
        }
        for (path, bytes) in other.files where path != "checkpoint" { published.files[path] = bytes }
        #expect(throws: Audit.Finding.altered("checkpoint")) { try published.audit() }
    }

    @Test func `a log that has grown keeps what an older checkpoint vouched for`() throws {
        let older = try PublishedFiles(300).checkpoint
        #expect(try PublishedFiles(600).audit(since: older).signed.checkpoint.size == 600)
    }

    @Test func `a log that took leaves back or has others now is found out by an older checkpoint`() throws {
        let older = try PublishedFiles(300).checkpoint
        #expect(throws: Audit.Finding.rewritten(since: 300)) { try PublishedFiles(200).audit(since: older) }
        let other = try PublishedFiles(600) {
            $0 == 7 ? .closed(Merkle.leaf(utf8("never happened"))) : .closed(Merkle.leaf(utf8("use \($0)")))
        }
        #expect(throws: Audit.Finding.rewritten(since: 300)) { try other.audit(since: older) }
    }

    @Test func `a stranger's signature under the right name counts for nothing`() throws {
        var published = try PublishedFiles(3)
        published.files["checkpoint"] = try published.checkpoint.sign(by: stranger)
        #expect(throws: Audit.Finding.notSigned) { try published.audit() }
    }
}
