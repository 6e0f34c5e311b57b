// What a version changes, as the policy says it: sentences by clause and by whom they concern.

import HTML
import Policy
import Vault

extension Visit {
    /// In the reader's language, as far as the translation has words for the names.
    func changes(_ html: inout HTML, _ draft: Draft, concerned: Concerned = Concerned()) {
        draw(&html, draft.passage(in: Tongue(rawValue: say.code) ?? .english, concerned: concerned))
    }

    /// Before anybody signs it: what its readers in the other language wouldn't find.
    func lostTranslations(_ html: inout HTML, _ draft: Draft) {
        let words = VersionTexts(say: say), faults = draft.faultsOfTranslations
        if !draft.lostTranslations.isEmpty {
            note(&html, .wait) { $0(.p, text: words.translationLost) }
        } else if !draft.isTranslated(into: Language.indonesian.code) {
            note(&html, .wait) { $0(.p, text: words.translationMissing) }
        }
        guard !faults.isEmpty else { return }
        note(&html, .wait) { html in
            html(.p, text: words.translationFaults(faults.count))
            html(.details) { html in
                html(.summary, text: words.whichFaults)
                for fault in faults.prefix(Self.mostFaults) {
                    html(.pre, .class("mono scroll"), .lang("en"), .tabindex(0), text: fault.text)
                }
            }
        }
    }
    /// Of a translation; who mends those meets the others.
    private static let mostFaults = 40

    func draw(_ html: inout HTML, _ passage: Passage) {
        html(.section, .class("flow tight")) { html in
            if !passage.title.text.isEmpty { html(.p) { $0(.b, text: passage.title.text) } }
            if !passage.sentences.isEmpty {
                html(.ul, .class("flow tight")) { html in
                    for sentence in passage.sentences { html(.li, text: sentence.wording.text(unfolded: true)) }
                }
            }
            for inner in passage.passages { draw(&html, inner) }
        }
    }
}
