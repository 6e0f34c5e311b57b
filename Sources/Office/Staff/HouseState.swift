// The house, as whoever runs it looks after it: what works, what stands still and why, which jobs failed.

import Store
public import Vault

/// What the administrator looks after.
public struct HouseState: Sendable {
    public let status: ServiceStatus
    /// What keeps the house from writing, or from signing; nil: nothing.
    public let writing: Halt?, signing: Halt?
    public let failed: [FailedWork]
    /// Jobs that are to be done, and those of them that should have been done five minutes ago.
    public let waiting: Int, late: Int
    /// The newest signed checkpoint, and the public one.
    public let signed: [UInt8]?, published: [UInt8]?
    /// The public ones aren't as they were signed, so none is given out.
    public let isPublicLogChanged: Bool
    public let doubt: ClockDoubt?
}

/// Why something stands still.
public struct Halt: Sendable, Hashable {
    public enum Cause: Sendable, Hashable { case diskFull, readOnly, unreadableDisk, serverAway, other }
    public let cause: Cause
    /// As it was told the operator, in English.
    public let reason: String

    init(_ fault: StoreFault) {
        reason = fault.description
        cause =
            switch fault {
            case .full: .diskFull
            case .readOnly: .readOnly
            case .inputOutput: .unreadableDisk
            case .unreachable: .serverAway
            default: .other
            }
    }

    init(_ refusal: Refusal) {
        if case .store(let fault) = refusal { self.init(fault) } else { self.init(.other, refusal.sentence) }
    }

    private init(_ cause: Cause, _ reason: String) { (self.cause, self.reason) = (cause, reason) }
}

extension Environment {
    /// For whoever the policy lets run the staff's accounts.
    public func houseState(for member: StaffMember) throws(NotDone) -> HouseState {
        if let refused = try previewOfRunning(by: member) { throw .refused(.policy(refused)) }
        let now = clock.now(), failed = try failed(), status = try status()
        return try attempt { () throws(Refusal) in
            let jobs = try store.read { (rows) throws(Refusal) in
                try rows.first(
                    """
                    SELECT count(*), coalesce(sum(CASE WHEN due <= \(now - .seconds(300)) THEN 1 ELSE 0 END), 0) FROM job
                        WHERE failed IS NULL
                    """
                ) { (Int($0.integer(0)), Int($0.integer(1))) }
            }
            let published: [UInt8]?, isChanged: Bool
            do throws(Refusal) { (published, isChanged) = (try vault.publicCheckpoint(), false) } catch {
                guard case .damaged = error else { throw error }
                (published, isChanged) = (nil, true)
            }
            return HouseState(
                status: status, writing: vault.writeFault.map(Halt.init), signing: vault.logFault.map(Halt.init), failed: failed,
                waiting: jobs?.0 ?? 0, late: jobs?.1 ?? 0, signed: try vault.checkpoint(), published: published,
                isPublicLogChanged: isChanged, doubt: try vault.clockAhead())
        }
    }

    /// The same in short, for the list of what waits.
    func house() throws(NotDone) -> Today.House {
        let failed = try failed().count, status = try status()
        return Today.House(
            failed: failed, status: status, writing: vault.writeFault.map(Halt.init), signing: vault.logFault.map(Halt.init),
            doubt: try attempt { () throws(Refusal) in try vault.clockAhead() })
    }
}
