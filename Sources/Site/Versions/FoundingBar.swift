// On every page of a house of production whose first policy waits for its two officers.

import HTML
import Office

struct FoundingBar {
    let visit: Visit

    func draw(_ html: inout HTML) {
        guard !visit.house.isOpen else { return }
        let say = visit.say
        html(.aside, .class("dev"), .label(say("Not open yet", id: "Belum dibuka"))) { html in
            html(.p, .class("wrap row")) { html in
                html(.b, text: say("This office isn’t open yet.", id: "Kantor ini belum dibuka."))
                html(
                    .span, .class("roomy"),
                    text: say(
                        "Its first privacy policy waits for the approval of two officers. Until then nobody can register.",
                        id:
                            "Kebijakan privasinya yang pertama menunggu persetujuan dua petugas. Sampai saat itu belum ada yang dapat mendaftar."
                    ))
            }
        }
    }
}
