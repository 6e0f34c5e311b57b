// The key folder and the keys in the safe, file by file: what an interrupted renewal or backup left there, and what was cut short.

import Crypto
import Store

extension Vault {
    /// Where a renewal or a backup is under way at this moment, it has its files rightly. Makes nothing, so that a copy that nobody can write
    /// can be looked at.
    static func filesInspected(
        _ folder: String, besides database: Database?, of generation: Int64, _ safe: Safe?
    ) throws(HouseFault) -> [Finding] {
        do throws(KeyFault) {
            let left = try DurableFile.unlessHeld(KeyFolder.renewing(folder)) { () throws(KeyFault) in
                var left: [Finding] = []
                for name in try DurableFile.names(in: folder) where KeyFolder.isHalf(name) {
                    left.append(Finding(.renewalUnfinished, name))
                }
                for name in ["root", "ring"] {
                    for number in try DurableFile.numbers(of: name, in: folder) where number != generation {
                        left.append(Finding(.renewalUnfinished, "\(name).\(number)"))
                    }
                }
                return left
            }
            let copies = try DurableFile.unlessHeld(KeyFolder.backingUp(folder)) { () throws(KeyFault) in
                try KeyFolder.strangers(in: folder, besides: database).map { Finding(.keyCopy, "\(folder)/\($0)") }
                    + KeyFolder.copiesBeside(folder, besides: database).map { Finding(.keyCopy, $0) }
            }
            var cut = FileRoots(folder: folder, named: "root").cut(generation)
            for epoch in try safe?.epochs.generations() ?? [] { cut += safe?.epochs.cut(epoch) ?? [] }
            let consent = "\(folder)/\(consent)"
            let consents = DurableFile.exists(consent) ? [Finding(.consentLeft, consent)] : []
            return (left ?? []) + (copies ?? []) + consents + cut
        } catch { throw .keys(error) }
    }
}

extension FileRoots {
    /// One that still opens and is shorter than it was made.
    func cut(_ generation: Int64) -> [Finding] {
        guard isWhole(generation), let length = DurableFile.length(of: path(generation)), length < Self.length else { return [] }
        return [Finding(.keyFileCut, "\(path(generation)) has \(length) of \(Self.length) bytes")]
    }
}

extension Inspection {
    /// Why the keys are older than the data, or the data than the keys, where that can be told.
    mutating func inspectWriteAheadLogs(of keys: Database, _ data: Database) {
        for (kind, database) in [(Finding.Kind.keysOlder, keys), (.logBehind, data)] {
            guard let log = TornLog(beside: database) else { continue }
            let isOlder = findings.contains { $0.kind == kind }
            guard isOlder || log.passedOver > 0 else { continue }
            report(
                isOlder ? kind : .databaseDamaged,
                """
                \(log.path) is damaged: \(log.hold) of its \(log.of) pages hold, and what is missing lies in the others. Put it back as it was when \
                the house ended, and nothing is lost
                """)
        }
    }
}
