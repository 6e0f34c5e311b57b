// refused: conform to 'Addressed'
import Outbound
import Policy
import Store
import Vault

struct Name: Reading {
    static let declared: UseDeclaration = .own(.read, "full name")
    init(_ record: borrowing Opened) throws(Refusal) {}
}
func leak(_ outbound: Outbound, of subject: Subject, _ key: IdempotencyKey) async throws(NotSent) {
    try await outbound.send(Name.self, Letter(subject: "A name", text: ""), to: subject, once: key)
}
