// On the receipt of a use by the staff: how one complains of it, what one wrote, and what was answered.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func askedWhoItWas(_ number: Int64, _ session: Session) -> Reply {
        let text = request.form["text"] ?? ""
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) { try await office.askWhoItWas(number, saying: text, for: session) } catch {
                guard case .form(let faults) = error else { throw error }
                return show(
                    ReceiptPage(
                        entry: try office.use(number, of: session), complaints: try office.ownComplaints(about: number, of: session),
                        text: text, faults: faults), status: 422)
            }
            return .see(Route.use(number).path + "#who-t")
        }
    }
}

struct OwnComplaints {
    let sequence: Int64, use: RecordedUse
    let complaints: [OwnComplaint]
    let text: String, faults: [FormFault]

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = NameQuestionTexts(say: visit.say), who = visit.say.actor(use.actor)
        html(.section, .class("flow part"), .labelledby("who-t")) { html in
            html(.h2, .id("who-t"), text: words.who(who))
            for complaint in complaints { one(&html, complaint, words) }
            if complaints.contains(where: { $0.question.settled == nil }) { return }
            html(.p, text: complaints.isEmpty ? words.whoLead(who) : words.again)
            let unwritten = visit.office.refusalOfComplaintWords
            if let unwritten { visit.notOffered(&html, unwritten) }
            // Without a word there is no second complaint.
            if unwritten != nil, !complaints.isEmpty { return }
            html(.form, .class("flow tight"), .post, .action(Route.whoItWas(sequence).path), .novalidate) { html in
                visit.token(&html)
                if unwritten == nil {
                    visit.field(
                        &html,
                        FormField(
                            id: "text", label: words.whatIsWrong, kind: .long, hint: words.whatIsWrongHint,
                            rule: visit.house.rules.taking("case message", from: "help form"), isOptional: complaints.isEmpty, value: text,
                            error: faults.sentence(for: "text", visit.say)))
                }
                html(.p) { $0(.button, .class("btn plain"), text: words.ask) }
            }
        }
    }

    private func one(_ html: inout HTML, _ complaint: OwnComplaint, _ words: NameQuestionTexts) {
        html(.p, text: words.standing(complaint))
        for (label, text) in [(words.yourWords, complaint.words), (words.officersAnswer, complaint.answer)] {
            guard let text else { continue }
            html(.p, .class("hint"), text: label + ":")
            html(.p, .class("typed")) { $0(.bdi, text: text) }
        }
    }
}
