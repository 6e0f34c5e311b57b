// "It isn't theirs": the form by which a contact leaves whom it was joined to.

import HTML
import Office
import Vault

/// Taking back that a contact is somebody's.
struct ContactParting {
    let summary: CaseSummary
    /// Since when they could read it.
    let since: PointInTime
    let work: DeskWork

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.section, .class("card flow"), .id("parting"), .labelledby("parting-t")) { html in
            html(.h2, .id("parting-t"), .class("t3"), text: say("Somebody else’s?", id: "Milik orang lain?"))
            if let error = work.faults.sentence(for: "parting", say) { visit.why(&html, error, id: "parting-e") }
            html(.details) { html in
                html(.summary, text: say("It isn’t theirs", id: "Ini bukan miliknya"))
                html(.form, .class("flow tight"), .post, .action(Route.parting(summary.number).path)) { html in
                    visit.token(&html)
                    html(
                        .p, .class("hint"),
                        text: say(
                            """
                            It leaves this customer, who could read it since \(say.dateAndTime(since)) and is told in their list that it wasn’t theirs. \
                            What was written down before goes with it; what was written down since is deleted. Then it is of nobody known again, \
                            and you have it.
                            """,
                            id: """
                                Ini keluar dari pelanggan ini, yang dapat membacanya sejak \(say.dateAndTime(since)) dan diberi tahu dalam daftarnya \
                                bahwa ini bukan miliknya. Yang dicatat sebelumnya ikut pindah; yang dicatat sejak itu dihapus. Setelah itu belum \
                                diketahui milik siapa, dan Anda yang memegangnya.
                                """))
                    html(.button, .class("btn plain"), text: say("Take it back", id: "Tarik kembali"))
                }
            }
        }
    }
}
