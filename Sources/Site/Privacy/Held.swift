// What is held of the person, as a table: each value with its reason, its term, its source, and what may be done with it.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    /// Names the person's records that can't be opened, and says what to do.
    /// - Parameter closed: of each what may lie in it.
    func damage(_ html: inout HTML, _ closed: [[String]]) {
        guard !closed.isEmpty else { return }
        let words = CentreTexts(say: say)
        note(&html, .bad) { html in
            html(.p) { $0(.b, text: words.closed(closed.count)) }
            for fields in closed { html(.p, text: words.mayLie(fields)) }
            html(.p) { html in
                html.text(words.closedNext + " ")
                html(.a, .href(Route.contact.path), text: FrontTexts(say: say).contact)
            }
        }
    }
}

extension CentrePage {
    func table(_ html: inout HTML, _ visit: Visit, _ words: CentreTexts) {
        html(.h2, .id("held"), text: words.held)
        visit.damage(&html, closed)
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
        for refusal in inTheWay(visit) { visit.notOffered(&html, refusal) }
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
    private func isFast(_ holding: Holding, _ visit: Visit) -> Bool { noOther(holding, visit) != nil }

    private func noOther(_ holding: Holding, _ visit: Visit) -> Refused? {
        guard holding.field == visit.reachedThrough else { return nil }
        return visit.house.offers.refusal(of: holding.kind == .email ? .newAddress : .newNumber)
    }

    /// Of values that could be put right or taken away until a rule was out: each rule once, and none that is named below.
    private func inTheWay(_ visit: Visit) -> [Refused] {
        var named = Set([leaving?.missing?.text].compactMap(\.self))
        return holdings.filter { $0.stage == .present && $0.refusal == nil && $0.isCorrectable }
            .flatMap { [$0.correcting ?? noOther($0, visit), $0.removing] }
            .compactMap(\.self).filter { refused in refused.missing.map { named.insert($0.text).inserted } ?? false }
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
            && holdings[..<place].contains { $0.refusal != nil && ($0.field, $0.place, $0.stage) == (one.field, one.place, one.stage) }
    }

    private func cell(_ html: inout HTML, _ column: String, _ content: (inout HTML) -> Void) {
        html(.td, .role("cell"), .data(.label, column), content: content)
    }
}
