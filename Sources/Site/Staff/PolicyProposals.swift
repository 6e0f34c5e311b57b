// The officers' list: what is proposed, what is about to begin, what is in force.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    /// For the two officers. To others there is nothing here.
    func officer(_ work: (StaffMember, Session) -> Reply) -> Reply {
        staff { member in
            guard let session, member.isOfficer else { return now(.missing) }
            return work(member, session)
        }
    }

    func proposals(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in
            let editions = try office.editions()
            return show(
                ProposalsPage(
                    editions: editions, altered: office.alteredProposals(among: editions), unreadable: try office.unreadableProposals(),
                    newOfficers: try office.newOfficers(),
                    mayAgree: try office.waiting(member) == nil))
        }
    }

    func officerAgreed(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.agree(
                toOfficer: request.form["role"] ?? "", Int64(request.form["number"] ?? "") ?? 0, in: session)
            return see(.proposals)
        }
    }
}

struct ProposalsPage: Page {
    let editions: [Edition]
    /// Of those that are proposed the ones that were changed since.
    let altered: Set<Int64>
    /// Proposals whose note can't be read any more.
    let unreadable: [Int64]
    let newOfficers: [NewOfficer]
    let mayAgree: Bool
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { VersionTexts(say: visit.say).title }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = VersionTexts(say: say)
        html(.div, .class("wrap")) { html in
            html(.div, .class("head")) { html in
                html(.h1, text: title(visit))
                html(
                    .p, .class("quiet"),
                    text: say(
                        "A version takes effect when a policy officer and a privacy officer have agreed to it, and its time has come.",
                        id: """
                            Suatu versi berlaku bila \(say.name("policy officer")) dan \(say.name("privacy officer")) menyetujuinya, dan \
                            waktunya tiba.
                            """))
            }
            for new in newOfficers {
                visit.note(&html, .wait) { html in
                    let words = ConsoleTexts(say: say), isYou = visit.isYou(new)
                    html(.p) { $0(.b, text: words.newOfficer(new, isYou: isYou)) }
                    html(.p, text: words.newOfficerLead(new, isYou: isYou))
                    if mayAgree {
                        html(.form, .post, .action(Route.officerAgreement.path)) { html in
                            visit.token(&html)
                            html(.input, .type("hidden"), .name("role"), .value(new.role))
                            html(.input, .type("hidden"), .name("number"), .value(String(new.number)))
                            html(.button, .class("btn plain"), text: words.agreeToOfficer)
                        }
                    }
                }
            }
            html(.div, .class("flow")) { html in list(&html, visit, words) }
        }
    }

    private func list(_ html: inout HTML, _ visit: Visit, _ words: VersionTexts) {
        let say = visit.say
        html(.div, .class("card")) { html in
            html(.ul, .class("todo"), .role("list")) { html in
                for number in unreadable {
                    html(.li) { html in
                        html(.div) { html in
                            html(.b) { $0(.a, .href(Route.proposal(number).path), text: ProposalTexts(say: say).broken(number)) }
                            toDo(&html, say)
                        }
                        html(.span, .class("tag bad"), text: words.changedSince)
                    }
                }
                for edition in editions {
                    html(.li) { html in
                        html(.div) { html in
                            html(.b) { $0(.a, .href(place(of: edition).path), text: words.name(edition)) }
                            html(.p, .class("quiet"), text: words.span(edition))
                            for approval in edition.approvals { html(.p, .class("quiet"), text: words.approval(approval)) }
                            if isAltered(edition) { toDo(&html, say) }
                        }
                        if isAltered(edition) {
                            html(.span, .class("tag bad"), text: words.changedSince)
                        } else {
                            html(.span, .class(words.tone(edition)), text: words.state(edition))
                        }
                    }
                }
            }
        }
        html(.p) { $0(.a, .class("btn plain"), .href(Route.draft.path), text: DraftTexts(say: say).title) }
        html(.p, .class("hint")) { html in
            html.text(say("Or at the machine: ", id: "Atau di mesinnya: "))
            html(.code, text: "voffice policy publish FILE")
        }
    }

    private func isAltered(_ edition: Edition) -> Bool { edition.proposal.map(altered.contains) ?? false }

    private func toDo(_ html: inout HTML, _ say: Language) {
        html(.p) { html in
            html.text(ProposalTexts(say: say).whatToDo + " ")
            html(.code, text: "voffice admin doctor")
            html.text(".")
        }
    }

    private func place(of edition: Edition) -> Route { edition.proposal.map { .proposal($0) } ?? .version(edition.row ?? 0) }
}
