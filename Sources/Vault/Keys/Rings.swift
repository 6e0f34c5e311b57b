// The generations of the ring in their files. Which one holds stands in the key store, so that a renewal begins to hold in the same
// transaction that puts the keys below it under their new buckets; another process sees it with the rows.

import Crypto
import Store
import Synchronization

final class Rings: Sendable {
    let folder: String
    let roots: any RootHolder
    let randomness: any Randomness
    private let opened = Mutex<[Int64: Buckets]>([:])

    init(folder: String, roots: any RootHolder, randomness: any Randomness) {
        (self.folder, self.roots, self.randomness) = (folder, roots, randomness)
    }

    /// Makes the first generation where the folder is empty, before the key store is made.
    func beginIfNew(in database: Database, mayMake: Bool, hasKeys: Bool) throws(KeyFault) {
        guard !hasKeys else { return }
        guard mayMake else { throw .lost(folder) }
        let rings = try DurableFile.numbers(of: "ring", in: folder), held = try roots.generations()
        // What was made under a ring mustn't meet a new one.
        guard rings.allSatisfy({ $0 == 1 }), held.allSatisfy({ $0 == 1 }) else { throw .unreadable(database.place) }
        // A root alone is what an interrupted first start leaves.
        guard rings.isEmpty else { return }
        try put(Buckets(generation: 1, from: randomness))
    }

    /// The buckets of a generation.
    func buckets(_ generation: Int64) throws(KeyFault) -> Buckets {
        if let known = opened.withLock({ $0[generation] }) { return known }
        guard let sealed = try DurableFile.read(path(generation)) else { throw .unreadable(path(generation)) }
        let buckets: Buckets
        do throws(KeyFault) {
            let bytes = try roots.open(sealed, under: generation, boundTo: Self.binding(generation))
            do { buckets = try Buckets(generation: generation, bytes: bytes) } catch { throw .doesNotOpen(path(generation)) }
        } catch .doesNotOpen { throw .doesNotOpen(path(generation)) }
        // A renewal by another process: what came before it is forgotten here too.
        opened.withLock { opened in opened = opened.filter { $0.key > generation }.merging([generation: buckets]) { $1 } }
        return buckets
    }

    /// The same of the generation that holds: where the folder has none but older ones, that is said.
    func standing(_ generation: Int64) throws(KeyFault) -> Buckets {
        do throws(KeyFault) { return try buckets(generation) } catch {
            guard case .unreadable = error, let newest = try DurableFile.numbers(of: "ring", in: folder).last, newest < generation else {
                throw error
            }
            throw .older(folder, has: newest, holds: generation)
        }
    }

    /// The generation that holds, where the key store doesn't say it any more: the newest under which a class key opens.
    func generation(shownBy rows: borrowing Snapshot<StoreFault>) throws(StoreFault) -> Int64 {
        let numbers = (try? DurableFile.numbers(of: "ring", in: folder)) ?? []
        let key = try rows.first("SELECT subject, kind, wrapped FROM class_key LIMIT 1") {
            (subject: Subject(id: $0.identity(0)), kind: $0.identity(1), wrapped: $0.blob(2))
        }
        let found = numbers.last { number in
            guard let buckets = try? buckets(number) else { return false }
            guard let key else { return true }
            let bucket = buckets[Buckets.number(of: key.subject)]
            return (try? KeyStore.unwrap(key.wrapped, under: bucket, KeyStore.classBinding(key.subject, key.kind))) != nil
        }
        return found ?? numbers.last ?? 1
    }

    /// A generation that doesn't hold yet; root and ring are durable on return. While it begins to hold, both can be asked for.
    func put(_ buckets: Buckets) throws(KeyFault) {
        let generation = buckets.generation
        try roots.make(generation, from: randomness)
        try DurableFile.write(try roots.seal(buckets.bytes, under: generation, boundTo: Self.binding(generation)), to: path(generation))
        opened.withLock { $0[generation] = buckets }
    }

    /// The newest of those that were asked for.
    var newest: Buckets? { opened.withLock { $0.max { $0.key < $1.key }?.value } }

    /// Takes one back that didn't begin to hold.
    func drop(_ generation: Int64) { opened.withLock { $0[generation] = nil } }

    /// Forgets every generation but the one that holds: those before it, and what an interrupted renewal left behind it.
    func forget(allBut generation: Int64) throws(KeyFault) {
        opened.withLock { opened in opened = opened.filter { $0.key == generation } }
        for root in try roots.generations() where root != generation { try roots.forget(root) }
        for half in try DurableFile.names(in: folder) where half.hasSuffix(".new") { try DurableFile.shred("\(folder)/\(half)") }
        for ring in try DurableFile.numbers(of: "ring", in: folder) where ring != generation { DurableFile.remove(path(ring)) }
    }

    func path(_ generation: Int64) -> String { "\(folder)/ring.\(generation)" }
    private static func binding(_ generation: Int64) -> [UInt8] { Array("voffice/ring/1|\(generation)".utf8) }
}
