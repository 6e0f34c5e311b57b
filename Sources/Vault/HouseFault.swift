// Why a house doesn't open, and what its operator does about it.

public import Store

/// Why the house doesn't open; the text tells the operator what it means and what to do next.
public enum HouseFault: Error {
    case keys(KeyFault)
    case store(StoreFault)
    case refusal(Refusal)
    /// Data and keys aren't of one house, or one of the two is missing.
    case apart(String)
    /// The data end before what their keys have signed: an older copy was put back. `consent` is the file that accepts the loss.
    case behind(data: String, size: Int, seen: Int, consent: String)
    /// The keys were changed so often, and the data remember more: an older key store was put back.
    case keysOlder(keys: Database, data: String, has: Int64, known: Int64)
    /// The same, and the end of the keys' write-ahead log doesn't hold: what it had is lost. `lacking`: what nothing opens without it.
    case keysTorn(TornLog, keys: String, data: String, has: Int64, known: Int64, lacking: Lacking)
    /// The data end before what their keys have signed, and the end of their write-ahead log doesn't hold: what it had is lost.
    case dataTorn(TornLog, data: String, size: Int, seen: Int)
    /// The end of a write-ahead log doesn't hold, and changes that were durable lie behind the page that doesn't.
    case torn(TornLog, consent: String)
    /// A row that every house has is gone: the table, and whose.
    case rowMissing(String)
    /// The data's log of that size isn't the one that their keys have signed.
    case otherHistory(data: String, size: Int)
    /// A version that was in force once can't be read any more.
    case policy(version: Int64)
    /// What was published isn't as it was signed.
    case published(PublishingFault)
    /// The database lacks so many steps that this program makes at its next start.
    case pending(Int)
}

extension HouseFault {
    /// What happened and what to do next, for the operator.
    public var sentence: String {
        switch self {
        case .keys(.unreadable(let path)):
            "\(path) can't be read, or its other half is missing. Put both key files back from the key backup."
        case .keys(.unwritable(let path)): "\(path) can't be written. Is the disk full, or the folder somebody else's?"
        case .keys(.doesNotOpen(let path)):
            "\(path) doesn't open under its root: one of the two was changed or is another house's. Put both back from the key backup."
        case .keys(.changed(let path)):
            """
            \(path) isn't as this house wrote it. Set it aside under another name: the open house writes it anew within a second, with everybody \
            whom it knows as forgotten.
            """
        case .keys(.anothers(let folder)):
            """
            \(folder) is the safe of another house, whose register of who was forgotten lies there. Nothing was changed in it. Set `safe` to a folder \
            of this house alone.
            """
        case .keys(.older(let folder, let has, let holds)):
            """
            \(folder) holds root and ring \(has), and the keys lie under \(holds): another server renewed them into another folder, or an older copy \
            was put here. Nothing was changed. All servers of a house need one folder of keys: let `data` lie where all see the same \
            (docs/operating.md, On several machines). Of a house with one server put back what the folder had last; older keys need the folder \
            of their moment.
            """
        case .keys(.lost(let folder)):
            """
            the keys are lost: there is no key store in \(folder). Without it nobody can read who anybody is: no name, address or message, nor \
            who used them; numbers, times, amounts and the signed log stay readable. Nothing was changed. Put the newest backup back (`voffice \
            restore` into another directory): its key part opens for \(Safe.days) days. If there is none, docs/operating.md says how to go on.
            """
        case .store(let fault): "the database: \(fault)"
        case .refusal(let refusal): "the vault doesn't open: \(refusal.sentence)"
        case .apart(let what): "\(what) Nothing was changed. Put both back from backups of the same house, then start again."
        case .behind(let data, let size, let seen, let consent):
            """
            \(data) is older than its keys: its log has \(size) entries, and \(seen) were signed. Nothing was changed. Put the newest copy of \
            \(data) back and start again. If no older copy was put back, the newest checkpoint may have been taken out: `voffice admin mend` \
            puts it back where the entries are there. If there is none, and this copy is a restore that you mean: what came after it is lost, and \
            the log will say so. Make an empty file \(consent) and start again.
            """
        case .keysOlder(let keys, let data, let has, let known):
            """
            \(keys.name) is older than \(data): it was changed \(has) times, and \(data) remembers change \(known). Nobody who came since could \
            be read, and who was forgotten since would be known again. Nothing was changed. An older copy was put back\(Self.orLost(keys)). Put \
            the newest copy of \(keys.name) back, with the keys folder of that moment, and start again. If there is none, restore the newest \
            backup, data and keys of one moment.
            """
        case .keysTorn(let log, let keys, let data, let has, let known, let lacking):
            """
            \(log.path) is damaged: \(log.hold) of its \(log.of) pages hold. As far as they do, \(keys) was changed \(has) times, and \(data) \
            remembers change \(known): what was done to the keys in between lies in the pages that don't hold, who was forgotten then \
            included. Without it \(lacking.text) can't be read. Nothing was changed. Put \(log.path) back as it was when the house ended, \
            from a snapshot of the disk say, and start again: nothing is lost then. If there is none, keep the directory aside and restore the \
            newest backup, data and keys of one moment: that loses what came after it, and the log will say so.
            """
        case .dataTorn(let log, let data, let size, let seen):
            """
            \(log.path) is damaged: \(log.hold) of its \(log.of) pages hold. As far as they do, the log in \(data) has \(size) entries, and \(seen) \
            were signed: what came in between lies in the pages that don't hold. Nothing was changed. Put \(log.path) back as it was when the \
            house ended, from a snapshot of the disk say, and start again: nothing is lost then. If there is none, keep the directory aside and \
            restore the newest backup: that loses what came after it, and the log will say so.
            """
        case .torn(let log, let consent):
            """
            \(log.path) is damaged: \(log.hold) of its \(log.of) pages hold, and \(log.passedOver) changes lie behind them, which were promised. \
            Nothing was changed. Put \(log.path) back as it was when the house ended, from a snapshot of the disk say, and start again: nothing is \
            lost then. If there is none, keep the directory aside and restore the newest backup; or, if you mean to go on with what holds, make an \
            empty file \(consent) and start again: those changes are lost for good then.
            """
        case .rowMissing(let what):
            """
            \(what) has no row, and every house has one. Nothing was changed. Somebody took it out: keep a copy, and look who had access. \
            `voffice admin mend` puts it back where the rest of the house shows what it was; else restore the newest backup.
            """
        case .otherHistory(let data, let size):
            """
            \(data) holds another history than its keys: the \(size) entries that were signed aren't those in its log. Nothing was changed. \
            Somebody changed it, or it is another copy's: keep it aside, and put the data back that these keys belong to. If only the \
            checkpoint was changed, `voffice admin mend` puts it back.
            """
        case .policy(let version):
            "the policy in row \(version) can't be read any more: the database was changed. Restore it from a backup."
        case .published(let fault): fault.description
        case .pending(let steps):
            "the databases are \(steps) steps older than this program. Start the house once; it brings them up to date."
        }
    }

    /// Of a file: what goes with it may be lost.
    private static func orLost(_ keys: Database) -> String {
        if case .file = keys { ", or \(keys.name)-wal, which goes with it, was lost or cut" } else { "" }
    }
}
