// Passkeys: added and removed on the account's pages, and brought at sign-in.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func passkeys(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in try await passkeyPage(session) }
    }

    func passkeyAdded(_ session: Session) -> Reply {
        let form = request.form, draft = form["draft"] ?? ""
        let answer = PasskeyAnswer(clientData: form["clientData"] ?? "", authenticatorData: form["authenticatorData"] ?? "")
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                guard let answer else { throw .form([.passkeyUnfit]) }
                try await office.addPasskey(draft, answer, in: session)
                return .see(Route.account.path + "?now=passkey")
            } catch {
                switch error {
                case .form(let faults): return try await passkeyPage(session, faults)
                case .signInAnew: return askToSignInAnew()
                default: throw error
                }
            }
        }
    }

    func passkeyRemoved(_ number: Int64, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.removePasskey(Int(number) - 1, in: session)
                return .see(Route.account.path + "?now=no-passkey")
            } catch {
                guard case .signInAnew = error else { throw error }
                return askToSignInAnew()
            }
        }
    }

    /// For the script of the sign-in page: a challenge, and a cookie that it hangs on.
    func passkeyBegun() -> Reply {
        return later(unlessTooSoon: SignInPage()) { () async throws(NotDone) -> Response in
            let (token, challenge) = try await office.beginPasskey()
            var response = Response.text(challenge + "\n")
            response.cookies = [Cookie(Visit.challengeCookie, token.text)]
            return response
        }
    }

    func cameByPasskey() -> Reply {
        let form = request.form, token = request.cookie(Visit.challengeCookie).flatMap(Token.init)
        let answer = PasskeyAnswer(
            id: form["id"] ?? "", clientData: form["clientData"] ?? "", authenticatorData: form["authenticatorData"] ?? "",
            signature: form["signature"] ?? "")
        guard house.offers.refusal(of: .password) == nil else { return now(show(SignInPage(), status: 403)) }
        return evenly(unlessTooSoon: SignInPage()) { () async throws(NotDone) -> Response in
            guard let token, let answer else { return show(SignInPage(isStrange: true), status: 422) }
            switch try await office.signIn(passkey: answer, for: token, from: browser) {
            case .signedIn(let session): return try await welcome(session)
            case .secondFactor(let next): return see(.signInFactor, setting: [Cookie(Visit.challengeCookie, next.text)])
            case .wrong: return show(SignInPage(isStrange: true), status: 422)
            }
        }
    }

    /// On the sign-in page; shown by its script.
    func passkeySignIn(_ html: inout HTML, isStrange: Bool) {
        guard let site = office.passkeySite else { return }
        if isStrange {
            note(&html, .bad, isFocused: true) {
                $0(
                    .p,
                    text: say("This passkey opens no account here. ", id: "Kunci sandi ini tidak membuka akun apa pun di sini. ")
                        + (house.offers.refusal(of: .signIn) == nil
                            ? say(
                                "Sign in by password or code, and add it on your account’s page.",
                                id: "Masuklah dengan kata sandi atau kode, lalu tambahkan di halaman akun Anda.")
                            : say(
                                "Sign in by your password, and add it on your account’s page.",
                                id: "Masuklah dengan kata sandi Anda, lalu tambahkan di halaman akun Anda.")))
            }
        }
        html(
            .form, .class("flow form"), .post, .action(Route.signInPasskey.path), .data(.passkey, "come"),
            .data(.begin, Route.passkeyChallenge.path), .data(.site, site), .unseen
        ) { html in
            token(&html)
            answers(&html, ["id", "clientData", "authenticatorData", "signature"])
            html(.p) { $0(.button, .class("btn plain"), text: say("Sign in with a passkey", id: "Masuk dengan kunci sandi")) }
            failed(&html)
        }
    }

    fileprivate func answers(_ html: inout HTML, _ names: [StaticString]) {
        for name in names { html(.input, .type("hidden"), .name(name), .value("")) }
    }

    fileprivate func failed(_ html: inout HTML) {
        html(
            .p, .class("why"), .role("alert"), .data(.failed, ""), .unseen,
            text: say(
                "The browser brought no passkey. Try once more, or another way.",
                id: "Peramban tidak memberikan kunci sandi. Coba sekali lagi, atau cara lain."))
    }

    private func passkeyPage(_ session: Session, _ faults: [FormFault] = []) async throws(NotDone) -> Response {
        guard office.isFresh(session) else { return askToSignInAnew() }
        let ways = try office.waysIn(of: session)
        if ways.unreadable.contains(.passkeys) { return show(UnreadableKeyPage(name: say("Passkeys", id: "Kunci sandi"), ways: ways)) }
        let page = PasskeysPage(
            draft: try await office.draftOfPasskey(in: session), present: ways.passkeys,
            refused: try office.previewOfPasskey(session), staying: try office.previewOfRemovingPasskey(session), faults: faults)
        return show(page, status: faults.isEmpty ? 200 : 422)
    }
}

struct PasskeysPage: Page {
    let draft: PasskeyDraft
    let present: [PointInTime]
    /// Why the policy would refuse it.
    let refused: Refused?
    /// Why it would keep those that there are.
    let staying: Refused?
    var faults: [FormFault] = []
    var hasForm: Bool { true }
    var hasPasskeys: Bool { true }

    func title(_ visit: Visit) -> String {
        let title = visit.say("Passkeys", id: "Kunci sandi")
        return faults.isEmpty ? title : visit.say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.account.path), text: say("Back to your account", id: "Kembali ke akun Anda"))
            visit.errors(&html, faults.sentences(say))
            html(.h1, text: say("Passkeys", id: "Kunci sandi"))
            html(
                .p, .class("lead"),
                text: say(
                    "A passkey stays in your device or in a key on your ring, and opens by a finger, a face or a number. It works on this site only, so nobody can talk it out of you.",
                    id: """
                        Kunci sandi tinggal di perangkat Anda atau di kunci kecil, dan terbuka dengan jari, wajah, atau angka. Hanya berlaku di \
                        situs ini, jadi tak seorang pun dapat memancingnya dari Anda.
                        """))
            if !present.isEmpty { list(&html, visit) }
            if !present.isEmpty, let staying { visit.notOffered(&html, staying) }
            visit.offer(&html, refused) { html in
                html(
                    .p, .class("hint"),
                    text: say(
                        "To add one, the browser has to let this page run its script. The other ways to sign in need none.",
                        id: "Untuk menambahkannya, peramban harus mengizinkan skrip halaman ini. Cara masuk yang lain tidak memerlukannya.")
                )
                add(&html, visit)
            }
        }
    }

    private func list(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.ul, .class("todo"), .role("list")) { html in
            for (place, since) in present.enumerated() {
                html(.li) { html in
                    html(.b, text: say("Added on \(say.dateAndTime(since))", id: "Ditambahkan \(say.dateAndTime(since))"))
                    if staying != nil { return }
                    html(.form, .post, .action(Route.passkeyRemoval(Int64(place + 1)).path)) { html in
                        visit.token(&html)
                        html(
                            .button, .class("btn plain sm"),
                            .label(
                                say("Remove the passkey of \(say.dateAndTime(since))", id: "Hapus kunci sandi \(say.dateAndTime(since))")),
                            text: say("Remove", id: "Hapus"))
                    }
                }
            }
        }
    }

    private func add(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(
            .p, .class("note wait"), .id("no-passkey"),
            text: say(
                "This browser brings no passkey: it needs a script, and a browser that knows passkeys. The other ways to sign in work without.",
                id: """
                    Peramban ini tidak dapat memberi kunci sandi: perlu skrip, dan peramban yang mengenal kunci sandi. Cara masuk lain \
                    berjalan tanpanya.
                    """))
        html(
            .form, .class("flow form"), .id("passkey"), .post, .action(Route.passkeys.path), .data(.passkey, "add"),
            .data(.challenge, draft.challenge), .data(.user, draft.user), .data(.name, draft.name), .data(.site, draft.site), .unseen
        ) { html in
            visit.token(&html)
            html(
                .input, .type("hidden"), .name("draft"), .value(draft.sealed), .data(.operatorName, visit.office.settings.operatorName),
                .data(.present, draft.present.joined(separator: " ")))
            visit.answers(&html, ["clientData", "authenticatorData"])
            html(.p, .class("hint")) { html in
                html.text(
                    say(
                        "We hold its public half, which signs nothing. Your sessions in other browsers end. ",
                        id: "Kami menyimpan paruh umumnya, yang tidak dapat menandatangani. Sesi Anda di peramban lain berakhir. "))
                if let rule = visit.house.rules.taking("passkeys", from: "settings page") { visit.chip(&html, rule) }
            }
            html(.p) { $0(.button, .class("btn wide"), text: say("Add a passkey", id: "Tambah kunci sandi")) }
            visit.failed(&html)
        }
    }
}
