// Whether a role may ever read something, whatever has to be so for it: asked before a page or a case is offered, and of nobody's data.

import Policy
import Vault

extension Environment {
    /// What the gate would say of a use of the staff's own data by one of them, which tells what their work opens; nil: yes. Where their own
    /// record can't be opened it is asked of nobody's, by the version in force.
    func preview<U: Use>(_: U.Type, by member: StaffMember) throws(NotDone) -> Refused? {
        try attempt { () throws(Refusal) in
            do throws(Refusal) { return try vault.preview(U.self, of: member.subject, by: member.actor, on: Basis()) } catch {
                guard case .damaged = error else { throw error }
                return try vault.preview(U.self, of: Subject(id: 0), by: member.actor, on: Basis())
            }
        }
    }

    /// The policy in force has the work for which somebody was taken in. It may be of a version before, or the row was changed.
    public func knows(_ member: StaffMember) -> Bool { policy.roles.contains(member.role) }
}

extension Policy {
    /// A role's reading of it, where the policy may permit that on some condition; nil: on none.
    func reading(_ thing: String, by role: String, to purpose: String?) -> Flow? {
        guard let flow = try? flow(.read, who: role, thing: thing, purpose: purpose), mayPermit(flow) else { return nil }
        return flow
    }

    /// The same for all that a use reads.
    func mayEverRead(_ use: UseDeclaration, by role: String) -> Bool {
        use.things.allSatisfy { reading($0, by: role, to: use.purpose) != nil }
    }
}
