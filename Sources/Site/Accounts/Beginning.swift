// The first administrator: by the one-time link that the house printed when it was made.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func beginning(_ text: String) -> Reply {
        now(
            trying { () throws(NotDone) -> Response in
                guard let token = Token(text), try office.isInvitation(token) else { return show(InvitationOverPage(), status: 404) }
                return show(try page(token))
            })
    }

    func begun(_ text: String) -> Reply {
        guard let token = Token(text) else { return now(show(InvitationOverPage(), status: 404)) }
        let name = request.form["name"] ?? "", email = request.form["email"] ?? ""
        let page: BeginningPage
        do throws(NotDone) { page = try self.page(token, name: name, email: email) } catch { return now(show(Trouble.fault(of: error))) }
        return evenly(unlessTooSoon: page) { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                let challenge = try await office.begin(token, name: name, email: email)
                return see(.registerCode, setting: [Cookie(Visit.challengeCookie, challenge.text)])
            } catch {
                switch error {
                case .form(let faults):
                    return show(try self.page(token, name: name, email: email, faults: faults), status: 422)
                case .notFound: return show(InvitationOverPage(), status: 404)
                default: throw error
                }
            }
        }
    }
}

extension Visit {
    private func page(_ token: Token, name: String = "", email: String = "", faults: [FormFault] = []) throws(NotDone) -> BeginningPage {
        let (refused, rules) = try office.previewOfBeginning(token)
        return BeginningPage(invitation: token, refused: refused, rules: rules, name: name, email: email, faults: faults)
    }
}

/// A link that was used, that is older than a day, or that never was one: the house keeps none of them, so it can't tell which.
struct InvitationOverPage: Page {
    func title(_ visit: Visit) -> String { visit.say("This link no longer works", id: "Tautan ini tidak berlaku lagi") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: title(visit))
            html(
                .p, .class("lead"),
                text: say(
                    "The link for the first administrator works once, for a day, and only until one has come in. This one was used or is too old.",
                    id: """
                        Tautan untuk administrator pertama berlaku satu kali, selama sehari, dan hanya sampai ada administrator. Yang \
                        ini sudah terpakai atau terlalu lama.
                        """))
            html(.h2, text: say("What you can do", id: "Yang dapat Anda lakukan"))
            html(.ul, .class("todo"), .role("list")) { html in
                way(
                    &html, say("You are the administrator", id: "Anda administratornya"),
                    say("Sign in with the address that you gave.", id: "Masuklah dengan alamat yang Anda berikan."),
                    (.signIn, say("Sign in", id: "Masuk")))
                way(
                    &html, say("Somebody else is", id: "Administratornya orang lain"),
                    say("Ask them to invite you, under Team.", id: "Mintalah undangan kepadanya, lewat halaman Tim."))
                way(
                    &html, say("Nobody has come in yet", id: "Belum ada administrator"),
                    say(
                        "Stop the house and start it again: as long as there is no administrator, each start prints a new link.",
                        id: "Hentikan lalu nyalakan lagi: selama belum ada administrator, setiap kali dinyalakan tercetak tautan baru."))
            }
        }
    }

    private func way(_ html: inout HTML, _ who: String, _ what: String, _ link: (route: Route, name: String)? = nil) {
        html(.li) { html in
            html(.div) { html in
                html(.b, text: who)
                html(.p, .class("quiet")) { html in
                    html.text(what)
                    if let link {
                        html.text(" ")
                        html(.a, .href(link.route.path), text: link.name)
                    }
                }
            }
        }
    }
}

struct BeginningPage: Waitable {
    let invitation: Token
    /// Why the policy would refuse it.
    let refused: Refused?
    /// By which each field is taken in.
    let rules: [String: String]
    var name = "", email = ""
    var faults: [FormFault] = []
    var wait: Int? = nil
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("The first administrator", id: "Administrator pertama")
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            visit.errors(&html, faults.sentences(say))
            visit.waiting(&html, wait)
            html(.h1, text: say("The first administrator", id: "Administrator pertama"))
            html(
                .p, .class("lead"),
                text: say(
                    "This link works once. Whoever uses it runs the accounts of the staff; customers’ data they don’t see.",
                    id: "Tautan ini berlaku satu kali. Pemakainya mengurus akun staf; data pelanggan tidak dilihatnya."))
            visit.offer(&html, refused ?? visit.house.offers.refusal(of: .firstAdministrator)) { html in
                html(.form, .class("flow form"), .post, .action(Route.beginning(invitation.text).path), .novalidate) { html in
                    visit.token(&html)
                    visit.staffFields(&html, name: name, email: email, faults) { rules[$0] }
                    html(.p) { $0(.button, .class("btn wide"), text: say("Send me the code", id: "Kirim kodenya")) }
                }
            }
        }
    }
}

extension Visit {
    /// Name and address of somebody who works here, with the rule by which they are taken in.
    func staffFields(_ html: inout HTML, name: String, email: String, _ faults: [FormFault], rule: (String) -> String?) {
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
