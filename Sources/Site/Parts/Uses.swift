// Uses of a person's data as sentences.

import HTML
import Office
import Vault

/// One use in words: who did what with which data, and why; or why not.
struct UseSentence {
    let use: RecordedUse
    let say: Language
    /// How many like it came after it and aren't told by an entry of their own yet.
    var repeated: Int64 = 0

    func draw(_ html: inout HTML) {
        func strong(_ html: inout HTML, _ words: String) { html(.b, text: words) }
        let things = say.things(use.things), isOwn = use.who == "the person"
        switch (use.verb, isOwn) {
        case ("read", true):
            html.text(say("You looked at ", id: "Anda melihat "))
            strong(&html, things)
            html.text(say(" about you.", id: " tentang Anda."))
        case ("export", true):
            html.text(say("You took ", id: "Anda membawa "))
            strong(&html, things)
            html.text(say(" about you along.", id: " tentang Anda."))
        case ("restrict", true): html.text(say("You asked us not to use your data.", id: "Anda meminta data Anda tidak dipakai."))
        case ("lift", true): html.text(say("You let us use your data again.", id: "Anda membolehkan data Anda dipakai lagi."))
        case ("deactivate", true): html.text(say("You deactivated your account.", id: "Anda menonaktifkan akun Anda."))
        case ("reactivate", true): html.text(say("You woke your account.", id: "Anda membangunkan akun Anda."))
        case ("ask deletion", true):
            html.text(say("You asked us to delete your account in seven days.", id: "Anda meminta akun Anda dihapus dalam tujuh hari."))
        case ("choose", true), ("take back", true): chose(&html)
        case ("agree", true), ("decline", true), ("withdraw", true): said(&html)
        case ("correct", true):
            html.text(say("You corrected ", id: "Anda membetulkan "))
            strong(&html, say("your \(things)", id: "\(things) Anda"))
            html.text(".")
        case ("part", _):
            strong(&html, say.actor(use.who).capitalised)
            html.text(
                say(
                    """
                     found that case \(use.matter ?? 0) isn’t yours and took it out of your file, with all that was said in it. Until then you \
                    could read it.
                    """,
                    id: """
                         menemukan bahwa pertanyaan \(use.matter ?? 0) bukan milik Anda dan mengeluarkannya dari berkas Anda, beserta semua yang \
                        disampaikan di dalamnya. Sampai saat itu Anda dapat membacanya.
                        """))
        case ("verify", _), ("call back", _), ("deactivate", _), ("reactivate", _), ("ask deletion", _): atYourWord(&html)
        case ("hold", _):
            strong(&html, say.actor(use.who).capitalised)
            html.text(
                use.wasRefused
                    ? say(" asked to lay aside a copy of ", id: " meminta penyisihan salinan ")
                    : say(" laid aside a copy of ", id: " menyisihkan salinan "))
            strong(&html, say("your \(things)", id: "\(things) Anda"))
            html.text(
                say("\(purpose); the hold has number \(use.matter ?? 0).", id: "\(purpose); nomor pengamanan buktinya \(use.matter ?? 0)."))
        case ("end hold", _):
            strong(&html, say.actor(use.who).capitalised)
            html.text(say(" ended hold \(use.matter ?? 0); the copy of ", id: " mengakhiri pengamanan bukti \(use.matter ?? 0); salinan "))
            strong(&html, say("your \(things)", id: "\(things) Anda"))
            html.text(say(" is gone.", id: " sudah hilang."))
        case ("extend restraint", _), ("end restraint", _):
            strong(&html, say.actor(use.who).capitalised)
            html.text(
                use.verb == "end restraint"
                    ? say(
                        " found that the court no longer forbids to tell you of hold \(use.matter ?? 0).",
                        id: " menyatakan pengadilan tidak lagi melarang Anda diberi tahu tentang pengamanan bukti \(use.matter ?? 0).")
                    : say(
                        " agreed that the court forbids longer to tell you of hold \(use.matter ?? 0).",
                        id: " setuju bahwa pengadilan lebih lama melarang Anda diberi tahu tentang pengamanan bukti \(use.matter ?? 0)."))
        case ("drop hold", _):
            strong(&html, say.actor(use.who).capitalised)
            html.text(say(" took back that a copy of ", id: " menarik kembali permintaan penyisihan salinan "))
            strong(&html, say("your \(things)", id: "\(things) Anda"))
            html.text(say(" be laid aside; there is none.", id: "; salinannya tidak ada."))
        case ("lapse hold", _):
            html.text(say("That a copy of ", id: "Permintaan penyisihan salinan "))
            strong(&html, say("your \(things)", id: "\(things) Anda"))
            html.text(
                say(
                    " be laid aside was asked by one officer, and the other didn’t agree within a week; there is none.",
                    id: " oleh satu petugas tidak disetujui petugas yang lain dalam seminggu; salinannya tidak ada."))
        case ("end", _), ("end unproved", _), ("end former", _): ended(&html)
        case ("delete", true):
            html.text(say("You deleted ", id: "Anda menghapus "))
            strong(&html, say("your \(things)", id: "\(things) Anda"))
            html.text(".")
        case ("collect", _):
            let source = say.name(use.who)
            if use.who == "browser" {
                html.text(say("We set ", id: "Kami memasang "))
                strong(&html, say(things.withArticle, id: things))
                html.text(say(" in your browser\(purpose).", id: " di peramban Anda\(purpose)."))
            } else if use.who == "staff entry" {
                strong(&html, use.by.map { say.actor($0).capitalised } ?? say("The staff", id: "Staf"))
                html.text(say(" wrote ", id: " menulis "))
                strong(&html, say(things.withArticle, id: things))
                html.text(say(" about you\(purpose)\(matter).", id: " tentang Anda\(purpose)\(matter)."))
            } else if use.who == "help desk" {
                strong(&html, use.by.map { say.actor($0).capitalised } ?? say("Customer service", id: "Layanan pelanggan"))
                html.text(say(" wrote down ", id: " mencatat "))
                strong(&html, say("your \(things)", id: "\(things) Anda"))
                html.text(say(", from a call or mail\(purpose)\(matter).", id: " dari telepon atau surat\(purpose)\(matter)."))
            } else if use.who == "employment form" {
                html.text(say("We took ", id: "Kami menerima "))
                strong(&html, say("your \(things)", id: "\(things) Anda"))
                html.text(say(" from the \(source)\(purpose)\(matter).", id: " dari \(source)\(purpose)\(matter)."))
            } else {
                html.text(say("You gave us ", id: "Anda memberi kami "))
                strong(&html, say("your \(things)", id: things))
                html.text(say(" on the \(source)\(purpose)\(matter).", id: " lewat \(source)\(purpose)\(matter)."))
            }
        case ("sent", _):
            let carrier = say.name(use.who)
            switch use.outcome {
            case "yes":
                html.text(say("The \(carrier) took ", id: "\(carrier.capitalised) menerima "))
                strong(&html, say("the \(things)", id: things))
                html.text(".")
            case "failed":
                html.text(say("The \(carrier) didn’t take ", id: "\(carrier.capitalised) tidak menerima "))
                strong(&html, say("the \(things)", id: things))
                html.text(say("; it was not sent.", id: "; tidak terkirim."))
            default:
                html.text(say("Whether the \(carrier) took ", id: "Apakah \(carrier) menerima "))
                strong(&html, say("the \(things)", id: things))
                html.text(say(", isn’t known.", id: ", tidak diketahui."))
            }
        case ("send", _):
            if let by = use.by { strong(&html, say.actor(by).capitalised) } else { html.text(say("We", id: "Kami")) }
            html.text(
                use.wasRefused
                    ? say(" wanted to send you ", id: " hendak mengirimi Anda ") : say(" sent you ", id: " mengirimi Anda "))
            strong(&html, say(things.withArticle, id: things))
            html.text(say(" through the \(say.name(use.who))\(purpose).", id: " lewat \(say.name(use.who))\(purpose)."))
        default:
            strong(&html, say.actor(use.who).capitalised)
            html.text(use.wasRefused ? wanted : did)
            strong(&html, say("your \(things)", id: "\(things) Anda"))
            html.text(say("\(purpose)\(matter).", id: "\(purpose)\(matter)."))
        }
        if use.wasRefused {
            html.text(say(" Refused: ", id: " Ditolak: "))
            html.text(say.cause(ofOutcome: use.outcome) + ".")
            let times = Int(use.times ?? repeated)
            if times > 0 {
                html.text(" " + say.count(times, "more time that day.", "more times that day.", id: "kali lagi hari itu."))
            }
        }
    }

    /// What customer service did because somebody asked for it as this person.
    private func atYourWord(_ html: inout HTML) {
        html(.b, text: say.actor(use.who).capitalised)
        let things = say.things(use.things)
        switch use.verb {
        case "verify":
            html.text(say(" made sure that it was you, by a code to ", id: " memastikan bahwa itu Anda, dengan kode ke "))
            html(.b, text: say("your \(things)", id: "\(things) Anda"))
        case "call back":
            html.text(say(" called you back at ", id: " menelepon balik Anda di "))
            html(.b, text: say("your \(things)", id: "\(things) Anda"))
        case "deactivate": html.text(say(" deactivated your account at your word", id: " menonaktifkan akun Anda atas permintaan Anda"))
        case "reactivate": html.text(say(" woke your account at your word", id: " membangunkan akun Anda atas permintaan Anda"))
        default:
            html.text(
                say(
                    " put your account down to be deleted in seven days, at your word",
                    id: " mencatat akun Anda untuk dihapus dalam tujuh hari, atas permintaan Anda"))
        }
        html.text(matter + ".")
    }

    /// What the site let go by itself.
    private func ended(_ html: inout HTML) {
        let things = say.things(use.things), isOver = !use.rules.isEmpty
        html.text(say("We let ", id: "Kami melepas "))
        switch use.verb {
        case "end unproved":
            html(.b, text: say("your new \(things)", id: "\(things) baru Anda"))
            html.text(say(" go: it wasn’t proved to be yours.", id: ": tidak terbukti milik Anda."))
        case "end former":
            html(.b, text: say("your former \(things)", id: "\(things) lama Anda"))
            html.text(say(" go: nothing needs it any more.", id: ": tidak diperlukan lagi."))
        default:
            html(.b, text: say("your \(things)", id: "\(things) Anda"))
            html.text(
                isOver
                    ? say(" go: the time for which a rule kept it is over.", id: ": masa simpan menurut aturannya sudah habis.")
                    : say(" go: no rule keeps it any more.", id: ": tidak ada aturan yang menyimpannya lagi."))
        }
    }

    /// A choice: the condition, and of a message what it goes through.
    private func chose(_ html: inout HTML) {
        let words = ChoiceTexts(say: say), isOn = use.verb == "choose"
        guard use.things.count == 3 else {
            html.text(isOn ? say("You chose: ", id: "Anda memilih: ") : say("You took back: ", id: "Anda menarik kembali: "))
            html(.b, text: words.title(use.things.first ?? "").lowercasedFirst)
            return html.text(".")
        }
        let comes = (use.things[0] == "asked") == isOn
        html.text(
            comes ? say("You said that you want ", id: "Anda menyatakan mau menerima ") : say("You stopped ", id: "Anda menghentikan "))
        html(.b, text: words.message(use.things[1], through: use.things[2]))
        html.text(".")
    }

    /// What they said to a version of the policy, whose number is the last of its words.
    private func said(_ html: inout HTML) {
        let version = use.things.first?.split(separator: " ").last.map(String.init) ?? ""
        switch use.verb {
        case "agree": html.text(say("You said yes to ", id: "Anda berkata ya pada "))
        case "decline": html.text(say("You said no to ", id: "Anda berkata tidak pada "))
        default: html.text(say("You took back what you said to ", id: "Anda menarik kembali kata Anda tentang "))
        }
        html(.b, text: say("version \(version) of the policy", id: "versi \(version) kebijakan"))
        html.text(".")
    }

    /// What was tried and refused.
    private var wanted: String {
        switch use.verb {
        case "correct": say(" wanted to correct ", id: " hendak membetulkan ")
        case "delete": say(" wanted to delete ", id: " hendak menghapus ")
        case "derive": say(" wanted to derive ", id: " hendak menurunkan ")
        case "give": say(" was to be given ", id: " hendak diberi ")
        default: say(" asked for ", id: " meminta ")
        }
    }
    private var did: String {
        switch use.verb {
        case "read": say(" read ", id: " membaca ")
        case "correct": say(" corrected ", id: " membetulkan ")
        case "delete": say(" deleted ", id: " menghapus ")
        case "give": say(" was given ", id: " diberi ")
        case "derive": say(" derived ", id: " menurunkan ")
        default: " \(use.verb) "
        }
    }
    private var purpose: String { use.purpose.map { say(" to \($0)", id: " untuk \(say.name($0))") } ?? "" }
    private var matter: String {
        guard let matter = use.matter else { return "" }
        return use.isOfComplaint
            ? say(", in complaint \(matter)", id: ", dalam keluhan \(matter)")
            : say(", in case \(matter)", id: ", dalam pertanyaan \(matter)")
    }
}

extension Language {
    /// Why it stands among entries that are younger.
    func toldLate(_ use: RecordedUse) -> String? {
        use.told.map { told in
            self(
                "A court forbade us to tell you of it until \(dateAndTime(told)).",
                id: "Pengadilan melarang kami memberi tahu Anda sampai \(dateAndTime(told)).")
        }
    }
}

extension RecordedUse {
    /// Its matter is the number of a legal hold, and no case.
    var isOfHold: Bool { ["hold", "end hold", "drop hold", "lapse hold", "extend restraint", "end restraint"].contains(verb) }
    /// Its matter is the number of a complaint of a use, and no case.
    var isOfComplaint: Bool {
        matter != nil && purpose == "keep the record" && Set(["staff name", "case message", "case note"]).isSuperset(of: things)
    }
    /// Its matter is the row of a version of the policy.
    var isOfVersion: Bool { ["agree", "decline", "withdraw"].contains(verb) }
    /// The policy said no; a mail that its carrier didn't take is no refusal.
    var wasRefused: Bool { outcome.hasPrefix("no, ") }
}
