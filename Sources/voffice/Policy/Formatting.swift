// `fmt`: the canonical form of the blocks, in place.
import JSON
import Policy

enum Formatting {
    static func format(_ call: Call) throws(WrongUse) -> Int32 {
        if call.has("--stamp") { return try stamp(call) }
        guard call.operands.count == 1 else { throw WrongUse(message: "fmt takes one document; with --stamp a policy and its translation") }
        let path = call.operands[0]
        let before = try File.read(path)
        if Policy.isTranslation(before) { return try finish(call, path, before, before) }
        guard let policy = try call.policy(path) else { return 1 }
        let after = policy.formatted()
        let isCanonical = try finish(call, path, before, after) == 0
        if !isCanonical, !call.isJSON { Terminal.say("\(path) isn't in canonical form; voffice policy fmt \(path) makes it so.") }
        return isCanonical ? 0 : 1
    }

    /// Writes what changed, or with --check says whether anything would.
    private static func finish(_ call: Call, _ path: String, _ before: [UInt8], _ after: [UInt8]) throws(WrongUse) -> Int32 {
        let isSame = before == after
        if !call.has("--check"), !isSame { try File.write(after, to: path) }
        if call.isJSON {
            Terminal.say(
                JSON.object([
                    ("file", .string(path)), (call.has("--check") ? "canonical" : "changed", .bool(call.has("--check") == isSame)),
                ]).text)
        }
        return isSame || !call.has("--check") ? 0 : 1
    }

    /// Writes into a translation which text of each clause it translates.
    private static func stamp(_ call: Call) throws(WrongUse) -> Int32 {
        guard call.operands.count == 2 else { throw WrongUse(message: "fmt --stamp takes the policy and its translation") }
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        let before = try File.read(call.operands[1]), after = policy.stamped(before, file: call.operands[1])
        return try finish(call, call.operands[1], before, after)
    }
}
