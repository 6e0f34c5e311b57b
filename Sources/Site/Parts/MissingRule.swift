// The rule that a refused use stood on, where the policy no longer has it.

import HTML
import Policy
import Vault

extension Visit {
    /// Nothing, unless a rule is missing.
    func missingRule(_ html: inout HTML, _ refused: Refused) {
        guard let missing = refused.missing else { return }
        html(
            .p,
            text: say(
                "The rule that it stood on is no longer in the policy:", id: "Aturan yang mendasarinya tidak lagi ada dalam kebijakan:"))
        html(.p, .class("said"), .lang("en"), text: missing.text)
    }
}
