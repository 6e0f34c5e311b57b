// A person's account: where they are signed in.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func account(_ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            show(AccountPage(sessions: try office.sessions(of: session), news: request.query["now"]))
        }
    }

    func ended(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.endSession(number, of: session)
            guard number != session.own.entry else { return see(.home, setting: [Cookie(Visit.sessionCookie, "", life: .over)]) }
            return .see(Route.account.path + "?now=ended")
        }
    }

    func othersEnded(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.endOtherSessions(of: session)
            return .see(Route.account.path + "?now=alone")
        }
    }
}

struct AccountPage: Page {
    let sessions: [OpenSession]
    let news: String?
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { visit.say("Your account", id: "Akun Anda") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            if let words = words(of: news, say) { visit.note(&html, isFocused: true) { $0(.p, text: words) } }
            html(.h1, text: title(visit))
            html(.section, .class("flow"), .labelledby("sessions")) { list(&$0, visit) }
        }
    }

    private func list(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.h2, .id("sessions"), text: say("Where you are signed in", id: "Tempat Anda masuk"))
        html(.p, .class("hint")) { html in
            html.text(
                say(
                    "We keep when each began and roughly when it was last used, and nothing of the browser or its network.",
                    id: """
                        Kami menyimpan kapan masing-masing dimulai dan kira-kira kapan terakhir dipakai, dan tidak apa pun tentang peramban \
                        atau jaringannya.
                        """) + " ")
            if let rule = visit.house.rules.taking("session cookie", from: "browser") { visit.chip(&html, rule) }
        }
        html(.ul, .class("todo"), .role("list")) { html in
            for session in sessions { html(.li) { row(&$0, session, visit) } }
        }
        if sessions.count > 1 {
            html(.form, .post, .action(Route.otherSessionsEnding.path)) { html in
                visit.token(&html)
                html(.button, .class("btn plain"), text: say("End all others", id: "Akhiri semua yang lain"))
            }
        }
    }

    private func row(_ html: inout HTML, _ session: OpenSession, _ visit: Visit) {
        let say = visit.say, moment = say.dateAndTime(session.since)
        html(.div) { html in
            html(.b, text: say("Since \(moment)", id: "Sejak \(moment)"))
            html(.p, .class("quiet"), text: seen(session, visit))
        }
        if session.isThisOne {
            html(.span, .class("tag info"), text: say("This browser", id: "Peramban ini"))
        } else {
            html(.form, .post, .action(Route.sessionEnding(session.number).path)) { html in
                visit.token(&html)
                html(
                    .button, .class("btn plain sm"),
                    .label(say("End the session since \(moment)", id: "Akhiri sesi sejak \(moment)")),
                    text: say("End", id: "Akhiri"))
            }
        }
    }

    private func seen(_ session: OpenSession, _ visit: Visit) -> String {
        let say = visit.say
        if session.isThisOne { return say("In use now", id: "Sedang dipakai") }
        if session.isRecent { return say("Used within the last two hours", id: "Dipakai dalam dua jam terakhir") }
        return say("Last used on \(say.date(session.seen))", id: "Terakhir dipakai \(say.date(session.seen))")
    }

    private func words(of news: String?, _ say: Language) -> String? {
        switch news {
        case "ended": say("The session is ended.", id: "Sesi itu sudah diakhiri.")
        case "alone": say("All other sessions are ended.", id: "Semua sesi lain sudah diakhiri.")
        default: nil
        }
    }
}
