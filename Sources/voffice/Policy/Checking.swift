// `check` and `test`.
import Crypto
import JSON
import Policy

enum Checking {
    static func check(_ call: inout Call) throws(WrongUse) -> Int32 {
        var documents: [(path: String, bytes: [UInt8])] = []
        for path in call.operands { documents.append((path, try File.read(path))) }
        let checked = Policy.check(documents.map { ($0.bytes, $0.path) })
        call.say(checked.diagnostics, digest: checked.policies.first?.digest.hex ?? "")
        let errors = checked.diagnostics.count { $0.severity == .error }
        if !call.isJSON {
            let warnings = checked.diagnostics.count - errors
            Terminal.say(errors + warnings == 0 ? "Nothing to report." : "\(errors) errors, \(warnings) warnings.")
        }
        return errors == 0 ? 0 : 1
    }

    static func test(_ call: inout Call) throws(WrongUse) -> Int32 {
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        let results = policy.test()
        if call.isJSON {
            let examples = results.map { result in
                JSON.object([("line", .int(result.line)), ("passed", .bool(result.passed)), ("got", .object(result.got.json))])
            }
            Terminal.say(JSON.object([("examples", .list(examples))]).text)
        } else {
            for result in results where !result.passed {
                Terminal.say("\(call.operands[0]):\(result.line): \(result.text)\n    but the rules say: \(result.got.sentence)")
            }
            Terminal.say("\(results.count { $0.passed }) of \(results.count) examples hold.")
        }
        return results.allSatisfy(\.passed) ? 0 : 1
    }
}
