// What libFuzzer calls with any bytes: they are read, checked, decided, compared and formatted without a crash, and keep their meaning.
import Policy

/// A policy that the bytes are compared with, where they are a policy themselves.
private let office = Policy.compile(Array(OfficeText.text.utf8), file: "office.md", checked: false).policy!

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let (policies, diagnostics) = Policy.check([(bytes, "any.md")])
    for each in diagnostics where each.line < 1 || each.column < 1 || each.length < 0 || each.text.isEmpty { fatalError("\(each)") }
    _ = Governing(office).answers(to: bytes)
    guard let policy = policies.first else { return 0 }
    let formatted = policy.formatted()
    guard let again = Policy.compile(formatted, file: "again.md", checked: false).policy else {
        fatalError("the canonical form doesn't read:\n\(String(decoding: formatted, as: UTF8.self))")
    }
    if again.digest != policy.digest || again.formatted() != formatted { fatalError("the canonical form means something else") }
    if count < 10_000 {
        let same = again.difference(from: policy)
        if !same.widened.isEmpty || !same.narrowed.isEmpty || same.demands.posted || !same.demands.yes.isEmpty { fatalError("\(same)") }
        _ = Voice(policy).passage(of: policy.difference(from: office), from: office).text()
    }
    return 0
}

private enum OfficeText {
    static let text = """
        ```policy
        policy kantor sari, version 1, from 2026-01-31
        field name: text
        field email address: email
        purpose answer you: to reply (contract)
        role clerk
        recipient courier: processor in ID
        source form
        condition an open case, set by the person: she opened one
        event order
        message news with name: what is new
        ```

        ## Work {#work}

        We answer.

        ```policy
        collect name, email address from form to answer you
        clerk may read name, email address to answer you, on an open case
        give name together with email address to courier to answer you, by clerk
        send news through email address via courier to answer you, unless refused
        the person may read and delete name
        never read name by any staff unless an open case [no]
        keep name while account active, then 30 days, because "x"
        keep email address 10 years after order, by law "y"
        tell the person at once when clerk reads name
        ```
        """
}
