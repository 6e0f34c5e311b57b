// What the other files of this room get wrong, right.
import Policy
import Vault

struct Name: Reading {
    static let declared: UseDeclaration = .own(.read, "full name")
    let text: String
    init(_ record: borrowing Opened) throws(Refusal) { text = record.text("full name") ?? "" }
}
func name(of subject: Subject, _ vault: Vault) async throws(Refusal) -> Disclosed<Name> {
    let grant: Grant<Name> = try await vault.grant(of: subject, by: .thePerson(subject), on: Basis())
    return try vault.read(grant)
}
