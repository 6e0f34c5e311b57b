// Where somebody checks a copy that they took along: in their own browser, against the key of our log, without sending it.

import HTML
import Office

/// For whoever has a copy, whether they have an account or not.
struct CopyPage: Page {
    var hasCopyCheck: Bool { true }

    func title(_ visit: Visit) -> String { CopyPart.title(visit.say) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, keys = visit.office.logKeys
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: title(visit))
            html(
                .p, .class("lead"),
                text: say(
                    """
                    What somebody took along from here is signed: each value, each use, each file. Here anyone can see whether a copy is \
                    still what we signed.
                    """,
                    id: """
                        Yang dibawa seseorang dari sini ditandatangani: tiap nilai, tiap pemakaian, tiap berkas. Di sini siapa pun dapat \
                        melihat apakah sebuah salinan masih seperti yang kami tanda tangani.
                        """))
            CopyPart(say: say, keys: keys, label: say("The copy", id: "Salinannya")).draw(&html)
            html(.h2, text: say("What it is held against", id: "Pembandingnya"))
            html(.p) { html in
                html.text(say("The key of our log, ", id: "Kunci log kami, "))
                html(.span, .class("mono"), text: keys[0])
                for former in keys.dropFirst() {
                    html.text(say("; before we had to restore older data, ", id: "; sebelum kami harus memulihkan data lama, "))
                    html(.span, .class("mono"), text: former)
                }
                html.text(
                    say(
                        ". A copy that was forged names another one. If others have kept this key, compare it.",
                        id: ". Salinan palsu menyebut kunci lain. Bila ada yang menyimpan kunci ini, bandingkan."))
            }
            html(
                .p,
                text: say(
                    """
                    What it doesn’t show: that what we hold is true, or that nothing was used without being recorded. If you would rather not \
                    rely on this page, the program voffice-verify makes the same check on your own computer.
                    """,
                    id: """
                        Yang tidak ditunjukkannya: bahwa yang kami simpan itu benar, atau bahwa tidak ada pemakaian yang luput dicatat. Bila \
                        Anda tak ingin bergantung pada halaman ini, program voffice-verify melakukan pemeriksaan yang sama di komputer Anda.
                        """))
        }
    }
}

/// The file chooser, and the answer. Without script it says what to do instead.
struct CopyPart {
    let say: Language
    /// The log's, of any time.
    let keys: [String]
    /// What the file chooser is called.
    let label: String

    static func title(_ say: Language) -> String {
        say("Check a copy that you downloaded", id: "Periksa salinan yang Anda unduh")
    }

    func draw(_ html: inout HTML) {
        html(.div, .class("flow"), .data(.copy, keys.joined(separator: " "))) { html in
            html(.div, .unseen) { html in
                html(.div, .class("field")) { html in
                    html(.label, .for("copy"), text: label)
                    html(
                        .p, .class("hint"), .id("copy-hint"),
                        text: say(
                            "The ZIP file, or data.json out of it. Your browser reads it here; nothing is sent.",
                            id: "Berkas ZIP, atau data.json di dalamnya. Peramban Anda membacanya di sini; tidak ada yang dikirim."))
                    html(.input, .type("file"), .id("copy"), .accept(".zip,.json"), .describedby("copy-hint"))
                }
            }
            html(.output, .polite) { html in
                html.text(
                    say(
                        """
                        With script switched on, you can check a copy that you downloaded here. Without it, the program voffice-verify does \
                        so; how-to-check.txt in the ZIP file says how.
                        """,
                        id: """
                            Dengan skrip menyala, salinan yang Anda unduh dapat diperiksa di sini. Tanpa skrip, program voffice-verify \
                            melakukannya; cara-memeriksa.txt di dalam berkas ZIP menjelaskan caranya.
                            """))
            }
        }
    }
}
