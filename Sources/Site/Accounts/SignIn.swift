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
        let password = request.form["way"] == "code" ? "" : request.form["password"] ?? ""
        return evenly { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                guard password.isEmpty else { return try await signedIn(email, password) }
                let challenge = try await office.startSignIn(email: email)
                return see(.signInCode, setting: [Cookie(Visit.challengeCookie, challenge.text)])
            } catch {
                guard case .form(let faults) = error else { throw error }
                return show(SignInPage(email: email, faults: faults), status: 422)
            }
        }
    }

    private func signedIn(_ email: String, _ password: String) async throws(NotDone) -> Response {
        do throws(NotDone) {
            switch try await office.signIn(email: email, password: password, from: browser) {
            case .signedIn(let session): return try await welcome(session)
            case .secondFactor(let next): return see(.signInFactor, setting: [Cookie(Visit.challengeCookie, next.text)])
            case .wrong: return show(SignInPage(email: email, isWrong: true), status: 422)
            }
        } catch {
            guard case .tooMany(let seconds) = error else { throw error }
            return later(SignInPage(email: email, isGuessed: true), after: seconds)
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
    /// Address and password don't belong together.
    var isWrong = false
    /// Too many passwords were tried with this address.
    var isGuessed = false
    var wait: Int? = nil
    var isReturned = false
    var hasForm: Bool { true }
    var hasPasskeys: Bool { true }
    /// A passkey was brought that opens nothing.
    var isStrange = false

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("Sign in", id: "Masuk")
        return faults.isEmpty && !isWrong ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            visit.errors(&html, isWrong ? [("password", wrong(say))] : faults.sentences(say))
            visit.waiting(&html, wait, because: isGuessed ? guessed(say) : nil)
            visit.returned(&html, isReturned)
            html(.h1, text: say("Sign in", id: "Masuk"))
            visit.offer(&html, visit.house.offers.refusal(of: .signIn)) { form(&$0, visit) }
            if visit.house.offers.refusal(of: .signIn) != nil, visit.house.offers.refusal(of: .staffSignIn) == nil {
                html(.details) { html in
                    html(.summary, text: say("I work here", id: "Saya bekerja di sini"))
                    form(&html, visit)
                }
            }
            if visit.house.offers.refusal(of: .session) == nil { visit.passkeySignIn(&html, isStrange: isStrange) }
            html(.hr)
            if visit.house.offers.refusal(of: .session) == nil, let rule = visit.house.rules.taking("session cookie", from: "browser") {
                html(.p, .class("hint")) { html in
                    html.text(
                        say(
                            "A cookie with a random number keeps you signed in. ",
                            id: "Sebuah kuki berisi angka acak menjaga Anda tetap masuk. "))
                    visit.chip(&html, rule)
                    if visit.house.offers.refusal(of: .browserMark) == nil,
                        let mark = visit.house.rules.taking("browser mark", from: "browser")
                    {
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

    private func wrong(_ say: Language) -> String {
        say(
            "This password doesn’t belong to this address. Try once more, or have a code sent to you",
            id: "Kata sandi ini bukan milik alamat ini. Coba sekali lagi, atau minta kode dikirim")
    }

    private func guessed(_ say: Language) -> String {
        say(
            "Many passwords were tried with this address, so the next one waits; a code by email works at once. ",
            id: "Banyak kata sandi sudah dicoba dengan alamat ini, jadi yang berikut menunggu; kode lewat surel langsung bisa. ")
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.form, .class("flow form"), .post, .action(Route.signIn.path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "email", label: say("Email", id: "Surel"), kind: .email, autocomplete: "username", value: email,
                    error: faults.sentence(for: "email", say)))
            visit.field(
                &html,
                FormField(
                    id: "password", label: say("Password", id: "Kata sandi"), kind: .password,
                    hint: say(
                        "If you have set one. Without it, or if you forgot it, we send a code of six digits to your address.",
                        id: "Jika Anda membuatnya. Tanpanya, atau jika lupa, kami mengirim kode enam angka ke alamat Anda."),
                    isOptional: true, autocomplete: "current-password", error: isWrong ? wrong(say) : nil))
            html(.p, .class("row")) { html in
                html(.button, .class("btn"), text: say("Sign in", id: "Masuk"))
                html(.button, .class("btn plain"), .name("way"), .value("code"), text: say("Send me the code", id: "Kirim kodenya"))
            }
        }
    }
}
