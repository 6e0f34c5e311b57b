// What comes of what customer service presses on somebody's behalf: making sure who calls, what they ask for, doing it.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func behalf(_ number: Int64, _ member: StaffMember) -> Reply {
        inCase(number, member) { () async throws(NotDone) -> Response in
            try await behalfPage(number, member, BehalfWork(news: news))
        }
    }

    func callerAsked(_ number: Int64, _ member: StaffMember) -> Reply {
        onBehalf(number, member, BehalfWork()) { (session) async throws(NotDone) -> Response in
            try await office.sendCallerCode(in: number, through: request.form["through"] ?? "", for: session)
            return .see(Route.behalf(number).path)
        }
    }

    func callerChecked(_ number: Int64, _ member: StaffMember) -> Reply {
        let typed = request.form["code"] ?? ""
        return onBehalf(number, member, BehalfWork()) { (session) async throws(NotDone) -> Response in
            let outcome = try await office.checkCaller(typed, in: number, for: session)
            if case .verified = outcome { return .see(Route.behalf(number).path + "?now=verified") }
            return try await behalfPage(number, member, BehalfWork(code: typed, caller: outcome), status: 422)
        }
    }

    func calledBack(_ number: Int64, _ member: StaffMember) -> Reply {
        onBehalf(number, member, BehalfWork()) { (session) async throws(NotDone) -> Response in
            try await office.callBack(in: number, for: session)
            return .see(Route.behalf(number).path + "?now=called")
        }
    }

    func wished(_ number: Int64, _ member: StaffMember) -> Reply {
        onBehalf(number, member, BehalfWork()) { (_) async throws(NotDone) -> Response in
            guard let wish = Wish(rawValue: request.form["wish"] ?? "") else { throw .form([.wishMissing]) }
            if request.form["back"] == "yes" {
                try await office.takeBack(wish, in: number, by: member)
                return .see(Route.behalf(number).path)
            }
            try await office.wish(wish, in: number, by: member)
            return .see(Route.behalf(number).path + "?now=wished")
        }
    }

    func changed(_ number: Int64, _ member: StaffMember) -> Reply {
        let wish = Wish(rawValue: request.form["wish"] ?? ""), typed = request.form["value"] ?? ""
        return onBehalf(number, member, BehalfWork(wish: wish, value: typed)) { (session) async throws(NotDone) -> Response in
            guard let wish else { throw .form([.wishMissing]) }
            switch try await office.grant(wish, to: typed, in: number, for: session) {
            case .done: return .see(Route.behalf(number).path + "?now=changed")
            case .codeSent: return .see(Route.behalf(number).path)
            }
        }
    }

    func newAddressChecked(_ number: Int64, _ member: StaffMember) -> Reply {
        let wish = Wish(rawValue: request.form["wish"] ?? ""), typed = request.form["code"] ?? ""
        return onBehalf(number, member, BehalfWork()) { (session) async throws(NotDone) -> Response in
            guard let wish, wish.field != nil else { throw .form([.wishMissing]) }
            let outcome = try await office.confirmTold(wish, code: typed, in: number, for: session)
            if case .changed = outcome { return .see(Route.behalf(number).path + "?now=changed") }
            return try await behalfPage(number, member, BehalfWork(wish: wish, code: typed, address: outcome), status: 422)
        }
    }

    /// The page again with what was typed, where it couldn't be done.
    private func onBehalf(
        _ number: Int64, _ member: StaffMember, _ typed: BehalfWork,
        _ work: @escaping @Sendable (Session) async throws(NotDone) -> Response
    ) -> Reply {
        guard let session else { return now(.missing) }
        return inCase(number, member) { () async throws(NotDone) -> Response in
            do throws(NotDone) { return try await work(session) } catch {
                var typed = typed
                switch error {
                case .form(let faults):
                    typed.faults = faults
                    return try await behalfPage(number, member, typed, status: 422)
                case .refused(.policy(let refused)):
                    typed.refused = refused
                    return try await behalfPage(number, member, typed, status: 403)
                case .refused(.damaged): return show(ClosedBehalfPage(number: number), status: 409)
                case .tooMany(let seconds):
                    typed.wait = seconds
                    var response = try await behalfPage(number, member, typed, status: 429)
                    response.headers.append(("Retry-After", String(seconds)))
                    return response
                default: throw error
                }
            }
        }
    }

    private func behalfPage(
        _ number: Int64, _ member: StaffMember, _ work: BehalfWork, status: UInt16 = 200
    ) async throws(NotDone) -> Response {
        guard let session else { throw .notFound }
        let summary = try office.staffSummary(number, for: member)
        if summary.isOpen, !summary.isJoined { return show(NobodysCasePage(number: number), status: status) }
        let behalf: Behalf
        do throws(NotDone) { behalf = try office.behalf(in: number, for: session) } catch {
            guard case .refused(.damaged) = error else { throw error }
            return show(ClosedBehalfPage(number: number), status: status == 200 ? 200 : 409)
        }
        return show(BehalfPage(behalf: behalf, found: try await office.staffCase(number, for: member), work: work), status: status)
    }
}

/// What the page has beside the case: what was typed and couldn't be done.
struct BehalfWork: Sendable {
    var news: String?
    var wish: Wish?
    var value = "", code = ""
    var caller: CallerOutcome?
    var address: AddressOutcome?
    var faults: [FormFault] = []
    var refused: Refused?
    /// Seconds until another code goes.
    var wait: Int?

    init(
        news: String? = nil, wish: Wish? = nil, value: String = "", code: String = "", caller: CallerOutcome? = nil,
        address: AddressOutcome? = nil
    ) {
        (self.news, self.wish, self.value, self.code, self.caller, self.address) = (news, wish, value, code, caller, address)
    }
}
