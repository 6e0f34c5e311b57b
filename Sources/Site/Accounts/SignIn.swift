// Signing in with a code, and out.

import HTML
import HTTP
import Office
import Policy

extension Visit {
    func signInStarted() -> Reply {
        let email = request.form["email"] ?? ""
        guard house.offers.refusal(of: .signIn) == nil || house.offers.refusal(of: .staffSignIn) == nil else {
            return now(show(SignInPage(email: email), status: 403))
        }
        if let wait = tooSoon(SignInPage(email: email)) { return wait }
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                let challenge = try await office.startSignIn(email: email)
                return see(.signInCode, setting: [Cookie(Visit.challengeCookie, challenge.text)])
            } catch {
                guard case .form(let faults) = error else { throw error }
                return show(SignInPage(email: email, faults: faults), status: 422)
            }
        }
    }

    func signedOut() -> Reply {
        guard let session else { return now(see(.home)) }
        return later { () async throws(NotDone) -> Response in
            try await office.signOut(session)
            return see(.home, setting: [Cookie(Visit.sessionCookie, "", life: .over)])
        }
    }
}

struct SignInPage: Waitable {
    var email = ""
    var faults: [FormFault] = []
    var wait: Int? = nil
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("Sign in", id: "Masuk")
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            visit.errors(&html, faults.sentences(say))
            visit.waiting(&html, wait)
            html(.h1, text: say("Sign in", id: "Masuk"))
            visit.offer(&html, visit.house.offers.refusal(of: .signIn)) { form(&$0, visit) }
            if visit.house.offers.refusal(of: .signIn) != nil, visit.house.offers.refusal(of: .staffSignIn) == nil {
                html(.details) { html in
                    html(.summary, text: say("I work here", id: "Saya bekerja di sini"))
                    form(&html, visit)
                }
            }
            html(.hr)
            if let rule = visit.house.rules.taking("session cookie", from: "browser") {
                html(.p, .class("hint")) { html in
                    html.text(
                        say(
                            "A cookie with a random number keeps you signed in. ",
                            id: "Sebuah kuki berisi angka acak menjaga Anda tetap masuk. "))
                    visit.chip(&html, rule)
                    if let mark = visit.house.rules.taking("browser mark", from: "browser") {
                        html.text(
                            say(
                                " Another one lets us know this browser again for six months. ",
                                id: " Satu lagi membuat kami mengenali peramban ini selama enam bulan. "))
                        visit.chip(&html, mark)
                    }
                }
            }
            html(.p) { html in
                html.text(say("New here? ", id: "Baru di sini? "))
                html(.a, .href(Route.register.path), text: say("Open an account", id: "Buka akun"))
            }
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.form, .class("flow form"), .post, .action(Route.signIn.path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "email", label: say("Email", id: "Surel"), kind: .email,
                    hint: say("We send a code of six digits there.", id: "Kami mengirim kode enam angka ke sana."),
                    autocomplete: "username", value: email, error: faults.sentence(for: "email", say)))
            html(.p) { $0(.button, .class("btn wide"), text: say("Send me the code", id: "Kirim kodenya")) }
        }
    }
}
