// `export --as html`: the policy as one page, for whoever has nothing but a browser or a printer.
import Crypto
import Policy

/// Version and day, what the document says before its first clause, each clause with its prose, its notes and its rules as sentences, and what
/// the conditions mean.
enum Printing {
    static func page(_ policy: Policy, _ voice: Voice) -> String {
        let words = Words(isEnglish: voice.tongue == .english)
        let clauses = policy.clauses.map { section($0, voice, words) }
        let conditions = voice.conditions.map { "<li>\(escaped($0.text))</li>" }
        let head = """
            <!doctype html>
            <html lang="\(voice.tongue.rawValue)">
            <meta charset="utf-8">
            <title>\(escaped(policy.name))</title>
            <h1>\(escaped(policy.name))</h1>
            <p>\(words.version(policy.version.number, policy.from.iso)) <code>\(policy.digest.hex)</code></p>
            \(voice.opening)
            """
        let meanings = conditions.isEmpty ? [] : ["<section>\n<h2>\(words.conditions)</h2>\n\(list("ul", conditions))</section>"]
        return ([head] + clauses + meanings).joined(separator: "\n")
    }

    private static func section(_ clause: Clause, _ voice: Voice, _ words: Words) -> String {
        let rules = clause.rules.map { rule in
            let said = voice.sentence(ofRule: rule.address)?.wording.text(unfolded: true) ?? ""
            return "<li id=\"\(escaped(rule.address))\">\(escaped(said))<br><code>\(escaped(rule.text))</code></li>"
        }
        let notes = voice.notes(of: clause).map { "<p><em>\(escaped($0))</em></p>\n" }.joined()
        let keepings = voice.keepings(of: clause).map { "<p>\(escaped($0.text))</p>\n" }.joined()
        return """
            <section id="\(clause.anchor)">
            <h\(clause.level)>\(escaped(voice.title(of: clause)))</h\(clause.level)>
            \(voice.prose(of: clause))\(notes)\(rules.isEmpty ? "" : "<details><summary>\(words.rules)</summary>\n\(list("ol", rules))\(keepings)</details>")
            </section>
            """
    }

    private static func list(_ tag: String, _ items: [String]) -> String { "<\(tag)>\n\(items.joined(separator: "\n"))\n</\(tag)>\n" }

    private static func escaped(_ text: String) -> String {
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

    private struct Words {
        let isEnglish: Bool

        func version(_ number: Int, _ from: String) -> String {
            isEnglish
                ? "Version \(number), in force from \(from). Fingerprint of the rules:"
                : "Versi \(number), berlaku mulai \(from). Sidik aturan:"
        }
        var rules: String { isEnglish ? "Rules" : "Aturan" }
        var conditions: String { isEnglish ? "What the conditions mean" : "Arti syarat-syaratnya" }
    }
}
