// Ten recovery codes, shown once to be kept.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    /// Each look makes ten others; they are good once their person has said that they keep them.
    func recoveryCodes(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                let ways = try office.waysIn(of: session)
                if office.isFresh(session), ways.unreadable.contains(.recoveryCodes) {
                    return show(UnreadableKeyPage(name: say("Recovery codes", id: "Kode pemulihan"), ways: ways))
                }
                let refused = try office.previewOfRecoveryCodes(session)
                return show(RecoveryCodesPage(draft: try await office.draftOfRecoveryCodes(in: session), refused: refused))
            } catch {
                guard case .signInAnew = error else { throw error }
                return askToSignInAnew()
            }
        }
    }

    func recoveryCodesKept(_ session: Session) -> Reply {
        let sealed = request.form["draft"] ?? ""
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.keepRecoveryCodes(sealed, in: session)
                return .see(Route.account.path + "?now=recovery")
            } catch {
                switch error {
                case .signInAnew: return askToSignInAnew()
                case .form(let faults):
                    let draft = try await office.draftOfRecoveryCodes(in: session)
                    return show(
                        RecoveryCodesPage(draft: draft, refused: try office.previewOfRecoveryCodes(session), faults: faults), status: 409)
                default: throw error
                }
            }
        }
    }
}

struct RecoveryCodesPage: Page {
    let draft: RecoveryDraft
    /// Why the policy would refuse them.
    let refused: Refused?
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { visit.say("Recovery codes", id: "Kode pemulihan") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.account.path), text: say("Back to your account", id: "Kembali ke akun Anda"))
            visit.errors(&html, faults.sentences(say))
            html(.h1, text: title(visit))
            visit.offer(&html, refused) { html in
                html(
                    .p, .class("lead"),
                    text: say(
                        "If the app is lost, each of these brings you in once. Print or write them down: this page shows them only now.",
                        id: """
                            Bila aplikasinya hilang, masing-masing kode ini memasukkan Anda satu kali. Cetak atau catat: halaman ini \
                            menampilkannya hanya sekarang.
                            """))
                html(.ol, .id("codes"), .class("codes mono")) { html in for code in draft.codes { html(.li, text: code) } }
                html(.p, .class("hint")) { html in
                    html.text(say("We keep what it takes to check them. ", id: "Kami menyimpan yang perlu untuk memeriksanya. "))
                    if let rule = visit.house.rules.taking("recovery codes", from: "settings page") { visit.chip(&html, rule) }
                }
                html(.form, .class("flow form"), .post, .action(Route.recoveryCodes.path)) { html in
                    visit.token(&html)
                    html(.input, .type("hidden"), .name("draft"), .value(draft.sealed))
                    html(
                        .p,
                        text: say(
                            "They are good once you press this button; former ones no longer are.",
                            id: "Kode ini berlaku setelah Anda menekan tombol ini; yang lama tidak berlaku lagi."))
                    html(.p) { $0(.button, .class("btn wide"), text: say("I have kept these codes", id: "Kode ini sudah saya simpan")) }
                }
            }
        }
    }
}
