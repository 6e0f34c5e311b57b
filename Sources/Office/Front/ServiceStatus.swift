// What of the service works, for anyone to see: no number tells how busy the house is, and nothing is said of anybody.

import Outbound
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
    /// What somebody gives or changes is taken; mails leave; entries of uses are signed; what is to be done later is done; what has run out goes.
    public var writing = State.works, mail = State.works, log = State.works, work = State.works, forgetting = State.works
    /// Text messages leave; nil: there is no gateway that could take them.
    public var messages: State?
    /// The mail server refuses every letter, the gateway every message, whoever it is for.
    public var refusesEverybody = false, gatewayRefusesEverybody = false
    public var isFine: Bool { [writing, mail, messages ?? .works, log, work, forgetting].allSatisfy { $0 == .works } }
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
            let isLogCurrent = try vault.isLogCurrent(), isInDoubt = try vault.clockAhead() != nil
            return try store.read { (rows) throws(Refusal) in
                let taken = try taken(before: now, in: rows)
                var signs: Set<Sign> = []
                for sign in Sign.allCases where try rows.exists(sign.jobs(at: now, since: taken)) { signs.insert(sign) }
                var status = ServiceStatus()
                if !canWrite { status.writing = .stands }
                if !isLogCurrent { status.log = .late }
                if !canSign { status.log = .stands }
                status.mail = Self.state(of: Self.mailJob, by: signs)
                if try refusesEverybody(Self.mailJob, at: now, in: rows) { (status.mail, status.refusesEverybody) = (.stands, true) }
                if outbound.reachesTelephones, !outbound.keepsMessages {
                    status.messages = Self.state(of: Self.textJob, by: signs)
                    if try refusesEverybody(Self.textJob, at: now, in: rows) {
                        (status.messages, status.gatewayRefusesEverybody) = (.stands, true)
                    }
                }
                if signs.contains(.workFailed) { status.work = .late }
                if signs.contains(.workOverdue) { status.work = .stands }
                if isInDoubt { status.forgetting = .stands }
                return status
            }
        }
    }

    private static func state(of kind: String, by signs: Set<Sign>) -> ServiceStatus.State {
        if signs.contains(.givenUp(kind)) { return .stands }
        return signs.contains(.triedAgain(kind)) ? .late : .works
    }

    /// What jobs tell; anybody may ask as often as they like, so each is looked up in an index. What whoever it is for turned down tells
    /// nothing of the service: anybody can give an address where nobody is. Nor does what was given up before its carrier took another.
    enum Sign: Hashable, CaseIterable {
        /// Of the letters of this kind.
        case triedAgain(String), givenUp(String)
        case workFailed, workOverdue

        static var allCases: [Sign] {
            [Environment.mailJob, Environment.textJob].flatMap { [.triedAgain($0), .givenUp($0)] } + [.workFailed, .workOverdue]
        }

        /// - Parameter taken: when the carrier of each kind of letter took one last.
        func jobs(at now: Instant, since taken: [String: Instant]) -> SQL {
            let (mail, text) = (Environment.mailJob, Environment.textJob)
            return switch self {
            case .triedAgain(let kind):
                "SELECT 1 FROM job WHERE kind = \(kind) AND failed IS NULL AND reason IS NOT NULL AND turned_down = 0"
            case .givenUp(let kind):
                "SELECT 1 FROM job WHERE failed > \(now - .seconds(3_600)) AND turned_down = 0 AND \(Self.lost(kind, since: taken))"
            case .workFailed:
                """
                SELECT 1 FROM job WHERE failed > \(now - .seconds(86_400)) AND turned_down = 0
                    AND (kind NOT IN (\(mail), \(text)) OR \(Self.lost(mail, since: taken)) OR \(Self.lost(text, since: taken)))
                """
            case .workOverdue: "SELECT 1 FROM job WHERE failed IS NULL AND due <= \(now - .seconds(300))"
            }
        }

        /// What only had no time left when its next turn came tells of the tries before, the last of them up to a code's time ago.
        private static func lost(_ kind: String, since taken: [String: Instant]) -> SQL {
            let late = Hindrance.late.sentence(Environment.carrier(of: kind)), last = taken[kind] ?? Instant(seconds: 0)
            return "(kind = \(kind) AND failed > \(last) AND (reason <> \(late) OR failed > \(last + Challenge.lifetime)))"
        }
    }
}
