// One request with all that a page must know of its reader: language, session, form token.

import HTML
import HTTP
import Office
import Policy

struct Visit: Sendable {
    let request: Request
    let route: Route
    let say: Language
    let session: Session?
    let form: FormToken
    let house: House

    var office: Environment { house.office }
    var policy: Policy { house.policy }

    /// Looks the session up.
    init(_ request: Request, _ route: Route, _ house: House) throws(NotDone) {
        var session: Session?
        if let token = request.cookie(Visit.sessionCookie).flatMap(Token.init) { session = try house.office.session(token) }
        self.init(of: session, request, route, house)
    }

    init(of session: Session?, _ request: Request, _ route: Route, _ house: House) {
        (self.request, self.route, self.session, self.house) = (request, route, session, house)
        let language = request.cookie(Visit.languageCookie).flatMap { Language(code: $0) }
        say = (language ?? Language(accepting: request.header("accept-language"))).knowing(house.indonesian)
        form = FormToken(for: request, session: session, mayBegin: route.methods == .both, randomness: house.office.randomness)
    }

    static let sessionCookie: StaticString = "session"
    /// By which we know the browser again.
    static let browserCookie: StaticString = "browser"
    static let languageCookie: StaticString = "language"
    /// Where to go after signing in anew.
    static let afterCookie: StaticString = "after"
    /// Which code this browser waits for.
    static let challengeCookie: StaticString = "challenge"
}

/// A page: what stands between the bars that all have.
protocol Page: Sendable {
    func title(_ visit: Visit) -> String
    func draw(_ html: inout HTML, _ visit: Visit)
    /// A page with a form in it needs the cookie that its token hangs on.
    var hasForm: Bool { get }
    /// A page with a proof loads the verifier; without script the server has verified it already.
    var hasProof: Bool { get }
    /// A page on which a copy can be checked loads what does so.
    var hasCopyCheck: Bool { get }
    /// A page with a form for passkeys loads what asks the browser for one; without script that form isn't shown.
    var hasPasskeys: Bool { get }
}
extension Page {
    var hasForm: Bool { false }
    var hasProof: Bool { false }
    var hasCopyCheck: Bool { false }
    var hasPasskeys: Bool { false }
}

// Guards and answers
extension Visit {
    func now(_ response: Response) -> Reply { .now(response) }
    func now(_ trouble: Trouble) -> Reply { .now(show(trouble)) }

    /// Runs straight through; what the office refuses becomes its page.
    func trying(_ work: () throws(NotDone) -> Response) -> Response {
        do throws(NotDone) { return try work() } catch { return show(Trouble.fault(of: error)) }
    }

    /// For what waits.
    func later(_ work: @escaping @Sendable () async throws(NotDone) -> Response) -> Reply {
        .later {
            do throws(NotDone) { return try await work() } catch { return show(Trouble.fault(of: error)) }
        }
    }

    /// For what waits, and must not tell by its time whether an address is known: answered on a beat, whatever the work took.
    func evenly(_ work: @escaping @Sendable () async throws(NotDone) -> Response) -> Reply {
        .later {
            let began = ContinuousClock.now
            let response: Response
            do throws(NotDone) { response = try await work() } catch { response = show(Trouble.fault(of: error)) }
            guard house.beat > .zero else { return response }
            let beats = Int((began.duration(to: .now) / house.beat).rounded(.down)) + 1
            try? await Task.sleep(until: began + house.beat * beats, clock: .continuous)
            return response
        }
    }

    /// For people who are signed in; others sign in first, and come back to the page that they wanted.
    func person(_ work: (Session) -> Reply) -> Reply {
        guard let session else {
            let wanted = request.method == .get && !request.isFromElsewhere ? comingBack(to: route) : nil
            return .now(see(.signIn, setting: wanted.map { [$0] } ?? []))
        }
        return work(session)
    }

    /// For staff. To others there is nothing here. To open a case is recorded under the clerk's name, so the link is one of ours.
    func staff(_ work: (StaffMember) -> Reply) -> Reply {
        person { session in
            guard let member = session.staff else { return now(.missing) }
            guard !request.isFromElsewhere else { return now(.foreignLink) }
            guard session.isStrong || !office.settings.staffNeedsSecondFactor else { return now(.oneFactor) }
            guard office.knows(member) else {
                return .now(show(UnknownWorkPage(role: member.role), status: request.method == .post ? 403 : 200))
            }
            return work(member)
        }
    }

    func show(_ page: some Page, status: UInt16 = 200) -> Response {
        var html = HTML()
        Shell(visit: self, page: page).draw(&html)
        var response = Response(status, html.finished(), .html)
        if page.hasForm, let cookie = form.newCookie { response.cookies.append(cookie) }
        return response
    }

    func show(_ trouble: Trouble) -> Response {
        // What another site may have sent isn't repeated.
        let isOurs = request.method == .post && form.accepts(request)
        var response = show(TroublePage(trouble: trouble, typed: isOurs ? copyable : []), status: trouble.status)
        response.headers += trouble.headers(for: route)
        return response
    }

    func see(_ route: Route, setting cookies: [Cookie] = []) -> Response {
        var response = Response.see(route.path)
        response.cookies = cookies
        return response
    }
}
