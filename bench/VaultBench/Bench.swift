// What is measured, in its order.

import Crypto
import Glibc
import Store
import TransparencyLog
import Vault

struct Bench {
    let folder: String, seconds: Int

    func run(small: Int, large: Int, items: Int) async throws {
        say("idle MB", memory().now)
        let office = try await SmallOffice.open(in: folder)
        say("open MB", memory().now)
        let sequencing = sequence(office)
        var people = try await grow(office, to: small, [])
        try await loads(office, people, "small")
        try await sweeps(office, small)
        try await leaving(office, people, items)
        if large > small {
            people = try await grow(office, to: large, people)
            try await loads(office, people, "large")
            try await sweeps(office, large)
        }
        say("loaded MB", memory().now)
        say("most MB", memory().most)
        sequencing.cancel()
        await sequencing.value
        while try await office.vault.sequence() > 0 {}
        office.close()
        proofs(of: 10_000_000)
    }

    /// One kind of work among 1,000 people, over and over, for who looks at it with `perf`.
    func only(_ what: String) async throws {
        let office = try await SmallOffice.open(in: folder), sequencing = sequence(office)
        let people = try await grow(office, to: 1_000, [])
        try office.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("CREATE TABLE IF NOT EXISTS bench (number INTEGER NOT NULL) STRICT")
            return
        }
        let taker = try await somebody(with: 100, in: office)
        let work: @Sendable (Int) async throws -> Void = { number in
            let somebody = people[number % people.count]
            switch what {
            case "bare":
                try await office.store.write { (rows) throws(StoreFault) in
                    try rows.run("INSERT INTO bench (number) VALUES (\(number))")
                    return
                }
            case "reads": _ = try await office.read(somebody)
            case "collections": try await office.write(Int64(number) + 1, for: somebody)
            case "corrections": try await office.correct(somebody, to: "Sari \(number)")
            case "exports": try await office.export(taker)
            default: _ = try await office.vault.erase(try await office.vault.openSession(of: try await office.admit()))
            }
        }
        print("\(what) begin")
        fflush(nil)
        for tasks in what == "exports" ? [1] : [1, 64] {
            let before = ofTheProcessor()
            let each = try await rate(tasks, seconds: seconds, work)
            say("\(what), \(tasks) in flight, a second", each)
            say("\(what), \(tasks) in flight, µs of the processor each", (ofTheProcessor() - before) * 1e3 / (each * Double(seconds)))
        }
        sequencing.cancel()
        await sequencing.value
        office.close()
    }

    private func somebody(with count: Int, in office: SmallOffice) async throws -> OwnSession {
        let subject = try await office.admit()
        try await times(count, tasks: 64) { try await office.write(Int64($0) + 1, for: subject) }
        return try await office.vault.openSession(of: subject)
    }

    /// A house that is there: until it is open, and what it then holds in memory.
    func start() async throws {
        var office: SmallOffice?
        say("start ms", try await time { office = try await SmallOffice.open(in: folder) })
        say("at rest MB", memory().now)
        office?.close()
    }

    /// The hourly look for what nothing keeps any more: after all that was done, and again.
    private func sweeps(_ office: SmallOffice, _ count: Int) async throws {
        for which in ["first", "next"] { say("\(which) sweep of \(count) ms", try await time { _ = try await office.vault.sweep() }) }
    }

    /// As the open house does: each second.
    func sequence(_ office: SmallOffice) -> Task<Void, Never> {
        Task.detached {
            while !Task.isCancelled {
                let began = ContinuousClock.now
                _ = try? await office.vault.sequence()
                try? await Task.sleep(until: began + .seconds(1))
            }
        }
    }

    func grow(_ office: SmallOffice, to count: Int, _ before: [Subject]) async throws -> [Subject] {
        let people = Collected(before), wanted = count - before.count
        let took = try await time {
            try await times(wanted, tasks: 256) { _ in
                let subject = try await office.admit()
                people.append(subject)
            }
        }
        say("admitted a second to \(count)", Double(wanted) / took * 1e3)
        return people.all
    }

    private func loads(_ office: SmallOffice, _ people: [Subject], _ size: String) async throws {
        let count = people.count
        @Sendable func somebody(_ number: Int) -> Subject {
            people[Int(UInt64(truncatingIfNeeded: number &* 2_654_435_761) % UInt64(count))]
        }
        try office.store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run("CREATE TABLE IF NOT EXISTS bench (number INTEGER NOT NULL) STRICT")
            return
        }
        for (tasks, how) in [(1, "one by one"), (64, "64 in flight")] {
            say(
                "\(size) bare commits \(how)",
                try await rate(tasks, seconds: seconds) { number in
                    try await office.store.write { (rows) throws(StoreFault) in
                        try rows.run("INSERT INTO bench (number) VALUES (\(number))")
                        return
                    }
                })
            say("\(size) reads \(how)", try await rate(tasks, seconds: seconds) { _ = try await office.read(somebody($0)) })
            say(
                "\(size) collections \(how)",
                try await rate(tasks, seconds: seconds) { try await office.write(Int64($0) * 2 + Int64(tasks), for: somebody($0 &* 31)) })
            // Each another person: two at once about one would have to look again.
            say(
                "\(size) corrections \(how)",
                try await rate(tasks, seconds: seconds) { try await office.correct(people[$0 % count], to: "Sari \($0)") })
        }
        var sessions: [OwnSession] = []
        for number in 0..<200 { sessions.append(try await office.vault.openSession(of: somebody(number))) }
        while try await office.vault.sequence() > 0 {}
        var made: [Double] = []
        for session in sessions { made.append(try await time { _ = try office.vault.proof(of: 1, of: session) }) }
        say("\(size) proof", each: made)
        // Their pieces of the tree lie in memory now.
        made = []
        for session in sessions { made.append(try await time { _ = try office.vault.proof(of: 1, of: session) }) }
        say("\(size) proof again", each: made)
    }

    /// Erasures and an export of people who have so many items.
    private func leaving(_ office: SmallOffice, _ people: [Subject], _ items: Int) async throws {
        func somebody(with count: Int) async throws -> OwnSession { try await self.somebody(with: count, in: office) }
        let taker = try await somebody(with: 100)
        var took: [Double] = [], before = ofTheProcessor()
        for _ in 0..<20 {
            took.append(try await time { try await office.export(taker) })
        }
        say("export of 100 items, of the processor ms", (ofTheProcessor() - before) / 20)
        say("export of 100 items", each: took)
        for count in [1_000, 10_000] where count < items {
            let own = try await somebody(with: count)
            say("erasure of \(count) items ms", try await time { _ = try await office.vault.erase(own) })
        }
        var few: [OwnSession] = []
        for _ in 0..<200 { few.append(try await somebody(with: 10)) }
        let filling = ContinuousClock.now
        let many = try await somebody(with: items)
        say("filled a second", Double(items) / milliseconds(ContinuousClock.now - filling) * 1e3)
        while try await office.vault.sequence() > 0 {}
        var idle: [Double] = [], loaded: [Double] = []
        before = ofTheProcessor()
        for own in few[..<100] { idle.append(try await time { _ = try await office.vault.erase(own) }) }
        say("erasure of 10 items idle, of the processor ms", (ofTheProcessor() - before) / 100)
        say("erasure of 10 items idle", each: idle)
        let load = Task.detached {
            try await rate(64, seconds: 3_600) { number in
                guard !Task.isCancelled else { throw CancellationError() }
                _ = try await office.read(people[number % people.count])
            }
        }
        for own in few[100...] { loaded.append(try await time { _ = try await office.vault.erase(own) }) }
        load.cancel()
        _ = try? await load.value
        say("erasure of 10 items under load", each: loaded)
        say("erasure of \(items) items ms", try await time { _ = try await office.vault.erase(many) })
    }

    private func proofs(of count: Int) {
        var tree = Tiles(), root = Merkle.empty
        for start in stride(from: 0, to: count, by: 250_000) {
            let leaves = (start..<start + 250_000).map { Digest(UInt64($0), 1, 2, 3) }
            guard let growth = try? tree.append(leaves, to: start) else { return }
            for (tile, subtree) in growth.tiles { tree.rows[Tiles.place(tile)] = subtree }
            root = growth.root
        }
        let places = (0..<20_000).map { $0 &* 2_654_435_761 % count }
        var proofs: [InclusionProof] = []
        let making = ContinuousClock().measure {
            for place in places { if let proof = try? tree.prove(leaf: place, in: count) { proofs.append(proof) } }
        }
        var right = 0
        let verifying = ContinuousClock().measure {
            for proof in proofs where (try? proof.verify(Digest(UInt64(proof.index), 1, 2, 3), in: root)) != nil {
                right += 1
            }
        }
        guard right == places.count else { fatalError("\(right) of \(places.count) proofs hold") }
        say("proof of \(count) made µs", milliseconds(making) * 1e3 / Double(places.count))
        say("proof of \(count) verified µs", milliseconds(verifying) * 1e3 / Double(places.count))
    }
}

/// The tiles of a tree in memory.
private struct Tiles: TileReader {
    var rows: [Tile: Subtree] = [:]

    func tile(_ tile: Tile) throws(LogFault) -> Subtree {
        guard let subtree = rows[Self.place(tile)] else { throw .missing(tile) }
        return subtree
    }

    static func place(_ tile: Tile) -> Tile { Tile(level: tile.level, index: tile.index) }
}
