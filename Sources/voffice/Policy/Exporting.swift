// `export`: the policy for other tools.
import Crypto
import JSON
import Policy

enum Exporting {
    static func export(_ call: Call) throws(WrongUse) -> Int32 {
        let form = try call.choice("--as", of: ["dpv", "json", "html"])
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        switch form {
        case "dpv": Terminal.say(DPV.document(policy).text)
        case "json":
            let cells = policy.allCells
            if !cells.allSatisfy(\.isExact) {
                call.say([policy.entangled])
                return 1
            }
            Terminal.say(table(policy, cells).text)
        default:
            let page = Printing.page(policy, try call.voice(policy, call.operands[0]))
            Terminal.say(call.isJSON ? JSON.object([("html", .string(page))]).text : page)
        }
        return 0
    }

    private static func table(_ policy: Policy, _ cells: [Cell]) -> JSON {
        let cells = cells.map { JSON.object($0.json + [("rules", .strings($0.rules))]) }
        let fields = policy.fields.map { field in
            JSON.object([
                ("name", .string(field.name)), ("kind", .string(field.kind.rawValue)), ("sealed", .bool(field.isSealed)),
                ("record", .bool(field.isRecord)),
                ("keep", .strings(policy.terms(of: field.name).map(\.address))),
            ])
        }
        return .object([
            ("name", .string(policy.name)), ("version", .int(policy.version.number)), ("from", .string(policy.from.iso)),
            ("digest", .string(policy.digest.hex)), ("document", .string(policy.documentDigest.hex)), ("fields", .list(fields)),
            ("cells", .list(cells)), ("keep", vows(policy, .keep)), ("never", vows(policy, .never)), ("tell", vows(policy, .tell)),
        ])
    }

    private static func vows(_ policy: Policy, _ kind: Vow.Kind) -> JSON {
        .list(
            policy.vows.filter { $0.kind == kind }.map { .object([("rule", .string($0.address)), ("text", .string($0.text))] + $0.parts) })
    }
}

extension Vow {
    /// A list that means any is null.
    var parts: [(String, JSON)] {
        func list(_ names: [String]?) -> JSON { names.map { .strings($0) } ?? .null }
        func all(_ alternatives: [Needs]) -> JSON { .list(alternatives.map(\.condition)) }
        switch kind {
        case .keep: return [("things", list(things))] + (term?.parts ?? [])
        case .tell:
            return [
                ("verbs", .strings(verbs.map { "\($0)" })), ("things", list(things)), ("by", list(by)), ("recipients", list(recipients)),
                ("purposes", list(purposes)), ("ends", all(conditions)),
            ]
        case .never:
            return [
                ("verbs", .strings(verbs.map { "\($0)" })), ("things", list(things)), ("from", list(from)), ("through", list(through)),
                ("by", list(by)), ("recipients", list(recipients)), ("purposes", list(purposes)), ("on", all(conditions)),
                ("unless", all(unless)),
            ]
        }
    }
}

extension Term {
    var parts: [(String, JSON)] {
        let spoken: [(String, JSON)] =
            switch span {
            case .whileTrue(let condition, let then): [("while", .string(condition)), ("then", .maybe(then?.text))]
            case .after(let event, let duration): [("after", .string(event)), ("duration", .string(duration.text))]
            case .atMost(let event, let duration): [("after", .string(event)), ("at_most", .string(duration.text))]
            }
        return spoken + [why]
    }

    private var why: (String, JSON) {
        switch reason {
        case .because(let text): ("because", .string(text))
        case .byLaw(let text): ("by_law", .string(text))
        }
    }
}
