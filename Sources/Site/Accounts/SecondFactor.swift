// The second factor: asked for at sign-in; set up and removed on the account's pages.

import HTML
import HTTP
import Office
import QR
import Vault

extension Visit {
    var waitsForFactor: Token? { request.cookie(Visit.challengeCookie).flatMap(Token.init) }

    func askForFactor() -> Reply {
        guard waitsForFactor != nil else { return now(see(.signIn)) }
        return now(show(AskFactorPage()))
    }

    func factorGiven() -> Reply {
        guard let challenge = waitsForFactor else { return now(see(.signIn)) }
        let code = request.form["code"] ?? ""
        return evenly(unlessTooSoon: AskFactorPage()) { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                switch try await office.confirmFactor(challenge, code: code, from: browser) {
                case .signedIn(let session): return try await welcome(session)
                case .wrong(let left): return show(AskFactorPage(state: .wrong(left: left)), status: 422)
                case .unfit: return show(AskFactorPage(state: .unfit), status: 422)
                case .expired: return show(AskFactorPage(state: .over), status: 422)
                }
            } catch {
                guard case .tooMany(let seconds) = error else { throw error }
                return later(AskFactorPage(state: .guessed), after: seconds)
            }
        }
    }

    func factor(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in try await factorPage(session) }
    }

    func factorSet(_ session: Session) -> Reply {
        let sealed = request.form["draft"] ?? "", code = request.form["code"] ?? ""
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.setFactor(sealed, code: code, in: session)
                return see(.recoveryCodes)
            } catch {
                switch error {
                case .form(let faults): return try await factorPage(session, again: sealed, faults)
                case .signInAnew: return askToSignInAnew()
                default: throw error
                }
            }
        }
    }

    func factorRemoved(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.removeFactor(in: session)
                return .see(Route.account.path + "?now=no-factor")
            } catch {
                guard case .signInAnew = error else { throw error }
                return askToSignInAnew()
            }
        }
    }

    private func factorPage(_ session: Session, again sealed: String? = nil, _ faults: [FormFault] = []) async throws(NotDone) -> Response {
        guard office.isFresh(session) else { return askToSignInAnew() }
        let ways = try office.waysIn(of: session)
        if ways.unreadable.contains(.factor) {
            return show(UnreadableKeyPage(name: say("Authenticator app", id: "Aplikasi autentikator"), ways: ways))
        }
        let draft = try await office.draftOfFactor(in: session, again: sealed)
        let page = FactorPage(
            draft: draft, hasOne: ways.factor != nil, refused: try office.previewOfFactor(session), staying: ways.staying[.factor],
            faults: faults)
        return show(page, status: faults.isEmpty ? 200 : 422)
    }
}

/// At sign-in, after the first factor.
struct AskFactorPage: Waitable {
    enum State { case first, wrong(left: Int), over, guessed, unfit }
    var state = State.first
    var wait: Int? = nil
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("Enter the code of your app", id: "Masukkan kode aplikasi Anda")
        return error(say) == nil ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            visit.waiting(&html, wait, because: isGuessed ? guessed(say) : nil)
            if let error = error(say) { visit.errors(&html, [("code", error)]) }
            html(.h1, text: say("Enter the code of your app", id: "Masukkan kode aplikasi Anda"))
            html(
                .p, .class("lead"),
                text: say(
                    "Your authenticator app shows six digits that change every 30 seconds. Without it, enter one of your recovery codes.",
                    id: """
                        Aplikasi autentikator Anda menampilkan enam angka yang berganti setiap 30 detik. Tanpa aplikasi itu, masukkan salah \
                        satu kode pemulihan Anda.
                        """))
            visit.offer(&html, visit.house.offers.refusal(of: .password)) { html in
                html(.form, .class("flow form"), .post, .action(Route.signInFactor.path), .novalidate) { html in
                    visit.token(&html)
                    visit.field(
                        &html,
                        FormField(id: "code", label: say("Code", id: "Kode"), kind: .key, autocomplete: "one-time-code", error: error(say)))
                    html(.p) { $0(.button, .class("btn wide"), text: say("Confirm the code", id: "Konfirmasi kode")) }
                }
            }
            html(.p, .class("row")) { html in
                html(
                    .a, .href(Route.wayBack.path),
                    text: say("I have neither the app nor a recovery code", id: "Aplikasi dan kode pemulihan saya tidak ada"))
                html(.a, .href(Route.signIn.path), text: say("Begin again", id: "Mulai lagi"))
            }
        }
    }

    private var isGuessed: Bool { if case .guessed = state { true } else { false } }

    private func guessed(_ say: Language) -> String {
        say(
            "Many codes were tried for this account, so the next one waits. ",
            id: "Banyak kode sudah dicoba untuk akun ini, jadi yang berikut menunggu. ")
    }

    private func error(_ say: Language) -> String? {
        switch state {
        case .first, .guessed: nil
        case .wrong(let left):
            say(
                "That is not the code, or it was used already. Enter the next one; \(say.count(left, "try", "tries", id: "percobaan")) left",
                id: "Itu bukan kodenya, atau sudah terpakai. Isi yang berikut; tersisa \(say.count(left, "try", "tries", id: "percobaan"))")
        case .unfit:
            say(
                "A code of the app has six digits, a recovery code ten letters and digits. Enter one; this was not counted as a try",
                id: "Kode aplikasi terdiri dari enam angka, kode pemulihan sepuluh huruf dan angka. Isi salah satu; ini tidak dihitung")
        case .over:
            say("This took too long or too many tries. Begin again", id: "Ini terlalu lama atau terlalu sering dicoba. Mulailah lagi")
        }
    }
}

/// On the account's pages.
struct FactorPage: Page {
    let draft: FactorDraft
    let hasOne: Bool
    /// Why the policy would refuse it.
    let refused: Refused?
    /// Why it would keep the one that there is.
    let staying: Refused?
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let title = heading(visit.say)
        return faults.isEmpty ? title : visit.say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.account.path), text: say("Back to your account", id: "Kembali ke akun Anda"))
            visit.errors(&html, faults.sentences(say))
            html(.h1, text: heading(say))
            visit.offer(&html, refused) { form(&$0, visit) }
            if hasOne {
                html(.h2, text: say("Do without one", id: "Tanpa aplikasi"))
                visit.offer(&html, staying) { removal(&$0, visit) }
            }
        }
    }

    private func removal(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.form, .class("flow form"), .post, .action(Route.factorRemoval.path)) { html in
            visit.token(&html)
            html(.p, text: say("Your recovery codes go with it.", id: "Kode pemulihan Anda ikut dihapus."))
            html(.p) { $0(.button, .class("btn plain"), text: say("Remove the app", id: "Hapus aplikasinya")) }
        }
    }

    private func heading(_ say: Language) -> String {
        hasOne
            ? say("Another authenticator app", id: "Aplikasi autentikator lain") : say("An authenticator app", id: "Aplikasi autentikator")
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(
            .p, .class("lead"),
            text: say(
                "A second key beside password or email: whoever has only one of the two stays outside.",
                id: "Kunci kedua di samping kata sandi atau surel: yang hanya punya satu dari keduanya tetap di luar."))
        html(.ol, .class("flow")) { html in
            html(.li, .class("flow tight")) { html in
                html(
                    .p,
                    text: say(
                        "Scan this with the app, or type the secret into it.",
                        id: "Pindai ini dengan aplikasinya, atau ketikkan rahasianya."))
                if let code = QRCode(draft.address) {
                    let side = code.width + 8
                    html(
                        .svg, .class("qr"), .viewBox(of: "0 0 \(side) \(side)"), .role("img"),
                        .label(say("QR code of the secret below", id: "Kode QR dari rahasia di bawah"))
                    ) { html in html(.path, .d(code.path)) }
                }
                html(.p, .class("hint"), text: say("Secret", id: "Rahasia"))
                html(.p, .class("mono"), text: draft.secret.inGroups)
                html(.details) { html in
                    html(
                        .summary,
                        text: say("As an address, for an app on this device", id: "Sebagai alamat, untuk aplikasi di perangkat ini"))
                    html(.p) { $0(.code, .class("long"), text: draft.address) }
                }
            }
            html(.li, .class("flow tight")) { html in
                html(.form, .class("flow form"), .post, .action(Route.factor.path), .novalidate) { html in
                    visit.token(&html)
                    html(.input, .type("hidden"), .name("draft"), .value(draft.sealed))
                    visit.field(
                        &html,
                        FormField(
                            id: "code", label: say("The six digits that the app shows", id: "Enam angka yang ditampilkan aplikasinya"),
                            kind: .code, rule: visit.house.rules.taking("second factor", from: "settings page"),
                            autocomplete: "one-time-code", error: faults.sentence(for: "code", say)))
                    html(.p) {
                        $0(.button, .class("btn wide"), text: say("Use this app from now on", id: "Pakai aplikasi ini mulai sekarang"))
                    }
                }
            }
        }
    }
}

extension String {
    /// Four by four, as people copy it.
    fileprivate var inGroups: String {
        var groups: [Substring] = [], rest = self[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }
}
