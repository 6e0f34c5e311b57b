// refused: type 'Grant<Name>' does not conform to protocol 'Copyable'
import Policy
import Vault

struct Name: Reading {
    static let declared: UseDeclaration = .own(.read, "full name")
    init(_ record: borrowing Opened) throws(Refusal) {}
}
final class Drawer { var grants: [Grant<Name>] = [] }
