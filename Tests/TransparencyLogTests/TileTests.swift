// Tiles: their names, their bytes, and which of them a tree has.
import Crypto
import Testing
import TransparencyLog

@Suite struct TileTests {
    @Test(arguments: [
        (Tile(level: 0, index: 0), "tile/0/000"),
        (Tile(level: 2, index: 1_234_067), "tile/2/x001/x234/067"),
        (Tile(level: 0, index: 1_234_067, width: 8), "tile/0/x001/x234/067.p/8"),
        (Tile(level: 63, index: 1_000, width: 255), "tile/63/x001/000.p/255"),
    ])
    func `a tile's address goes there and back`(tile: Tile, path: String) {
        #expect(tile.path == path)
        #expect(Tile(path: path) == tile)
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/0/00", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/-1/000", "tile/+1/000",
        "tile/0/x000",
        "tile/0/001/000", "tile/0/x001/x000", "tile/0/x000/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/",
        "tile/0/000.p", "tile/0/000/", "/tile/0/000", "tile/0/x-01/000", "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/entries/000",
    ])
    func `no other address is a tile's`(path: String) {
        #expect(Tile(path: path) == nil)
    }

    @Test func `entries lie beside the tiles of level 0`() {
        let tile = Tile(level: 0, index: 70_000, width: 3)
        #expect(tile.entriesPath == "tile/entries/x070/000.p/3")
        #expect(Tile(entriesPath: tile.entriesPath) == tile)
        #expect(Tile(entriesPath: "tile/0/000") == nil)
        #expect(Tile(entriesPath: "tile/entries/00") == nil)
    }

    // The example of C2SP tlog-tiles.
    @Test func `a tree of 70,000 leaves has the tiles that the specification counts`() throws {
        let growth = try StoredTree().append(leaves(0..<70_000), to: 0)
        let tiles = growth.tiles.map(\.tile)
        #expect(tiles.filter { $0.level == 0 && $0.isFull }.count == 273)
        #expect(tiles.filter { $0.level == 1 && $0.isFull }.count == 1)
        #expect(
            Set(tiles.filter { !$0.isFull }) == [
                Tile(level: 0, index: 273, width: 112), Tile(level: 1, index: 1, width: 17), Tile(level: 2, index: 0, width: 1),
            ])
    }

    @Test func `only tiles that change are written`() throws {
        var tree = StoredTree(255)
        #expect(
            try tree.append(leaves(255..<256), to: 255).tiles.map(\.tile) == [
                Tile(level: 0, index: 0), Tile(level: 1, index: 0, width: 1),
            ])
        tree.grow(leaves(255..<256))
        #expect(try tree.append(leaves(256..<258), to: 256).tiles.map(\.tile) == [Tile(level: 0, index: 1, width: 2)])
        let nothing = try tree.append([], to: 256)
        #expect(nothing.tiles.isEmpty && nothing.root == tree.root && nothing.size == 256)
    }

    @Test func `a tile that is wider than asked for serves the older tree`() throws {
        var tree = StoredTree(300)
        let older = tree.root
        tree.grow(leaves(300..<600))
        try tree.prove(leaf: 299, in: 300).verify(leaves(299..<300)[0], in: older)
        #expect(try tree.root(of: 300) == older)
        #expect(try tree.append(leaves(300..<600), to: 300).root == tree.root)
        #expect(Subtree(leaves(0..<200)).prefix(44) == Subtree(leaves(0..<44)))
    }

    @Test func `a lost tile is named`() {
        var tree = StoredTree(300)
        tree.lose(Tile(level: 0, index: 1))
        #expect(throws: LogFault.missing(Tile(level: 0, index: 1, width: 44))) { try tree.prove(leaf: 299, in: 300) }
        #expect(throws: LogFault.missing(Tile(level: 0, index: 1, width: 44))) { try tree.append(leaves(300..<301), to: 300) }
        #expect(throws: Never.self) { try tree.prove(leaf: 7, in: 256) }
    }

    @Test func `a tile narrower than the tree needs is missing`() {
        struct Torn: TileReader {
            func tile(_ tile: Tile) -> Subtree { Subtree(leaves(0..<tile.width - 1)) }
        }
        #expect(throws: LogFault.missing(Tile(level: 0, index: 0, width: 9))) { try Torn().prove(leaf: 3, in: 9) }
    }

    @Test func `a tile's bytes are whole hashes, 1 to 256`() {
        let subtree = Subtree(leaves(0..<256))
        #expect(subtree.bytes.count == 8_192)
        #expect(Subtree(bytes: subtree.bytes) == subtree)
        #expect(subtree.hashes == leaves(0..<256))
        #expect(Subtree(bytes: []) == nil)
        #expect(Subtree(bytes: [UInt8](subtree.bytes.dropLast())) == nil)
        #expect(Subtree(bytes: subtree.bytes + leaves(0..<1)[0].bytes) == nil)
    }

    @Test func `a cache reads each tile once and forgets the oldest`() throws {
        let cache = TileCache(capacity: 2)
        var read: [Int] = []
        func ask(_ index: Int) throws {
            let found = try cache.tile(Tile(level: 0, index: index)) { (tile) throws(LogFault) in
                read.append(tile.index)
                return Subtree(leaves(index..<index + 1))
            }
            #expect(found.hashes == leaves(index..<index + 1))
        }
        for index in [0, 1, 0, 1, 2, 1, 2, 0] { try ask(index) }
        #expect(read == [0, 1, 2, 0])
        #expect(throws: LogFault.outOfRange) {
            try cache.tile(Tile(level: 5, index: 0)) { (_) throws(LogFault) in throw .outOfRange }
        }
    }
}
