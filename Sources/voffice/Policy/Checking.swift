// `check` and `test`.
import Crypto
import JSON
import Office
import Policy

enum Checking {
    static func check(_ call: Call) throws(WrongUse) -> Int32 {
        var documents: [(path: String, bytes: [UInt8])] = []
        for path in call.operands { documents.append((path, try File.read(path))) }
        let checked = Policy.check(documents.map { ($0.bytes, $0.path) })
        let ofCode = call.has("--code") ? checked.policies.first?.check(against: Environment.declaredUses) ?? [] : []
        let all = checked.diagnostics + ofCode, errors = all.count { $0.severity == .error }
        if call.isJSON {
            call.say(all, digest: checked.policies.first?.digest.hex ?? "")
        } else {
            // What is still to be built is a list to work through, not a fault to look at.
            call.say(all.filter { $0.code != "rule-without-use" })
            sayPromised(all.filter { $0.code == "rule-without-use" })
            Terminal.say(
                all.isEmpty ? "Nothing to report." : "\(Terminal.count(errors, "error")), \(Terminal.count(all.count - errors, "warning"))."
            )
            sayUncompared(documents)
        }
        return errors == 0 ? 0 : 1
    }

    /// A translation by itself has nothing that it could be held against.
    private static func sayUncompared(_ documents: [(path: String, bytes: [UInt8])]) {
        guard let first = documents.first, documents.allSatisfy({ Policy.isTranslation($0.bytes) }) else { return }
        Terminal.say(
            "\(first.path) is a translation, and was checked without the policy that it translates. Give both: voffice policy check POLICY \(first.path)"
        )
    }

    private static func sayPromised(_ rules: [Diagnostic]) {
        guard !rules.isEmpty else { return }
        Terminal.say("Rules that no code relies on yet [rule-without-use]:")
        for rule in rules { Terminal.say("    \(rule.file):\(rule.line): \(rule.excerpt)") }
    }

    static func test(_ call: Call) throws(WrongUse) -> Int32 {
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
