// The signed log, explained: what is in it, what the signature is good for, and where the note is.

import HTML
import Office

struct LogPage: Page {
    /// nil: nothing was published yet.
    let note: String?
    let key: String

    /// `key`: the verifier key of the notes, as C2SP writes it.
    init(note: [UInt8]?, key: String) {
        self.note = note.map { String(decoding: $0, as: UTF8.self) }
        self.key = key
    }

    func title(_ visit: Visit) -> String { visit.say("The signed log", id: "Log bertanda tangan") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: title(visit))
            html(
                .p, .class("lead"),
                text: say(
                    """
                    Each use of personal data here leaves a fingerprint in one log that only grows. We sign it every second and publish it \
                    \(period(visit)). Who keeps a signed copy can show later if we changed or dropped anything before it.
                    """,
                    id: """
                        Setiap pemakaian data pribadi di sini meninggalkan sidik dalam satu log yang hanya bertambah. Log itu kami tanda \
                        tangani tiap detik dan kami umumkan \(period(visit)). Siapa pun yang menyimpan salinannya dapat menunjukkan kelak bila kami mengubah atau \
                        menghilangkan sesuatu.
                        """))
            html(
                .p,
                text: say(
                    "A fingerprint says nothing of anybody: without a key that only the person concerned can use, it is a random number.",
                    id: "Sidik tidak mengatakan apa pun tentang siapa pun: tanpa kunci yang hanya dapat dipakai orangnya, itu angka acak."))
            if let note { checkpoint(&html, note, say) } else { nothing(&html, visit) }
            html(.h2, text: say("How to check it", id: "Cara memeriksanya"))
            html(.ol, .class("flow tight")) { html in
                for step in steps(say) { html(.li, text: step) }
                html(.li) { html in
                    html.text(say("What you took along: ", id: "Yang pernah Anda bawa: "))
                    html(.a, .href(Route.copyCheck.path), text: CopyPart.title(say))
                    html.text(".")
                }
            }
        }
    }

    private func checkpoint(_ html: inout HTML, _ note: String, _ say: Language) {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        html(.h2, text: say("The newest published signature", id: "Tanda tangan terbaru yang diumumkan"))
        html(.dl, .class("sum")) { html in
            for (name, place) in [(say("Log", id: "Log"), 0), (say("Entries", id: "Catatan"), 1), (say("Root", id: "Akar"), 2)]
            where place < lines.count { row(&html, name, lines[place]) }
            row(&html, say("Key", id: "Kunci"), key)
        }
        html(.pre, .label(say("The signed note", id: "Nota bertanda tangan")), text: note)
        html(.p) {
            $0(.a, .class("btn plain"), .href(Route.checkpoint.path), text: say("Fetch the signed note", id: "Ambil nota bertanda tangan"))
        }
    }

    private func row(_ html: inout HTML, _ name: String, _ value: String) {
        html(.div) { html in
            html(.dt, text: name)
            html(.dd, .class("mono"), text: value)
        }
    }

    private func period(_ visit: Visit) -> String { visit.say.every(seconds: Int(visit.office.settings.logPeriod)) }

    private func nothing(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("none")) { html in
            html(.h2, .class("t3"), text: say("Nothing is published yet", id: "Belum ada yang diumumkan"))
            html(
                .p,
                text: say(
                    "The log is published \(period(visit)); its first signature shows here then.",
                    id: "Log diumumkan \(period(visit)); tanda tangannya yang pertama muncul di sini saat itu."))
        }
    }

    private func steps(_ say: Language) -> [String] {
        [
            say(
                "Your own uses: open one under “Your data”. The page and your browser check that it is in the log, up to this signature.",
                id:
                    "Pemakaian data Anda sendiri: buka salah satunya di “Data Anda”. Halaman dan peramban Anda memeriksanya sampai tanda tangan ini."
            ),
            say(
                "The whole log: the tiles below /log/ are C2SP tlog-tiles. “voffice log verify” checks a copy of them, also against a note that you kept.",
                id:
                    "Seluruh log: ubin di bawah /log/ mengikuti C2SP tlog-tiles. “voffice log verify” memeriksa salinannya, juga terhadap nota yang Anda simpan."
            ),
            say(
                "The signature: the note is a C2SP checkpoint, which the usual tools for transparency logs verify with the key above.",
                id: "Tanda tangannya: nota ini titik periksa C2SP, yang dapat diperiksa alat log transparansi umum dengan kunci di atas."),
        ]
    }
}
