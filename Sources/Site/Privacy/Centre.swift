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
                holdings: held.values, uses: [], isContinued: before != nil, news: news,
                restriction: RestrictionPart(
                    since: try office.restriction(of: session),
                    reach: session.staff == nil ? try office.reach(ofRestrictionOf: session) : nil),
                leaving: held.leaving, sleep: try office.sleep(of: session),
                asking: try office.newerVersions(for: session).filter { !$0.changes.isEmpty })
            page.filter = filter
            page.closed = held.closed.map(\.fields)
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
}

extension ChainEntry {
    var isProved: Bool { if case .signed = proof { true } else { false } }
}
