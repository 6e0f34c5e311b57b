// A form of our own page that came without its cookie: nothing is done with it, and nothing typed in it is lost.

import HTML
import HTTP
import Office

extension Visit {
    /// The form again with what was typed, where somebody without a session may send it; otherwise the words to copy. What a page of
    /// another site may have sent isn't shown at all: it would speak with our voice.
    func returned() -> Response {
        guard request.isFromHere(office.settings.address) else { return show(Trouble.foreignForm) }
        let text = request.form
        switch route {
        case .register:
            let typed = Registration(name: text["name"] ?? "", email: text["email"] ?? "", telephone: text["telephone"] ?? "")
            return show(RegisterPage(typed: typed, isReturned: true), status: 403)
        case .signIn:
            let staff = text["staff-email"]
            return show(SignInPage(email: staff ?? text["email"] ?? "", isForStaff: staff != nil, isReturned: true), status: 403)
        case .newCase where session != nil:
            let byMail = session.flatMap { try? office.answersByEmail($0) } ?? (false, nil)
            let page = NewCasePage(text: text["text"] ?? "", telephone: text["telephone"] ?? "", byMail: byMail, isReturned: true)
            return show(page, status: 403)
        default:
            // Where nobody may be known by a cookie any more, a form of before fits none: that is why, and its rule is named.
            let isUnknown = session == nil && request.cookie(Self.sessionCookie) != nil
            let trouble = isUnknown ? house.offers.refusal(of: .session).map(Trouble.refused) ?? .foreignForm : .foreignForm
            var response = show(TroublePage(trouble: trouble, typed: copyable), status: trouble.status)
            if session == nil, let back = comingBackToForm() { response.cookies.append(back) }
            return response
        }
    }

    /// What came with a form of ours that nothing came of, to copy. No secret is among it.
    var copyable: [(label: String, value: String)] {
        let labels: [(StaticString, String)] = [
            ("customer", say("Whose", id: "Milik siapa")), ("name", say("Name", id: "Nama")), ("email", say("Email", id: "Surel")),
            ("staff-email", say("Email", id: "Surel")), ("telephone", say("Telephone", id: "Telepon")),
            ("text", say("What it is about", id: "Perihal")), ("value", say("Correction", id: "Pembetulan")),
            ("review", say("Look again by", id: "Tinjau lagi sebelum")),
        ]
        let role = request.form["role"].map { [(say("What will they do?", id: "Apa tugasnya?"), say.name($0).capitalised)] } ?? []
        return labels.compactMap { name, label in request.form[name].map { (label, $0) } } + role
    }

    /// Above a form that came back so.
    func returned(_ html: inout HTML, _ isReturned: Bool) {
        guard isReturned else { return }
        note(&html, .wait, isFocused: true) { html in
            html(
                .p,
                text: say(
                    "Your browser sent this without the cookie that belongs to the page, so we did nothing with it.",
                    id: "Peramban Anda mengirim ini tanpa kuki halamannya, jadi tidak kami apa-apakan."))
            html(
                .p,
                text: say(
                    "What you typed is still here. Look it over and send it again.",
                    id: "Isian Anda masih ada di sini. Periksa, lalu kirim lagi."))
        }
    }
}

extension Request {
    /// The browser says that a page of this house made it send this.
    fileprivate func isFromHere(_ address: String) -> Bool {
        guard !isFromElsewhere else { return false }
        return header("sec-fetch-site") == "same-origin" || header("sec-fetch-site") == nil && header("origin") == address
    }
}
