// Databases that were put back as they were before, of a server by its own tools, of files with the whole directory: the safe knows more of the
// house than they do. Who was forgotten since is forgotten again before the door opens, as `voffice restore` does it of a backup.

public import Crypto
public import Store
import TransparencyLog

extension Vault {
    /// - Parameter keyDatabase: nil: a file in the folder.
    /// - Returns: how many people were forgotten again; nil: nothing was put back, as far as the safe knows.
    public static func forgetAgain(
        by safe: Safe, database: Database, keyFolder: String, keys keyDatabase: Database?, clock: any Clock,
        randomness: any Randomness
    ) async throws(BackupFault) -> Int? {
        let keys = keyDatabase ?? KeyStore.database(in: keyFolder)
        // What lies in a log that doesn't hold isn't older, and a start says what to do.
        guard TornLog(beside: keys) == nil, TornLog(beside: database) == nil else { return nil }
        do throws(HouseFault) { guard try database.holdsHouse(), try keys.holdsHouse() else { return nil } } catch { throw .house(error) }
        let store: KeyStore
        do throws(HouseFault) {
            store = try KeyStore.open(in: keyFolder, keys, roots: nil, mayMake: false, clock: clock, randomness: randomness)
        } catch { throw .house(error) }
        defer { store.store.close() }
        // In this order: another server of the house that is at work writes the keys first, and the safe afterwards.
        let state: Safe.State?
        do throws(KeyFault) { state = try safe.state(store.ring) } catch { throw .stateDamaged(safe.statePath) }
        guard let state, try isOlder(store, database, than: state) else { return nil }
        let labels = try labels(safe, store.ring, acceptLoss: false)
        do throws(HouseFault) {
            let forgotten = try await replay(labels, on: store, database)
            try await begin(after: (state.log, state.tree, false), on: store)
            return forgotten
        } catch { throw .house(error) }
    }

    /// Whether the keys have seen less of the log than the safe; not where a restore is under way already.
    private static func isOlder(_ keys: KeyStore, _ database: Database, than state: Safe.State) throws(BackupFault) -> Bool {
        do throws(Refusal) {
            let house = try keys.store.read { (rows) throws(Refusal) in try rows.first("SELECT id FROM house") { $0.blob(0) } }
            guard house == state.house, try keys.restoredAfter() == nil else { return false }
            let seen = try keys.seenTree()?.size ?? 0, log: String, signed: Int
            do throws(StoreFault) {
                (log, signed) = try Still(database).read { (rows) throws(StoreFault) in
                    (
                        try rows.first("SELECT name FROM log_origin") { $0.text(0) } ?? "",
                        try rows.first("SELECT max(size) FROM log_checkpoint") { Int($0.integerOrNil(0) ?? 0) } ?? 0
                    )
                }
            } catch {
                // What is wrong with it the start says, which opens it next.
                return false
            }
            // Of files the keys alone, put back, are refused as such.
            if case .file = keys.database, signed >= state.tree.size { return false }
            return state.log == log ? state.tree.size > seen : state.log.hasPrefix(log + ".")
        } catch { throw .house(.refusal(error)) }
    }
}
