// Giving a value that isn't held: a name or a number that was taken away, or never given.

import HTML
import HTTP
import Office
import Policy

extension Visit {
    func adding(_ path: String, _ session: Session) -> Reply {
        let field = path.replacing("-", with: " ")
        return now(
            trying { () throws(NotDone) -> Response in
                guard try office.lacking(session).contains(field) else { return try given(field, session) }
                return show(AddingPage(field: field))
            })
    }

    func added(_ path: String, _ session: Session) -> Reply {
        let field = path.replacing("-", with: " "), typed = request.form["value"] ?? ""
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.give(field, typed, for: session)
                return .see(Route.privacy.path + "?now=given")
            } catch {
                switch error {
                case .form(let faults): return show(AddingPage(field: field, typed: typed, faults: faults), status: 422)
                case .notFound: return try given(field, session)
                default: throw error
                }
            }
        }
    }

    /// Where it isn't lacking: it was given in the same moment, from another window.
    private func given(_ field: String, _ session: Session) throws(NotDone) -> Response {
        let closed = try session.staff == nil ? office.closed(field, at: .own, of: session) : []
        guard closed.isEmpty else { return show(ClosedValuePage(field: field, closed: closed)) }
        return show(try office.holds(field, of: session) ? Trouble.heldAlready(field) : .missing)
    }
}

struct AddingPage: Page {
    let field: String
    var typed = ""
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let title = heading(visit.say)
        return faults.isEmpty ? title : visit.say("Error: \(title)", id: "Galat: \(title)")
    }

    private func heading(_ say: Language) -> String { CentreTexts(say: say).give(field) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, isName = field == "full name"
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path + "#held"), text: say("Back to your data", id: "Kembali ke data Anda"))
            visit.errors(&html, faults.map { ("value", $0.sentence(say)) })
            html(.h1, text: heading(say))
            if let refused = visit.office.refusal(ofGiving: field) {
                visit.notOffered(&html, refused)
                return visit.typed(&html, [(say.thing(field).capitalised, typed)])
            }
            html(.form, .class("flow form"), .post, .action(Route.adding(field.replacing(" ", with: "-")).path), .novalidate) { html in
                visit.token(&html)
                visit.field(
                    &html,
                    FormField(
                        id: "value", label: say.thing(field).capitalised, kind: isName ? .text : .telephone,
                        rule: visit.house.rules.taking(field, from: "settings page"), autocomplete: isName ? "name" : "tel",
                        value: typed, error: faults.first?.sentence(say)))
                html(.p, .class("row")) { $0(.button, .class("btn"), text: say("Save", id: "Simpan")) }
            }
        }
    }
}
