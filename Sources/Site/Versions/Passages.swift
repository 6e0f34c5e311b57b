// What a version changes, as the policy says it: sentences by clause and by whom they concern.

import HTML
import Policy
import Vault

extension Visit {
    /// In the reader's language, as far as the translation has words for the names.
    func changes(_ html: inout HTML, _ draft: Draft, concerned: Int? = nil) {
        draw(&html, draft.passage(in: Tongue(rawValue: say.code) ?? .english, concerned: concerned))
    }

    /// Before anybody signs it.
    func lostTranslations(_ html: inout HTML, _ draft: Draft) {
        guard !draft.lostTranslations.isEmpty else { return }
        note(&html, .wait) { html in
            html(
                .p,
                text: say(
                    "The version before has an Indonesian translation, and this one has none: its readers would meet English names.",
                    id: """
                        Versi sebelumnya punya terjemahan bahasa Indonesia, dan versi ini tidak: pembacanya akan menemui nama berbahasa Inggris.
                        """))
        }
    }

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
