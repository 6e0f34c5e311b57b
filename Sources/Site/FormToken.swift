// Whether a form was sent from a page of ours, and whether it was sent before: the one place that looks.

import Crypto
import HTTP
import Office

/// Goes into each form as a hidden field: a hash of a random cookie that no other site can read, so that none can make
/// it. Signed in, the cookie is the session's; before that, one that lasts as long as the browser. Behind it stands a number that
/// this page alone has, by which a form that is sent twice is known.
struct FormToken: Sendable {
    /// What the field holds: 32 digits of the token, 16 of the page's number.
    var text: String { token + number }
    private let token: String
    /// Of this page alone; empty where it has no token.
    let number: String
    /// To be set with the page, where the browser has no cookie yet.
    let newCookie: Cookie?

    /// `mayBegin`: the address takes forms of people who have no cookie yet.
    init(for request: Request, session: Session?, mayBegin: Bool, randomness: any Randomness) {
        if let session {
            (token, newCookie) = (Self.token(of: session.token.text), nil)
        } else if let visit = request.cookie(Self.cookie).flatMap(Token.init) {
            (token, newCookie) = (Self.token(of: visit.text), nil)
        } else if !mayBegin {
            (token, newCookie) = ("", nil)
        } else {
            let fresh = Hex.encode(randomness.bytes(16))
            (token, newCookie) = (Self.token(of: fresh), Cookie(Self.cookie, fresh, sameSite: .strict))
        }
        number = token.isEmpty ? "" : Hex.encode(randomness.bytes(8))
    }

    /// The browser says that the request comes from our own pages, if it says anything, and the form's field fits the cookie.
    func accepts(_ request: Request) -> Bool {
        guard !request.isFromElsewhere, newCookie == nil, !token.isEmpty, let sent = request.form[Self.field] else { return false }
        return Self.holds(sent, token)
    }

    /// The press that sent this form: the same for the same form, filled in alike and sent again from the same browser, also where the
    /// first sending signed it in or out. nil: no form of a page of ours.
    static func press(_ request: Request) -> Digest? {
        guard request.method == .post, !request.isFromElsewhere, let sent = request.form[field] else { return nil }
        let cookies = [request.cookie(Visit.sessionCookie), request.cookie(cookie)].compactMap { $0 }
        guard cookies.contains(where: { holds(sent, token(of: $0)) }) else { return nil }
        return SHA256.hash(Array("voffice/press/1|\(request.path)|".utf8) + request.body)
    }

    /// What only this house could have said to this browser: goes with words of ours that stand in an address, so that nobody else makes us
    /// say them. Hangs on the cookie of who isn't signed in, which is set where there is none yet.
    static func seal(_ words: String, for request: Request, randomness: any Randomness) -> (seal: String, newCookie: Cookie?) {
        let known = request.cookie(cookie).flatMap(Token.init)?.text, value = known ?? Hex.encode(randomness.bytes(16))
        return (seal(words, value), known == nil ? Cookie(cookie, value, sameSite: .strict) : nil)
    }

    /// We said these words to this browser.
    static func isSealed(_ words: String, by seal: String?, for request: Request) -> Bool {
        guard let seal, let cookie = request.cookie(cookie).flatMap(Token.init) else { return false }
        return constantTimeEqual(Array(seal.utf8), Array(Self.seal(words, cookie.text).utf8))
    }

    static let field: StaticString = "form"
    static let cookie: StaticString = "visit"

    private static func holds(_ sent: String, _ token: String) -> Bool {
        sent.utf8.count == 48 && constantTimeEqual(Array(sent.utf8.prefix(32)), Array(token.utf8))
    }

    private static func seal(_ words: String, _ cookie: String) -> String {
        String(SHA256.hash(Array("voffice/said/1|\(cookie)|\(words)".utf8)).hex.prefix(32))
    }

    private static func token(of cookie: String) -> String {
        String(SHA256.hash(Array("voffice/form/1|\(cookie)".utf8)).hex.prefix(32))
    }
}

extension Request {
    /// The browser says that a page of another site made it send this.
    var isFromElsewhere: Bool { header("sec-fetch-site").map { $0 != "same-origin" && $0 != "none" } ?? false }
}
