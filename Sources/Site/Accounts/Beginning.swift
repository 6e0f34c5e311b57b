// The first administrator: by the one-time link that the house printed when it was made.

import HTML
import HTTP
import Office

extension Visit {
    func beginning(_ text: String) -> Reply {
        now(
            trying { () throws(NotDone) -> Response in
                guard let token = Token(text), try office.isInvitation(token) else { throw .notFound }
                return show(BeginningPage(invitation: token))
            })
    }

    func begun(_ text: String) -> Reply {
        guard let token = Token(text) else { return now(.missing) }
        let name = request.form["name"] ?? "", email = request.form["email"] ?? ""
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                let challenge = try await office.begin(token, name: name, email: email)
                return see(.registerCode, setting: [Cookie(Visit.challengeCookie, challenge.text)])
            } catch {
                guard case .form(let faults) = error else { throw error }
                return show(BeginningPage(invitation: token, name: name, email: email, faults: faults), status: 422)
            }
        }
    }
}

struct BeginningPage: Page {
    let invitation: Token
    var name = "", email = ""
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("The first administrator", id: "Administrator pertama")
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            visit.errors(&html, faults.sentences(say))
            html(.h1, text: say("The first administrator", id: "Administrator pertama"))
            html(
                .p, .class("lead"),
                text: say(
                    "This link works once. Whoever uses it runs the accounts of the staff; customers’ data they don’t see.",
                    id: "Tautan ini berlaku satu kali. Pemakainya mengurus akun staf; data pelanggan tidak dilihatnya."))
            visit.offer(&html, visit.house.offers.refusal(of: .firstAdministrator)) { html in
                html(.form, .class("flow form"), .post, .action(Route.beginning(invitation.text).path), .novalidate) { html in
                    visit.token(&html)
                    visit.staffFields(&html, name: name, email: email, faults)
                    html(.p) { $0(.button, .class("btn wide"), text: say("Send me the code", id: "Kirim kodenya")) }
                }
            }
        }
    }
}

extension Visit {
    /// Name and address of somebody who works here, with the rule by which they are taken in.
    func staffFields(_ html: inout HTML, name: String, email: String, _ faults: [FormFault]) {
        func rule(_ field: String) -> String? { house.rules.taking(field, from: "employment form") }
        field(
            &html,
            FormField(
                id: "name", label: say("Name", id: "Nama"), rule: rule("staff name"), value: name, error: faults.sentence(for: "name", say))
        )
        field(
            &html,
            FormField(
                id: "email", label: say("Email at work", id: "Surel kerja"), kind: .email,
                hint: say("The code goes there.", id: "Kodenya dikirim ke sana."),
                rule: rule("staff email address"), value: email, error: faults.sentence(for: "email", say)))
    }
}
