// The person's own page: what is held, why and until when, and who used it.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    private func privacy(_ session: Session, _ isWhole: inout Bool) -> Response {
        trying { () throws(NotDone) -> Response in
            let before = request.query["before"].flatMap { Int64($0) }, held = try office.held(of: session)
            var page = CentrePage(
                holdings: held.values, uses: [], isContinued: before != nil, news: request.query["now"],
                restriction: RestrictionPart(
                    since: try office.restriction(of: session),
                    reach: session.staff == nil ? try office.reach(ofRestrictionOf: session) : nil),
                leaving: held.leaving, sleep: try office.sleep(of: session),
                asking: try office.newerVersions(for: session).filter { !$0.changes.isEmpty })
            page.filter = filter
            page.closed = held.closed
            page.lacking = try office.lacking(session).filter { office.refusal(ofGiving: $0) == nil }
            do throws(NotDone) {
                let found = try office.uses(of: session, before: before, limit: CentrePage.limit, where: filter.fits)
                (page.uses, page.next, page.isCut) = (found.entries, found.next, found.isCut)
            } catch {
                guard case .refused(.policy(let refused)) = error else { throw error }
                page.usesRefused = refused
            }
            isWhole = page.isWhole
            return show(page)
        }
    }

    /// The page as it was drawn before, where nothing of it can have changed: under the session's own entry, like every look of theirs. Of
    /// the forms in it each sending has its own number.
    func keptPrivacy(_ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            var isWhole = false
            guard request.query.all.isEmpty else { return privacy(session, &isWhole) }
            let stamp = try office.stamp(of: session)
            if var page = office.keptPage(of: session, at: say.code, stamp, by: house.mark) {
                for hole in page.holes { page.bytes.replaceSubrange(hole..<hole + form.number.utf8.count, with: form.number.utf8) }
                return Response(200, page.bytes, .html)
            }
            let response = privacy(session, &isWhole)
            if isWhole, response.status == 200, response.cookies.isEmpty, case .bytes(let bytes, _) = response.body {
                office.keep(bytes, holes: bytes.places(of: form.number), for: session, at: say.code, stamp, by: house.mark)
            }
            return response
        }
    }
}

extension [UInt8] {
    /// Where the text begins, each time.
    fileprivate func places(of text: String) -> [Int] {
        let wanted = Array(text.utf8)
        return indices.dropLast(Swift.max(wanted.count - 1, 0)).filter {
            self[$0] == wanted[0] && self[$0..<$0 + wanted.count].elementsEqual(wanted)
        }
    }
}

struct CentrePage: Page {
    static let limit = 30
    let holdings: [Holding]
    var uses: [ChainEntry]
    /// What is looked for among them, and where the search goes on; nil: there are no older ones.
    var filter = UseFilter()
    var next: Int64? = nil
    var isCut = false
    /// Why the policy keeps the list from them.
    var usesRefused: Refused? = nil
    let isContinued: Bool
    var news: String? = nil
    let restriction: RestrictionPart
    /// Why the policy keeps them from deleting their account.
    let leaving: Refused?
    /// nil: their account is awake.
    var sleep: Sleep? = nil
    /// The versions of the policy that ask for their yes.
    var asking: [NewerVersion] = []
    /// Of each record that can't be opened what may lie in it.
    var closed: [[String]] = []
    /// What isn't held and may be given.
    var lacking: [String] = []

    var hasForm: Bool { true }
    var hasCopyCheck: Bool { true }
    /// All that is in it is under a signed checkpoint, and nothing is at odds.
    var isWhole: Bool { usesRefused == nil && closed.isEmpty && uses.allSatisfy(\.isProved) }

    func title(_ visit: Visit) -> String { CentreTexts(say: visit.say).title }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = CentreTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.div, .class("head")) { html in
                if let news = words.news(news, to: visit.reachedThrough, visit.house.offers) {
                    visit.note(&html, .ok, isFocused: true) { $0(.p, text: news) }
                }
                html(.h1, text: words.title)
                html(.p, .class("lead"), text: words.lead)
                if let sleep { sleep.note(&html, visit) }
                if let version = asking.first(where: { $0.said == nil }) {
                    visit.note(&html, .wait) { html in
                        html(.p, text: words.asked(by: version.policy.version.number))
                        html(.p) { $0(.a, .href(Route.newerVersions.path), text: words.seeAndAnswer) }
                    }
                }
            }
            figures(&html, visit, words)
            html(.nav, .class("subnav"), .label(words.onThisPage)) { html in
                html(.a, .href("#uses"), text: words.uses)
                html(.a, .href("#held"), text: words.held)
                html(.a, .href("#take"), text: words.take)
                if visit.session?.staff == nil { html(.a, .href(Route.choices.path), text: ChoiceTexts(say: visit.say).pageTitle) }
                html(.a, .href(Route.newerVersions.path), text: words.versions)
                html(.a, .href(Route.leave.path), text: words.leave)
            }
            html(.section, .class("flow part"), .labelledby("uses")) { list(&$0, visit, words) }
            html(.section, .class("flow part"), .labelledby("held")) { table(&$0, visit, words) }
            html(.section, .class("flow part noprint"), .labelledby("take")) { html in
                html(.h2, .id("take"), text: words.take)
                // The list of uses goes along, so what keeps it from them keeps all.
                if let usesRefused { return visit.notOffered(&html, usesRefused) }
                html(.p, text: words.takeLead)
                html(.form, .post, .action(Route.export.path)) { html in
                    visit.token(&html)
                    html(.p) { $0(.button, .class("btn plain"), text: words.takeButton) }
                }
                CopyPart(say: visit.say, keys: visit.office.logKeys, label: CopyPart.title(visit.say)).draw(&html)
            }
            html(.section, .class("flow part"), .labelledby("restrict")) { restriction.draw(&$0, visit) }
            html(.section, .class("flow part noprint"), .labelledby("go")) { html in
                html(.h2, .id("go"), text: words.leave)
                if let leaving { return visit.notOffered(&html, leaving) }
                html(.p, text: words.leaveLead)
                html(.p) { $0(.a, .class("btn plain"), .href(Route.leave.path), text: words.leaveLink) }
            }
        }
    }

    private func figures(_ html: inout HTML, _ visit: Visit, _ words: CentreTexts) {
        let refused = uses.count { $0.use.wasRefused }, proved = uses.count { $0.isProved }
        html(.dl, .class("cols duo facts")) { html in
            figure(&html, words.thingsHeld, visit.say.count(holdings.count), words.thingsHint)
            figure(
                &html, words.usesShown, visit.say.count(uses.count), uses.first.map { words.lastUse(visit.say.dateAndTime($0.use.at)) })
            figure(
                &html, words.refused, visit.say.count(refused),
                uses.first { $0.use.wasRefused }.map { words.lastRefusal($0.use, visit.say) })
            figure(&html, words.proof, words.of(proved, uses.count), proved < uses.count ? words.proofHint : nil)
        }
    }

    private func figure(_ html: inout HTML, _ name: String, _ value: String, _ hint: String?) {
        html(.div) { html in
            html(.dt, text: name)
            html(.dd, .class("fig"), text: value)
            if let hint { html(.dd, .class("hint"), text: hint) }
        }
    }

    private func list(_ html: inout HTML, _ visit: Visit, _ words: CentreTexts) {
        html(.h2, .id("uses"), text: words.uses)
        if let usesRefused { return visit.notOffered(&html, usesRefused) }
        let filtering = FilterTexts(say: visit.say)
        visit.filterForm(&html, filter, since: holdings.first { $0.field == "record of uses" }?.since)
        if uses.isEmpty {
            html(.div, .class("none")) { $0(.p, text: isCut ? filtering.cut : filtering.nothing) }
        } else {
            visit.uses(&html, uses)
        }
        html(.p, .class("row")) { html in
            if let next {
                let name = isCut ? filtering.goOn : words.older
                html(.a, .class("btn plain"), .href(Route.privacy.path + filter.query(before: next) + "#uses"), text: name)
            }
            if isContinued { html(.a, .href(Route.privacy.path + filter.query() + "#uses"), text: words.newest) }
            if !filter.isNone { html(.a, .href("\(Route.privacy.path)#uses"), text: filtering.all) }
        }
    }

    private func table(_ html: inout HTML, _ visit: Visit, _ words: CentreTexts) {
        html(.h2, .id("held"), text: words.held)
        if !closed.isEmpty {
            visit.note(&html, .bad) { html in
                html(.p) { $0(.b, text: words.closed(closed.count)) }
                for fields in closed { html(.p, text: words.mayLie(fields)) }
                html(.p) { html in
                    html.text(words.closedNext + " ")
                    html(.a, .href(Route.contact.path), text: FrontTexts(say: visit.say).contact)
                }
            }
        }
        html(.table, .role("table"), .class("tbl cards")) { html in
            html(.thead, .role("rowgroup")) { html in
                html(.tr, .role("row")) { html in
                    for name in words.columns { html(.th, .role("columnheader"), .scope("col"), text: name) }
                }
            }
            html(.tbody, .role("rowgroup")) { html in
                for (place, holding) in holdings.enumerated() where !isLikeOneBefore(place) { row(&html, holding, visit, words) }
            }
        }
        for field in lacking {
            html(.p, .class("noprint")) { html in
                html.text(words.lacks(field) + " ")
                html(.a, .href(Route.adding(field.replacing(" ", with: "-")).path), text: words.give(field))
            }
        }
    }

    private func row(_ html: inout HTML, _ holding: Holding, _ visit: Visit, _ words: CentreTexts) {
        let say = visit.say, columns = words.columns
        html(.tr, .role("row")) { html in
            html(.th, .role("rowheader"), .scope("row"), text: words.name(of: holding))
            cell(&html, columns[1]) { html in
                if let refusal = holding.refusal {
                    html(.span, .class("sealed")) { $0(.span, text: say("Refused", id: "Ditolak")) }
                    visit.whyNot(&html, refusal)
                } else if holding.kind == .token {
                    html(.span, .class("quiet"), text: words.token(holding))
                } else if holding.field == "held copy" {
                    html.text(words.heldCopy(of: holding.value))
                } else if holding.field == "choice record" {
                    html(.bdi, text: words.choice(holding.value))
                } else if holding.field == "record of uses" {
                    html(.a, .href("#uses"), text: words.entries(holding.value))
                } else if holding.field == "work log" {
                    html(.a, .href(Route.ownWork.path), text: WorkTexts(say: say).own)
                } else {
                    html(.bdi, text: holding.value)
                    if holding.stage == .present { choices(&html, holding, visit, words) }
                }
            }
            cell(&html, columns[2]) { html in html(.span) { visit.chips(&$0, holding.rules.map(\.address), of: holding.versionText) } }
            cell(&html, columns[3]) { html in
                html(.time, .class("once"), .datetime(WallTime(holding.since).machine), text: say.date(holding.since))
                if let corrected = holding.corrected { html(.span, .class("hint sub"), text: words.corrected(say.date(corrected))) }
            }
            cell(&html, columns[4]) { html in
                html(.span, .class("flow tight")) { html in
                    if let end = end(of: holding, visit) {
                        html(.span, .class("sub"), text: words.notForgotten(before: end))
                    } else if let until = holding.until {
                        html(.time, .class("once"), .datetime(until.iso), text: say.date(until))
                    }
                    if let why = words.end(of: holding.stage) { html(.span, .class("hint sub"), text: why) }
                    if holding.until == nil, holding.terms.isEmpty { html(.span, .class("sub"), text: words.noTerm) }
                    for term in holding.terms {
                        html(.span, .class("sub")) { html in
                            html.text(words.until(term))
                            html(.span, .class("hint sub"), .when(words.isForeign(term), .lang("en")), text: words.reason(of: term))
                        }
                    }
                }
            }
            cell(&html, columns[5]) { $0.text(holding.source.isEmpty ? words.ourselves : say.name(holding.source).capitalised) }
            cell(&html, columns[6]) { $0.text(holding.version.number) }
        }
    }

    /// What the person may do with the value.
    private func choices(_ html: inout HTML, _ holding: Holding, _ visit: Visit, _ words: CentreTexts) {
        let place = CorrectionPlace(of: holding)
        var ways: [(Route, String)] = []
        if holding.mayCorrect, !isFast(holding, visit) { ways.append((place.route, words.correct)) }
        if holding.mayRemove { ways.append((place.removal, words.remove)) }
        for (route, word) in ways {
            html(.a, .class("sub noprint"), .href(route.path)) { html in
                html.text(word)
                html(.span, .class("hide"), text: " " + words.name(of: holding))
            }
        }
    }

    /// Of what we reach them by: no other one may be given.
    private func isFast(_ holding: Holding, _ visit: Visit) -> Bool {
        holding.field == visit.reachedThrough
            && visit.house.offers.refusal(of: holding.kind == .email ? .newAddress : .newNumber) != nil
    }

    /// Until when it stays in any case, where that is longer than the policy says.
    private func end(of holding: Holding, _ visit: Visit) -> NotForgotten.End? {
        let end = visit.house.notForgotten.flatMap { visit.office.end(of: holding.field, in: $0) }
        guard case .at(let moment) = end else { return end }
        guard let until = holding.until else { return holding.terms.isEmpty ? end : nil }
        return until.end < moment ? end : nil
    }

    /// What the person may not read is said once of all that is alike.
    private func isLikeOneBefore(_ place: Int) -> Bool {
        let one = holdings[place]
        return one.refusal != nil
            && holdings[..<place].contains { $0.refusal != nil && ($0.field, $0.item, $0.stage) == (one.field, one.item, one.stage) }
    }

    private func cell(_ html: inout HTML, _ column: String, _ content: (inout HTML) -> Void) {
        html(.td, .role("cell"), .data(.label, column), content: content)
    }
}

extension ChainEntry {
    var isProved: Bool { if case .signed = proof { true } else { false } }
}
