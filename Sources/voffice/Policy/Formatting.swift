// `fmt`: the canonical form of the blocks, in place.
import JSON
import Policy

enum Formatting {
    static func format(_ call: Call) throws(WrongUse) -> Int32 {
        if call.has("--stamp") { return try stamp(call) }
        guard call.operands.count == 1 else { throw WrongUse(message: "fmt takes one document; with --stamp a policy and its translation") }
        let path = call.operands[0]
        let before = try File.read(path)
        if Policy.isTranslation(before) { return 0 }
        guard let policy = try call.policy(path) else { return 1 }
        let after = policy.formatted()
        if call.has("--check") {
            if before != after, !call.isJSON { Terminal.say("\(path) isn't in canonical form; voffice policy fmt \(path) makes it so.") }
            return before == after ? 0 : 1
        }
        if before != after { try File.write(after, to: path) }
        return 0
    }

    /// Writes into a translation which text of each clause it translates.
    private static func stamp(_ call: Call) throws(WrongUse) -> Int32 {
        guard call.operands.count == 2 else { throw WrongUse(message: "fmt --stamp takes the policy and its translation") }
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        let before = try File.read(call.operands[1]), after = policy.stamped(before, file: call.operands[1])
        if call.has("--check") { return before == after ? 0 : 1 }
        if before != after { try File.write(after, to: call.operands[1]) }
        return 0
    }
}
