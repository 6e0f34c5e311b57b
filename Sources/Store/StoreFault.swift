// What can go wrong in a database, in terms of what to do about it.

/// What the database couldn't do. `description` tells the operator what it means and what to do next.
public enum StoreFault: Error, Equatable, Sendable {
    /// Another process holds the database, or too many writes wait already; trying again later helps.
    case busy
    /// No room on the disk, or a limit of the file system. Reads go on; writing comes back by itself.
    case full
    case readOnly
    /// The database knows this step of a migration, the program doesn't: it was opened by a newer program.
    case newer(String)
    case corrupt(String)
    /// A row with the same unique key is there: `account.email`.
    case conflict(String)
    /// A CHECK, NOT NULL, FOREIGN KEY or type was violated.
    case violated(String)
    case inputOutput(String)
    /// A write under this key has already been done; it isn't done again.
    case repeated(IdempotencyKey)
    /// The database server can't be reached, or lets nobody in. Reads and writes come back by themselves.
    case unreachable(String)
    /// The role that this program has on the database server lacks a right.
    case denied(String)
    /// It isn't a database of ours, or was made in a way that ours can't be.
    case foreign(String)
    /// As many as may connect to the database are doing something there.
    case crowded
    /// A statement took longer than it may.
    case slow
    /// The line to the database server was lost at the end of a write, and nobody could be asked whether it was done.
    case unknown(String)
    /// What was asked for is beyond this engine, so far.
    case unable(String)
    /// The statement itself is wrong: a mistake in the program.
    case statement(String)
    /// The store has been closed.
    case closed
}

/// An error that can say that the store failed. A verb's refusal conforms by having a `case store(StoreFault)`, and can
/// then be thrown straight through `read` and `write`.
public protocol StoreFailure: Error { static func store(_ fault: StoreFault) -> Self }

/// A refusal that has no such case, with the store's fault beside it.
public enum Aborted<Reason: Error>: StoreFailure { case refused(Reason), store(StoreFault) }

extension StoreFault: StoreFailure { public static func store(_ fault: StoreFault) -> StoreFault { fault } }

/// Chosen by whoever asks for a write, so that asking again doesn't do it again.
public struct IdempotencyKey: Hashable, Sendable {
    public let value: String
    /// Of a job: what is of the same line is done one after the other. nil: nothing waits for it, and it for nothing.
    public let line: Int64?
    public init(_ value: String, line: Int64? = nil) { (self.value, self.line) = (value, line) }
}

extension StoreFault {
    /// It lasts until somebody does something about the disk, or the server comes back.
    var lasts: Bool {
        switch self {
        case .full, .readOnly, .corrupt, .inputOutput, .unreachable, .denied, .unknown: true
        case .busy, .newer, .conflict, .violated, .repeated, .statement, .closed, .foreign, .crowded, .slow, .unable: false
        }
    }
}

extension StoreFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .busy: "The database is busy. Try again in a moment; if that lasts, look for another process that holds it."
        case .full: "The disk is full. Free some room; writing resumes by itself."
        case .readOnly:
            "The database can't be written. Check the owner and mode of its file and directory; of a server, whether it is a standby."
        case .newer(let step): "The database was opened by a newer program (step “\(step)”). Start that program, or restore a backup."
        case .corrupt(let what): "The database is damaged: \(what). Stop, keep a copy of its files, and restore a backup."
        case .conflict(let key):
            "There is a row with the same \(key) already: put there by hand, or a number that was given got lost. `voffice admin doctor` says which."
        case .violated(let rule): "A rule of the table was violated: \(rule). This is a mistake in the program; report it."
        case .inputOutput(let what): "The database's file can't be read or written: \(what). Check the disk, its mount, and the rights."
        case .repeated(let key): "The write “\(key.value)” has been done already."
        case .unreachable(let what):
            "The database server can't be reached: \(what). Start it, or set its address right; a house that is open goes on by itself."
        case .denied(let what): "The database server refuses this program something: \(what). Grant its role what it lacks."
        case .foreign(let what): "This isn't a database for a house: \(what). Name another, or make an empty one."
        case .crowded: "Nobody more may connect to the database. Try again in a moment; if that lasts, allow more connections."
        case .slow: "The database took too long. Try again in a moment; if that lasts, look at what its machine is busy with."
        case .unknown(let what): "Whether the last write was done isn't known: \(what). Look before you do it again."
        case .unable(let what): "That can't be done on this engine: \(what)."
        case .statement(let what): "A statement is wrong: \(what). This is a mistake in the program; report it."
        case .closed: "The database has been closed. Start the program again."
        }
    }
}
