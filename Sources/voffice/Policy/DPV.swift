// JSON-LD in the terms of the W3C Data Privacy Vocabulary, version 2 (https://w3id.org/dpv), and of Dublin Core; what they have no word
// for has one of ours.
import JSON
import Policy

enum DPV {
    static func document(_ policy: Policy) -> JSON {
        .object([
            ("@context", context), ("@id", .string("")), ("@type", .string("dpv:PrivacyNotice")), ("name", .string(policy.name)),
            ("version", .int(policy.version.number)), ("dpv:hasProcess", .list(policy.processes.map(process))),
            ("dpv:hasRule", .list(policy.vows.map(rule))),
        ])
    }

    /// Every word that has no prefix stands for an address.
    private static var context: JSON {
        let own = [
            "set", "clear", "unless", "by", "from", "through", "verbs", "things", "recipients", "purposes", "on", "ends", "while", "then",
            "after", "duration", "at_most", "because", "by_law",
        ]
        let names: [(String, String)] = [
            ("dpv", "https://w3id.org/dpv#"), ("name", "http://purl.org/dc/terms/title"), ("text", "http://purl.org/dc/terms/description"),
            ("version", "http://www.w3.org/ns/dcat#version"),
        ]
        return .object((names + own.map { ($0, "urn:voffice:policy:\($0)") }).map { ($0.0, .string($0.1)) })
    }

    private static func process(_ process: Process) -> JSON {
        .object([
            ("@id", .string("#" + process.address)), ("@type", .string("dpv:Process")),
            ("dpv:hasProcessing", id(term(process.verb))), ("dpv:hasPersonalData", .strings(process.things)),
            ("dpv:hasPurpose", .strings(process.purposes)), ("dpv:hasLegalBasis", .list(process.grounds.map { id(basis($0)) })),
            ("dpv:hasEntity", .strings(process.who)), ("dpv:hasRecipient", .strings(process.recipients)),
            ("dpv:hasCondition", .list(process.conditions.map(\.condition))),
        ])
    }

    /// What is forbidden, kept and told; what is left out means any.
    private static func rule(_ vow: Vow) -> JSON {
        let type =
            switch vow.kind {
            case .never: "dpv:Prohibition"
            case .keep: "dpv:StorageCondition"
            case .tell: "dpv:Obligation"
            }
        let said = vow.parts.filter { if case .null = $0.1 { false } else { $0.0 != "verbs" } }
        let verbs = vow.verbs.map { id(term($0)) }
        return .object(
            [("@id", .string("#" + vow.address)), ("@type", .string(type)), ("text", .string(vow.text))]
                + (verbs.isEmpty ? [] : [("dpv:hasProcessing", .list(verbs))]) + said)
    }

    private static func id(_ term: String) -> JSON { .object([("@id", .string("dpv:" + term))]) }

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
}
