// Legal holds: the officers' list, and the form by which one of them asks the other.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func holds(_ member: StaffMember) -> Reply {
        .now(
            trying { () throws(NotDone) -> Response in
                show(HoldsPage(holds: try office.holds(for: member), waits: try office.waiting(member), news: news))
            })
    }

    /// Opens the papers, which is recorded.
    func hold(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in show(HoldPage(papers: try await office.papers(ofHold: number, for: member))) }
    }

    func held(_ member: StaffMember) -> Reply {
        let form = request.form
        let typed = HoldForm(
            customer: form["customer"] ?? "", fields: HoldsPage.boxes.filter { form[$0.name] != nil }.map(\.field),
            reason: form["text"] ?? "", review: form["review"] ?? "", silence: form["silence"] ?? "")
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.propose(typed, by: member)
                return .see(Route.holds.path + "?now=proposed")
            } catch {
                guard case .form(let faults) = error else { throw error }
                return show(HoldsPage(holds: try office.holds(for: member), typed: typed, faults: faults), status: 422)
            }
        }
    }

    func agreedToHold(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.agree(toHold: number, by: member)
            return .see(Route.holds.path + "?now=agreed")
        }
    }

    func endedHold(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.end(hold: number, by: member)
            return .see(Route.holds.path + "?now=ended")
        }
    }

    func prolongedSilence(_ number: Int64, _ member: StaffMember) -> Reply {
        let typed = request.form["silence"] ?? ""
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.prolongSilence(ofHold: number, until: typed, by: member)
                return .see(Route.holds.path + "?now=proposed")
            } catch {
                guard case .form(let faults) = error else { throw error }
                let papers = try await office.papers(ofHold: number, for: member)
                return show(HoldPage(papers: papers, typed: typed, faults: faults), status: 422)
            }
        }
    }

    func agreedToSilence(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.agree(toSilenceOfHold: number, by: member)
            return .see(Route.holds.path + "?now=silent")
        }
    }

    func endedSilence(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.endSilence(ofHold: number, by: member)
            return .see(Route.holds.path + "?now=told")
        }
    }
}

struct HoldsPage: Page {
    let holds: [HoldSummary]
    /// Their word doesn't count yet.
    var waits: NewOfficer? = nil
    var news: String? = nil
    var typed = HoldForm(customer: "", fields: [], reason: "", review: "")
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    /// A box of the form for each field of which a copy can be laid aside.
    static let boxes = Array(zip(["field0", "field1", "field2", "field3"] as [StaticString], Office.Environment.fieldsToHold)).map {
        (name: $0.0, field: $0.1)
    }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("Legal holds", id: "Pengamanan bukti")
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap")) { html in
            if let news = HoldTexts(say: say).news(news) { visit.note(&html, .ok, isFocused: true) { $0(.p, text: news) } }
            visit.errors(&html, faults.sentences(say))
            html(.div, .class("head")) { html in
                html(.h1, text: say("Legal holds", id: "Pengamanan bukti"))
                html(.p, .class("quiet"), text: HoldTexts(say: say).lead)
            }
            html(.div, .class("split")) { html in
                html(.section, .class("card"), .label(say("Holds", id: "Pengamanan bukti"))) { list(&$0, visit) }
                visit.offer(&html, visit.house.offers.refusal(of: .hold)) { html in
                    if let waits { return visit.note(&html, .wait) { $0(.p, text: ProposalTexts(say: say).waits(waits) + ".") } }
                    html(.form, .class("card flow form"), .post, .action(Route.holds.path), .labelledby("propose"), .novalidate) {
                        form(&$0, visit)
                    }
                }
            }
        }
    }

    private func list(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = HoldTexts(say: say), agreeing = visit.house.offers.refusal(of: .holdAgreement)
        guard !holds.isEmpty else {
            html(.p, .class("quiet"), text: say("Nothing is held.", id: "Tidak ada yang ditahan."))
            return
        }
        html(.ul, .class("todo"), .role("list")) { html in
            for summary in holds {
                let hold = summary.hold
                html(.li) { html in
                    html(.div, .class("flow tight")) { html in
                        html(.b, text: words.name(hold))
                        html(.p, text: say.things(hold.fields).capitalised)
                        html(.p, .class("quiet"), text: words.state(summary))
                        if let silence = words.silence(summary.restraint) { html(.p, .class("quiet"), text: silence) }
                        html(.div, .class("row")) { html in
                            html(.a, .class("btn plain"), .href(Route.hold(hold.number).path)) { html in
                                html.text(say("Open", id: "Buka"))
                                html(.span, .class("hide"), text: " " + say("hold \(hold.number)", id: "perintah \(hold.number)"))
                            }
                            visit.presses(&html, of: summary, agreeing, words)
                        }
                        if summary.mayAgree, let agreeing { visit.notOffered(&html, agreeing) }
                    }
                }
            }
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = HoldTexts(say: say), fieldsError = faults.sentence(for: "fields", say)
        visit.token(&html)
        html(.h2, .id("propose"), .class("t3"), text: say("Ask for a hold", id: "Minta pengamanan bukti"))
        visit.field(
            &html,
            FormField(
                id: "customer", label: say("Whose", id: "Milik siapa"), hint: words.customerHint, value: typed.customer,
                error: faults.sentence(for: "customer", say)))
        html(.fieldset, .class(fieldsError == nil ? "field" : "field err")) { html in
            html(.legend, text: say("What mustn’t be lost", id: "Apa yang tidak boleh hilang"))
            if let fieldsError { visit.why(&html, fieldsError, id: "fields-e") }
            html(.div) { html in
                for (place, box) in Self.boxes.enumerated() {
                    html(.label, .class("pick")) { html in
                        html(
                            .input, .type("checkbox"), .name(box.name), .value("yes"), .when(place == 0, .id("fields")),
                            .when(typed.fields.contains(box.field), .checked))
                        html(.span) { $0(.b, text: say.thing(box.field).capitalised) }
                    }
                }
            }
        }
        visit.field(
            &html,
            FormField(
                id: "text", label: say("The law, the order, and why", id: "Hukumnya, perintahnya, dan alasannya"), kind: .long,
                rule: visit.house.rules.taking("legal demand", from: "legal desk"), value: typed.reason,
                error: faults.sentence(for: "text", say)))
        visit.field(
            &html,
            FormField(
                id: "review", label: say("Look again by", id: "Tinjau lagi sebelum"), kind: .day, hint: words.reviewHint,
                value: typed.review, error: faults.sentence(for: "review", say)))
        visit.field(
            &html,
            FormField(
                id: "silence", label: words.silenceLabel, kind: .day, hint: words.silenceHint,
                value: typed.silence, error: faults.sentence(for: "silence", say)))
        html(.button, .class("btn wide"), text: say("Ask the other officer", id: "Minta petugas yang lain"))
    }
}

extension Visit {
    /// What an officer can do with one, in the list and on its page.
    /// - Parameter agreeing: why nobody can agree.
    fileprivate func presses(_ html: inout HTML, of summary: HoldSummary, _ agreeing: Refused?, _ words: HoldTexts) {
        let hold = summary.hold
        if summary.mayAgree, agreeing == nil { pressOfHold(&html, .holdAgreement(hold.number), say("Agree", id: "Setuju"), hold) }
        if summary.mayAgreeToSilence { pressOfHold(&html, .silenceAgreement(hold.number), words.agreeToSilence, hold) }
        if hold.ended == nil { pressOfHold(&html, .holdEnd(hold.number), words.end(hold), hold) }
        if summary.restraint?.until != nil { pressOfHold(&html, .silenceEnd(hold.number), words.endSilence, hold) }
    }

    fileprivate func pressOfHold(_ html: inout HTML, _ route: Route, _ text: String, _ hold: Hold) {
        html(.form, .post, .action(route.path)) { html in
            token(&html)
            html(.button, .class("btn plain")) { html in
                html.text(text)
                html(.span, .class("hide"), text: " " + say("hold \(hold.number)", id: "perintah \(hold.number)"))
            }
        }
    }
}

/// One hold with its papers open.
struct HoldPage: Page {
    let papers: HoldPapers
    var typed = ""
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let title = HoldTexts(say: visit.say).name(papers.summary.hold)
        return faults.isEmpty ? title : visit.say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = HoldTexts(say: say), summary = papers.summary, hold = summary.hold
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.holds.path), text: say("Legal holds", id: "Pengamanan bukti"))
            visit.errors(&html, faults.sentences(say))
            html(.h1, text: words.name(hold))
            html(.p, text: say.things(hold.fields).capitalised)
            html(.p, .class("quiet"), text: words.state(summary))
            if let reason = papers.reason { html(.p) { $0(.bdi, text: reason) } }
            if let unread = papers.unread {
                html(.p) { visit.refusalChips(&$0, unread) }
                visit.whyNot(&html, unread)
            }
            if let silence = words.silence(summary.restraint) { html(.p, text: silence) }
            let agreeing = visit.house.offers.refusal(of: .holdAgreement)
            html(.div, .class("row")) { visit.presses(&$0, of: summary, agreeing, words) }
            if summary.mayAgree, let agreeing { visit.notOffered(&html, agreeing) }
            if summary.restraint?.until != nil, hold.ended == nil {
                html(.form, .class("card flow form"), .post, .action(Route.silence(hold.number).path), .novalidate) { html in
                    visit.token(&html)
                    visit.field(
                        &html,
                        FormField(
                            id: "silence", label: words.longer, kind: .day, value: typed, error: faults.sentence(for: "silence", say)))
                    html(.button, .class("btn plain"), text: say("Ask the other officer", id: "Minta petugas yang lain"))
                }
            }
        }
    }
}
