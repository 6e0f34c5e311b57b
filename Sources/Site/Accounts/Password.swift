// A password: set, changed, removed.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func password(_ session: Session) -> Response { trying { () throws(NotDone) -> Response in try passwordPage(session) } }

    func passwordSet(_ session: Session) -> Reply {
        let password = request.form["password"] ?? "", again = request.form["again"] ?? ""
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.setPassword(password, again: again, in: session)
                return .see(Route.account.path + "?now=password")
            } catch {
                switch error {
                case .form(let faults): return try passwordPage(session, faults)
                case .signInAnew: return askToSignInAnew()
                default: throw error
                }
            }
        }
    }

    func passwordRemoved(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.removePassword(in: session)
                return .see(Route.account.path + "?now=no-password")
            } catch {
                guard case .signInAnew = error else { throw error }
                return askToSignInAnew()
            }
        }
    }

    private func passwordPage(_ session: Session, _ faults: [FormFault] = []) throws(NotDone) -> Response {
        guard office.isFresh(session) else { return askToSignInAnew() }
        let ways = try office.waysIn(of: session)
        if ways.unreadable.contains(.password) { return show(UnreadableKeyPage(name: say("Password", id: "Kata sandi"), ways: ways)) }
        let page = PasswordPage(
            hasOne: ways.password != nil, refused: try office.previewOfPassword(session), staying: ways.staying[.password], faults: faults)
        return show(page, status: faults.isEmpty ? 200 : 422)
    }

    /// What decides about the account is for whoever has just come in. Signing in leads back to the account.
    /// `place`: what was to be corrected, where signing in leads back to that.
    func askToSignInAnew(for place: CorrectionPlace? = nil) -> Response {
        var response = show(AnewPage(), status: 403)
        if let back = comingBack(to: place?.route ?? .account) { response.cookies.append(back) }
        return response
    }
}

struct PasswordPage: Page {
    let hasOne: Bool
    /// Why the policy would refuse it.
    let refused: Refused?
    /// Why it would keep the one that there is.
    let staying: Refused?
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say
        let title = hasOne ? say("Change your password", id: "Ubah kata sandi") : say("Set a password", id: "Buat kata sandi")
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.account.path), text: say("Back to your account", id: "Kembali ke akun Anda"))
            visit.errors(&html, faults.sentences(say))
            html(
                .h1, text: hasOne ? say("Change your password", id: "Ubah kata sandi") : say("Set a password", id: "Buat kata sandi"))
            visit.offer(&html, refused) { form(&$0, visit) }
            if hasOne {
                html(.h2, text: say("Do without one", id: "Tanpa kata sandi"))
                // Without a code there would be no way in any more.
                visit.offer(&html, staying ?? visit.codeRefusal) { removal(&$0, visit) }
            }
        }
    }

    private func removal(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.form, .class("flow form"), .post, .action(Route.passwordRemoval.path)) { html in
            visit.token(&html)
            html(.p, text: say("A code comes by email each time.", id: "Setiap kali sebuah kode dikirim lewat surel."))
            html(.p) { $0(.button, .class("btn plain"), text: say("Remove the password", id: "Hapus kata sandi")) }
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.form, .class("flow form"), .post, .action(Route.password.path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "password", label: say("New password", id: "Kata sandi baru"), kind: .password,
                    hint: say(
                        "At least 8 characters, better 15: a sentence of a few words is easy to keep. We hold what it takes to check it, not the password.",
                        id: """
                            Paling sedikit 8 huruf, lebih baik 15: kalimat beberapa kata mudah diingat. Kami menyimpan yang perlu untuk \
                            memeriksanya, bukan kata sandinya.
                            """),
                    rule: visit.house.rules.taking("password check", from: "settings page"), autocomplete: "new-password",
                    error: faults.sentence(for: "password", say)))
            visit.field(
                &html,
                FormField(
                    id: "again", label: say("Once more", id: "Sekali lagi"), kind: .password, autocomplete: "new-password",
                    error: faults.sentence(for: "again", say)))
            html(
                .p, .class("hint"),
                text: say("Your sessions in other browsers end.", id: "Sesi Anda di peramban lain berakhir."))
            html(.p) { $0(.button, .class("btn wide"), text: say("Save the password", id: "Simpan kata sandi")) }
        }
    }
}

/// The session is older than ten minutes.
struct AnewPage: Page {
    func title(_ visit: Visit) -> String { visit.say("Sign in once more", id: "Masuk sekali lagi") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.account.path), text: say("Back to your account", id: "Kembali ke akun Anda"))
            html(.h1, text: title(visit))
            html(
                .p, .class("lead"),
                text: say(
                    "How somebody comes in changes only within ten minutes of signing in: so nobody does it at a desk that you left.",
                    id: """
                        Cara masuk hanya dapat diubah dalam sepuluh menit setelah masuk: supaya tak seorang pun melakukannya di meja yang \
                        Anda tinggalkan.
                        """))
            html(.p) { $0(.a, .class("btn"), .href(Route.signIn.path), text: title(visit)) }
        }
    }
}
