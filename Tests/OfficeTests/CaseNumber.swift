// The telephone number of a case with its value: pages show it after it was opened for a reason.

@testable import Office
import Vault

extension Office.Environment {
    /// The telephone number, as a recorded use; a refusal of the policy comes as `.refused(.policy)`, recorded too.
    func telephone(in number: Int64, for staff: StaffMember) async throws(NotDone) -> Disclosed<CaseTelephone> {
        guard let (subject, basis) = try basis(ofCase: number) else { throw .notFound }
        return try await attempt { () async throws(Refusal) in
            let grant: Grant<CaseTelephone> = try await vault.grant(of: subject, by: staff.actor, on: basis)
            return try vault.read(grant)
        }
    }
}
