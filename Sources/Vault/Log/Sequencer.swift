// Once a second: queued leaves get their places in the tree, and a checkpoint over them is signed.

import Crypto
public import Store
import TransparencyLog

extension Vault {
    /// Moves what is queued into the tree, some at a time, so that others who write needn't wait long; each time in one transaction that
    /// extends the last checkpoint. Gives the number of leaves that it placed: none where another server does that.
    @discardableResult
    public func sequence() async throws(Refusal) -> Int {
        keys.truncateIfDue(patience: .milliseconds(100))
        keys.clearLeftoversIfDue()
        emptyLogIfDue()
        for room in [store, keys.store] { await room.tryWritingAgain() }
        await head.turn.begin()
        defer { head.turn.end() }
        do throws(Refusal) {
            let placed = try await placeWaiting()
            if placed == 0 { try await noteKeyChanges() }
            head.know(fault: nil)
            return placed
        } catch {
            _ = try? isLogCurrent()
            try await stand(still: error)
            throw error
        }
    }

    /// What the log can't grow for is known until it grows again; who placed leaves looks at all of it anew before they go on.
    private func stand(still fault: Refusal) async throws(Refusal) {
        switch fault {
        case .outdated, .store(.busy): return
        default: break
        }
        guard writeFault == nil else { return }
        head.know(fault: fault)
        if let held = head.lease.held {
            let standing = try? store.read { (rows) throws(Refusal) in try Placing.standing(in: rows) }
            if let standing, standing.fence == held { head.lease.know(gone: standing) }
            head.lease.lose()
        }
        if case .logHalted = fault { try await seeWaiting() }
        try await noteKeyChanges()
    }

    /// What waits while the log stands still was given all the same: the keys see it meanwhile, so that it can't be taken out unseen.
    private func seeWaiting() async throws(Refusal) {
        var dice = Dice(randomness: randomness), unseen: [(subject: Subject, sequence: Int64, leaf: Digest)] = []
        let waiting = try store.read { (rows) throws(Refusal) in try LeafQueue.all(shuffledBy: &dice, in: rows) }
        for (subject, entries) in Dictionary(grouping: try Self.entries(waiting), by: \.subject) {
            let seen = try keys.seenEntry(of: subject)?.sequence ?? 0
            unseen += entries.filter { $0.sequence > seen }
        }
        if !unseen.isEmpty { try await keys.see(unseen) }
    }

    /// What of somebody's chain was entered up to here is in the log on return, whoever places it.
    /// - Throws: `busy` where that takes longer than another server may take to go on with it.
    func settle(_ subject: Subject, upTo sequence: Int64) async throws(Refusal) {
        for attempt in 0..<100 {
            if attempt > 0 { try? await Task.sleep(for: .milliseconds(50)) }
            try await self.sequence()
            let waits = try store.read { (rows) throws(Refusal) in
                try rows.exists(
                    "SELECT 1 FROM leaf_waiting w WHERE w.subject = \(subject) AND w.seq <= \(sequence) AND \(LeafQueue.isRightly)")
            }
            if !waits { return }
        }
        throw .store(.busy)
    }

    /// Why nothing can be written, to the data or to the keys; nil: as far as anybody knows, it can.
    public var writeFault: StoreFault? { store.writeFault ?? keys.store.writeFault }

    /// Whether every entry is signed, but for those of the last half minute; how long one waits is known from when it was first seen to.
    public func isLogCurrent() throws(Refusal) -> Bool {
        let now = clock.now(), then = now - .seconds(30)
        return try store.read { (rows) throws(Refusal) in
            let first = try rows.first(
                "SELECT w.subject, w.seq FROM leaf_waiting w WHERE \(LeafQueue.isRightly) ORDER BY w.subject, w.seq LIMIT 1"
            ) {
                LeafQueue.Place(subject: $0.identity(0), sequence: $0.integer(1))
            }
            guard let first else { return true }
            let last = try rows.first("SELECT at FROM log_checkpoint ORDER BY size DESC LIMIT 1") { $0.instant(0) }
            guard let last, last <= then else { return true }
            return head.waits(first, at: now) > then
        }
    }

    /// The newest signed checkpoint, as a note; nil before the first entry.
    public func checkpoint() throws(Refusal) -> [UInt8]? {
        try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { Array($0.text(0).utf8) }
        }
    }

    /// Signs under the log's name with its key.
    var logSigner: NoteSigner {
        get throws(Refusal) {
            do { return try NoteSigner(name: origin, key: keys.ring.signing) } catch { throw .damaged("log name") }
        }
    }

    var logVerifier: NoteVerifier {
        get throws(Refusal) {
            do { return try NoteVerifier(name: origin, key: logKey) } catch { throw .damaged("log name") }
        }
    }
}

/// The tiles as a snapshot of the database has them.
struct StoredTiles: TileReader {
    let tiles: [Place: Subtree]
    struct Place: Hashable { let level, index: Int }

    func tile(_ tile: Tile) throws(LogFault) -> Subtree {
        guard let found = tiles[Place(level: tile.level, index: tile.index)] else { throw .missing(tile) }
        return found
    }
}

extension Vault {
    private static let mostAtOnce = 512

    private func placeWaiting() async throws(Refusal) -> Int {
        guard let fence = try await fence() else { return 0 }
        try await tellRefusals()
        // What comes meanwhile waits for the next time.
        var dice = Dice(randomness: randomness), placed = 0
        let waiting = try store.read { (rows) throws(Refusal) in try LeafQueue.all(shuffledBy: &dice, in: rows) }
        for start in stride(from: 0, to: waiting.count, by: Self.mostAtOnce) {
            let some = Array(waiting[start..<min(start + Self.mostAtOnce, waiting.count)])
            guard let count = try await holding({ () async throws(Refusal) in try await place(some, by: fence) }) else { return placed }
            placed += count
        }
        // What a court forbids to tell isn't told because a clock stands wrong.
        if try clockAhead() == nil { try await tellWithheld() }
        return placed
    }

    /// nil: we were slow, and another server has taken over; what we didn't place is in its hands.
    func holding<Value>(_ body: () async throws(Refusal) -> Value) async throws(Refusal) -> Value? {
        do throws(Refusal) { return try await body() } catch {
            guard case .outdated = error else { throw error }
            head.lease.lose()
            return nil
        }
    }

    func place(_ waiting: [LeafQueue.Waiting], by fence: Int64) async throws(Refusal) -> Int {
        try await keys.see(try Self.entries(waiting), by: fence)
        let now = clock.now(), seen = try keys.seenTree()
        let done = try await store.write { (rows) throws(Refusal) -> (tree: SeenTree, count: Int)? in
            var there: [LeafQueue.Waiting] = []
            for leaf in waiting where try LeafQueue.take(leaf, in: rows) { there.append(leaf) }
            guard !there.isEmpty else { return nil }
            return (try self.place(&there, after: seen, at: now, by: fence, in: rows).tree, there.count)
        }
        guard let (tree, count) = done else { return 0 }
        try await keys.see(tree)
        return count
    }

    static func size(in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Int {
        Int(try rows.first("SELECT size FROM log_checkpoint ORDER BY size DESC LIMIT 1", { $0.integer(0) }) ?? 0)
    }

    /// Gives leaves their places behind the last one, and signs a checkpoint over them. What was signed is never signed again as
    /// something else: `seen` is the newest tree that the keys know.
    func place(
        _ leaves: inout [LeafQueue.Waiting], after seen: SeenTree?, at now: Instant, by fence: Int64,
        in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> (note: String, tree: SeenTree) {
        // Within a batch the order says nothing of who came first.
        var dice = Dice(randomness: randomness)
        leaves.shuffle(using: &dice)
        let size = try Self.size(in: rows.snapshot), border = try soundBorder(of: size, after: seen, in: rows.snapshot)
        try Placing.grow(from: size, to: size + leaves.count, by: fence, in: rows)
        for (offset, leaf) in leaves.enumerated() { try Self.place(leaf, at: Int64(size + offset), in: rows) }
        let (note, root) = try grow(border, from: size, by: leaves, in: rows)
        try KeysKnown.note(keys.changes.number, in: rows)
        try rows.run("INSERT INTO log_checkpoint (size, note, at) VALUES (\(size + leaves.count), \(note), \(now))")
        try KnownTime.goOn(to: now, in: rows)
        return (note, SeenTree(size: size + leaves.count, root: root.bytes))
    }

    /// Those that are of a person's chain.
    static func entries(_ waiting: [LeafQueue.Waiting]) throws(Refusal) -> [(subject: Subject, sequence: Int64, leaf: Digest)] {
        var entries: [(subject: Subject, sequence: Int64, leaf: Digest)] = []
        for leaf in waiting {
            guard let (subject, sequence) = leaf.entry else { continue }
            do { entries.append((subject, sequence, try Leaf(data: leaf.leaf).hash)) } catch { throw .damaged("log leaf") }
        }
        return entries
    }

    private struct Dice: RandomNumberGenerator {
        let randomness: any Randomness
        mutating func next() -> UInt64 { randomness.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
    }

    private static func place(_ leaf: LeafQueue.Waiting, at number: Int64, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.run("INSERT INTO log_leaf (number, leaf) VALUES (\(number), \(leaf.leaf))")
        if let (subject, sequence) = leaf.entry {
            try rows.run("UPDATE use_record SET number = \(number) WHERE subject = \(subject) AND seq = \(sequence)")
        } else if let publication = leaf.publication {
            try rows.run("UPDATE policy_publication SET leaf = \(number) WHERE id = \(publication)")
        }
    }

    /// Writes the tiles that change, and gives the signed note over the new tree.
    private func grow(
        _ border: StoredTiles, from size: Int, by leaves: [LeafQueue.Waiting], in rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> (note: String, root: Digest) {
        var hashes: [Digest] = []
        do throws(LogFault) { for leaf in leaves { hashes.append(try Leaf(data: leaf.leaf).hash) } } catch { throw .damaged("log leaf") }
        do throws(LogFault) {
            let growth = try border.append(hashes, to: size)
            let signer = try NoteSigner(name: origin, key: keys.ring.signing)
            let note = try Checkpoint(origin: origin, size: growth.size, root: growth.root).sign(by: signer)
            try Self.write(growth, in: rows)
            return (String(decoding: note, as: UTF8.self), growth.root)
        } catch { throw .damaged("log") }
    }

    private static func write(_ growth: Growth, in rows: borrowing Transaction<Refusal>) throws(LogFault) {
        for (tile, subtree) in growth.tiles {
            do throws(Refusal) {
                try rows.run(
                    """
                    INSERT INTO log_tile (level, position, width, hashes)
                        VALUES (\(tile.level), \(tile.index), \(subtree.width), \(subtree.bytes))
                        ON CONFLICT (level, position) DO UPDATE SET width = excluded.width, hashes = excluded.hashes
                    """)
            } catch { throw .missing(tile) }
        }
    }

    /// The tiles on the right border of a tree, which are all that an append reads; without those that aren't there or can't be read.
    static func border<Failure>(of size: Int, in rows: borrowing Snapshot<Failure>) throws(Failure) -> StoredTiles {
        var wanted: [StoredTiles.Place] = [], level = 0, count = size
        while count > 0 {
            wanted.append(StoredTiles.Place(level: level, index: (count - 1) / Tile.fullWidth))
            wanted.append(StoredTiles.Place(level: level, index: count / Tile.fullWidth))
            count /= Tile.fullWidth
            level += 1
        }
        var tiles: [StoredTiles.Place: Subtree] = [:]
        for place in wanted {
            let bytes = try rows.first("SELECT hashes FROM log_tile WHERE level = \(place.level) AND position = \(place.index)") {
                $0.blob(0)
            }
            tiles[place] = bytes.flatMap(Subtree.init(bytes:))
        }
        return StoredTiles(tiles: tiles)
    }
}
