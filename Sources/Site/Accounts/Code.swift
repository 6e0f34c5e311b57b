// The code that came by mail; the same page after registering and after asking to sign in.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    private var challenge: Token? { request.cookie(Visit.challengeCookie).flatMap(Token.init) }

    /// Who waits here for a code: of whoever asks to sign in nobody may tell.
    private func receiver(_ challenge: Token, isNew: Bool) throws(NotDone) -> CodePage.Receiver {
        let awaited = try office.awaited(challenge)
        if isNew, awaited.isFirstAdministrator { return .administrator }
        return isNew ? (awaited.isByNumber ? .newNumber : .newcomer) : (awaited.isByNumber ? .number : .anybody)
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
        return evenly(unlessTooSoon: CodePage(state: .first, receiver: receiver, typed: code)) { () async throws(NotDone) -> Response in
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

    /// From where a code is asked for.
    var asker: Asker { Asker(network: request.address.neighbours, browser: browser) }

    /// To the first page of whoever has just come in. What this browser had open before ends.
    func welcome(_ new: Session) async throws(NotDone) -> Response {
        if let former = session { try await office.signOut(former) }
        var cookies = [Cookie(Visit.sessionCookie, new.token.text), Cookie(Visit.challengeCookie, "", life: .over)]
        let back = placeComeBackTo(new)
        if request.cookie(Visit.afterCookie) != nil { cookies.append(Cookie(Visit.afterCookie, "", life: .over)) }
        if let mark = new.browser { cookies.append(Cookie(Visit.browserCookie, mark.text, life: .seconds(Visit.lifeOfMark))) }
        var response = Response.see(back ?? firstPage(of: new.staff).path)
        response.cookies = cookies
        return response
    }

    /// Six months, as the policy says; the house forgets it at the policy's own moment.
    private static let lifeOfMark = 183 * 86_400

    /// Where somebody's work, or their own data, is.
    private func firstPage(of member: StaffMember?) -> Route {
        guard let member else { return .privacy }
        return member.isOfficer ? .proposals : member.role == "administrator" ? .team : firstPlace(of: member)
    }

    func codeRenewed() -> Reply {
        guard let challenge else { return now(see(.signIn)) }
        let page: CodePage
        do throws(NotDone) {
            page = CodePage(state: .first, receiver: try receiver(challenge, isNew: request.form["new"] == "yes"))
        } catch { return now(show(Trouble.fault(of: error))) }
        guard page.mayBeSent(self) else { return now(show(page, status: 403)) }
        return evenly(unlessTooSoon: page) { () async throws(NotDone) -> Response in
            try await office.sendAnotherCode(challenge, from: asker)
            return .see(page.way.path + "?sent=again")
        }
    }
}
