// A backup of an open house: data and keys of one moment, in two folders that belong in two places, read back before they count.

public import Crypto
public import Policy
public import Store
import TransparencyLog

/// A finished backup.
public struct BackedUp {
    /// The folders of the two parts.
    public let data, keys: String
    /// What was found when it was read back: as the house is, so is its copy.
    public let inspection: Inspection
    /// The last day on which the key part opens.
    public let until: Day
    /// Keys in the safe that were changed or are missing: no key part of their days opens.
    public let damagedEpochs: [String]
}

extension Vault {
    /// - Parameters:
    ///   - target: gets the data part; `keyTarget` the key part.
    ///   - stamp: `development` or `production`, for the restored directory.
    ///   - tables: as in `inspect`.
    public static func backUp(
        database: String, keyFolder: String, stamp: String, safe: Safe, to target: String, keyTarget: String,
        migrations: [Migrations], tables: [(name: String, subjects: SQL)], presence: Presence = Presence(), clock: any Clock,
        randomness: any Randomness
    ) throws(BackupFault) -> BackedUp {
        let now = clock.now(), today = Day(of: now)
        return try DurableFile.alone(KeyFolder.backingUp(keyFolder)) { () throws(BackupFault) in
            let scraps = KeyFolder.copies(keyFolder)
            try DurableFile.backingUp { () throws(KeyFault) in try KeyFolder.clearCopies(keyFolder) }
            // Where that fails, the open house does it with the next key that is destroyed, or a start.
            defer { try? KeyFolder.clearCopies(keyFolder) }
            for folder in [target, keyTarget] { try DurableFile.clearPartial(in: folder) }

            var manifests: [Manifest] = []
            let buckets = try copy(
                database, keyFolder, stamp, safe, to: (target, keyTarget), scraps[0], today, migrations, now, randomness, &manifests)
            for manifest in manifests {
                let folder = manifest.part == .data ? target : keyTarget
                guard let note = manifest.signed(by: buckets.ring) else { throw .damaged(database) }
                try DurableFile.backingUp { () throws(KeyFault) in
                    try DurableFile.write(note, to: "\(folder)/\(manifest.folder).partial/manifest")
                }
            }
            let (data, keys) = ("\(target)/\(manifests[0].folder)", "\(keyTarget)/\(manifests[1].folder)")
            let read = try Parts(
                data: data + ".partial", keys: keys + ".partial", keyStore: scraps[1], safe: safe, on: today, isFinished: false)
            let inspection: Inspection
            do throws(StoreFault) {
                inspection = try Inspection(
                    data: Still(read.dataFile), keys: Still(scraps[1]), buckets: read.buckets, now: now, tables: tables,
                    presence: presence)
            } catch { throw .house(.store(error)) }
            try DurableFile.backingUp { () throws(KeyFault) in
                try DurableFile.rename(data + ".partial", data)
                try DurableFile.rename(keys + ".partial", keys)
            }
            let epochs = try DurableFile.backingUp { () throws(KeyFault) in try safe.epochs.generations() }
            let missing = (try? safe.missingEpochs(buckets.ring, on: today)) ?? []
            return BackedUp(
                data: data, keys: keys, inspection: inspection, until: Day(today.number + Safe.days),
                damagedEpochs: (missing + epochs.filter { !safe.epochs.isWhole($0) }).map(safe.epochs.path))
        }
    }

    /// Both databases of one moment into their folders, the keys sealed under today's epoch.
    private static func copy(
        _ database: String, _ keyFolder: String, _ stamp: String, _ safe: Safe, to targets: (data: String, keys: String), _ scrap: String,
        _ today: Day, _ migrations: [Migrations], _ now: Instant, _ randomness: any Randomness, _ manifests: inout [Manifest]
    ) throws(BackupFault) -> Buckets {
        let data: Still, keys: Still, buckets: Buckets
        do throws(HouseFault) { (data, keys, buckets) = try still(database: .file(database), keyFolder: keyFolder) } catch {
            throw .house(error)
        }
        let pending: Int, house: [UInt8], log: (name: String, tree: SeenTree)
        do throws(StoreFault) {
            pending = try data.pending(migrations) + keys.pending([KeyStore.migrations])
            house = try data.read { (rows) throws(StoreFault) in try rows.first("SELECT id FROM house") { $0.blob(0) } ?? [] }
            log = try newestTree(of: data)
        } catch { throw .house(.store(error)) }
        guard pending == 0 else { throw .house(.pending(pending)) }
        let epoch = Int64(today.number), held = try DurableFile.backingUp { () throws(KeyFault) in try safe.epochs.generations() }
        guard !held.contains(epoch) || safe.epochs.isWhole(epoch) else { throw .epochDamaged(safe.epochs.path(epoch)) }
        let pair = randomness.bytes(16)
        var made = now
        repeat {
            manifests = [Manifest.Part.data, .keys].map {
                Manifest($0, house: house, pair: pair, made: made, stamp: stamp, log: log, epoch: epoch)
            }
            // One was made in this second already.
            made = made + .seconds(1)
        } while DurableFile.exists("\(targets.data)/\(manifests[0].folder)") || DurableFile.exists("\(targets.keys)/\(manifests[1].folder)")
        let folders = ["\(targets.data)/\(manifests[0].folder).partial", "\(targets.keys)/\(manifests[1].folder).partial"]
        do throws(StoreFault) {
            guard folders.allSatisfy({ DurableFile.makeFolder($0) }) else { throw .readOnly }
            try data.copy(to: folders[0] + "/data.sqlite")
            try keys.copy(to: scrap)
        } catch { throw error == .readOnly ? .unwritable(targets.data) : .house(.store(error)) }
        try DurableFile.backingUp { () throws(KeyFault) in
            guard DurableFile.makeFolder(safe.folder) else { throw .unwritable(safe.folder) }
            if !held.contains(epoch) { try safe.epochs.make(epoch, from: randomness) }
            try SealedFile.write(
                Parts.head(buckets), scrap, to: folders[1] + "/keys.sealed", under: epoch, of: safe.epochs, randomness: randomness)
            for index in manifests.indices {
                manifests[index].file = manifests[index].part.fileName
                (manifests[index].length, manifests[index].digest) = try DurableFile.digest(
                    of: "\(folders[index])/\(manifests[index].file)")
            }
        }
        return buckets
    }

    static func newestTree(of data: Still) throws(StoreFault) -> (name: String, tree: SeenTree) {
        try data.read { (rows) throws(StoreFault) in
            let name = try rows.first("SELECT name FROM log_origin") { $0.text(0) } ?? ""
            let note = try rows.first("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { Array($0.text(0).utf8) }
            let text = note.flatMap { note in note.firstRange(of: [10, 10]).map { Array(note[...$0.lowerBound]) } }
            let newest = text.flatMap { try? Checkpoint(parsing: $0) }
            return (name, SeenTree(size: newest?.size ?? 0, root: (newest?.root ?? Merkle.empty).bytes))
        }
    }
}

extension DurableFile {
    fileprivate static func backingUp<Value>(_ body: () throws(KeyFault) -> Value) throws(BackupFault) -> Value {
        do throws(KeyFault) { return try body() } catch {
            if case .unwritable(let path) = error { throw .unwritable(path) }
            throw .house(.keys(error))
        }
    }

    fileprivate static func alone<Value>(_ path: String, _ body: () throws(BackupFault) -> Value) throws(BackupFault) -> Value {
        guard let lock = try backingUp({ () throws(KeyFault) in try hold(path) }) else { throw .underWay }
        defer { release(lock) }
        return try body()
    }

    /// What an interrupted backup left in a folder.
    fileprivate static func clearPartial(in folder: String) throws(BackupFault) {
        try backingUp { () throws(KeyFault) in
            guard makeFolder(folder) else { throw .unwritable(folder) }
            for name in try names(in: folder) where name.hasSuffix("Z.partial") && (name.hasPrefix("data-") || name.hasPrefix("keys-")) {
                for file in try names(in: "\(folder)/\(name)") { remove("\(folder)/\(name)/\(file)") }
                removeFolder("\(folder)/\(name)")
            }
        }
    }
}
