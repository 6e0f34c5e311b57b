// A version as it is read: prose on the left, each rule beside it in words, what they mean, and the rule as it runs folded below.

import HTML
import Office
import Policy

struct Clauses {
    let policy: Policy
    /// In the reader's language; empty where nobody translated this version.
    let translation: Translation
    let words: PolicyTexts
    private let voice: Voice

    init(_ policy: Policy, _ translation: Translation, _ say: Language) {
        (self.policy, self.translation, words) = (policy, translation, PolicyTexts(say: say))
        voice = say == .english ? Voice(policy) : translation.voice ?? Voice(policy)
    }

    private var say: Language { words.say }
    private var isSpokenForeign: Bool { voice.tongue.rawValue != say.code }

    func draw(_ html: inout HTML, title: String) {
        html(.div, .class("split index part")) { html in
            html(.nav, .class("stick toc"), .label(words.clauses)) { html in
                html(.ol, .role("list")) { html in
                    for (place, clause) in policy.clauses.enumerated() {
                        let (said, isForeign) = translation.said(clause, in: say)
                        html(.li) {
                            $0(.a, .href("#\(clause.anchor)"), .when(isForeign, .lang("en")), text: "\(place + 1) \(said.title)")
                        }
                    }
                }
            }
            html(.article, .label(title)) { html in
                for (place, clause) in policy.clauses.enumerated() { draw(&html, clause, number: place + 1) }
            }
        }
    }

    /// What the document says before its first clause; false where it says nothing there.
    func opening(_ html: inout HTML) -> Bool {
        let isForeign = say != .english && translation.opening.isEmpty
        let said = say == .english || isForeign ? policy.opening : translation.opening
        if said.isEmpty { return false }
        html(.div, .class("lead flow"), .when(isForeign, .lang("en"))) { $0.raw(Trusted(madeSafeBy: "Markdown", said)) }
        return true
    }

    private func draw(_ html: inout HTML, _ clause: Clause, number: Int) {
        let (said, isForeign) = translation.said(clause, in: say)
        html(.section, .class("clause"), .id(of: clause.anchor), .labelledby(of: "\(clause.anchor)-t")) { html in
            html(.div, .class("said flow"), .when(isForeign, .lang("en"))) { html in
                html(.h2, .id(of: "\(clause.anchor)-t"), text: "\(number) \(said.title)")
                html.raw(Trusted(madeSafeBy: "Markdown", said.prose))
                // A translation says them among its prose.
                if isForeign || say == .english { for note in clause.notes { html(.p, .class("hint"), text: note) } }
            }
            html(.div, .class("flow tight")) { html in
                var explained: Set<String> = []
                html(.details, .class("rules")) { html in
                    html(.summary, text: words.rules(clause.rules.count))
                    html(.div, .class("flow tight")) { html in
                        for (place, rule) in clause.rules.enumerated() { draw(&html, rule, "§ \(number).\(place + 1)", &explained) }
                        for kept in voice.keepings(of: clause) {
                            html(.p, .class("quiet"), .when(isSpokenForeign, .lang("en")), text: kept.text)
                        }
                    }
                }
            }
        }
    }

    /// `explained`: names whose meaning stands at a rule further up in the clause.
    private func draw(_ html: inout HTML, _ rule: Rule, _ number: String, _ explained: inout Set<String>) {
        let kind = words.kind(of: rule)
        let meanings = voice.meanings(ofRule: rule.address)
        let shown = meanings.filter { $0.holding <= Self.shown && !explained.contains($0.name) }
        explained.formUnion(shown.map(\.name))
        html(.section, .class(kind.forbids ? "rule bad" : "rule"), .id(of: rule.address), .label(words.rule(rule.address))) { html in
            html(.h3, .class("row apart")) { html in
                html(.span, text: "\(number) \(kind.name)")
                html(.code, text: rule.address)
            }
            html(.div, .class("flow tight"), .when(isSpokenForeign, .lang("en"))) { html in
                lines(&html, rule)
                for meaning in shown { html(.p, .class("quiet"), text: meaning.sentence.text) }
            }
            html(.details) { html in
                let more = meanings.filter { !shown.contains($0) }
                html(.summary, text: more.isEmpty ? words.asItRuns : words.namesAndAsItRuns)
                for meaning in more {
                    html(.p, .class("quiet"), .when(isSpokenForeign, .lang("en")), text: meaning.sentence.text)
                }
                html(.pre, .lang("en"), text: rule.text)
            }
        }
    }

    private func lines(_ html: inout HTML, _ rule: Rule) {
        let parts = voice.parts(ofRule: rule.address)
        let named = parts.filter { $0.aspect != .besides }
        if !named.isEmpty {
            html(.dl) { html in
                for part in named {
                    html(.dt, text: words.name(of: part.aspect))
                    html(.dd, text: part.wording.text)
                }
            }
        }
        for part in parts where part.aspect == .besides { html(.p, text: part.wording.text) }
    }

    /// What has more fields is told where the rule is unfolded.
    private static let shown = 6
}

extension Translation {
    /// The clause in this language; as it stands in the policy, which is foreign to the page, where there is no translation.
    func said(_ clause: Clause, in say: Language) -> (clause: Clause, isForeign: Bool) {
        guard say != .english else { return (clause, false) }
        return clauses[clause.anchor].map { ($0, false) } ?? (clause, true)
    }
}

extension String {
    /// Prose of a clause on another page than that of the policy: what it links to stands there.
    var leadingToPolicy: String { replacing("href=\"#", with: "href=\"\(Route.policy.path)#") }
}
