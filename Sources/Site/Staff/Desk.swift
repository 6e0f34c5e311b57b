// The cases as customer service sees them: numbers and times in the list; a person only within a case.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func desk(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in show(DeskPage(cases: try office.cases(for: member))) }
    }

    func deskCase(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            let found = try await office.staffCase(number, for: member)
            return show(DeskCasePage(found, .hidden(try office.previewOfTelephone(in: number, for: member))))
        }
    }

    /// Shows the number, or the refusal; both are in the person's list before this page is.
    func telephone(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            let disclosed: Disclosed<CaseTelephone>
            do throws(NotDone) { disclosed = try await office.telephone(in: number, for: member) } catch {
                guard case .refused(.policy(let refused)) = error else { throw error }
                let page = DeskCasePage(
                    try office.staffSummary(number), refusing: refused, unread: try office.previewOfCase(number, for: member))
                return show(page, status: 403)
            }
            return show(DeskCasePage(try await office.staffCase(number, for: member), .shown(disclosed)))
        }
    }

    func closed(_ number: Int64, _ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.closeCase(number, by: member)
            return see(.desk)
        }
    }
}

struct DeskPage: Page {
    let cases: [CaseSummary]

    func title(_ visit: Visit) -> String { visit.say("Cases", id: "Perkara") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap")) { html in
            html(.div, .class("head")) { html in
                html(.h1, text: title(visit))
                html(.p, .class("quiet"), text: say.count(cases.count { $0.isOpen }, "open case", "open cases", id: "perkara terbuka"))
            }
            if cases.isEmpty {
                html(.div, .class("none")) { html in
                    html(.h2, .class("t3"), text: say("No cases", id: "Tidak ada perkara"))
                    html(
                        .p,
                        text: say(
                            "When a customer asks us to call, the case shows here. When they delete their account, it goes with them.",
                            id: "Bila pelanggan minta ditelepon, perkaranya muncul di sini. Bila akunnya dihapus, perkaranya ikut hilang."))
                }
            } else {
                html(.div, .class("card")) { html in
                    html(.ul, .class("todo"), .role("list")) { html in
                        for summary in cases {
                            html(.li) { html in
                                html(.div) { html in
                                    html(.b) {
                                        $0(
                                            .a, .href(Route.deskCase(summary.number).path),
                                            text: say("Case \(summary.number)", id: "Perkara \(summary.number)"))
                                    }
                                    html(.p, .class("quiet"), text: visit.dates(of: summary))
                                }
                                visit.state(&html, summary)
                            }
                        }
                    }
                }
            }
        }
    }
}
