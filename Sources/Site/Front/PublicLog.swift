// What anyone may fetch to check the log, and what only a development directory shows.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    /// The newest signed checkpoint, a C2SP note.
    func checkpoint() -> Reply {
        now(
            trying { () throws(NotDone) -> Response in
                let note: [UInt8]?
                do throws(Refusal) { note = try office.vault.checkpoint() } catch { throw .refused(error) }
                guard let note else { throw .notFound }
                return Response(200, note, .text)
            })
    }

    /// The mails that would have left. Elsewhere there is nothing at this address.
    func outbox() -> Reply {
        guard office.settings.isDevelopment else { return now(.missing) }
        return now(show(OutboxPage(mails: office.outbox)))
    }
}

struct OutboxPage: Page {
    let mails: [OutboxMail]

    func title(_ visit: Visit) -> String { visit.say("Outbox", id: "Kotak keluar") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: title(visit))
            html(
                .p, .class("lead"),
                text: say(
                    "In a development directory no mail leaves. Here is what would have gone out, the newest first.",
                    id: "Dalam direktori pengembangan tidak ada surel yang keluar. Inilah yang mestinya terkirim, yang terbaru lebih dulu.")
            )
            if mails.isEmpty {
                html(.div, .class("none")) { html in
                    html(.h2, .class("t3"), text: say("No mail yet", id: "Belum ada surel"))
                    html(
                        .p, text: say("Register or sign in, and the code shows here.", id: "Daftar atau masuk, dan kodenya muncul di sini.")
                    )
                    html(.p) { $0(.a, .class("btn"), .href(Route.register.path), text: say("Open an account", id: "Buka akun")) }
                }
            }
            for mail in mails {
                html(.section, .class("card flow tight"), .label(mail.subject)) { html in
                    html(.h2, .class("t3"), text: mail.subject)
                    html(.p, .class("hint")) { html in
                        html(.time, .datetime(WallTime(mail.at).machine), text: say.exact(mail.at))
                        html.text(say(", to ", id: ", kepada "))
                        html(.bdi, text: mail.to)
                    }
                    html(.pre, text: mail.text)
                }
            }
        }
    }
}
