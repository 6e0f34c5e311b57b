// Signing in with a password or a code, and out.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    /// What is refused is refused to everybody alike, by the form that was sent and not by the address in it: else the answer would tell
    /// who works here, and who is a customer.
    func signInStarted() -> Reply {
        let form = request.form, isForStaff = form["staff-email"] != nil, isForNumber = form["email"] == nil && form["telephone"] != nil
        let email = form["staff-email"] ?? form["telephone"] ?? form["email"] ?? "",
            password = form["way"] == "code" ? "" : form["password"] ?? ""
        let page = SignInPage(email: email, isForStaff: isForStaff, isForNumber: isForNumber)
        // That it is a number is seen in what was typed, whoever has it.
        let code: Offer = isForStaff ? .staffSignIn : isForNumber || office.isNumber(email) ? .telephoneSignIn : .signIn
        guard house.offers.refusal(of: password.isEmpty ? code : .password) == nil else { return now(show(page, status: 403)) }
        if isForNumber, !office.isNumber(email) {
            return now(show(SignInPage(email: email, isForNumber: true, faults: [.telephoneUnreached]), status: 422))
        }
        return evenly(unlessTooSoon: page) { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                guard password.isEmpty else { return try await signedIn(email, password) }
                let challenge = try await office.startSignIn(email: email, isForStaff: isForStaff, from: asker)
                return see(.signInCode, setting: [Cookie(Visit.challengeCookie, challenge.text)])
            } catch {
                guard case .form(let faults) = error else { throw error }
                return show(SignInPage(email: email, isForStaff: isForStaff, isForNumber: isForNumber, faults: faults), status: 422)
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
    /// It was sent by the form of those who work here.
    var isForStaff = false
    /// It was sent by the form of those who have a number.
    var isForNumber = false
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
        let say = visit.say, words = SignInTexts(say: say, offers: visit.house.offers, isByTelephone: visit.office.sendsCodesToTelephones)
        html(.div, .class("wrap slim flow")) { html in
            visit.errors(&html, errors(words))
            visit.waiting(&html, wait, because: isGuessed ? words.guessed : nil)
            visit.returned(&html, isReturned)
            html(.h1, text: say("Sign in", id: "Masuk"))
            if let refused = words.session {
                visit.notOffered(&html, refused)
                visit.typed(&html, [(say("Email", id: "Surel"), email)])
            } else {
                ways(&html, visit, words)
                if words.password == nil { visit.passkeySignIn(&html, isStrange: isStrange) }
                html(.hr)
                cookies(&html, visit)
            }
            if visit.mayRegister {
                html(.p) { html in
                    html.text(say("New here? ", id: "Baru di sini? "))
                    html(.a, .href(Route.register.path), text: say("Open an account", id: "Buka akun"))
                }
            }
        }
    }

    private func errors(_ words: SignInTexts) -> [(field: String, sentence: String)] {
        guard !isWrong else { return [("password", words.wrong)] }
        let email = isForStaff ? "staff-email" : isForNumber ? "telephone" : "email"
        return faults.sentences(words.say).map { ($0.field == "email" ? email : $0.field, $0.sentence) }
    }

    /// The forms that the policy lets lead on, and beside them what it doesn't.
    private func ways(_ html: inout HTML, _ visit: Visit, _ words: SignInTexts) {
        let isOpen = words.password == nil || words.code == nil
        if isOpen { form(&html, visit, words) }
        for refused in [words.password, words.code].compactMap({ $0 }) { visit.notOffered(&html, refused) }
        if words.code != nil, words.isByTelephone { numberForm(&html, visit, words) }
        if !isOpen { visit.typed(&html, [(words.say("Email", id: "Surel"), email)]) }
        guard words.code != nil || words.staffCode != nil else { return }
        html(.details, .when(isForStaff, .open)) { html in
            html(.summary, text: words.staff)
            visit.offer(&html, words.staffCode) { staffForm(&$0, visit, words) }
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit, _ words: SignInTexts) {
        html(.form, .class("flow form"), .post, .action(Route.signIn.path), .novalidate) { html in
            visit.token(&html)
            address(
                &html, visit, "email", isForStaff || isForNumber ? "" : email,
                isForStaff || isForNumber ? nil : faults.sentence(for: "email", words.say))
            if words.password == nil {
                visit.field(
                    &html,
                    FormField(
                        id: "password", label: words.say("Password", id: "Kata sandi"), kind: .password, hint: words.hint,
                        isOptional: words.code == nil, autocomplete: "current-password", error: isWrong ? words.wrong : nil))
            }
            html(.p, .class("row")) { html in
                if words.password == nil { html(.button, .class("btn"), text: words.say("Sign in", id: "Masuk")) }
                if words.code == nil { html(.button, .class("btn plain"), .name("way"), .value("code"), text: words.send) }
            }
        }
    }

    /// Where codes go to numbers alone.
    private func numberForm(_ html: inout HTML, _ visit: Visit, _ words: SignInTexts) {
        html(.form, .class("flow form"), .post, .action(Route.signIn.path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "telephone", label: words.say("Telephone", id: "Telepon"), kind: .telephone, autocomplete: "tel",
                    value: isForNumber ? email : "", error: isForNumber ? faults.first?.sentence(words.say) : nil))
            html(.p) { $0(.button, .class("btn plain"), text: words.send) }
        }
    }

    private func staffForm(_ html: inout HTML, _ visit: Visit, _ words: SignInTexts) {
        html(.form, .class("flow form"), .post, .action(Route.signIn.path), .novalidate) { html in
            visit.token(&html)
            address(&html, visit, "staff-email", isForStaff ? email : "", isForStaff ? faults.sentence(for: "email", words.say) : nil)
            html(.p) { $0(.button, .class("btn plain"), text: words.send) }
        }
    }

    private func address(_ html: inout HTML, _ visit: Visit, _ id: StaticString, _ value: String, _ error: String?) {
        let isBoth = "\(id)" == "email" && visit.office.sendsCodesToTelephones
        visit.field(
            &html,
            FormField(
                id: id,
                label: isBoth ? visit.say("Email or telephone number", id: "Surel atau nomor telepon") : visit.say("Email", id: "Surel"),
                kind: isBoth ? .text : .email, autocomplete: "username", value: value, error: error))
    }

    private func cookies(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, offers = visit.house.offers
        guard let rule = visit.house.rules.taking("session cookie", from: "browser") else { return }
        html(.p, .class("hint")) { html in
            html.text(
                say("A cookie with a random number keeps you signed in. ", id: "Sebuah kuki berisi angka acak menjaga Anda tetap masuk. "))
            visit.chip(&html, rule)
            if offers.refusal(of: .browserMark) == nil, let mark = visit.house.rules.taking("browser mark", from: "browser") {
                html.text(
                    say(
                        " Another one lets us know this browser again for six months. ",
                        id: " Satu lagi membuat kami mengenali peramban ini selama enam bulan. "))
                visit.chip(&html, mark)
            }
        }
        if let refused = offers.refusal(of: .browserMark) {
            html(
                .p, .class("hint"),
                text: say(
                    "No browser is known again, so each sign-in counts as one from a new browser.",
                    id: "Tidak ada peramban yang dikenali lagi, jadi setiap kali masuk dihitung dari peramban baru."))
            visit.notOffered(&html, refused)
        }
    }
}

/// What the page says of the ways in, each of which the policy may refuse.
struct SignInTexts {
    let say: Language
    /// Why there is no way in at all, none by a password, no code to a customer, no code to who works here; nil: there is.
    let session, password, code, staffCode: Refused?

    /// A code may go to the number of a customer who has no address.
    let isByTelephone: Bool

    init(say: Language, offers: Offers, isByTelephone: Bool) {
        (self.say, self.isByTelephone) = (say, isByTelephone)
        (session, password) = (offers.refusal(of: .session), offers.refusal(of: .password))
        (code, staffCode) = (offers.refusal(of: .signIn), offers.refusal(of: .staffSignIn))
    }

    var staff: String { say("I work here", id: "Saya bekerja di sini") }
    var send: String { say("Send me the code", id: "Kirim kodenya") }

    var hint: String? {
        code == nil
            ? say(
                "If you have set one. Without it, or if you forgot it, we send a code of six digits to your address.",
                id: "Jika Anda membuatnya. Tanpanya, atau jika lupa, kami mengirim kode enam angka ke alamat Anda.") : nil
    }

    var wrong: String {
        code == nil
            ? say(
                "This password doesn’t belong to this address. Try once more, or have a code sent to you",
                id: "Kata sandi ini bukan milik alamat ini. Coba sekali lagi, atau minta kode dikirim")
            : say(
                "This password doesn’t belong to this address. Try once more", id: "Kata sandi ini bukan milik alamat ini. Coba sekali lagi"
            )
    }

    var guessed: String {
        code == nil
            ? say(
                """
                Many passwords were tried with this address, so the next one waits. A browser in which you signed in before has tries of its \
                own; a code by email doesn’t wait for this, unless too many were asked for as well. 
                """,
                id: """
                    Banyak kata sandi sudah dicoba dengan alamat ini, jadi yang berikut menunggu. Peramban tempat Anda pernah masuk punya \
                    percobaan sendiri; kode lewat surel tidak ikut menunggu, kecuali bila kode pun terlalu banyak diminta. 
                    """)
            : say(
                "Many passwords were tried with this address, so the next one waits. ",
                id: "Banyak kata sandi sudah dicoba dengan alamat ini, jadi yang berikut menunggu. ")
    }
}
