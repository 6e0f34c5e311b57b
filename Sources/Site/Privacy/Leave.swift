// Leaving: what goes, what stays, why and until when; then the deletion, and its receipt.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    /// `isLate`: it was pressed, longer after they came in than decides.
    func leaving(_ session: Session, isLate: Bool = false) -> Response {
        trying { () throws(NotDone) -> Response in
            var response = show(try leavePage(session, isLate: isLate), status: isLate ? 403 : 200)
            if !office.decidesToLeave(session), let back = comingBack(to: .leave) { response.cookies.append(back) }
            return response
        }
    }

    func left(_ session: Session) -> Reply {
        guard request.form["sure"] == "yes" else {
            return now(trying { () throws(NotDone) -> Response in show(try leavePage(session, isUnsure: true), status: 422) })
        }
        // A form that came damaged deletes nothing.
        guard let when = request.form["when"], ["now", "later"].contains(when) else { return now(.damagedForm) }
        // What ends an account is for whoever has just come in.
        guard office.decidesToLeave(session) else { return now(leaving(session, isLate: true)) }
        guard when == "now" else {
            if let ending = endingSleep(session) { return now(ending) }
            return later { () async throws(NotDone) -> Response in
                let receipt = try await office.leaveLater(session)
                return receipt.map { see(.farewell($0)) } ?? .see(Route.leave.path + "?now=later")
            }
        }
        return later { () async throws(NotDone) -> Response in
            let farewell: Farewell
            do throws(NotDone) { farewell = try await office.leave(session) } catch {
                guard case .form([.addressMayComeBack]) = error else { throw error }
                return show(try leavePage(session), status: 403)
            }
            let ended = [Cookie(Visit.sessionCookie, "", life: .over), Cookie(Visit.browserCookie, "", life: .over)]
            // Without a receipt there is no address to come back to.
            guard let receipt = farewell.receipt else {
                var response = Visit(of: nil, request, route, house).show(FarewellPage(farewell: farewell))
                response.cookies = ended
                return response
            }
            return see(.farewell(receipt), setting: ended)
        }
    }

    /// The page, where the policy would soon keep nothing of a sleeping account to come back by; nil: it would.
    func endingSleep(_ session: Session) -> Response? {
        do throws(NotDone) { return try office.slumber(of: session).end == nil ? nil : show(try leavePage(session), status: 403) } catch {
            return show(Trouble.fault(of: error))
        }
    }

    private func leavePage(_ session: Session, isUnsure: Bool = false, isLate: Bool = false) throws(NotDone) -> LeavePage {
        LeavePage(
            departure: try office.departure(of: session), refusal: try office.previewOfLeaving(session),
            closed: try office.held(of: session).closed.map(\.fields), isUnsure: isUnsure,
            sleeping: SleepPart(
                sleep: try office.sleep(of: session), slumber: try office.slumber(of: session),
                refusal: house.offers.refusal(of: .restriction), news: news,
                isStaff: session.staff != nil),
            mayDecide: office.decidesToLeave(session), isLate: isLate, lastBackup: office.lastBackup)
    }

    func farewell(_ receipt: String) -> Response {
        trying { () throws(NotDone) -> Response in
            if let day = try office.day(ofDeletion: receipt) { return show(LeavingLaterPage(receipt: receipt, day: day)) }
            return show(FarewellPage(farewell: try office.farewell(receipt: receipt)))
        }
    }
}

struct LeavePage: Page {
    let departure: Departure
    /// Why the policy would refuse it now.
    var refusal: Refused? = nil
    /// Of each record that can't be opened what may lie in it; it goes as well.
    var closed: [[String]] = []
    var isUnsure = false
    let sleeping: SleepPart
    /// They have just come in.
    let mayDecide: Bool
    /// They pressed, and it is too long since.
    var isLate = false
    let lastBackup: LastBackup
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let title = LeaveTexts(say: visit.say).title
        return isUnsure ? visit.say("Error: \(title)", id: "Galat: \(title)") : title
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = LeaveTexts(say: visit.say), say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path), text: words.back)
            if isUnsure { visit.errors(&html, [("sure", words.tick)]) }
            if isLate {
                visit.note(&html, .bad, isFocused: true) { html in
                    html(.p) { html in
                        html(.b, text: words.notDeleted)
                        html.text(words.whyAnew)
                        html(.a, .href(Route.signIn.path), text: words.signInAnew)
                    }
                }
            }
            html(.h1, text: words.title)
            visit.damage(&html, closed)
            sleeping.draw(&html, visit)
            html(.h2, .id("delete"), text: words.deleting)
            // Nothing is promised of a deletion that would be refused.
            if let refusal {
                if sleeping.isStaff { html(.p, .class("lead"), text: words.employed) }
                return visit.notOffered(&html, refusal)
            }
            html(.p, .class("lead"), text: words.lead(later: sleeping.mayWait, notAtOnceUntil: departure.atOnceFrom, backup: lastBackup))
            html(.h3, text: words.goes)
            html(.ul) { html in for field in departure.goes { html(.li, text: say.thing(field).capitalised) } }
            html(.h3, text: words.stays)
            if departure.stays.isEmpty { html(.p, text: words.nothingStays) } else { visit.staying(&html, departure.stays) }
            if let refused = departure.withoutReceipt { noReceipt(&html, refused, visit, words) }
            html(.p, .class("hint"), text: words.inTheLog)
            form(&html, visit, words)
        }
    }

    private func noReceipt(_ html: inout HTML, _ refused: Refused, _ visit: Visit, _ words: LeaveTexts) {
        visit.note(&html, .bad) { html in
            html(.p, text: words.withoutReceipt)
            visit.whyNot(&html, refused)
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit, _ words: LeaveTexts) {
        guard mayDecide else {
            return html(.p, .class("card")) { html in
                html.text(words.whyAnew)
                html(.a, .href(Route.signIn.path), text: words.signInAnew)
            }
        }
        html(.form, .class("card flow form"), .post, .action(Route.leave.path), .novalidate) { html in
            visit.token(&html)
            html(.div, .class(isUnsure ? "field err" : "field")) { html in
                if isUnsure { visit.why(&html, words.tick, id: "sure-e") }
                html(.label, .class("pick"), .for("sure")) { html in
                    html(
                        .input, .type("checkbox"), .id("sure"), .name("sure"), .value("yes"), .when(isUnsure, .invalid),
                        .when(isUnsure, .describedby("sure-e")))
                    html(.span, text: words.sure)
                }
            }
            html(.div, .class("row")) { html in
                // Where no rule lets us note the choice, there is nothing to wait for.
                if sleeping.mayWait {
                    html(.button, .class("btn risk"), .name("when"), .value("later"), text: words.deleteLater)
                }
                if departure.atOnceFrom == nil {
                    html(.button, .class("btn plain risk"), .name("when"), .value("now"), text: words.delete)
                }
                html(.a, .href(Route.privacy.path), text: words.stay)
            }
            if let day = departure.atOnceFrom { html(.p, .class("hint"), text: words.notAtOnce(before: day)) }
        }
    }
}

extension Visit {
    func staying(_ html: inout HTML, _ stays: [Staying]) {
        html(.dl, .class("sum")) { html in
            for staying in stays {
                html(.div) { html in
                    html(.dt, text: say.thing(staying.field).capitalised)
                    html(.dd) { html in
                        if let until = staying.until {
                            html.text(say("Until \(say.date(until)), ", id: "Sampai \(say.date(until)), "))
                        }
                        html.text(staying.byLaw ? say("by law: ", id: "menurut hukum: ") : say("", id: "karena: "))
                        html(.span, .when(say.isForeign(staying.reason), .lang("en")), text: say.text(staying.reason) + ".")
                        html.text(" ")
                        chip(&html, staying.rule)
                    }
                }
            }
        }
    }
}
