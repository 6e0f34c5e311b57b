// Whether a form was sent from a page of ours: the one place that looks.

import Crypto
import HTTP
import Office

/// Goes into each form as a hidden field: a hash of a random cookie that no other site can read, so that none can make
/// it. Signed in, the cookie is the session's; before that, one that lasts as long as the browser.
struct FormToken: Sendable {
    let text: String
    /// To be set with the page, where the browser has no cookie yet.
    let newCookie: Cookie?

    /// `mayBegin`: the address takes forms of people who have no cookie yet.
    init(for request: Request, session: Session?, mayBegin: Bool, randomness: any Randomness) {
        if let session {
            (text, newCookie) = (Self.text(of: session.token.text), nil)
        } else if let visit = request.cookie(Self.cookie).flatMap(Token.init) {
            (text, newCookie) = (Self.text(of: visit.text), nil)
        } else if !mayBegin {
            (text, newCookie) = ("", nil)
        } else {
            let fresh = Hex.encode(randomness.bytes(16))
            (text, newCookie) = (Self.text(of: fresh), Cookie(Self.cookie, fresh, sameSite: .strict))
        }
    }

    /// The browser says that the request comes from our own pages, if it says anything, and the form's field fits the cookie.
    func accepts(_ request: Request) -> Bool {
        guard !request.isFromElsewhere, newCookie == nil, !text.isEmpty, let sent = request.form[Self.field] else { return false }
        return constantTimeEqual(Array(sent.utf8), Array(text.utf8))
    }

    static let field: StaticString = "form"
    private static let cookie: StaticString = "visit"

    private static func text(of cookie: String) -> String {
        String(SHA256.hash(Array("voffice/form/1|\(cookie)".utf8)).hex.prefix(32))
    }
}

extension Request {
    /// The browser says that a page of another site made it send this.
    var isFromElsewhere: Bool { header("sec-fetch-site").map { $0 != "same-origin" && $0 != "none" } ?? false }
}
