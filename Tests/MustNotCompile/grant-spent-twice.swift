// refused: 'grant' consumed more than once
import Policy
import Vault

struct Name: Reading {
    static let declared: UseDeclaration = .own(.read, "full name")
    init(_ record: borrowing Opened) throws(Refusal) {}
}
func twice(_ vault: Vault, _ grant: consuming Grant<Name>) throws(Refusal) {
    _ = try vault.read(grant)
    _ = try vault.read(grant)
}
