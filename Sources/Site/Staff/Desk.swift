// What comes of what the staff press in cases. Pages of the desk: `DeskList`, `DeskCase`, `ContactForm`.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    /// Where work begins: among the cases, for whom the policy opens something in them.
    func firstPlace(of member: StaffMember) -> Route { house.desks.contains(member.role) ? .desk : .today }

    func desk(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in
            show(
                DeskPage(
                    cases: try office.cases(for: member), member: member,
                    recording: try office.refusalOfContacts(member), news: news))
        }
    }

    func deskCase(_ number: Int64, _ member: StaffMember) -> Reply {
        inCase(number, member) { () async throws(NotDone) -> Response in
            try await casePage(number, member, DeskWork(news: news))
        }
    }

    /// Opens the field, or says why not; both are in the person's list before anything is answered.
    func opened(_ number: Int64, _ member: StaffMember) -> Reply {
        inCase(number, member) { () async throws(NotDone) -> Response in
            guard let reason = CaseReason(rawValue: request.form["what"] ?? "") else {
                var work = DeskWork()
                work.faults = [.reasonMissing]
                return try await casePage(number, member, work, status: 422)
            }
            do throws(NotDone) { try await office.open(reason, in: number, for: member) } catch {
                var work = DeskWork()
                switch error {
                case .refused(.policy(let refused)):
                    work.unopened = (reason, refused)
                    return try await casePage(number, member, work, status: 403)
                case .form(let faults):
                    work.faults = faults
                    return try await casePage(number, member, work, status: 422)
                default: throw error
                }
            }
            // Whoever opened it to answer goes on answering, where the number stands again.
            let answers = try office.staffSummary(number, for: member).answering == .telephone && reason.isToCall
            return .see("\(Route.deskCase(number).path)#\(answers ? "answer" : reason.rawValue)")
        }
    }

    func closed(_ number: Int64, _ member: StaffMember) -> Reply {
        inCase(number, member) { () async throws(NotDone) -> Response in
            try await office.closeCase(number, by: member)
            return see(.desk)
        }
    }

    func taken(_ number: Int64, _ member: StaffMember) -> Reply {
        working(number, member, DeskWork()) { () async throws(NotDone) -> Response in
            try await office.takeCase(number, by: member)
            return see(.deskCase(number))
        }
    }

    func answered(_ number: Int64, _ member: StaffMember) -> Reply {
        let text = request.form["text"] ?? ""
        return working(number, member, DeskWork(answer: text)) { () async throws(NotDone) -> Response in
            let then = Afterwards(rawValue: request.form["then"] ?? ""), way = Answering(rawValue: request.form["way"] ?? "")
            guard let then, let way, way != .none else {
                // Where it ended meanwhile, that is said.
                guard try office.staffSummary(number, for: member).isOpen else { throw .notFound }
                throw .form([then == nil ? .afterwardsMissing : .wayUnfit])
            }
            if way == .email {
                try await office.answerByEmail(number, text, then: then, by: member)
            } else {
                try await office.answerByCall(number, text, then: then, by: member)
            }
            return .see(Route.desk.path + "?now=answered")
        }
    }

    func noted(_ number: Int64, _ member: StaffMember) -> Reply {
        let text = request.form["text"] ?? ""
        return working(number, member, DeskWork(note: text)) { () async throws(NotDone) -> Response in
            try await office.noteCase(number, text, by: member)
            return .see(Route.deskCase(number).path + "?now=noted")
        }
    }

    func handed(_ number: Int64, _ member: StaffMember) -> Reply {
        working(number, member, DeskWork()) { () async throws(NotDone) -> Response in
            try await office.handOver(number, to: request.form["role"] ?? "", by: member)
            return .see(Route.desk.path + "?now=handed")
        }
    }

    /// What is found stands in the answer to the press alone: nothing that was searched for is in an address.
    func sought(_ number: Int64, _ member: StaffMember) -> Reply {
        let sought = request.form["sought"] ?? ""
        return working(number, member, DeskWork(sought: sought)) { () async throws(NotDone) -> Response in
            var work = DeskWork(sought: sought)
            work.findings = try await office.find(sought, in: number, for: member)
            return try await casePage(number, member, work)
        }
    }

    func joined(_ number: Int64, _ member: StaffMember) -> Reply {
        working(number, member, DeskWork()) { () async throws(NotDone) -> Response in
            try await office.join(number, to: Int64(request.form["customer"] ?? "") ?? 0, by: member)
            return .see(Route.deskCase(number).path + "?now=joined")
        }
    }

    func parted(_ number: Int64, _ member: StaffMember) -> Reply {
        working(number, member, DeskWork()) { () async throws(NotDone) -> Response in
            try await office.part(number, by: member)
            return .see(Route.deskCase(number).path + "?now=parted")
        }
    }

    /// The case again with what was typed, where it couldn't be done.
    private func working(
        _ number: Int64, _ member: StaffMember, _ typed: DeskWork, _ work: @escaping @Sendable () async throws(NotDone) -> Response
    ) -> Reply {
        inCase(number, member) { () async throws(NotDone) -> Response in
            do throws(NotDone) { return try await work() } catch {
                var typed = typed
                switch error {
                case .form(let faults):
                    typed.faults = faults
                    return try await casePage(number, member, typed, status: 422)
                case .refused(.policy(let refused)):
                    typed.refused = refused
                    return try await casePage(number, member, typed, status: 403)
                case .notSent:
                    typed.isNotSent = true
                    return try await casePage(number, member, typed, status: 503)
                default: throw error
                }
            }
        }
    }

    /// For work in a case: where that ended meanwhile, the page says so.
    func inCase(
        _ number: Int64, _ member: StaffMember, _ work: @escaping @Sendable () async throws(NotDone) -> Response
    ) -> Reply {
        later { () async throws(NotDone) -> Response in
            do throws(NotDone) { return try await work() } catch {
                switch error {
                case .notFound, .refused(.gone):
                    guard let end = try office.end(ofCase: number, for: member) else { throw error }
                    return show(Trouble.over(number, end))
                default: throw error
                }
            }
        }
    }

    private func casePage(
        _ number: Int64, _ member: StaffMember, _ work: DeskWork, status: UInt16 = 200
    ) async throws(NotDone) -> Response {
        let found =
            work.unopened == nil
            ? try await office.staffCase(number, for: member) : try await office.staffCaseAfterRefusal(number, for: member)
        let openings = try office.openings(in: number, for: member)
        var work = work
        work.member = member
        work.takers = try office.takers(of: number)
        if found.customer != nil { work.unanswerable = try office.previewOfAnswer(number, by: member) }
        if !found.summary.isJoined { work.unsearchable = try office.previewOfSearch(number, by: member) }
        var response = show(DeskCasePage(found, openings, work), status: status)
        // What is open is hidden again when its time is over, also where nobody presses anything.
        if let left = openings.compactMap({ $0.open?.seconds }).min() { response.headers.append(("Refresh", String(left + 1))) }
        return response
    }
}

/// What a case's page has beside the case: what was typed and couldn't be done, what was found.
struct DeskWork: Sendable {
    var member: StaffMember?
    /// The roles that somebody has who could take the case.
    var takers: [String] = []
    var news: String?
    var answer = "", note = "", sought = ""
    var faults: [FormFault] = []
    /// What was pressed, and refused.
    var refused: Refused?
    /// What was asked for a moment ago, and the answer of the policy.
    var unopened: (reason: CaseReason, why: Refused)?
    /// The mail server didn't take the answer.
    var isNotSent = false
    var findings: Findings?
    /// Why no answer would leave.
    var unanswerable: Refused?
    /// Why nobody would be looked for.
    var unsearchable: Refused?

    init(news: String? = nil, answer: String = "", note: String = "", sought: String = "") {
        (self.news, self.answer, self.note, self.sought) = (news, answer, note, sought)
    }
}

extension CaseReason {
    /// A number to call, in order to answer.
    var isToCall: Bool { self == .telephoneToAnswer || self == .callerAddress }
}
