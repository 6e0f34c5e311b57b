// refused: 'Disclosed<U>' initializer is inaccessible due to 'internal' protection level
import Policy
import Vault

struct Name: Reading {
    static let declared: UseDeclaration = .own(.read, "full name")
    init(_ record: borrowing Opened) throws(Refusal) {}
}
func forge(_ name: Name) -> Disclosed<Name> { Disclosed(name, entry: 1) }
