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
    /// Mails leave; entries of uses are signed; what is to be done later is done.
    public var mail = State.works, log = State.works, work = State.works
    public var isFine: Bool { self == ServiceStatus() }
    public init() {}
}

extension Environment {
    public func status() throws(NotDone) -> ServiceStatus {
        let now = clock.now(), mail = Self.mailJob, soon = now - .seconds(300), day = now - .seconds(86_400)
        return try attempt { () throws(Refusal) in
            let isLogCurrent = try vault.isLogCurrent()
            return try store.read { (rows) throws(Refusal) in
                var status = ServiceStatus()
                if try rows.exists("SELECT 1 FROM job WHERE kind = \(mail) AND failed IS NULL AND reason IS NOT NULL") {
                    status.mail = .late
                }
                let isMailStanding = try rows.exists("SELECT 1 FROM job WHERE kind = \(mail) AND failed > \(now - .seconds(3_600))")
                if isMailStanding { status.mail = .stands }
                if !isLogCurrent { status.log = .late }
                if try rows.exists("SELECT 1 FROM job WHERE failed > \(day)") { status.work = .late }
                if try rows.exists("SELECT 1 FROM job WHERE failed IS NULL AND due <= \(soon)") { status.work = .stands }
                return status
            }
        }
    }
}
