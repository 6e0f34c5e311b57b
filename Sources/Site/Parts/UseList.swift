// The list of uses of a person's data: each with its sentence, its rule, and the mark of its proof.

import HTML
import Office
import Vault

extension Visit {
    /// The list; the newest first, as it comes.
    func uses(_ html: inout HTML, _ entries: [ChainEntry]) {
        html(.ol, .class("uses"), .role("list")) { html in
            for entry in entries {
                html(.li) { html in
                    html(.time, .datetime(WallTime(entry.use.at).machine), text: say.dateAndTime(entry.use.at))
                    html(.div, .class("flow tight")) { html in
                        html(.p) { UseSentence(use: entry.use, say: say, repeated: entry.repeated).draw(&$0) }
                        if let late = say.toldLate(entry.use) { html(.p, .class("quiet"), text: late) }
                        if entry.use.wasRefused || !entry.use.rules.isEmpty {
                            html(.p) {
                                chips(&$0, entry.use.rules, refuse: entry.use.wasRefused, of: entry.use.formerVersion ?? entry.use.version)
                            }
                        }
                        lacking(&html, entry.use)
                    }
                    html(.p) { proof(&$0, entry) }
                }
            }
        }
    }

    /// The mark and words: that the entry is in the log unchanged, never that it is true or the list complete.
    func proof(_ html: inout HTML, _ entry: ChainEntry) {
        let receipt = Route.use(entry.sequence).path
        switch entry.proof {
        case .signed(let number):
            html(.a, .class("proof"), .href(receipt)) { html in
                Drawings.icon(&html, .proof)
                html.text(say("Proved, no. \(number)", id: "Terbukti, no. \(number)"))
            }
        case .recorded:
            html(.a, .class("proof wait"), .href(receipt)) { html in
                Drawings.icon(&html, .pending)
                html.text(say("Proof in a second", id: "Bukti sebentar lagi"))
            }
        case .mismatch:
            html(.a, .class("proof bad"), .href(receipt)) { html in
                Drawings.icon(&html, .broken)
                html.text(say("Does not match the log", id: "Tidak cocok dengan log"))
            }
        }
    }
}
