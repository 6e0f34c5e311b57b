// What an inspection can find, and for each what to do next.

/// Something that isn't as it should be, or a limit of what this machine can keep.
public struct Finding: Sendable, Hashable {
    public let kind: Kind
    /// Names exactly where: the table, the person's number, the entry, the file.
    public let what: String

    public init(_ kind: Kind, _ what: String) { (self.kind, self.what) = (kind, what) }

    public enum Kind: String, Sendable, CaseIterable {
        case databaseDamaged = "database-damaged"
        case numberDamaged = "number-damaged"
        case migrationPending = "migration-pending"
        case housesDiffer = "houses-differ"
        case keysOlder = "keys-older"
        case clockDoubtful = "clock-doubtful"
        case logBehind = "log-behind"
        case logOther = "log-other"
        case logAltered = "log-altered"
        case logEntry = "log-entry"
        case logHalted = "log-halted"
        case chainBroken = "chain-broken"
        case chainCut = "chain-cut"
        case useClosed = "use-closed"
        case recordClosed = "record-closed"
        case recordUnknown = "record-unknown"
        case recordLost = "record-lost"
        case policyAltered = "policy-altered"
        case keyDamaged = "key-damaged"
        case keyOfNothing = "key-of-nothing"
        case keysOfNobody = "keys-of-nobody"
        case pairMissing = "pair-missing"
        case rowsOfNobody = "rows-of-nobody"
        case lookup
        case lookupOfNobody = "lookup-of-nobody"
        case forgottenThere = "forgotten-there"
        case erasureUnfinished = "erasure-unfinished"
        case restoreUnfinished = "restore-unfinished"
        case renewalOverdue = "renewal-overdue"
        case renewalUnfinished = "renewal-unfinished"
        case keyCopy = "key-copy"
        case keyFileCut = "key-file-cut"
        case consentLeft = "consent-left"
        case holdLost = "hold-lost"
        case holdOver = "hold-over"
        case holdAltered = "hold-altered"
        case silenceAltered = "silence-altered"
        case withheldLost = "withheld-lost"
        case withheldOverdue = "withheld-overdue"
        case lateEntry = "late-entry"
        case wordAltered = "word-altered"
        case stateAltered = "state-altered"
        case numbersLost = "numbers-lost"
        case rowsLost = "rows-lost"
        case rowMissing = "row-missing"
        case jobFailed = "job-failed"
        case jobStuck = "job-stuck"
        case mailRefused = "mail-refused"
        case mirrorBehind = "mirror-behind"
        case mirrorAltered = "mirror-altered"
        case safeBehind = "safe-behind"
        case safeDamaged = "safe-damaged"
        case epochDamaged = "epoch-damaged"
        case epochMissing = "epoch-missing"
        case epochOverdue = "epoch-overdue"
        case backupOld = "backup-old"
        case fileMode = "file-mode"
        case diskFull = "disk-full"
        case formerRoot = "former-root"
        case stamp
        /// Not a fault: something that can't be promised here.
        case limit
    }

    public var isFault: Bool { kind != .limit }
}

extension Finding.Kind {
    /// `voffice admin mend` puts right what of it the rest of the house shows.
    var isForMending: Bool {
        switch self {
        case .logHalted, .logBehind, .logOther, .logAltered, .logEntry, .rowMissing: true
        default: false
        }
    }
}

extension Finding.Kind {
    /// What to do next, for the operator.
    public var next: String {
        switch self {
        case .databaseDamaged: "Stop the house, keep a copy of the database, and restore the newest backup."
        case .numberDamaged:
            "Whatever reads that row says that the database is damaged, and the rest goes on. Keep a copy, look who had access, and restore the "
                + "newest backup. What lies under it isn't looked at here."
        case .migrationPending: "Start the house once with this program: it brings the database up to date. Then look again."
        case .housesDiffer: "Put both back from backups of the same house."
        case .keysOlder: "Put the newest key store back with its folder, or restore the newest backup, data and keys of one moment."
        case .clockDoubtful:
            "If the clock is wrong, set it, and the house goes on by itself. If it is right: `voffice admin clock right`, or let somebody who "
                + "works here sign in with the code of an app."
        case .logBehind:
            "Put the newest copy of the data back; `voffice restore` says what else is possible. Where only the newest checkpoint was taken out or "
                + "changed, and the entries are there, `voffice admin mend` puts it back."
        case .logOther:
            "Keep this copy aside, and put the data back that these keys belong to. Where only a checkpoint was changed, `voffice admin mend` puts "
                + "it back."
        case .logAltered:
            "Somebody or something changed the log. Keep a copy, and compare with the mirror (`voffice log verify`). Stop the house: `voffice admin "
                + "mend` puts back what uses, mirror and keys show. What that can't, restore."
        case .logHalted:
            "Nothing is signed meanwhile: pages are served, and uses wait. Stop the house: `voffice admin mend` puts right what the rest of it "
                + "shows. What that can't, restore from the newest backup."
        case .logEntry:
            "The entry isn't what the log signed. Keep a copy, and look who had access. Where the log lost it, `voffice admin mend` puts it back; "
                + "else restore the newest backup."
        case .chainBroken: "Entries were changed or taken out. The person's page says so; keep a copy, and restore the newest backup."
        case .chainCut:
            "The newest or the oldest entries are missing. If that was a restore, it is told in the log; if not, look who had access."
        case .useClosed: "The entry can't be opened any more. Restore the newest backup, if it opens there."
        case .recordClosed: "The record can't be read any more. Restore the newest backup, if it opens there."
        case .recordUnknown: "The record's row or the list of versions was changed. Restore the newest backup."
        case .recordLost:
            "The record was taken out. Restore the newest backup in which it is. The house keeps its key as long as the list has the entry."
        case .policyAltered:
            "It isn't as it was loaded, proposed or published. Keep a copy, look who had access, and restore the newest backup; a mere "
                + "proposal can be made again."
        case .keyDamaged: "What lies under this key can't be read. Restore the newest backup of data and keys."
        case .keyOfNothing: "What lay under it is gone, or the house doesn't sweep: within two days it takes such keys away. Is it open?"
        case .pairMissing: "What is sealed to the person can't be opened without it. Restore the newest backup of data and keys."
        case .keysOfNobody: "A registration that was interrupted goes after a day. Of others the rows are lost: restore the newest data."
        case .rowsOfNobody:
            "Nobody has keys to it: rows were left behind or put back by hand. Keep a copy, and take them out or restore the newest backup."
        case .lookup:
            "The person isn't found by this address until they prove it again. Restore the newest keys, or let them. A row that doesn't open leads "
                + "to nobody and does nothing else: where nobody is missing, it was put there, and can be taken out."
        case .lookupOfNobody: "The row leads to nobody. It goes when the address is claimed again; nothing else has to be done."
        case .forgottenThere: "An older copy was put back past `voffice restore`. Start the house: it forgets them again; then look again."
        case .erasureUnfinished: "A start finishes it. Restart the house; if it stays, look at what it says."
        case .restoreUnfinished:
            "Start the house: it forgets again who was forgotten, and says in the log what is lost. Then look again."
        case .renewalOverdue: "Keys above what was destroyed wait for their renewal. Is the house open? Or: `voffice admin keys rotate`."
        case .renewalUnfinished: "An interrupted renewal left it. The next start or `voffice admin keys rotate` forgets it."
        case .keyCopy:
            "Whoever has it and the root has what was forgotten since. What a backup left the next start takes away; what you put there, overwrite."
        case .keyFileCut:
            "It opens still, but damage to it wouldn't show. A root: `voffice admin keys rotate`. A key of backups: the open house mends it "
                + "within the hour."
        case .holdLost: "What two officers laid aside is missing. Restore the newest backup aside, and tell both of them."
        case .holdAltered:
            "The rows of the hold aren't what its papers say, or not as this house wrote them. Nothing of it is destroyed meanwhile. Keep a copy, "
                + "tell both officers, and restore the newest backup."
        case .silenceAltered:
            "The open house goes by the papers and sets the rows right. Keep a copy, look who had access, and tell both officers."
        case .withheldLost:
            "Somebody can't be told any more what was done with their data. Restore the newest backup aside, and tell both officers."
        case .withheldOverdue:
            "The restraint is over, and nobody was told. The house tells within seconds, if it is open and the entry opens (`use-closed`)."
        case .lateEntry:
            "What was told late can't be shown to be what stood in the log at the time. The person's page says so; keep a copy, look who had "
                + "access, and restore the newest backup."
        case .wordAltered:
            "What decides beside the policy in force isn't what the person's list says that they said. Restore the newest backup; or let them say "
                + "it again."
        case .stateAltered:
            "A row was changed, taken out or put there. Nothing of theirs is destroyed on its word. Keep a copy, look who had access, and restore "
                + "the newest backup; or let them choose again."
        case .numbersLost: "The next number would be one that is given already. Restore the newest backup."
        case .rowsLost: "Rows were taken out. Keep a copy, look who had access, and restore the newest backup."
        case .rowMissing:
            "It was taken out. Keep a copy, look who had access, and stop the house: `voffice admin mend` puts it back where the rest shows what it "
                + "was; else restore the newest backup."
        case .consentLeft:
            "It lets older data in at the next start. Unless a start told you to make it, take it away."
        case .holdOver: "The hold is over, and its copy is still there. The house sweeps it each hour: is it open?"
        case .jobFailed: "Nobody tries it again by itself. Mend the reason; the console shows it to the administrator."
        case .jobStuck: "Nobody carries it out. Is the house open?"
        case .mailRefused:
            "The mail server refuses whomever a letter is for: look at its log, and whether it lets `mail_account` and `mail_from` send. Then "
                + "have those who wait for a code ask for another one: with the first letter that it takes this is over."
        case .mirrorBehind: "Is the house open, and its mirror's folder writable? The house says so in its output."
        case .mirrorAltered: "Keep it as evidence, and set `mirror` to a new folder. If there was no restore, look who had access."
        case .safeBehind: "Is the house open, and the safe's folder writable? The house says so in its output."
        case .safeDamaged: "Set the file aside under another name: the open house writes it anew within a second. Then look again."
        case .epochDamaged: "Put the file back from a copy, if there is one; else delete it and make a backup now: a new key is made."
        case .epochMissing:
            "Put the file back from a copy of the safe. If there is none, make a backup now: until then the newest that opens is an older one."
        case .epochOverdue:
            "Key parts of that day still open. The open house destroys the key within the hour: is it open, and its clock right?"
        case .backupOld: "Make a backup now, and one each day: `voffice backup`."
        case .fileMode: "Give it to the house's user alone: chown, and chmod 600 (700 for a folder)."
        case .diskFull: "Free some room, or mount the disk so that it can be written; the house then goes on by itself."
        case .formerRoot:
            "The copy that was left where the house was before opens under it. Is the house open, and may it write that folder? Else overwrite "
                + "and delete `root.*` there, and then `former` in the data directory."
        case .stamp:
            "Put the file back from a backup of the directory, or as it was: `development` or `production` and the end of the line."
        case .limit: "This is no fault. docs/operating.md says what can be done about it."
        }
    }
}
