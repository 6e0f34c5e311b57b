// The code that went to a new address.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    private var challenge: Token? { request.cookie(Visit.challengeCookie).flatMap(Token.init) }

    func askForAddressCode(_ session: Session) -> Reply {
        guard challenge != nil else { return now(see(.privacy)) }
        return now(trying { () throws(NotDone) -> Response in show(AddressCodePage(reached: try office.reachedThrough(session))) })
    }

    func addressConfirmed(_ session: Session) -> Reply {
        guard let challenge else { return now(see(.privacy)) }
        let typed = request.form["code"] ?? "", reached: String
        do throws(NotDone) { reached = try office.reachedThrough(session) } catch { return now(show(Trouble.fault(of: error))) }
        return later(unlessTooSoon: AddressCodePage(reached: reached, typed: typed)) { () async throws(NotDone) -> Response in
            let outcome: AddressOutcome
            do throws(NotDone) { outcome = try await office.confirmAddress(challenge, code: typed, for: session) } catch {
                guard case .refused(.gone) = error else { throw error }
                return show(Trouble.departed)
            }
            if case .changed = outcome {
                var response = Response.see(Route.privacy.path + "?now=moved")
                response.cookies = [Cookie(Visit.challengeCookie, "", life: .over)]
                return response
            }
            return show(AddressCodePage(reached: reached, outcome: outcome, typed: typed), status: 422)
        }
    }
}

struct AddressCodePage: Waitable {
    /// The field through which we reach them.
    let reached: String
    var outcome: AddressOutcome? = nil
    var typed = ""
    var wait: Int? = nil
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = heading(say)
        return error(say) == nil ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    private var isNumber: Bool { reached == "telephone number" }

    private func heading(_ say: Language) -> String {
        isNumber ? say("Prove the new number", id: "Buktikan nomor baru") : say("Prove the new address", id: "Buktikan alamat baru")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path + "#held"), text: say("Back to your data", id: "Kembali ke data Anda"))
            visit.waiting(&html, wait)
            if let error = error(say) { visit.errors(&html, [("code", error)]) }
            html(.h1, text: heading(say))
            let offers = visit.house.offers
            if let refused = offers.refusal(of: isNumber ? .numberCode : .addressCode) { return visit.notOffered(&html, refused) }
            let another = offers.refusal(of: isNumber ? .newNumber : .newAddress)
            if let unsent = offers.refusal(of: isNumber ? .telephoneCode : .code) {
                visit.notOffered(&html, unsent)
                form(&html, visit, hasAnother: false)
            } else {
                lead(&html, say)
                form(&html, visit, hasAnother: another == nil)
                // What keeps another one from being given.
                if let another { visit.notOffered(&html, another) }
            }
        }
    }

    private func lead(_ html: inout HTML, _ say: Language) {
        html(
            .p, .class("lead"),
            text: isNumber
                ? say(
                    """
                    If the number is free, and not too many codes were asked for lately, a code of six digits is on its way to it, good for \
                    ten minutes. Your old number holds until then.
                    """,
                    id: """
                        Bila nomor itu belum dipakai, dan belakangan ini tidak terlalu banyak kode diminta, kode enam angka sedang dikirim \
                        ke sana dan berlaku sepuluh menit. Sampai saat itu nomor lama Anda tetap berlaku.
                        """)
                : say(
                    """
                    If the address is free, and not too many codes were asked for lately, a code of six digits is on its way to it, good for \
                    ten minutes. Your old address holds until then.
                    """,
                    id: """
                        Bila alamat itu belum dipakai, dan belakangan ini tidak terlalu banyak kode diminta, kode enam angka sedang dikirim \
                        ke sana dan berlaku sepuluh menit. Sampai saat itu alamat lama Anda tetap berlaku.
                        """))
        html(.p, .class("hint"), text: say.noCodeYet)
    }

    private func form(_ html: inout HTML, _ visit: Visit, hasAnother: Bool) {
        let say = visit.say
        if visit.office.settings.isDevelopment {
            html(.p, .class("hint")) { html in
                html.text(say("Development: the email is in the ", id: "Pengembangan: surelnya ada di "))
                html(.a, .href(Route.outbox.path), text: say("outbox", id: "kotak keluar"))
                html.text(".")
            }
        }
        html(.form, .class("flow form"), .post, .action(Route.addressCode.path), .novalidate) { html in
            visit.token(&html)
            visit.codeField(&html, typed: typed, error: error(say))
            html(.p, .class("row")) { html in
                html(.button, .class("btn"), text: say("Confirm the code", id: "Konfirmasi kode"))
                if hasAnother {
                    html(
                        .a, .href(CorrectionPlace(reached.replacing(" ", with: "-"))?.route.path ?? Route.privacy.path),
                        text: isNumber
                            ? say("Another number, or a new code", id: "Nomor lain, atau kode baru")
                            : say("Another address, or a new code", id: "Alamat lain, atau kode baru"))
                }
            }
        }
    }

    private func error(_ say: Language) -> String? {
        switch outcome {
        case nil, .changed: nil
        case .wrong(let left): say.codeWrong(left: left)
        case .expired:
            say(
                "This code is too old or used up. Enter the address again for a new one",
                id: "Kode ini terlalu lama atau sudah terpakai. Isi alamatnya lagi untuk kode baru")
        case .unfit: say.codeUnfit
        case .taken:
            say(
                "Somebody proved this address before you did. Enter another one",
                id: "Seseorang lebih dulu membuktikan alamat ini. Isi alamat lain")
        }
    }
}
