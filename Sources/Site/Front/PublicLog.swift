// The public log, and what only a development directory shows.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    /// The public checkpoint, a C2SP note.
    func checkpoint() -> Reply {
        published { () throws(NotDone) -> Response in
            guard let note = try office.checkpoint() else { throw .notFound }
            return Response(200, note, .text)
        }
    }

    /// A tile below the public checkpoint (C2SP tlog-tiles).
    func logFile(_ path: String) -> Reply {
        published { () throws(NotDone) -> Response in
            guard let bytes = try office.logFile(path) else { throw .notFound }
            return Response(200, bytes, .bytes)
        }
    }

    /// What the note says, and what it is good for.
    func log() -> Reply {
        published { () throws(NotDone) -> Response in
            let page = LogPage(note: try office.checkpoint(), key: office.logKey)
            return try alike(page.note ?? "") { show(page) }
        }
    }

    /// Where what is published was changed, that is said, and the operator is told.
    private func published(_ work: () throws(NotDone) -> Response) -> Reply {
        now(
            trying { () throws(NotDone) -> Response in
                do throws(NotDone) { return try work() } catch {
                    guard case .refused(.damaged(let what)) = error else { throw error }
                    Trouble.log("the public log: \(what) isn't as it was signed. `voffice admin doctor` says more.")
                    return show(Trouble.unsigned)
                }
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
                    html(.h2, .class("t3"), text: say("No mail since the last start", id: "Belum ada surel sejak terakhir dinyalakan"))
                    html(
                        .p,
                        text: say(
                            "Mails are kept in memory only: those of before a restart are gone, and the codes in them can’t be read again.",
                            id: """
                                Surel hanya disimpan di memori: yang ada sebelum dinyalakan ulang sudah hilang, dan kode di dalamnya \
                                tidak dapat dibaca lagi.
                                """))
                    html(
                        .p,
                        text: say(
                            """
                            If you wait for a code, choose “Send another code” on its page, ten seconds after the last one or later, or sign \
                            in anew; it shows here at once.
                            """,
                            id: """
                                Bila Anda menunggu kode, pilih “Kirim kode lain” di halamannya, paling cepat sepuluh detik setelah yang \
                                terakhir, atau masuk dari awal; kodenya langsung muncul di sini.
                                """))
                    html(.p, .class("row")) { html in
                        html(.a, .class("btn"), .href(Route.signIn.path), text: say("Sign in", id: "Masuk"))
                        html(.a, .class("btn plain"), .href(Route.register.path), text: say("Open an account", id: "Buka akun"))
                    }
                }
            }
            for mail in mails {
                html(.section, .class("card flow tight")) { html in
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
