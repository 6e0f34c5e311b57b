// What a browser keeps of us: each cookie with what it is for and how long, and deleting all of them.

import Crypto
import HTML
import HTTP
import Office
import Vault

extension Visit {
    /// Every cookie of ours goes, and with them the session and what knew the browser again.
    func cookiesRemoved(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.signOut(session, forgetting: request.cookie(Visit.browserCookie).flatMap(Token.init))
            let names = [
                Visit.sessionCookie, Visit.browserCookie, Visit.languageCookie, Visit.afterCookie, Visit.challengeCookie, Visit.newsCookie,
                FormToken.cookie,
            ]
            return see(.home, setting: names.map { Cookie($0, "", life: .over) })
        }
    }
}

struct BrowserKeeps {
    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.h2, .id("browser"), text: say("What this browser keeps", id: "Yang disimpan peramban ini"))
        html(.ul, .class("todo"), .role("list")) { html in
            html(.li) { html in
                kept(
                    &html, visit, .session, "session cookie", say("What keeps you signed in", id: "Yang membuat Anda tetap masuk"),
                    say(
                        "Until you sign out or close the browser, for thirty days at most.",
                        id: "Sampai Anda keluar atau menutup peramban, paling lama tiga puluh hari."),
                    without: say("It is good until you sign out.", id: "Berlaku sampai Anda keluar."))
            }
            html(.li) { html in
                kept(
                    &html, visit, .browserMark, "browser mark", say("A mark of ours", id: "Tanda dari kami"),
                    say(
                        "For six months we know this browser again by it, and don’t write to you when you sign in with it.",
                        id: "Selama enam bulan kami mengenali peramban ini dengannya, dan tidak menyurati Anda bila Anda masuk dengannya."),
                    without: say(
                        "No browser is known again, so each sign-in counts as one from a new browser.",
                        id: "Tidak ada peramban yang dikenali lagi, jadi setiap kali masuk dihitung dari peramban baru."))
            }
            html(.li) { html in
                kept(
                    &html, visit, .lastingCookie, "lasting cookie", say("The language that you chose", id: "Bahasa yang Anda pilih"),
                    say(
                        "For twelve months, if you chose one and your browser doesn’t ask not to be followed.",
                        id: "Selama dua belas bulan, bila Anda memilihnya dan peramban tidak meminta agar tidak diikuti."),
                    without: say("Only until the browser is closed.", id: "Hanya sampai peramban ditutup."))
            }
            html(.li) { html in
                html(.div) { html in
                    html(.b, text: say("Numbers that keep forms safe", id: "Angka yang menjaga formulir"))
                    html(
                        .p, .class("quiet"),
                        text: say(
                            "From before you signed in, and while a code is on its way or you come back to a page: until the browser is closed.",
                            id: """
                                Dari sebelum Anda masuk, dan selama kode dikirim atau Anda kembali ke suatu halaman: sampai peramban ditutup.
                                """))
                }
            }
        }
        html(.form, .class("flow tight"), .post, .action(Route.cookieRemoval.path)) { html in
            visit.token(&html)
            html(
                .p, .class("hint"),
                text: say(
                    "Deleted, this browser is signed out and isn’t known again.",
                    id: "Bila dihapus, peramban ini keluar dari akun Anda dan tidak dikenali lagi."))
            html(.p) { $0(.button, .class("btn plain"), text: say("Delete them all, and sign out", id: "Hapus semuanya, dan keluar")) }
        }
    }

    private func kept(
        _ html: inout HTML, _ visit: Visit, _ offer: Offer, _ field: String, _ name: String, _ sentence: String, without: String
    ) {
        let refused = visit.house.offers.refusal(of: offer)
        html(.div) { html in
            html(.b, text: name)
            html(.p, .class("quiet")) { html in
                html.text((refused == nil ? sentence : without) + " ")
                if refused == nil, let rule = visit.house.rules.taking(field, from: "browser") { visit.chip(&html, rule) }
            }
            if let refused { visit.notOffered(&html, refused) }
        }
    }
}
