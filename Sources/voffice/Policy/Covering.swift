// `coverage`: for each rule the code that relies on it and the examples that try it.
import JSON
import Office
import Policy
import Store
import Vault

enum Covering {
    /// A rule with what stands behind it.
    private struct Row {
        let rule: Coverage, code: [String], canHaveCode: Bool, canBeTried: Bool
        var isBare: Bool { rule.examples.isEmpty && code.isEmpty && canBeTried }
        var behind: String {
            let code = code.isEmpty ? (canHaveCode ? "no code" : "") : "code: " + code.joined(separator: ", ")
            let count = rule.examples.count
            let examples = !canBeTried ? "no example can try it" : count == 0 ? "no example" : Terminal.count(count, "example")
            return code.isEmpty ? examples : "\(code); \(examples)"
        }
    }

    static func coverage(_ call: Call) throws(WrongUse) -> Int32 {
        let named = call.operands.first
        guard let policy = if let named { try call.policy(named) } else { try current(call) } else { return 1 }
        let relied = policy.uses(of: Environment.declaredUses)
        let rows = policy.coverage().map {
            Row(
                rule: $0, code: relied[$0.address] ?? [], canHaveCode: policy.isPermission($0.address),
                canBeTried: policy.canBeTried($0.address))
        }
        if call.isJSON { Terminal.say(json(rows, policy).text) } else { say(rows, policy) }
        return 0
    }

    /// Without a document: the version in force of the house, and where there is no house the document that a development directory loads.
    private static func current(_ call: Call) throws(WrongUse) -> Policy? {
        let settings = Serve.readConfiguration()
        guard PolicyPublishing.holdsHouse(settings.data) else {
            do throws(WrongUse) { return try call.policy(settings.policy) } catch {
                throw WrongUse(
                    message:
                        "no DOC is given, \(settings.data) (setting `data`) holds no house, and of the setting `policy`: \(error.message)")
            }
        }
        let found: [UInt8]?
        do throws(PublishingFault) {
            let store = try PolicyPublishing.store(settings.databases.data(of: settings.data))
            defer { store.close() }
            do throws(Refusal) { found = try Edition.documentInForce(in: store, at: SystemClock().now()) } catch {
                throw .tampered("The database")
            }
        } catch { throw WrongUse(message: error.description) }
        guard let found else {
            throw WrongUse(
                message: "the house in \(settings.data) has no version in force yet; name a document, such as \(settings.policy)")
        }
        return call.policy(found, "the version in force")
    }

    private static func json(_ rows: [Row], _ policy: Policy) -> JSON {
        let rules = rows.map { row in
            JSON.object([
                ("clause", .string(row.rule.clause)), ("rule", .string(row.rule.address)), ("text", .string(row.rule.text)),
                ("examples", .list(row.rule.examples.map { .int($0) })), ("code", .strings(row.code)),
            ])
        }
        let purposes = policy.widestPurposes.map { JSON.object([("purpose", .string($0.name)), ("things", .int($0.things))]) }
        let conditions = policy.widestConditions.map { JSON.object([("condition", .string($0.name)), ("rules", .int($0.rules))]) }
        let lasting = policy.longestConditions.map {
            JSON.object([("condition", .string($0.name)), ("fields", .int($0.fields)), ("then", .maybe($0.then?.text))])
        }
        return .object([
            ("rules", .list(rules)), ("purposes", .list(purposes)), ("conditions", .list(conditions)), ("lasting", .list(lasting)),
        ])
    }

    private static func say(_ rows: [Row], _ policy: Policy) {
        var clause = ""
        for row in rows {
            if row.rule.clause != clause {
                clause = row.rule.clause
                Terminal.say("\n\(clause)")
            }
            Terminal.say("    \(row.rule.address) (\(row.behind)): \(row.rule.text)")
        }
        let bare = rows.filter(\.isBare).map(\.rule.address), permissions = rows.filter(\.canHaveCode)
        Terminal.say(
            """

            Of \(Terminal.count(permissions.count, "rule")) by which something is permitted, code relies on \
            \(permissions.count { !$0.code.isEmpty }). Of \(Terminal.count(rows.count(where: \.canBeTried), "rule")) that an example can try, examples try \
            \(rows.count { !$0.rule.examples.isEmpty }).
            With neither code nor example: \(bare.isEmpty ? "none" : bare.joined(separator: ", ")).
            The widest purposes: \(list(policy.widestPurposes.prefix(5).map { "\($0.name) (\(Terminal.count($0.things, "thing")))" })).
            The conditions that open most: \(list(policy.widestConditions.prefix(5).map { "\($0.name) (\(Terminal.count($0.rules, "rule")))" })).
            The conditions that data stay for longest: \(list(policy.longestConditions.prefix(5).map(lasting))).
            """)
    }

    private static func lasting(_ condition: (name: String, fields: Int, then: Duration?)) -> String {
        let then = condition.then.map { ", then \($0.text)" } ?? ""
        return "\(condition.name) (\(Terminal.count(condition.fields, "field"))\(then))"
    }

    private static func list(_ items: [String]) -> String { items.joined(separator: ", ") }
}
