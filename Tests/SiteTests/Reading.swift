// A page as somebody reads it, line by line, with what it offers; and its forms as somebody fills them in.
import Foundation

@testable import Site

struct Reading {
    let status: UInt16, lines: [String]
    /// Where its forms lead, and what can be chosen in them.
    let offers: Set<String>

    init(_ answer: Answer) {
        status = answer.status
        var text = answer.text
        text.replace(/<head>[\s\S]*?<\/head>|<svg[\s\S]*?<\/svg>|<footer[\s\S]*?<\/footer>|<option[\s\S]*?<\/option>/, with: "")
        // What is counted of the policy, on whatever page it stands.
        text.replace(/<section [^>]*aria-labelledby="also"[\s\S]*?<\/section>/, with: "")
        // What a number of a rule or an entry, a moment or a random number make different.
        text.replace(/<a class="chip bad"[\s\S]*?<\/a>/, with: "[no rule]")
        text.replace(/<a class="chip"[\s\S]*?<\/a>/, with: "[rule]")
        text.replace(/<div class="dev[\s\S]*?<\/div>/, with: "")
        text.replace(/\/(uses|versions)\/[0-9]+|no\. [0-9]+|Proof in a second|Bukti sebentar lagi/, with: "N")
        text.replace(/\b[0-9a-f]{4} [0-9a-f]{4} … [0-9a-f]{4}\b|\b[0-9a-f]{32,}\b/, with: "N")
        let forms = Form.all(in: text)
        offers = Set(forms.flatMap { form in [form.action] + form.choices.map { "\(form.action) \($0)" } })
        text.replace(/<a [^>]*href="([^"]*)"[^>]*>/, with: { "\n«\($0.1)» " })
        text.replace(/<(input|textarea|select)[^>]*name="([^"]+)"[^>]*>/, with: { $0.2 == "form" ? "" : "\n[\($0.2)]\n" })
        text.replace(/<button[^>]*>/, with: "\n[press] ")
        text.replace(
            /<\/?(p|li|ul|ol|div|section|h[1-6]|td|th|tr|dd|dt|dl|form|button|label|summary|details|nav|aside|blockquote)\b[^>]*>/,
            with: "\n")
        text.replace(/<[^>]*>/, with: "")
        for (mark, sign) in [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
            text.replace(mark, with: sign)
        }
        lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            !$0.isEmpty && !$0.hasPrefix("Development.") && !$0.hasPrefix("Pengembangan.")
        }
    }

    var text: String { lines.joined(separator: "\n") }

    func changes(from other: Reading?) -> [String] {
        guard let other else { return ["new"] }
        let status = status == other.status ? [] : ["status \(other.status), now \(status)"]
        return status
            + lines.difference(from: other.lines).map { change in
                switch change {
                case .remove(_, let line, _): "- " + line
                case .insert(_, let line, _): "+ " + line
                }
            }
    }
}

/// A form of a page, with what stands in it.
struct Form {
    let action: String, fields: [String: String]
    /// Of several, one.
    let choices: [String]

    static func all(in page: String) -> [Form] {
        page.matches(of: /<form [^>]*method="post"[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/).map { form in
            var fields: [String: String] = [:]
            for input in form.2.matches(of: /<(input|textarea|button)([^>]*)>/) {
                guard let name = input.2.firstMatch(of: /\bname="([^"]+)"/)?.1 else { continue }
                // Of several buttons the first is pressed.
                if input.1 == "button", fields[String(name)] != nil { continue }
                fields[String(name)] = input.2.firstMatch(of: /\bvalue="([^"]*)"/).map { String($0.1) } ?? ""
            }
            let choices = form.2.matches(of: /<input type="radio" name="([^"]+)" value="([^"]+)"/).map { "\($0.1)=\($0.2)" }
            return Form(action: String(form.1), fields: fields, choices: choices)
        }
    }

    /// With what somebody would type.
    func filled(on page: String) -> [String: String] {
        var filled = fields
        let typed: [String: String] = [
            "name": "Dewi Lestari", "email": "dewi@tokobaru.example", "telephone": "0812 5550 4418", "text": "One more.", "sure": "yes",
            "value": page.hasSuffix("email-address") ? "sari@newplace.example" : "Sari Wijayanti", "password": "another heron by the sea",
            "again": "another heron by the sea", "staff-email": "budi@office.example", "code": "000000", "role": "billing clerk",
            "customer": "sari@ladatimur.example", "sought": "Sari", "field0": "yes", "word": "yes", "review": "2026-12-31",
        ]
        for (name, value) in typed where fields[name] != nil { filled[name] = value }
        return filled
    }
}
