// The log against its own signature, and against what the keys have seen of it.

import Crypto
import Store
import TransparencyLog

extension Inspection {
    mutating func inspectLog() throws(StoreFault) {
        let seen = try keys.read { (rows) throws(StoreFault) in
            try rows.first("SELECT size, root FROM seen_tree") { SeenTree(size: Int($0.integer(0)), root: $0.blob(1)) }
        }
        let newest = try data.read { (rows) throws(StoreFault) in
            try rows.first("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1") { Array($0.text(0).utf8) }
        }
        guard let newest else {
            if let seen { report(.logBehind, "\(data.name) has no log, and its keys have signed \(seen.size) entries") }
            return
        }
        guard let log = try? NoteVerifier(name: origin, key: buckets.ring.signing.publicKey) else {
            return report(.logAltered, "the log's name “\(origin)”")
        }
        let size = (try? SignedCheckpoint.open(newest, of: log))?.checkpoint.size ?? 0
        if let seen, size < seen.size { report(.logBehind, "\(data.name) has \(size) entries, and its keys have signed \(seen.size)") }
        let former = seen.flatMap { seen in
            seen.size > size ? nil : Digest(bytes: seen.root).map { Checkpoint(origin: origin, size: seen.size, root: $0) }
        }
        let data = data
        do throws(Audit.Finding) {
            entries = try Audit(of: log, extending: former) { path in path == "checkpoint" ? newest : Self.published(path, in: data) }
                .signed.checkpoint.size
        } catch {
            switch error {
            case .missing(let path): report(.logAltered, "\(path) is missing or cut short")
            case .altered(let path): report(.logAltered, "\(path) isn't what the log signed")
            case .notSigned: report(.logAltered, "the newest checkpoint isn't signed by this house as \(origin)")
            case .rewritten(let size): report(.logOther, "the \(size) entries that the keys have seen signed aren't those in \(data.name)")
            }
        }
    }

    /// What the data have under a path of C2SP tlog-tiles.
    private static func published(_ path: String, in data: Still) -> [UInt8]? {
        do throws(Refusal) {
            return try data.read { (rows) throws(Refusal) in try Vault.tile(path, below: .max, in: rows) }
        } catch { return nil }
    }
}
