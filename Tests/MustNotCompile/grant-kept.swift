// refused: type 'Grant<Name>' does not conform to protocol 'Copyable'
import Vault

struct Name: Reading {
    static let purpose: String? = nil
    static let things = ["full name"]
    init(_ record: borrowing Opened) throws(Refusal) {}
}
final class Drawer { var grants: [Grant<Name>] = [] }
