// `export`: the policy for other tools.
import Crypto
import JSON
import Policy

enum Exporting {
    static func export(_ call: Call) throws(WrongUse) -> Int32 {
        let form = try call.choice("--as", of: ["dpv", "json", "html"])
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        switch form {
        case "dpv": Terminal.say(dpv(policy).text)
        case "json":
            let cells = policy.allCells
            if !cells.allSatisfy(\.isExact) {
                call.say([policy.entangled])
                return 1
            }
            Terminal.say(table(policy, cells).text)
        default: Terminal.say(html(policy, try call.voice(policy, call.operands[0])))
        }
        return 0
    }

    /// JSON-LD in the terms of the W3C Data Privacy Vocabulary, version 2.
    private static func dpv(_ policy: Policy) -> JSON {
        let processes = policy.processes.map { process in
            JSON.object([
                ("@id", .string("#" + process.address)), ("@type", .string("dpv:Process")),
                ("dpv:hasProcessing", .object([("@id", .string("dpv:" + term(process.verb)))])),
                ("dpv:hasPersonalData", .strings(process.things)), ("dpv:hasPurpose", .strings(process.purposes)),
                ("dpv:hasLegalBasis", .list(process.grounds.map { .object([("@id", .string("dpv:" + basis($0)))]) })),
                ("dpv:hasEntity", .strings(process.who)), ("dpv:hasRecipient", .strings(process.recipients)),
                ("dpv:hasCondition", .list(process.conditions.map(\.condition))),
            ])
        }
        return .object([
            ("@context", .object([("dpv", .string("https://w3id.org/dpv#"))])), ("@id", .string("")),
            ("@type", .string("dpv:PrivacyNotice")),
            ("name", .string(policy.name)), ("version", .int(policy.version.number)), ("dpv:hasProcess", .list(processes)),
        ])
    }

    private static func term(_ verb: Verb) -> String {
        switch verb {
        case .collect: "Collect"
        case .derive: "Derive"
        case .read: "Access"
        case .correct: "Modify"
        case .delete: "Erase"
        case .give: "Disclose"
        case .send: "DiscloseByTransmission"
        case .aggregate: "Anonymise"
        }
    }

    private static func basis(_ ground: String) -> String {
        switch ground {
        case "contract": "Contract"
        case "consent": "Consent"
        case "legal duty": "LegalObligation"
        case "vital interest": "VitalInterest"
        default: "LegitimateInterest"
        }
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
            ("cells", .list(cells)),
        ])
    }

    /// The page: the prose of each clause, and its rules as sentences with their text.
    private static func html(_ policy: Policy, _ voice: Voice) -> String {
        func escaped(_ text: String) -> String {
            text.unicodeScalars.map { scalar in
                switch scalar {
                case "&": "&amp;"
                case "<": "&lt;"
                case ">": "&gt;"
                case "\"": "&quot;"
                default: String(scalar)
                }
            }.joined()
        }
        let clauses = policy.clauses.map { clause in
            let rules = clause.rules.map { rule in
                let said = voice.sentence(ofRule: rule.address)?.wording.text(unfolded: true) ?? ""
                return "<li id=\"\(escaped(rule.address))\">\(escaped(said))<br><code>\(escaped(rule.text))</code></li>"
            }.joined(separator: "\n")
            return """
                <section id="\(clause.anchor)">
                <h\(clause.level)>\(escaped(clause.title))</h\(clause.level)>
                \(clause.prose)\(rules.isEmpty ? "" : "<details><summary>Rules</summary><ol>\n\(rules)\n</ol></details>")
                </section>
                """
        }
        return "<!doctype html>\n<meta charset=\"utf-8\">\n<title>\(escaped(policy.name))</title>\n" + clauses.joined(separator: "\n")
    }
}
