// Lives a story through: each event at its moment, by the verb that a page would call, and each night what an open house does by itself.

import Crypto
import Policy
import Office
import Outbound
import Store
import Vault

struct Days {
    let office: Environment
    let clock: ManualClock
    let configuration: Configuration
    let safe: Safe
    /// How many things were done.
    private(set) var done = 0
    /// What the policy refused, each as a sentence.
    private(set) var refusals: [String] = []
    private var members: [String: StaffMember] = [:]
    private var gone: Set<String> = [], here: Set<String> = [], asleep: Set<String> = []
    private var turn = 0

    init(office: Environment, clock: ManualClock, configuration: Configuration, safe: Safe) {
        (self.office, self.clock, self.configuration, self.safe) = (office, clock, configuration, safe)
    }

    mutating func live(_ story: Story, until end: Instant) async {
        let start = clock.now()
        await attempt { days throws(NotDone) in try await days.hire(story.staff) }
        var night: Int64 = 1
        for event in story.events {
            let moment = start + .seconds(event.at)
            guard moment < end else { break }
            while event.at > night * 86_400 {
                await sleepOver(start + .seconds(night * 86_400))
                night += 1
            }
            clock.set(to: max(moment, clock.now() + .seconds(1)))
            await attempt { days throws(NotDone) in try await days.carryOut(event) }
            _ = await office.work()
        }
        await sleepOver(end)
        try? office.vault.keep(in: safe, closing: true)
    }

    /// What the open house does by itself; the log also once more at its end.
    private mutating func sleepOver(_ moment: Instant) async {
        clock.set(to: max(moment, clock.now()))
        for sentence in await office.work() { refusals.append(sentence) }
        do throws(NotDone) { if let reason = try await office.forgetWhatHasRunOut() { refusals.append(reason) } } catch { note(error) }
        do throws(Refusal) {
            try await office.vault.sequence()
            try await office.vault.publish(configuration.publishing)
        } catch { note(.refused(error)) }
        do throws(HouseFault) {
            try await office.vault.renewTouchedKeys()
            try office.vault.keep(in: safe)
        } catch { refusals.append(error.sentence) }
    }

    private mutating func attempt(_ body: (inout Days) async throws(NotDone) -> Void) async {
        do throws(NotDone) {
            try await body(&self)
            done += 1
        } catch { note(error) }
    }

    private mutating func note(_ fault: NotDone) {
        if case .refused(.policy(let refused)) = fault { refusals.append(refused.sentence) } else { refusals.append("\(fault)") }
    }
}

// The staff come in.
extension Days {
    private mutating func hire(_ staff: [Persona]) async throws(NotDone) {
        guard let token = try await office.firstInvitation() else { throw .notFound }
        if let refused = office.refusal(of: .firstAdministrator) { throw .refused(.policy(refused)) }
        clock.set(to: clock.now() + .seconds(8 * 3_600))
        let first = staff[0], challenge = try await office.begin(token, name: first.name, email: first.email)
        guard let administrator = try await enter(challenge, first.email).staff else { throw .notFound }
        members[first.email] = administrator
        for persona in staff.dropFirst() {
            clock.set(to: clock.now() + .seconds(240))
            try await office.invite(name: persona.name, email: persona.email, role: persona.role ?? "", by: administrator)
            members[persona.email] = try await signIn(persona).staff
        }
    }

    private func signIn(_ who: Persona) async throws(NotDone) -> Session {
        try await enter(try await office.startSignIn(email: who.email, isForStaff: who.role != nil), who.email)
    }

    /// With the code that was mailed to them.
    private func enter(_ challenge: Token, _ email: String) async throws(NotDone) -> Session {
        let mail = office.outbound.outbox.first { $0.to == email && $0.subject.prefix(6).allSatisfy(\.isNumber) }
        guard let mail, case .signedIn(let session) = try await office.confirm(challenge, code: String(mail.subject.prefix(6))) else {
            throw .notFound
        }
        return session
    }
}

// What customers do.
extension Days {
    private mutating func carryOut(_ event: Event) async throws(NotDone) {
        let who = event.who
        if who.role == nil {
            guard event.deed == .register || event.deed == .mistype || here.contains(who.email) else { return }
            guard !asleep.contains(who.email) || event.deed == .wake else { return }
        }
        switch event.deed {
        case .register:
            let form = Registration(name: who.name, email: who.email, telephone: turn % 3 == 0 ? "" : who.telephone)
            _ = try await enter(try await office.register(form), who.email)
            here.insert(who.email)
            turn += 1
        // Its code comes back, and nobody enters it.
        case .mistype: _ = try await office.register(Registration(name: who.name, email: who.email, telephone: ""))
        case .ask(let text, let byEmail):
            _ = try await office.askForCall(
                try await signIn(who), text: Said.asked[text].question(who.tongue), telephone: byEmail ? "" : who.telephone,
                answering: byEmail ? .email : .telephone)
        case .askMore: _ = try await office.askForCall(try await signIn(who), text: Said.left(who.tongue), telephone: "", answering: .email)
        case .complain:
            let session = try await signIn(who)
            let last = try office.uses(of: session, before: nil, limit: 200).first { $0.use.verb == "read" && office.isOfStaff($0.use) }
            if let last { try await office.askWhoItWas(last.sequence, for: session) }
        case .look:
            let session = try await signIn(who)
            _ = try office.held(of: session)
            _ = try await office.export(of: session)
        case .correctTelephone:
            let session = try await signIn(who), other = who.telephone.dropLast(4) + "7788"
            guard try office.holdings(of: session).contains(where: { $0.field == "telephone number" && $0.stage == .present }) else {
                return
            }
            _ = try await office.correct("telephone number", to: String(other), for: session)
        case .setPassword:
            let words = "\(who.email.prefix { $0 != "@" }) drinks coffee at dawn"
            try await office.setPassword(words, again: words, in: try await signIn(who))
        case .restrict: try await office.restrict(try await signIn(who))
        case .sleep:
            try await office.deactivate(try await signIn(who))
            asleep.insert(who.email)
        case .wake:
            guard asleep.remove(who.email) != nil else { return }
            try await office.reactivate(try await signIn(who))
        case .leave:
            _ = try await office.leave(try await signIn(who))
            here.remove(who.email)
        case .contact, .work, .handOver, .holdProposed, .holdAgreed, .review: try await workOn(event)
        }
    }
}

// What the staff do.
extension Days {
    private mutating func workOn(_ event: Event) async throws(NotDone) {
        switch event.deed {
        case .contact(let text, let byMail):
            guard let budi = members["budi@office.example"] else { return }
            let number = try await office.record(
                ContactForm(
                    channel: byMail ? .mail : .call, text: Said.told[text].question(event.who.tongue),
                    from: byMail ? event.who.email : event.who.telephone,
                    answering: byMail ? .email : .telephone), by: budi)
            let found = try await office.find(event.who.email, in: number, for: budi).found
            if let customer = found.first?.customer { try await office.join(number, to: customer, by: budi) }
        case .work:
            guard let member = members[event.who.email] else { return }
            for summary in try office.cases(for: member) where summary.isOpen && clock.now() > summary.opened + .seconds(7_200) {
                try await answer(summary, member)
            }
        case .handOver(let role):
            let fresh = { (summary: CaseSummary) in summary.isOpen && summary.owner == nil && summary.isJoined }
            guard let member = members[event.who.email], office.desks.contains(role),
                let newest = try office.cases(for: member).filter(fresh).max(by: { $0.opened < $1.opened })
            else { return }
            try await office.takeCase(newest.number, by: member)
            _ = try await office.staffCase(newest.number, for: member)
            try await office.handOver(newest.number, to: role, by: member)
        case .holdProposed(let about, let order):
            guard let member = members[event.who.email] else { return }
            let review = Day(Day(of: clock.now()).number + 120).iso
            try await office.propose(
                HoldForm(customer: about, fields: Environment.fieldsToHold, reason: order, review: review), by: member)
        case .holdAgreed:
            guard let member = members[event.who.email], let hold = try office.holds(for: member).first(where: \.mayAgree) else { return }
            try await office.agree(toHold: hold.hold.number, by: member)
        default:
            guard let member = members[event.who.email] else { return }
            _ = try await office.everybodysWork(for: member)
        }
    }

    /// Most are closed by an answer; some wait for the customer. Whom the policy keeps from the desk (who restricted or sleeps) is left alone.
    private mutating func answer(_ summary: CaseSummary, _ member: StaffMember) async throws(NotDone) {
        turn += 1
        guard summary.state != .waiting || turn % 9 == 0, try office.previewOfCase(summary.number, for: member) == nil else { return }
        // Whoever has a case keeps it.
        guard summary.owner == nil || summary.isOwn(of: member) else { return }
        let number = summary.number, then: Afterwards = turn % 4 == 0 ? .wait : .close
        if summary.owner == nil { try await office.takeCase(number, by: member) }
        let question = try await office.staffCase(number, for: member).customer?.value.text ?? ""
        // It is taken, and waits.
        guard let (text, tongue) = Said.answer(to: question) else { return }
        if turn % 3 == 0 { try await office.noteCase(number, Said.notes[turn % Said.notes.count](tongue), by: member) }
        clock.set(to: clock.now() + .seconds(180))
        if summary.answering == .email, summary.isJoined {
            try await office.answerByEmail(number, text, then: then, by: member)
        } else {
            if let reason = try office.openings(in: number, for: member).first(where: {
                $0.refusal == nil && $0.isStored && $0.reason.field == "telephone number"
            }) {
                try await office.open(reason.reason, in: number, for: member)
            }
            try await office.answerByCall(number, text, then: then, by: member)
        }
    }
}
