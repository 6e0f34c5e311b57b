// One version that is proposed: all that an officer must see before they sign, and the two buttons.

import Crypto
import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func proposal(_ number: Int64, _ member: StaffMember, _ session: Session, because: NotPublished? = nil) -> Response {
        trying { () throws(NotDone) -> Response in
            let change: ProposedChange
            do throws(NotPublished) { change = try office.change(number, for: member) } catch {
                if case .notDone(let notDone) = error { throw notDone }
                Trouble.log("policy proposal \(number): \(error.told)")
                return show(BrokenProposalPage(number: number, because: error), status: 409)
            }
            let isFresh = office.isFresh(session, for: number)
            var response = show(
                ProposalPage(
                    change: change, number: number, member: member, isFresh: isFresh, waits: try office.waiting(member), because: because),
                status: because == nil ? 200 : 409)
            if !isFresh, let back = comingBack(to: .proposal(number)) { response.cookies.append(back) }
            return response
        }
    }

    func approved(_ number: Int64, _ member: StaffMember, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            do throws(NotPublished) { _ = try await office.approve(number, in: session) } catch {
                if case .notDone(let notDone) = error { throw notDone }
                return proposal(number, member, session, because: error)
            }
            return see(.proposal(number))
        }
    }

    func withdrawn(_ number: Int64, _ member: StaffMember, _ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            do throws(NotPublished) { try await office.withdraw(number, in: session) } catch {
                if case .notDone(let notDone) = error { throw notDone }
                return proposal(number, member, session, because: error)
            }
            return see(.proposal(number))
        }
    }
}

struct ProposalPage: Page {
    let change: ProposedChange
    let number: Int64
    let member: StaffMember
    let isFresh: Bool
    /// Their word doesn't count yet.
    let waits: NewOfficer?
    let because: NotPublished?
    private var edition: Edition { change.edition }
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { VersionTexts(say: visit.say).name(edition) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = ProposalTexts(say: visit.say), versions = VersionTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.a, .class("back"), .href(Route.proposals.path), text: versions.back)
            if let because { visit.note(&html, .bad, isFocused: true) { $0(.p, text: words.reason(because)) } }
            html(.div, .class("head")) { html in
                html(.div, .class("row apart")) { html in
                    html(.h1, text: title(visit))
                    html(.span, .class(versions.tone(edition)), text: versions.state(edition))
                }
                html(.p, .class("quiet"), text: versions.span(edition))
                // On a phone what there is to do stands below the whole text.
                html(.p) { $0(.a, .href("#approvals"), text: words.toApprovals) }
            }
            html(.div, .class("split")) { html in
                html(.div, .class("flow")) { html in
                    html(.section, .class("card flow"), .labelledby("changes")) { changes(&$0, visit, versions, words) }
                    html(.section, .class("card flow"), .labelledby("text")) { text(&$0, versions, words) }
                }
                html(.div, .class("flow")) { actions(&$0, visit, words, versions) }
            }
        }
    }

    private func changes(_ html: inout HTML, _ visit: Visit, _ versions: VersionTexts, _ words: ProposalTexts) {
        html(.h2, .id("changes"), .class("t3"), text: versions.changes)
        if let draft = change.draft, edition.state == .proposed { visit.lostTranslations(&html, draft) }
        if let draft = change.draft { visit.changes(&html, draft, concerned: change.concerned) } else { html(.p, text: words.first) }
        if let note = edition.note, note.parent != nil { html(.p, .class("hint"), text: versions.waiting(note.waiting)) }
    }

    private func text(_ html: inout HTML, _ versions: VersionTexts, _ words: ProposalTexts) {
        html(.h2, .id("text"), .class("t3"), text: words.wholeText)
        html(.p, .class("hint")) { html in
            html.text(versions.documentDigest + " ")
            html(.code, text: edition.document.hex)
        }
        for clause in change.policy.clauses {
            html(.details, .lang("en")) { html in
                html(.summary, text: clause.title)
                html.raw(Trusted(madeSafeBy: "Markdown", clause.prose.leadingToPolicy))
                for rule in clause.rules { html(.p, .class("mono"), text: "\(rule.address)  \(rule.text)") }
            }
        }
    }

    private func actions(_ html: inout HTML, _ visit: Visit, _ words: ProposalTexts, _ versions: VersionTexts) {
        html(.section, .class("card flow"), .labelledby("approvals")) { html in
            html(.h2, .id("approvals"), .class("t3"), text: words.approvals)
            if edition.approvals.isEmpty { html(.p, text: words.nobody) }
            for approval in edition.approvals { html(.p, text: versions.approval(approval)) }
        }
        let isOpen = edition.state == .proposed, mayWithdraw = isOpen || edition.state == .published
        if let waits, isOpen || mayWithdraw {
            guard because == nil else { return }
            return visit.note(&html, .wait) { $0(.p, text: words.waits(waits) + ".") }
        }
        guard isFresh || !(isOpen || mayWithdraw) else {
            return html(.section, .class("card flow"), .labelledby("anew")) { html in
                html(.h2, .id("anew"), .class("t3"), text: words.signInAnew)
                html(.p, text: words.whyAnew)
                html(.p) { $0(.a, .class("btn wide"), .href(Route.signIn.path), text: words.signInAnew) }
            }
        }
        if isOpen, !edition.approvals.contains(where: { $0.role == member.role }) {
            form(&html, visit, .approval(number), "approve", words.approve, words.meaning, isPlain: false)
        }
        if mayWithdraw, edition.note?.parent != nil {
            form(&html, visit, .withdrawal(number), "withdraw", words.withdraw, words.withdrawing, isPlain: true)
        }
    }

    private func form(
        _ html: inout HTML, _ visit: Visit, _ route: Route, _ id: StaticString, _ name: String, _ meaning: String, isPlain: Bool
    ) {
        html(.form, .class("card flow"), .post, .action(route.path), .labelledby(id)) { html in
            visit.token(&html)
            html(.h2, .id(id), .class("t3"), text: name)
            html(.p, text: meaning)
            html(.button, .class(isPlain ? "btn plain wide" : "btn wide"), text: name)
        }
    }
}
