// The two parts of a backup, read back: what a restore does, and what a backup does before it calls itself finished.

import Crypto
import Policy
import Store
import TransparencyLog

struct Parts {
    let data: Manifest, keys: Manifest
    let dataFile: String
    let buckets: Buckets
    /// Whether they were made at one moment.
    var isPair: Bool { data.pair == keys.pair }

    /// Head of a key part: the generation that its key store stands under, 8 bytes little-endian, and the ring.
    static let headLength = 8 + Buckets.length

    static func head(_ buckets: Buckets) -> [UInt8] {
        var head = Encoder()
        head.integer(buckets.generation)
        return head.bytes + buckets.bytes
    }

    /// Checks every byte of both, and opens the key part into a new file.
    /// - Parameter isFinished: false for those that are just being made.
    init(data: String, keys: String, keyStore: String, safe: Safe, on today: Day, isFinished: Bool = true) throws(BackupFault) {
        for folder in [data, keys] where isFinished && folder.hasSuffix(".partial") { throw .noBackup(folder) }
        let (dataNote, keyNote) = (try Self.manifest(in: data, .data), try Self.manifest(in: keys, .keys))
        let sealed = try Self.file(keyNote.manifest, in: keys), day = Day(Int(keyNote.manifest.epoch))
        guard day.number >= today.number - Safe.days else {
            // A clock that stands wrong destroys no key: as long as it was open the house wrote into the safe.
            if let last = safe.lastWritten, today.number > last.number + 7 { throw .tooLate(day, part: keys, today: today, last: last) }
            do throws(KeyFault) { try safe.epochs.forget(keyNote.manifest.epoch) } catch { throw .house(.keys(error)) }
            throw .expired(day, part: keys)
        }
        do throws(KeyFault) {
            let head = try SealedFile.read(sealed, head: Self.headLength, to: keyStore, under: keyNote.manifest.epoch, of: safe.epochs)
            var input = Decoder(head)
            guard let generation = input.integer(), let buckets = try? Buckets(generation: generation, bytes: Array(head.dropFirst(8)))
            else { throw .doesNotOpen(sealed) }
            self.buckets = buckets
        } catch {
            switch error {
            case .unreadable, .lost: throw .epochGone(day, part: keys, safe: safe.folder)
            case .doesNotOpen where !safe.epochs.isWhole(keyNote.manifest.epoch):
                throw .epochDamaged(safe.epochs.path(keyNote.manifest.epoch))
            case .doesNotOpen, .changed, .older, .anothers: throw .damaged(sealed)
            case .unwritable(let path): throw .unwritable(path)
            }
        }
        for (note, folder) in [(keyNote, keys), (dataNote, data)] where !note.manifest.isSigned(in: note.bytes, by: buckets.ring) {
            throw dataNote.manifest.house == keyNote.manifest.house ? .damaged(folder + "/manifest") : .otherHouses
        }
        guard dataNote.manifest.house == keyNote.manifest.house else { throw .otherHouses }
        dataFile = try Self.file(dataNote.manifest, in: data)
        (self.data, self.keys) = (dataNote.manifest, keyNote.manifest)
    }

    /// The key part that was made together with the data part, where it lies beside one of these folders, is as it was made, and opens today.
    func keysOfTheDatasMoment(beside folders: [String], _ safe: Safe, on today: Day) -> String? {
        for shelf in Set(folders.map(DurableFile.folder(of:))).sorted() {
            for name in (try? DurableFile.names(in: shelf)) ?? [] where name.hasPrefix("keys-") && !name.hasSuffix(".partial") {
                let path = "\(shelf)/\(name)"
                guard let (keys, note) = try? Self.manifest(in: path, .keys), keys.pair == data.pair,
                    keys.isSigned(in: note, by: buckets.ring),
                    keys.epoch >= today.number - Safe.days, safe.epochs.isWhole(keys.epoch), (try? Self.file(keys, in: path)) != nil
                else { continue }
                return path
            }
        }
        return nil
    }

    private static func manifest(in folder: String, _ part: Manifest.Part) throws(BackupFault) -> (manifest: Manifest, bytes: [UInt8]) {
        let path = folder + "/manifest", bytes: [UInt8]?
        do throws(KeyFault) { bytes = try DurableFile.read(path) } catch { throw .damaged(path) }
        guard let bytes else { throw .noBackup(folder) }
        guard let manifest = Manifest(unverified: bytes), manifest.part == part else { throw .damaged(path) }
        return (manifest, bytes)
    }

    /// The file that a manifest names, with the length and digest that it names.
    private static func file(_ manifest: Manifest, in folder: String) throws(BackupFault) -> String {
        let path = "\(folder)/\(manifest.file)"
        guard manifest.file == manifest.part.fileName else { throw .damaged(folder + "/manifest") }
        do throws(KeyFault) {
            let (length, digest) = try DurableFile.digest(of: path)
            guard length == manifest.length, digest == manifest.digest else { throw .doesNotOpen(path) }
        } catch { throw .damaged("\(path), or the manifest beside it,") }
        return path
    }
}

extension Manifest.Part {
    var fileName: String { self == .data ? "data.sqlite" : "keys.sealed" }
}
