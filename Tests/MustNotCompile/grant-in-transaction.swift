// refused: reference to captured parameter 'grant' in concurrently-executing code
import Store
import Vault

struct Name: Reading {
    static let purpose: String? = nil
    static let things = ["full name"]
    init(_ record: borrowing Opened) throws(Refusal) {}
}
func spend(_ grant: consuming Grant<Name>, in store: Store, _ vault: Vault) async throws(Refusal) {
    try await store.write { rows throws(Refusal) in _ = try vault.read(grant) }
}
