// Fields of forms: why we ask, what was typed, what is wrong with it.

import HTML
import Office
import Policy

/// One field. What was typed stays in it; what is wrong stands above the input and in the summary.
struct FormField {
    enum Kind { case text, day, email, telephone, code, key, password, long }
    let id: StaticString
    /// As the form sends it, where that isn't its id.
    var name: StaticString? = nil
    let label: String
    var kind = Kind.text
    var hint: String? = nil
    /// The rule by which we take it in.
    var rule: String? = nil
    var isOptional = false
    var autocomplete: StaticString = "off"
    var value = ""
    var error: String? = nil
    /// The keyboard is there.
    var isFocused = false
}

extension Visit {
    func field(_ html: inout HTML, _ field: FormField) {
        let id = "\(field.id)", isWrong = field.error != nil
        html(.div, .class(isWrong ? "field err" : "field")) { html in
            html(.label, .for(field.id)) { html in
                html.text(field.label)
                if field.isOptional { html(.span, .class("quiet"), text: say(" (optional)", id: " (tidak wajib)")) }
            }
            let hasHint = field.hint != nil || field.rule != nil
            if hasHint {
                html(.p, .class("hint"), .id(of: "\(id)-h")) { html in
                    html.text((field.hint ?? "") + " ")
                    if let rule = field.rule { chip(&html, rule) }
                }
            }
            if let error = field.error { why(&html, error, id: "\(id)-e") }
            let described = [hasHint ? "\(id)-h" : nil, isWrong ? "\(id)-e" : nil].compactMap { $0 }.joined(separator: " ")
            input(
                &html, field, .when(!described.isEmpty, .describedby(described)), .when(isWrong, .invalid),
                .when(field.isFocused, .autofocus))
        }
    }

    func why(_ html: inout HTML, _ error: String, id: String) {
        html(.p, .class("why"), .id(of: id)) { html in
            html(.span, .class("hide"), text: say("Error: ", id: "Galat: "))
            html.text(error)
        }
    }

    private func input(_ html: inout HTML, _ field: FormField, _ described: Attribute, _ invalid: Attribute, _ focus: Attribute) {
        let (id, name, filled) = (
            Attribute.id(field.id), Attribute.name(field.name ?? field.id), Attribute.autocomplete(field.autocomplete)
        )
        let value = Attribute.value(field.value)
        switch field.kind {
        case .text: html(.input, .class("in"), id, name, filled, .maxlength(200), described, invalid, focus, value)
        case .day: html(.input, .class("in short"), id, name, .type("date"), filled, described, invalid, focus, value)
        case .email: html(.input, .class("in"), id, name, .type("email"), filled, .maxlength(254), described, invalid, focus, value)
        case .telephone: html(.input, .class("in short"), id, name, .type("tel"), filled, .maxlength(32), described, invalid, focus, value)
        case .code:
            html(.input, .class("in short mono"), id, name, .inputmode("numeric"), filled, .maxlength(12), described, invalid, focus, value)
        case .key: html(.input, .class("in short mono"), id, name, filled, .maxlength(40), described, invalid, focus)
        // What was typed doesn't come back.
        case .password: html(.input, .class("in"), id, name, .type("password"), filled, .maxlength(1_000), described, invalid, focus)
        // The first newline after the tag is the parser's, so that one at the start of the text stays.
        case .long: html(.textarea, id, name, .rows(6), described, invalid, focus, text: "\n" + field.value)
        }
    }

    /// What is wrong, on top, each linked to its field; read first after a POST.
    func errors(_ html: inout HTML, _ errors: [(field: String, sentence: String)]) {
        guard !errors.isEmpty else { return }
        html(.div, .class("errs flow tight"), .role("alert"), .tabindex(-1), .autofocus) { html in
            html(
                .h2, .class("t3"),
                text: say.count(
                    errors.count, "answer needs another look", "answers need another look", id: "jawaban perlu diperiksa lagi"))
            html(.ul, .role("list")) { html in
                for error in errors { html(.li) { $0(.a, .href("#\(error.field)"), text: error.sentence) } }
            }
        }
    }

    /// A notice above what it concerns; after a POST it is read first.
    func note(_ html: inout HTML, _ tone: Tone = .info, isFocused: Bool = false, _ content: (inout HTML) -> Void) {
        html(.div, .class(tone.names), .when(isFocused, .tabindex(-1)), .when(isFocused, .autofocus), content: content)
    }

    enum Tone {
        case info, ok, wait, bad
        var names: StaticString {
            switch self {
            case .info: "note flow tight"
            case .ok: "note ok flow tight"
            case .wait: "note wait flow tight"
            case .bad: "note bad flow tight"
            }
        }
    }
}

extension Visit {
    /// Where a code that was sent is typed.
    func codeField(_ html: inout HTML, typed: String, error: String?) {
        field(
            &html,
            FormField(
                id: "code", label: say("Code", id: "Kode"), kind: .code, hint: say("Spaces don’t matter.", id: "Spasi tidak berpengaruh."),
                autocomplete: "one-time-code", value: typed, error: error))
    }
}
