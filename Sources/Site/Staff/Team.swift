// Who works here, and inviting somebody who joins.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func team(_ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            show(
                try await teamPage(member) { (members, unread) throws(NotDone) in
                    TeamPage(
                        members: members, unread: unread, refusal: try office.previewOfInviting(by: member),
                        done: news.flatMap(TeamPage.Done.init))
                })
        }
    }

    /// Whoever may invite has the page, also where the policy keeps from them who is here already.
    private func teamPage(
        _ member: StaffMember, _ page: ([TeamMember], Refused?) throws(NotDone) -> TeamPage
    ) async throws(NotDone) -> TeamPage {
        do throws(NotDone) { return try page(try await office.team(for: member), nil) } catch {
            guard case .refused(.policy(let refused)) = error, try office.previewOfInviting(by: member) == nil else { throw error }
            return try page([], refused)
        }
    }

    func employmentEnded(_ member: StaffMember) -> Reply {
        later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.endEmployment(of: request.form["role"] ?? "", Int64(request.form["number"] ?? "") ?? 0, by: member)
                return .see(Route.team.path + "?now=ended")
            } catch {
                guard case .form(let faults) = error else { throw error }
                return show(
                    try await teamPage(member) { (members, unread) throws(NotDone) in
                        TeamPage(members: members, unread: unread, refusal: try office.previewOfInviting(by: member), faults: faults)
                    }, status: 409)
            }
        }
    }

    func invited(_ member: StaffMember) -> Reply {
        let typed = TeamPage.Typed(name: request.form["name"] ?? "", email: request.form["email"] ?? "", role: request.form["role"] ?? "")
        return evenly { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.invite(
                    name: typed.name, email: typed.email, role: typed.role, translated: house.indonesian.words[typed.role], by: member)
                return .see(Route.team.path + "?now=invited")
            } catch {
                func again(_ faults: [FormFault] = [], _ refusal: Refused? = nil) async throws(NotDone) -> TeamPage {
                    try await teamPage(member) { (members, unread) throws(NotDone) in
                        TeamPage(members: members, unread: unread, refusal: refusal, typed: typed, faults: faults)
                    }
                }
                switch error {
                case .form(let faults): return show(try await again(faults), status: 422)
                case .refused(.policy(let refused)): return show(try await again([], refused), status: 403)
                default: throw error
                }
            }
        }
    }
}

struct TeamPage: Page {
    struct Typed { var name = "", email = "", role = "" }
    enum Done: String { case invited, ended }
    let members: [TeamMember]
    /// Why the policy keeps them from who looks.
    var unread: Refused? = nil
    /// Why the policy lets nobody be invited now.
    let refusal: Refused?
    var done: Done?
    var typed = Typed()
    var faults: [FormFault] = []
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = say("Team", id: "Tim")
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap")) { html in
            if let done { visit.note(&html, isFocused: true) { $0(.p, text: sentence(of: done, say)) } }
            visit.errors(&html, faults.sentences(say))
            html(.div, .class("head")) { $0(.h1, text: say("Team", id: "Tim")) }
            if members.contains(where: \.isUnreadable) { visit.unopened(&html, damaged(say)) }
            html(.div, .class("split")) { html in
                html(.section, .class("card"), .label(say("Who works here", id: "Siapa bekerja di sini"))) { list(&$0, visit) }
                html(.div, .class("flow")) { html in
                    visit.offer(&html, refusal) { html in
                        html(.form, .class("card flow form"), .post, .action(Route.team.path), .labelledby("invite"), .novalidate) {
                            form(&$0, visit)
                        }
                    }
                    if refusal != nil { visit.typed(&html, words(say)) }
                }
            }
        }
    }

    private func sentence(of done: Done, _ say: Language) -> String {
        switch done {
        case .invited:
            say(
                "Invited. They sign in with that address; an email says so.",
                id: "Sudah diundang. Masuknya dengan alamat itu; sebuah surel memberitahukannya.")
        case .ended:
            say(
                "They don’t work here any more: every session of theirs is over, and nothing lets them in. To have them back, invite them anew.",
                id: """
                    Ia tidak bekerja di sini lagi: semua sesinya berakhir, dan tidak ada yang memasukkannya. Untuk menerimanya kembali, undang \
                    lagi.
                    """)
        }
    }

    /// Two presses: the first says what the second does.
    private func ending(_ html: inout HTML, _ visit: Visit, _ member: TeamMember) {
        let say = visit.say
        html(.details, .class("flow tight")) { html in
            html(.summary, text: say("End the employment", id: "Akhiri hubungan kerja"))
            // It would be refused; a house lets nobody in without an administrator.
            if member.isIrreplaceable {
                return html(.p, text: FormFault.lastAdministrator.sentence(say) + ".")
            }
            if member.isOnly { visit.note(&html, .wait) { $0(.p, text: nobodyElse(member, say)) } }
            html(.form, .class("flow tight"), .post, .action(Route.employmentEnd.path)) { html in
                visit.token(&html)
                html(.input, .type("hidden"), .name("role"), .value(member.role))
                html(.input, .type("hidden"), .name("number"), .value(String(member.number)))
                html(
                    .p, .class("hint"),
                    text: say(
                        "Their sessions end at this moment, and they can’t come in again. Their number is never given to anybody else.",
                        id:
                            "Sesinya berakhir saat ini juga, dan ia tidak dapat masuk lagi. Nomornya tidak pernah diberikan kepada orang lain."
                    ))
                html(.button, .class("btn plain"), text: say("End it now", id: "Akhiri sekarang"))
            }
        }
    }

    private func waits(_ new: NewOfficer, _ say: Language) -> String {
        say(
            "Their word counts from \(say.date(new.counts)) on, or once an officer who was there before agrees to them",
            id: "Suaranya berlaku mulai \(say.date(new.counts)), atau setelah petugas yang sudah ada menyetujui")
    }

    private func nobodyElse(_ member: TeamMember, _ say: Language) -> String {
        let role = say.name(member.role)
        guard Officer.roles.contains(member.role) else {
            if members.contains(where: { $0.role == member.role && $0.isInvited }) {
                return say(
                    "Nobody else who has come in is \(role): what waits for that work waits until whoever is invited comes in.",
                    id: "Belum ada \(role) lain yang sudah masuk: yang menunggu tugas itu menunggu sampai yang diundang masuk.")
            }
            return say(
                "Nobody else here is \(role): what waits for that work waits until somebody is invited.",
                id: "Tidak ada \(role) lain di sini: yang menunggu tugas itu menunggu sampai ada yang diundang.")
        }
        return say(
            """
            Nobody else here is \(role) whose word counts: until one is, no version of the policy is published, and nothing is agreed \
            to that takes two officers.
            """,
            id: """
                Tidak ada \(role) lain di sini yang suaranya berlaku: sampai ada, tidak ada versi kebijakan yang diterbitkan, dan tidak ada yang \
                disepakati bila itu perlu dua petugas.
                """)
    }

    private func words(_ say: Language) -> [(label: String, value: String)] {
        [
            (say("Name", id: "Nama"), typed.name), (say("Email at work", id: "Surel kerja"), typed.email),
            (say("What will they do?", id: "Apa tugasnya?"), say.name(typed.role).capitalised),
        ]
    }

    private func list(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        if let unread { return visit.notOffered(&html, unread) }
        let columns = [say("Name", id: "Nama"), say("Work", id: "Tugas"), say("Email", id: "Surel"), say("Since", id: "Sejak")]
        html(.table, .id("team"), .role("table"), .class("tbl cards")) { html in
            html(.thead, .role("rowgroup")) { html in
                html(.tr, .role("row")) { html in for column in columns { html(.th, .role("columnheader"), .scope("col"), text: column) } }
            }
            html(.tbody, .role("rowgroup")) { html in
                for member in members {
                    html(.tr, .role("row")) { html in
                        html(.th, .role("rowheader"), .scope("row")) { html in
                            if member.isUnreadable { visit.unopened(&html) } else { html(.bdi, text: member.name) }
                        }
                        html(.td, .role("cell"), .data(.label, columns[1])) { html in
                            html(.div) { html in
                                html.text(say.actor("\(member.role) \(member.number)").capitalised)
                                if member.isInvited {
                                    html(
                                        .span, .class("hint sub"),
                                        text: say("Invited, hasn’t come in yet", id: "Diundang, belum pernah masuk"))
                                }
                                if !visit.policy.roles.contains(member.role) { html(.span, .class("hint sub"), text: unknown(say)) }
                                if let new = member.waits { html(.span, .class("hint sub"), text: waits(new, say)) }
                            }
                        }
                        html(.td, .role("cell"), .data(.label, columns[2])) { html in
                            if member.isUnreadable { visit.unopened(&html) } else { html(.bdi, text: member.email) }
                        }
                        html(.td, .role("cell"), .data(.label, columns[3])) { html in
                            html(.div) { html in
                                html.text(say.date(member.since))
                                if refusal == nil { ending(&html, visit, member) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func damaged(_ say: Language) -> String {
        say("What is stored of somebody here can’t be opened.", id: "Data seseorang di sini tidak dapat dibuka.")
    }

    private func unknown(_ say: Language) -> String {
        say(
            "The policy has no such work, so nothing opens to them. End this employment, and invite them for work that it has.",
            id:
                "Kebijakan tidak mengenal tugas ini, jadi tidak ada yang terbuka baginya. Akhiri hubungan kerjanya, dan undang untuk tugas yang dikenal."
        )
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, roleError = faults.sentence(for: "role", say)
        visit.token(&html)
        html(.h2, .id("invite"), .class("t3"), text: say("Invite somebody", id: "Undang seseorang"))
        visit.staffFields(&html, name: typed.name, email: typed.email, faults) { visit.house.rules.taking($0, from: "employment form") }
        html(.fieldset, .class(roleError == nil ? "field" : "field err")) { html in
            html(.legend, text: say("What will they do?", id: "Apa tugasnya?"))
            if let roleError { visit.why(&html, roleError, id: "role-e") }
            html(.div) { html in
                for (place, role) in visit.office.roles.enumerated() {
                    html(.label, .class("pick")) { html in
                        html(
                            .input, .type("radio"), .name("role"), .value(role), .when(place == 0, .id("role")),
                            .when(typed.role == role, .checked))
                        html(.span) { html in
                            html(.b, text: say.name(role).capitalised)
                            if let prose = visit.policy.prose(of: role) {
                                html(.small, .when(say.isForeign(prose), .lang("en")), text: say.text(prose))
                            }
                        }
                    }
                }
            }
        }
        html(.button, .class("btn wide"), text: say("Send the invitation", id: "Kirim undangannya"))
    }
}
