// Whether a role may ever read something, whatever has to be so for it: asked before a page or a case is offered, and of nobody's data.

import Policy
import Vault

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
