// refused: reference to captured parameter 'grant' in concurrently-executing code
import Policy
import Store
import Vault

struct Name: Reading {
    static let declared: UseDeclaration = .own(.read, "full name")
    init(_ record: borrowing Opened) throws(Refusal) {}
}
func spend(_ grant: consuming Grant<Name>, in store: Store, _ vault: Vault) async throws(Refusal) {
    try await store.write { rows throws(Refusal) in _ = try vault.read(grant) }
}
