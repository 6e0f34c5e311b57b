// The work log: what somebody who works here did with people's data. Everyone sees their own, the privacy officer everybody's.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func ownWork(_ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            show(
                WorkPage(
                    log: try office.ownWork(session, before: before), who: nil,
                    seesOthers: try session.staff.map { (member) throws(NotDone) in try office.previewOfWork(by: member) == nil } ?? false))
        }
    }

    func work(of name: String, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            guard let who = WorkPlace(name, in: office.roles) else { throw .notFound }
            let log = try await office.work(of: who.role, who.number, before: before, for: member)
            return show(WorkPage(log: log, who: who, seesOthers: true))
        }
    }

    func everybodysWork(_ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            show(EverybodysWorkPage(summaries: try await office.everybodysWork(for: member)))
        }
    }

    private var before: Int64? { request.query["before"].flatMap { Int64($0) } }
}

/// Whose work log, as its address has it: `customer-service-7`.
struct WorkPlace: Hashable {
    let role: String, number: Int64

    init(role: String, number: Int64) { (self.role, self.number) = (role, number) }

    init?(_ name: String, in roles: [String]) {
        guard let dash = name.lastIndex(of: "-"), let number = Int64(name[name.index(after: dash)...]), number > 0,
            let role = roles.first(where: { Self.plain($0) == name[..<dash] })
        else { return nil }
        self.init(role: role, number: number)
    }

    var route: Route { .work("\(Self.plain(role))-\(number)") }

    private static func plain(_ role: String) -> String { String(role.map { $0 == " " ? "-" : $0 }) }
}

struct WorkPage: Page {
    let log: WorkLog
    /// nil: their own.
    let who: WorkPlace?
    let seesOthers: Bool

    func title(_ visit: Visit) -> String {
        guard let who else { return WorkTexts(say: visit.say).own }
        return WorkTexts(say: visit.say).of(visit.say.actor("\(who.role) \(who.number)"))
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = WorkTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            if who != nil { html(.a, .class("back"), .href(Route.everybodysWork.path), text: words.everybody) }
            html(.div, .class("head")) { html in
                html(.h1, text: title(visit))
                html(.p, .class("quiet"), text: who == nil ? words.ownLead : words.othersLead)
                if who == nil, seesOthers {
                    html(.p) { $0(.a, .href(Route.everybodysWork.path), text: words.everybody) }
                }
            }
            if log.entries.isEmpty {
                html(.div, .class("none")) { html in
                    html(.h2, .class("t3"), text: words.nothing)
                    html(.p, text: words.nothingLead)
                }
            } else {
                html(.div, .class("card")) { table(&$0, visit, words) }
            }
            if let next = log.next {
                html(.p) { $0(.a, .href("\(visit.route.path)?before=\(next)"), text: words.older) }
            }
        }
    }

    private func table(_ html: inout HTML, _ visit: Visit, _ words: WorkTexts) {
        let say = visit.say, columns = words.columns
        html(.table, .role("table"), .class("tbl cards")) { html in
            html(.thead, .role("rowgroup")) { html in
                html(.tr, .role("row")) { html in for column in columns { html(.th, .role("columnheader"), .scope("col"), text: column) } }
            }
            html(.tbody, .role("rowgroup")) { html in
                for entry in log.entries {
                    let use = entry.use
                    html(.tr, .role("row")) { html in
                        html(.th, .role("rowheader"), .scope("row")) {
                            $0(.time, .class("once"), .datetime(WallTime(use.at).machine), text: say.dateAndTime(use.at))
                        }
                        html(.td, .role("cell"), .data(.label, columns[1]), text: words.deed(use))
                        html(
                            .td, .role("cell"), .data(.label, columns[2]),
                            text: use.purpose.map { say.purposeForStaff($0).capitalised } ?? "–")
                        html(.td, .role("cell"), .data(.label, columns[3])) { html in
                            if let matter = use.matter, !use.isOfHold, !use.isOfVersion, !use.isOfComplaint,
                                visit.house.desks.contains(visit.role)
                            {
                                html(.a, .href(Route.deskCase(matter).path), text: words.matter(use))
                            } else {
                                html.text(words.matter(use))
                            }
                        }
                        html(.td, .role("cell"), .data(.label, columns[4]), text: words.person(entry.person))
                        html(.td, .role("cell"), .data(.label, columns[5])) { html in
                            html(.div) { html in
                                if use.wasRefused {
                                    html(.span, .class("tag bad"), text: words.refused)
                                    html(.span, .class("hint sub"), text: say.cause(ofOutcome: use.outcome).capitalised)
                                } else {
                                    html.text(words.allowed)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

struct EverybodysWorkPage: Page {
    let summaries: [WorkSummary]

    func title(_ visit: Visit) -> String { WorkTexts(say: visit.say).everybody }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = WorkTexts(say: say)
        html(.div, .class("wrap")) { html in
            html(.div, .class("head")) { html in
                html(.h1, text: title(visit))
                html(.p, .class("quiet"), text: words.everybodyLead)
            }
            html(.div, .class("card")) { html in
                html(.ul, .class("todo"), .role("list")) { html in
                    for summary in summaries {
                        let name = say.actor("\(summary.role) \(summary.number)").capitalised
                        html(.li) { html in
                            html(.div, .class("flow tight")) { html in
                                html(.b) {
                                    $0(.a, .href(WorkPlace(role: summary.role, number: summary.number).route.path), text: name)
                                }
                                html(.p, .class("quiet"), text: words.figures(summary))
                                if summary.hasLeft { html(.p, .class("quiet"), text: words.hasLeft) }
                                for sign in summary.signs { html(.p, text: words.sentence(sign)) }
                            }
                            if summary.signs.isEmpty {
                                html(.span, .class("tag"), text: words.usual)
                            } else {
                                html(.span, .class("tag run"), text: words.look)
                            }
                        }
                    }
                }
            }
        }
    }
}
