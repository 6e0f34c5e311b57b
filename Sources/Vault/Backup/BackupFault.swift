// Why a backup can't be made or restored.

public import Policy

public enum BackupFault: Error {
    case house(HouseFault)
    case unwritable(String)
    /// Another backup of this house is being made.
    case underWay
    /// There is no finished part of a backup.
    case noBackup(String)
    /// Not as it was when it was made; the text names the file.
    case damaged(String)
    /// The key under which a key part was sealed isn't in the safe.
    case epochGone(Day, part: String, safe: String)
    case expired(Day, part: String)
    /// It would be over, if the clock is right: the house wrote last on that day.
    case tooLate(Day, part: String, today: Day, last: Day)
    case otherHouses
    /// The key part is older than the data: who came in between couldn't be read.
    case keysOlder(keys: String, data: String)
    /// The data part is older than the key part, and nobody said that this is meant. `lacking`: what these keys don't open any more. `pair`: the
    /// key part of the data's own moment, where it lies beside one of the two and opens.
    case dataOlder(keys: String, data: String, lacking: Lacking, pair: String?)
    /// The register of who was forgotten, in the safe, is missing or older than what the house has signed.
    case registerMissing(String)
    case registerBehind(String, has: Int, needs: Int)
    /// Of the register's entries so many hold, and so many were promised.
    case registerDamaged(String, hold: Int, of: Int)
    /// Nobody can tell how far the register goes.
    case stateDamaged(String)
    /// The key of a day's key parts is damaged.
    case epochDamaged(String)
    /// The directory holds something already.
    case notEmpty(String)
}

extension BackupFault {
    /// What happened and what to do next, for the operator.
    public var sentence: String {
        switch self {
        case .house(let fault): fault.sentence
        case .unwritable(let path): "\(path) can't be written. Look at its disk, owner and mode."
        case .underWay: "another backup is being made at this moment. Wait for it."
        case .noBackup(let path):
            "\(path) is no finished part of a backup: a folder with a `manifest` is expected. What ends in `.partial` was interrupted."
        case .damaged(let path): "\(path) was changed since the backup was made, or cut short. Take another copy of it, or another backup."
        case .epochGone(let day, let part, let safe):
            """
            \(part)/manifest names the key of \(day.iso), and that isn't in \(safe). It is destroyed \(Safe.days) days after its day, and nobody \
            can open this part then. Take a newer key part, or set `safe` to the folder that belongs to this house.
            """
        case .expired(let day, let part):
            """
            \(part) is of \(day.iso), and key parts are for \(Safe.days) days: who was promised to be forgotten by then must stay so. Its key \
            is destroyed now. Take a newer key part.
            """
        case .tooLate(let day, let part, let today, let last):
            """
            \(part) is of \(day.iso), and key parts are for \(Safe.days) days. The clock says \(today.iso), and the house wrote into the safe on \
            \(last.iso) last: if the clock is wrong, set it and restore again; nothing was destroyed. If it is right, take a newer key part.
            """
        case .otherHouses: "the data part and the key part are of different houses. Take two of the same."
        case .keysOlder(let keys, let data):
            "the key part (\(keys)) is older than the data part (\(data)): who came in between couldn't be read. Take a key part as new as the data."
        case .dataOlder(let keys, let data, let lacking, let pair):
            "the data part (\(data)) is older than the key part (\(keys)): what came in between is lost if there is no newer data part"
                + (lacking.records == 0
                    ? ". " : ", and \(lacking.text) as well, whole: they were changed since, and these keys have none of before. ")
                + (pair.map { "\($0) is of the data's own moment, and opens all of it: take that one instead. If this one" }
                    ?? (lacking.records == 0
                        ? "If that" : "Look for the key part of the data's own moment, which opens all of it. If this one"))
                + " is meant, add --accept-loss; the log will say so."
        case .registerMissing(let path):
            """
            \(path) is missing: the register of who was forgotten after this backup. Without it they would come back. Put the safe of this \
            house there (setting `safe`); if it is lost, add --accept-loss, and forget again whoever asks.
            """
        case .registerBehind(let path, let has, let needs):
            """
            \(path) knows the log up to entry \(has), and \(needs) entries were signed: who was forgotten after that would come back. Put the \
            newest safe there; if there is none, add --accept-loss, and forget again whoever asks.
            """
        case .registerDamaged(let path, let hold, let count):
            """
            \(path) was changed: of \(count) entries of who was forgotten \(hold) hold, and the others would come back. Put a copy of the safe \
            there that is whole; if there is none, add --accept-loss: those whose entries hold stay forgotten, and forget again whoever asks.
            """
        case .stateDamaged(let path):
            """
            \(path) was changed: it no longer says how far the register of who was forgotten goes. Put a copy of the safe there that is whole; if \
            there is none, add --accept-loss: who is in the register stays forgotten, and forget again whoever asks.
            """
        case .epochDamaged(let path):
            """
            \(path) was changed: no key part of its day opens with it. Put a copy of the file back that is whole. If there is none: to restore, take \
            a key part of another day; to back up, delete the file, and a new key is made.
            """
        case .notEmpty(let path): "\(path) isn't empty. Set `data` to a directory that is empty or not there; nothing is overwritten."
        }
    }
}
