// Somebody who kept an older copy of a house.

import Crypto
import Foundation
import Store
import Testing

@testable import Vault

/// What somebody copied of a house before, and tries on the house of now.
struct KeptCopy {
    let folder: URL
    let data: [(name: RecordName, sealed: [UInt8])]

    init(of house: SmallHouse) throws {
        try house.vault.keys.store.checkpoint(patience: .seconds(1))
        folder = house.folder.appending(path: "kept")
        try FileManager.default.copyItem(at: house.folder.appending(path: "keys"), to: folder)
        data = try house.store.read { (rows) throws(Refusal) in
            try rows.all("SELECT subject, kind, item, generation, sealed FROM record") { row in
                (
                    RecordName(
                        subject: Subject(id: row.identity(0)), kind: row.identity(1), item: row.identity(2), generation: row.integer(3)),
                    row.blob(4)
                )
            }
        }
    }

    /// With the old class key and any bucket key of now; and with the old ring, opened by any root of now.
    func opens(_ subject: Subject, with house: SmallHouse) throws -> Bool {
        try data.filter { $0.name.subject == subject }.contains { try opens($0.name, with: house) }
    }

    func opens(_ name: RecordName, with house: SmallHouse) throws -> Bool {
        let now = try house.vault.keys.reading { (rows) throws(Refusal) in try house.vault.keys.buckets(in: rows) }
        var buckets = [now]
        let roots = FileRoots(folder: house.folder.appending(path: "keys").path, named: "root")
        for generation in try roots.generations() {
            let ring = [UInt8](try Data(contentsOf: folder.appending(path: "ring.1")))
            guard let bytes = try? roots.open(ring, under: generation, boundTo: Array("voffice/ring/1|1".utf8)) else { continue }
            buckets.append(try Buckets(generation: 1, bytes: bytes))
        }
        let (old, items) = try wrapped(of: name)
        var classes = buckets.compactMap { buckets in
            (0..<Int64(Buckets.count)).lazy.compactMap { bucket in
                try? KeyStore.unwrap(old, under: buckets[bucket], KeyStore.classBinding(name.subject, name.kind))
            }.first
        }
        // The class may have lived on under its old key.
        let present = try house.vault.keys.store.read { (rows) throws(Refusal) in
            try rows.first("SELECT wrapped FROM class_key WHERE subject = \(name.subject) AND kind = \(name.kind)") { $0.blob(0) }
        }
        if let present,
            let key = try? KeyStore.unwrap(
                present, under: now[Buckets.number(of: name.subject)], KeyStore.classBinding(name.subject, name.kind))
        {
            classes.append(key)
        }
        let sealed = try #require(data.first { $0.name == name }).sealed
        return classes.contains { key in
            guard let item = try? KeyStore.unwrap(items, under: key, name.keyBinding) else { return false }
            return (try? Sealed.open(sealed, under: item, boundTo: name.binding)) != nil
        }
    }

    func opensByItself(_ subject: Subject) throws -> Bool {
        let keys = try KeyStore.open(in: folder.path, roots: nil, mayMake: false, clock: ManualClock(), randomness: SystemRandomness())
        defer { keys.store.close() }
        return try data.filter { $0.name.subject == subject }.allSatisfy { record in
            guard let key = try keys.key(of: record.name) else { return false }
            return (try? Sealed.open(record.sealed, under: key, boundTo: record.name.binding)) != nil
        }
    }

    /// Even somebody who guesses the address finds no row for it.
    func opensLookup(of address: String, with house: SmallHouse) throws -> Bool {
        let now = try house.vault.keys.reading { (rows) throws(Refusal) in try house.vault.keys.buckets(in: rows) }
        let inner = HMACSHA256.code(for: Array("mailto:\(address)".utf8), under: now.ring.lookup).bytes
        let place = LookupPlace(inner: inner, now)
        return try rows { (rows) throws(Refusal) in
            try rows.all("SELECT label, sealed FROM address") { ($0.blob(0), $0.blob(1)) }
        }.contains { label, sealed in
            label == place.label || (try? LookupPlace(label: label, bucket: place.bucket, now).open(sealed)) != nil
        }
    }

    /// Everything that would open the person's data: the old root, their bucket's old key, and their keys as they lay in the rows.
    func secrets(of subject: Subject) throws -> [[UInt8]] {
        let rings = Rings(folder: folder.path, roots: FileRoots(folder: folder.path, named: "root"), randomness: SystemRandomness())
        let bucket = try rings.buckets(1)[Buckets.number(of: subject)].copied
        let root = [UInt8](try Data(contentsOf: folder.appending(path: "root.1")).prefix(Secret.length))
        let wrapped = try rows { (rows) throws(Refusal) in
            try rows.all(
                """
                SELECT wrapped FROM class_key WHERE subject = \(subject) UNION ALL SELECT wrapped FROM item_key WHERE subject = \(subject)
                """
            ) { $0.blob(0) }
        }
        return [root, bucket] + wrapped
    }

    private func wrapped(of name: RecordName) throws -> (above: [UInt8], item: [UInt8]) {
        try rows { (rows) throws(Refusal) in
            let above = try rows.first("SELECT wrapped FROM class_key WHERE subject = \(name.subject) AND kind = \(name.kind)") {
                $0.blob(0)
            }
            let item = try rows.first(
                """
                SELECT wrapped FROM item_key WHERE subject = \(name.subject) AND kind = \(name.kind) AND item = \(name.item)
                    AND generation = \(name.generation)
                """
            ) { $0.blob(0) }
            return (above ?? [], item ?? [])
        }
    }

    private func rows<T>(_ body: (borrowing Snapshot<Refusal>) throws(Refusal) -> T) throws -> T {
        let store = try Store.open(path: folder.appending(path: "keys.sqlite").path, migrations: [])
        defer { store.close() }
        return try store.read(body)
    }
}
