// The policy: prose on the left, the rules that run on the right, from one document.

import HTML
import Office
import Policy
import Vault

struct PolicyPage: Page {
    func title(_ visit: Visit) -> String { PolicyTexts(say: visit.say).title }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = PolicyTexts(say: visit.say), policy = visit.policy
        let clauses = Clauses(policy, visit.house.indonesian, visit.say)
        html(.div, .class("wrap")) { html in
            html(.div, .class("head")) { html in
                html(.h1, .class("hero"), text: words.title)
                if !clauses.opening(&html) { html(.p, .class("lead"), text: words.lead) }
                html(.p, .class("row hint")) { html in
                    if visit.house.isOpen {
                        html(.span, .class("tag ok"), text: words.inForce)
                    } else {
                        html(.span, .class("tag wait"), text: words.notInForce)
                    }
                    html(.span, text: words.version(policy.version.number))
                    html(.span) { html in
                        html.text(words.fingerprint + " ")
                        html(.code, text: policy.digest.fingerprint)
                    }
                    html(.a, .href(Route.versions.path), text: words.versions)
                }
                if visit.say != .english {
                    html(.p, .class("hint"), text: words.languageNote(isTranslated: !visit.house.indonesian.clauses.isEmpty))
                }
            }
            coming(&html, visit, words)
            diagnostics(&html, visit, words)
            html(.div, .class("flow")) { html in
                glance(&html, visit, words)
                visit.askForm(&html, isTitled: true)
            }
            clauses.draw(&html, title: words.title)
        }
    }

    /// The five questions of the introduction, answered by counting rules.
    private func glance(_ html: inout HTML, _ visit: Visit, _ words: PolicyTexts) {
        let glance = visit.house.answers.glance
        html(.h2, .class("hide"), text: words.fiveQuestions)
        html(.ol, .class("cols five"), .role("list")) { html in
            for (question, answer, anchor) in words.answers(glance) {
                html(.li) { html in
                    html(.a, .href(anchor.map { "#\($0)" } ?? Route.question.path), text: question)
                    html(.p, text: answer)
                }
            }
        }
    }

    /// A change is posted from the moment when it is published.
    private func coming(_ html: inout HTML, _ visit: Visit, _ words: PolicyTexts) {
        guard let coming = visit.office.vault.coming else { return }
        visit.note(&html, .wait) { html in
            html(.p) { $0(.a, .href(Route.version(coming.row).path), text: words.coming(coming.number, coming.since)) }
        }
    }

    /// Only a development directory starts with errors in its policy; then the page says so.
    private func diagnostics(_ html: inout HTML, _ visit: Visit, _ words: PolicyTexts) {
        let found = visit.house.isByFile ? visit.office.policyDiagnostics : []
        guard visit.office.settings.isDevelopment, !found.isEmpty else { return }
        visit.note(&html, .wait) { html in
            html(.p) { $0(.b, text: words.found(found.count)) }
            html(.ul) { html in
                for diagnostic in found.prefix(20) {
                    html(.li) { html in
                        html(.code, text: "\(diagnostic.file):\(diagnostic.line):\(diagnostic.column) \(diagnostic.code)")
                        html(.span, .lang("en"), text: " \(diagnostic.message) \(diagnostic.suggestion)")
                    }
                }
            }
        }
    }
}
