// Where a code that was sent is typed; the same page after registering and after asking to sign in.

import HTML
import Office
import Vault

struct CodePage: Waitable {
    enum State { case first, sentAgain, wrong(left: Int), expired, unfit, taken }
    let state: State
    /// After registering, by the first administrator's link, or after asking to sign in; with an address, or with a number. To a newcomer it
    /// says the same whether or not the address has an account, and to anybody whether or not they work here.
    enum Receiver { case newcomer, newNumber, administrator, anybody, number }
    let receiver: Receiver
    var typed = ""
    var wait: Int? = nil
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("Enter the code", id: "Masukkan kodenya")
        return error(say) == nil ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            visit.waiting(&html, wait)
            if let error = error(say) { visit.errors(&html, [("code", error)]) }
            let useless = useless(visit.house.offers)
            if case .sentAgain = state, mayBeSent(visit) { visit.note(&html, isFocused: true) { $0(.p, text: sentAgain(visit)) } }
            html(.h1, text: say("Enter the code", id: "Masukkan kodenya"))
            if mayBeSent(visit) {
                html(.p, .class("lead"), text: lead(visit))
                html(.p, .class("hint"), text: ifNoneComes(visit))
            }
            if visit.office.settings.isDevelopment, visit.office.keepsMails {
                html(.p, .class("hint")) { html in
                    html.text(say("Development: the email is in the ", id: "Pengembangan: surelnya ada di "))
                    html(.a, .href(Route.outbox.path), text: say("outbox", id: "kotak keluar"))
                    html.text(".")
                }
            }
            visit.offer(&html, useless) { form(&$0, visit) }
            if case .expired = state {
                // What waited may be gone with a line of the policy.
                if receiver == .newcomer, let refused = visit.house.offers.refusal(of: .account) { visit.notOffered(&html, refused) }
                html(.p) { $0(.a, .class("btn plain"), .href(Route.signIn.path), text: say("Begin again", id: "Mulai lagi")) }
            }
            if useless == nil { another(&html, visit) }
        }
    }

    /// Why no code goes to a customer who may wait here, and to whoever works here.
    func refusals(_ offers: Offers) -> (code: Refused?, staffCode: Refused?) {
        switch receiver {
        case .newcomer: (offers.refusal(of: .signIn), nil)
        case .newNumber, .number: (offers.refusal(of: .telephoneSignIn), nil)
        case .administrator: (nil, offers.refusal(of: .staffSignIn))
        case .anybody: (offers.refusal(of: .signIn), offers.refusal(of: .staffSignIn))
        }
    }

    /// Why a code that comes back opens nothing: nobody is known afterwards, or it can't prove the address that it went to.
    private func useless(_ offers: Offers) -> Refused? {
        if let refused = offers.refusal(of: .session) { return refused }
        return switch receiver {
        case .newcomer: offers.refusal(of: .addressCode)
        case .newNumber: offers.refusal(of: .numberCode)
        case .administrator: offers.refusal(of: .staffAddressCode)
        case .anybody, .number: nil
        }
    }

    /// Whether a code may go to some of those who may wait here.
    func mayBeSent(_ visit: Visit) -> Bool {
        let offers = visit.house.offers, (code, staffCode) = refusals(offers)
        guard useless(offers) == nil else { return false }
        return code == nil && staffCode == nil || receiver == .anybody && (code == nil || staffCode == nil)
    }

    /// Another code, and to whom none can be sent: the same for everybody, whoever they are.
    private func another(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, offers = visit.house.offers, (code, staffCode) = refusals(offers)
        if mayBeSent(visit) {
            html(.form, .class("row"), .post, .action(Route.codeRenewal.path)) { html in
                visit.token(&html)
                if way == .registerCode { html(.input, .type("hidden"), .name("new"), .value("yes")) }
                html(.span, .class("hint"), text: say("Nothing came after a minute?", id: "Belum ada yang datang setelah semenit?"))
                html(.button, .class("btn plain sm"), text: say("Send another code", id: "Kirim kode lain"))
            }
        }
        if let code { visit.notOffered(&html, code) }
        if let staffCode, receiver == .administrator {
            visit.notOffered(&html, staffCode)
        } else if let staffCode {
            html(.details) { html in
                html(.summary, text: say("I work here", id: "Saya bekerja di sini"))
                visit.notOffered(&html, staffCode)
            }
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.form, .class("flow form"), .post, .action(way.path), .novalidate) { html in
            visit.token(&html)
            visit.codeField(&html, typed: typed, error: error(say))
            html(.p) { $0(.button, .class("btn wide"), text: say("Confirm the code", id: "Konfirmasi kode")) }
        }
    }

    var way: Route { receiver == .anybody || receiver == .number ? .signInCode : .registerCode }
}
