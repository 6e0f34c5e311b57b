// What lies outside of data and keys: the safe with its register and epochs, and the mirror of the log.

import Crypto
import Glibc
import Policy
import Store
import TransparencyLog

extension Inspection {
    /// - Parameter registered: how many entries the register had before data and keys were taken.
    mutating func inspect(_ safe: Safe, registered: Int) throws(StoreFault) {
        let ring = buckets.ring, today = Day(of: now)
        let (forgotten, seen) = try keys.read { (rows) throws(StoreFault) in
            (
                try rows.all("SELECT subject FROM destroyed") { Subject(id: $0.identity(0)) },
                try rows.first("SELECT size FROM seen_tree") { Int($0.integer(0)) } ?? 0
            )
        }
        do throws(KeyFault) {
            var missing = Set(forgotten.map { KeyStore.ownerLabel(of: $0, ring) }).subtracting(try safe.labels(ring))
            // Who was forgotten just now gets there within a second.
            if !missing.isEmpty {
                usleep(1_000_000)
                missing.subtract(try safe.labels(ring))
            }
            // A restore that lost entries brings none back into the keys whom it doesn't have.
            if !isRestored, Vault.names(upTo: origin).count == 1 {
                let unknown = Set(try safe.labels(ring).prefix(registered)).subtracting(forgotten.map { KeyStore.ownerLabel(of: $0, ring) })
                if !unknown.isEmpty {
                    report(.rowsLost, "destroyed in \(keys.name) lacks \(unknown.count) of those whom \(safe.register) names as forgotten")
                }
            }
            if !missing.isEmpty { report(.safeBehind, "\(safe.register) lacks \(missing.count) of those who were forgotten") }
            let state = try safe.state(ring)
            if state == nil, seen > 0 { report(.safeBehind, "\(safe.statePath) is missing") }
            if let state {
                let house = try data.house()
                if house != state.house { report(.housesDiffer, "\(data.name) and \(safe.statePath)") }
                if state.tree.size < seen, try data.lastEntry() ?? now < now - .seconds(60) {
                    report(.safeBehind, "\(safe.statePath) knows \(state.tree.size) entries of the log, and \(seen) are signed")
                }
            }
            for path in try safe.changedReceipts(ring) { report(.safeDamaged, path) }
            let days = try safe.days()
            for day in days where !safe.epochs.isWhole(Int64(day.number)) {
                report(.epochDamaged, "\(safe.epochs.path(Int64(day.number))): no key part of \(day.iso) opens")
            }
            for epoch in try safe.missingEpochs(ring, on: today) {
                report(.epochMissing, "\(safe.epochs.path(epoch)): key parts of \(Day(Int(epoch)).iso) open no more")
            }
            for day in days where day.number < today.number - Safe.days - 1 { report(.epochOverdue, "\(safe.folder)/epoch.\(day.number)") }
            if let last = days.last {
                if last.number < today.number - 7 { report(.backupOld, "the newest key part is of \(last.iso)") }
            } else if let first = try Self.firstSigned(in: data), Day(of: first).number < today.number - 7 {
                report(.backupOld, "there is no backup that opens: nothing is left if this disk fails")
            } else {
                report(.limit, "there is no backup that could be opened: nothing is left if this disk fails")
            }
        } catch {
            if case .changed = error, let house = try? data.house(), safe.isOfAnother(than: house) {
                return report(
                    .housesDiffer, "\(data.name) and \(safe.folder), the safe of another house: set `safe` to a folder of this house alone")
            }
            switch error {
            case .unreadable(let path), .unwritable(let path), .doesNotOpen(let path), .lost(let path), .changed(let path),
                .older(let path, _, _), .anothers(let path):
                report(.safeDamaged, path)
            }
        }
    }

    /// Since when there is anything to back up.
    private static func firstSigned(in data: Still) throws(KeyFault) -> Instant? {
        do throws(StoreFault) {
            return try data.read { (rows) throws(StoreFault) in
                try rows.first("SELECT at FROM log_checkpoint ORDER BY size LIMIT 1") { $0.instant(0) }
            }
        } catch { throw .unreadable(data.name) }
    }

    /// - Parameter note: the mirror's checkpoint as it was before the data were taken; an open house lets it grow meanwhile.
    mutating func inspect(mirror folder: String, before note: [UInt8]?) throws(StoreFault) {
        let newest = try data.read { (rows) throws(StoreFault) in
            try rows.first("SELECT size, at FROM log_public ORDER BY size DESC LIMIT 1") { (Int($0.integer(0)), $0.instant(1)) }
        }
        // Before the first hour after a restore is over, the folder is signed under the name of before.
        let logs = Vault.names(upTo: origin).compactMap { try? NoteVerifier(name: $0, key: buckets.ring.signing.publicKey) }
        guard let log = logs.first(where: { log in note.flatMap { try? SignedCheckpoint.open($0, of: log) } != nil }) ?? logs.first else {
            return
        }
        let size = note.flatMap { try? SignedCheckpoint.open($0, of: log) }?.checkpoint.size ?? 0
        do throws(Audit.Finding) {
            let read = { (path: String) -> [UInt8]? in (try? DurableFile.read("\(folder)/\(path)")) ?? nil }
            _ = try Audit(of: log, read: read).check(superseded: MirrorFiles.partialTiles(in: folder), read: read)
        } catch {
            switch error {
            case .missing("checkpoint"): break
            case .missing(let path), .altered(let path): return report(.mirrorAltered, "\(folder)/\(path)")
            case .notSigned:
                return report(
                    .mirrorAltered, "\(folder)/checkpoint isn't signed by this house as \(origin): it is of before a restore, or another's")
            case .rewritten: return report(.mirrorAltered, folder)
            }
        }
        let (published, at) = newest ?? (0, now)
        if size > published { report(.mirrorAltered, "\(folder) vouches for \(size) entries, and \(published) are public") }
        if size < published, at < now - .seconds(120) {
            report(.mirrorBehind, "\(folder) has \(size) entries, and \(published) are public")
        }
    }
}

extension Still {
    fileprivate func house() throws(KeyFault) -> [UInt8] {
        do throws(StoreFault) {
            return try read { (rows) throws(StoreFault) in try rows.first("SELECT id FROM house") { $0.blob(0) } ?? [] }
        } catch { throw .unreadable(name) }
    }

    fileprivate func lastEntry() throws(KeyFault) -> Instant? {
        do throws(StoreFault) {
            return try read { (rows) throws(StoreFault) in
                try rows.first("SELECT at FROM log_checkpoint ORDER BY size DESC LIMIT 1") { $0.instant(0) }
            }
        } catch { throw .unreadable(name) }
    }
}
