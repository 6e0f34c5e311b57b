// What of the service works, for anyone to see: no number tells how busy the house is, and nothing is said of anybody.

import Store
import Vault

public struct ServiceStatus: Sendable, Equatable {
    public enum State: Sendable, Equatable {
        case works
        /// It goes on by itself, later than it should.
        case late
        /// Somebody here has to look at it.
        case stands
    }
    /// What somebody gives or changes is taken; mails leave; entries of uses are signed; what is to be done later is done.
    public var writing = State.works, mail = State.works, log = State.works, work = State.works
    /// The mail server refuses every letter, whoever it is for.
    public var refusesEverybody = false
    public var isFine: Bool { self == ServiceStatus() }
    public init() {}
}

extension Environment {
    /// Whether the newest change got to the disk.
    public var canWrite: Bool { vault.writeFault == nil }

    /// Whether what is recorded gets signed.
    public var canSign: Bool { vault.logFault == nil }

    public func status() throws(NotDone) -> ServiceStatus {
        let now = clock.now()
        return try attempt { () throws(Refusal) in
            let isLogCurrent = try vault.isLogCurrent()
            return try store.read { (rows) throws(Refusal) in
                var signs: Set<Sign> = []
                for sign in Sign.allCases where try rows.exists(sign.jobs(at: now)) { signs.insert(sign) }
                var status = ServiceStatus()
                if !canWrite { status.writing = .stands }
                if !isLogCurrent { status.log = .late }
                if !canSign { status.log = .stands }
                if signs.contains(.mailTriedAgain) { status.mail = .late }
                if signs.contains(.mailFailed) { status.mail = .stands }
                if try refusesEverybody(at: now, in: rows) { (status.mail, status.refusesEverybody) = (.stands, true) }
                if signs.contains(.workFailed) { status.work = .late }
                if signs.contains(.workOverdue) { status.work = .stands }
                return status
            }
        }
    }

    /// What jobs tell; anybody may ask as often as they like, so each is looked up in an index. What whoever it is for turned down tells
    /// nothing of the service: anybody can give an address where nobody is.
    enum Sign: CaseIterable {
        case mailTriedAgain, mailFailed, workFailed, workOverdue

        func jobs(at now: Instant) -> SQL {
            let mail = Environment.mailJob
            return switch self {
            case .mailTriedAgain: "SELECT 1 FROM job WHERE kind = \(mail) AND failed IS NULL AND reason IS NOT NULL AND turned_down = 0"
            case .mailFailed: "SELECT 1 FROM job WHERE kind = \(mail) AND failed > \(now - .seconds(3_600)) AND turned_down = 0"
            case .workFailed: "SELECT 1 FROM job WHERE failed > \(now - .seconds(86_400)) AND turned_down = 0"
            case .workOverdue: "SELECT 1 FROM job WHERE failed IS NULL AND due <= \(now - .seconds(300))"
            }
        }
    }
}
