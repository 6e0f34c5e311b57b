// Registration: name, e-mail, a telephone number if they want to be called; then the code.

import HTML
import HTTP
import Office
import Policy

extension Visit {
    func registered() -> Reply {
        let typed = Registration(
            name: request.form["name"] ?? "", email: request.form["email"] ?? "", telephone: request.form["telephone"] ?? "")
        guard house.isOpen else { return now(show(RegisterPage(typed: typed), status: 503)) }
        let isByNumber = typed.email.isEmpty && office.registersByTelephone
        guard isByNumber || house.offers.refusal(of: .account) == nil else { return now(show(RegisterPage(typed: typed), status: 403)) }
        return evenly(unlessTooSoon: RegisterPage(typed: typed)) { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                let challenge = try await office.register(typed, from: asker)
                return see(.registerCode, setting: [Cookie(Visit.challengeCookie, challenge.text)])
            } catch {
                guard case .form(let faults) = error else { throw error }
                return show(RegisterPage(typed: typed, faults: faults), status: 422)
            }
        }
    }
}

struct RegisterPage: Waitable {
    var typed = Registration(name: "", email: "", telephone: "")
    var faults: [FormFault] = []
    var wait: Int? = nil
    var isReturned = false
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("Open an account", id: "Buka akun")
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            visit.errors(&html, faults.sentences(say))
            visit.waiting(&html, wait)
            visit.returned(&html, isReturned)
            html(.h1, text: say("Open an account", id: "Buka akun"))
            let refusal = visit.house.offers.refusal(of: .account)
            if !visit.house.isOpen {
                visit.note(&html, .wait) {
                    $0(
                        .p,
                        text: say(
                            "This office opens soon: its first privacy policy isn’t in force yet. Come back then.",
                            id: "Kantor ini segera dibuka: kebijakan privasinya yang pertama belum berlaku. Datanglah lagi nanti."))
                }
            } else if let refusal {
                visit.notOffered(&html, refusal)
            }
            if visit.mayRegister { form(&html, visit, isByNumber: refusal != nil) } else { visit.typed(&html, words(say)) }
        }
    }

    /// `isByNumber`: no code may go to an address, so that only a number is asked for.
    private func form(_ html: inout HTML, _ visit: Visit, isByNumber: Bool) {
        let say = visit.say
        html(
            .p, .class("quiet"),
            text: say(
                "Each field says why we ask, and by which rule of the policy.",
                id: "Setiap isian menyebut mengapa kami bertanya, dan menurut aturan kebijakan yang mana."))
        html(.form, .class("flow form"), .post, .action(Route.register.path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "name", label: say("Your name", id: "Nama Anda"),
                    hint: say("As you want to be addressed.", id: "Sebagaimana Anda ingin disapa."),
                    rule: rule("full name", visit), autocomplete: "name", value: typed.name, error: faults.sentence(for: "name", say)))
            if isByNumber {
                visit.typed(&html, typed.email.isEmpty ? [] : [(say("Email", id: "Surel"), typed.email)])
            } else {
                visit.field(&html, emailField(visit))
            }
            visit.field(
                &html,
                FormField(
                    id: "telephone", label: say("Telephone", id: "Telepon"), kind: .telephone,
                    hint: isByNumber
                        ? say(
                            "With its country (+62 …). To sign in; the code goes there.",
                            id: "Dengan kode negaranya (+62 …). Untuk masuk; kodenya dikirim ke sana.") : telephoneHint(visit),
                    rule: rule("telephone number", visit), isOptional: !isByNumber, autocomplete: "tel", value: typed.telephone,
                    error: faults.sentence(for: "telephone", say)))
            html(.p, .class("row")) { html in
                html(.button, .class("btn wide"), text: say("Send me the code", id: "Kirim kodenya"))
                html(.a, .href(Route.signIn.path), text: say("I have an account", id: "Saya sudah punya akun"))
            }
        }
    }

    private func emailField(_ visit: Visit) -> FormField {
        let say = visit.say
        return FormField(
            id: "email", label: say("Email", id: "Surel"), kind: .email,
            hint: say("To sign in; the code goes there.", id: "Untuk masuk; kodenya dikirim ke sana.")
                + (visit.office.registersByTelephone
                    ? say(" Leave it empty to give a telephone number instead.", id: " Kosongkan bila Anda memilih nomor telepon.")
                    : ""),
            rule: rule("email address", visit), autocomplete: "email", value: typed.email,
            error: faults.sentence(for: "email", say))
    }

    private func telephoneHint(_ visit: Visit) -> String? {
        let say = visit.say
        let call =
            visit.house.offers.refusal(of: .answer) == nil
            ? say("Only if you want us to call.", id: "Hanya bila Anda ingin kami menelepon.") : nil
        let instead =
            visit.office.registersByTelephone
            ? say(
                "Or instead of an email address, with its country (+62 …): the code goes there then.",
                id: "Atau pengganti surel, dengan kode negaranya (+62 …): kodenya dikirim ke sana.") : nil
        let hints = [call, instead].compactMap { $0 }
        return hints.isEmpty ? nil : hints.joined(separator: " ")
    }

    private func words(_ say: Language) -> [(label: String, value: String)] {
        [
            (say("Your name", id: "Nama Anda"), typed.name), (say("Email", id: "Surel"), typed.email),
            (say("Telephone", id: "Telepon"), typed.telephone),
        ]
    }

    private func rule(_ field: String, _ visit: Visit) -> String? {
        visit.house.rules.taking(field, from: "registration form")
    }
}
