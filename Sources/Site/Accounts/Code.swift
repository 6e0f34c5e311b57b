// The code that came by mail; the same page after registering and after asking to sign in.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    private var challenge: Token? { request.cookie(Visit.challengeCookie).flatMap(Token.init) }

    /// Who waits here for a code: of whoever asks to sign in nobody may tell.
    private func receiver(_ challenge: Token, isNew: Bool) throws(NotDone) -> CodePage.Receiver {
        guard isNew else { return .anybody }
        return try office.isOfFirstAdministrator(challenge) ? .administrator : .newcomer
    }

    func askForCode() -> Reply {
        guard let challenge else { return now(see(.signIn)) }
        return now(
            trying { () throws(NotDone) -> Response in
                let receiver = try receiver(challenge, isNew: route == .registerCode)
                return show(CodePage(state: request.query["sent"] == "again" ? .sentAgain : .first, receiver: receiver))
            })
    }

    func confirmed() -> Reply {
        guard let challenge else { return now(see(.signIn)) }
        let code = request.form["code"] ?? "", receiver: CodePage.Receiver
        do throws(NotDone) { receiver = try self.receiver(challenge, isNew: route == .registerCode) } catch {
            return now(show(Trouble.fault(of: error)))
        }
        if let wait = tooSoon(CodePage(state: .first, receiver: receiver, typed: code)) { return wait }
        return evenly { () async throws(NotDone) -> Response in
            switch try await office.confirm(challenge, code: code, from: browser) {
            case .signedIn(let session): return try await welcome(session)
            case .secondFactor(let next): return see(.signInFactor, setting: [Cookie(Visit.challengeCookie, next.text)])
            case .wrong(let left): return show(CodePage(state: .wrong(left: left), receiver: receiver), status: 422)
            case .expired: return show(CodePage(state: .expired, receiver: receiver), status: 422)
            case .unfit: return show(CodePage(state: .unfit, receiver: receiver, typed: code), status: 422)
            case .taken: return show(CodePage(state: .taken, receiver: receiver), status: 422)
            }
        }
    }

    /// The mark by which we know this browser, where it has one.
    var browser: Token? { request.cookie(Visit.browserCookie).flatMap(Token.init) }

    /// To the first page of whoever has just come in. What this browser had open before ends.
    func welcome(_ new: Session) async throws(NotDone) -> Response {
        if let former = session { try await office.signOut(former) }
        var cookies = [Cookie(Visit.sessionCookie, new.token.text), Cookie(Visit.challengeCookie, "", life: .over)]
        let back: Route? = ["account": .account, "leave": .leave][request.cookie(Visit.afterCookie) ?? ""]
        if back != nil { cookies.append(Cookie(Visit.afterCookie, "", life: .over)) }
        if let mark = new.browser { cookies.append(Cookie(Visit.browserCookie, mark.text, life: .seconds(Visit.lifeOfMark))) }
        return see(back ?? firstPage(of: new.staff), setting: cookies)
    }

    /// Six months, as the policy says; the house forgets it at the policy's own moment.
    private static let lifeOfMark = 183 * 86_400

    /// Where somebody's work, or their own data, is.
    private func firstPage(of member: StaffMember?) -> Route {
        guard let member else { return .privacy }
        return member.isOfficer ? .proposals : member.role == "administrator" ? .team : .desk
    }

    func codeRenewed() -> Reply {
        guard let challenge else { return now(see(.signIn)) }
        let page: CodePage
        do throws(NotDone) {
            page = CodePage(state: .first, receiver: try receiver(challenge, isNew: request.form["new"] == "yes"))
        } catch { return now(show(Trouble.fault(of: error))) }
        guard page.mayBeSent(house.offers) else { return now(show(page, status: 403)) }
        if let wait = tooSoon(page) { return wait }
        return evenly { () async throws(NotDone) -> Response in
            try await office.sendAnotherCode(challenge)
            return .see(page.way.path + "?sent=again")
        }
    }
}

struct CodePage: Waitable {
    enum State { case first, sentAgain, wrong(left: Int), expired, unfit, taken }
    let state: State
    /// After registering, by the first administrator's link, or after asking to sign in. To a newcomer it says the same whether or not the
    /// address has an account, and to anybody whether or not they work here.
    enum Receiver { case newcomer, administrator, anybody }
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
            let offers = visit.house.offers, useless = useless(offers)
            if case .sentAgain = state, mayBeSent(offers) { visit.note(&html, isFocused: true) { $0(.p, text: sentAgain(say, offers)) } }
            html(.h1, text: say("Enter the code", id: "Masukkan kodenya"))
            if mayBeSent(offers) { html(.p, .class("lead"), text: lead(visit)) }
            if visit.office.settings.isDevelopment {
                html(.p, .class("hint")) { html in
                    html.text(say("Development: the email is in the ", id: "Pengembangan: surelnya ada di "))
                    html(.a, .href(Route.outbox.path), text: say("outbox", id: "kotak keluar"))
                    html.text(".")
                }
            }
            visit.offer(&html, useless) { form(&$0, visit) }
            if case .expired = state {
                // What waited may be gone with a line of the policy.
                if receiver == .newcomer, let refused = offers.refusal(of: .account) { visit.notOffered(&html, refused) }
                html(.p) { $0(.a, .class("btn plain"), .href(Route.signIn.path), text: say("Begin again", id: "Mulai lagi")) }
            }
            if useless == nil { another(&html, visit) }
        }
    }

    /// Why no code goes to a customer who may wait here, and to whoever works here.
    private func refusals(_ offers: Offers) -> (code: Refused?, staffCode: Refused?) {
        (
            receiver == .administrator ? nil : offers.refusal(of: .signIn),
            receiver == .newcomer ? nil : offers.refusal(of: .staffSignIn)
        )
    }

    /// Why a code that comes back opens nothing: nobody is known afterwards, or it can't prove the address that it went to.
    private func useless(_ offers: Offers) -> Refused? {
        if let refused = offers.refusal(of: .session) { return refused }
        return switch receiver {
        case .newcomer: offers.refusal(of: .addressCode)
        case .administrator: offers.refusal(of: .staffAddressCode)
        case .anybody: nil
        }
    }

    /// Whether a code may go to some of those who may wait here.
    func mayBeSent(_ offers: Offers) -> Bool {
        guard useless(offers) == nil else { return false }
        let (code, staffCode) = refusals(offers)
        return receiver == .anybody ? code == nil || staffCode == nil : code == nil && staffCode == nil
    }

    /// Another code, and to whom none can be sent: the same for everybody, whoever they are.
    private func another(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, offers = visit.house.offers, (code, staffCode) = refusals(offers)
        if mayBeSent(offers) {
            html(.form, .class("row"), .post, .action(Route.codeRenewal.path)) { html in
                visit.token(&html)
                if receiver != .anybody { html(.input, .type("hidden"), .name("new"), .value("yes")) }
                html(.span, .class("hint"), text: say("No email after a minute?", id: "Belum ada surel setelah semenit?"))
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
            html(.p) { $0(.button, .class("btn wide"), text: say("Confirm the code", id: "Pastikan kodenya")) }
        }
    }

    var way: Route { receiver == .anybody ? .signInCode : .registerCode }

    private func sentAgain(_ say: Language, _ offers: Offers) -> String {
        refusals(offers).code == nil && refusals(offers).staffCode == nil
            ? say(
                "A new code is on its way, unless one went out just now or five did in ten minutes. Only the newest works.",
                id:
                    "Kode baru sedang dikirim, kecuali baru saja ada yang dikirim atau sudah lima dalam sepuluh menit. Hanya yang terbaru berlaku."
            )
            : say(
                "If a code may be sent to you, and none went out just now, a new one is on its way. Only the newest works.",
                id:
                    "Jika kode boleh dikirim kepada Anda, dan tidak baru saja dikirim, yang baru sedang dikirim. Hanya yang terbaru berlaku."
            )
    }

    private func lead(_ visit: Visit) -> String {
        let say = visit.say, offers = visit.house.offers, isByTelephone = visit.office.registersByTelephone
        let isTold = offers.refusal(of: .addressNotice) == nil && (!isByTelephone || visit.office.tellsOwnersOfNumbers)
        return switch receiver {
        case .newcomer: sentToNew(say, isTold: isTold, isByTelephone: isByTelephone)
        case .administrator:
            say(
                "An email is on its way to the address you gave, with a code of six digits, good for ten minutes.",
                id: "Surel sedang dikirim ke alamat yang Anda berikan, dengan kode enam angka yang berlaku sepuluh menit.")
        case .anybody: sentToKnown(say, refusals(offers), isByTelephone: isByTelephone)
        }
    }

    /// `isTold`: whoever has an account already gets a mail as well.
    private func sentToNew(_ say: Language, isTold: Bool, isByTelephone: Bool) -> String {
        if isByTelephone {
            return isTold
                ? say(
                    """
                    A message is on its way to the address or number you gave, with a code of six digits, good for ten minutes. If it has an \
                    account already, the message says so instead.
                    """,
                    id: """
                        Pesan sedang dikirim ke alamat atau nomor yang Anda berikan, dengan kode enam angka yang berlaku sepuluh menit. Jika \
                        sudah punya akun, pesannya mengatakan itu.
                        """)
                : say(
                    """
                    If the address or number you gave has no account yet, a message is on its way to it, with a code of six digits, good for \
                    ten minutes.
                    """,
                    id: """
                        Jika alamat atau nomor yang Anda berikan belum punya akun, pesan sedang dikirim ke sana, dengan kode enam angka yang \
                        berlaku sepuluh menit.
                        """)
        }
        guard isTold else {
            return say(
                """
                If the address you gave has no account yet, an email is on its way to it, with a code of six digits, good for ten minutes.
                """,
                id: """
                    Jika alamat yang Anda berikan belum punya akun, surel sedang dikirim ke sana, dengan kode enam angka yang berlaku \
                    sepuluh menit.
                    """)
        }
        return say(
            """
            An email is on its way to the address you gave, with a code of six digits, good for ten minutes. If the address has an account \
            already, the email says so instead.
            """,
            id: """
                Surel sedang dikirim ke alamat yang Anda berikan, dengan kode enam angka yang berlaku sepuluh menit. Jika alamat itu sudah \
                punya akun, surelnya mengatakan itu.
                """)
    }

    private func sentToKnown(_ say: Language, _ refusals: (code: Refused?, staffCode: Refused?), isByTelephone: Bool) -> String {
        let whose =
            refusals.code != nil
            ? say("belongs to somebody who works here", id: "milik seseorang yang bekerja di sini")
            : refusals.staffCode != nil
                ? say("belongs to a customer’s account", id: "milik akun pelanggan") : say("belongs to an account", id: "milik sebuah akun")
        if isByTelephone {
            return say(
                "If the address or number you gave \(whose), a message is on its way to it, with a code of six digits, good for ten minutes.",
                id: """
                    Jika alamat atau nomor yang Anda berikan \(whose), pesan sedang dikirim ke sana, dengan kode enam angka yang berlaku \
                    sepuluh menit.
                    """)
        }
        return say(
            "If the address you gave \(whose), an email is on its way to it, with a code of six digits, good for ten minutes.",
            id: """
                Jika alamat yang Anda berikan \(whose), surel sedang dikirim ke sana, dengan kode enam angka yang berlaku sepuluh menit.
                """)
    }

    private func error(_ say: Language) -> String? {
        switch state {
        case .first, .sentAgain: nil
        case .wrong(let left):
            say(
                "That is not the code. Enter the six digits of the email; \(say.count(left, "try", "tries", id: "percobaan")) left",
                id: "Itu bukan kodenya. Isi enam angka dari surel; tersisa \(say.count(left, "try", "tries", id: "percobaan"))")
        case .expired:
            say(
                "This code is too old, used up, or was tried too often. Begin again to get another",
                id: "Kode ini terlalu lama, sudah terpakai, atau terlalu sering dicoba. Mulailah lagi untuk mendapat yang lain")
        case .unfit: say.codeUnfit
        case .taken:
            say("This address has an account since. Sign in with it", id: "Alamat ini sudah punya akun. Masuklah dengannya")
        }
    }
}

extension Language {
    /// Of what can't be a code.
    var codeUnfit: String {
        self(
            "A code has six digits. Enter the ones of the email; this was not counted as a try",
            id: "Kode terdiri dari enam angka. Isi yang ada di surel; ini tidak dihitung sebagai percobaan")
    }
}
