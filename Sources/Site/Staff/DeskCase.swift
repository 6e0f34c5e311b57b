// One case: what the rules let the clerk see is shown with its rule; the rest is hidden, and its value isn't in the page.

import HTML
import Office
import Policy
import Vault

struct DeskCasePage: Page {
    let summary: CaseSummary
    var steps: [CaseStep] = []
    /// Why the texts of its steps are hidden.
    var unreadSteps: Refused?
    var work = DeskWork()
    /// nil: not read, or refused.
    let customer: Disclosed<CaseCustomer>?
    /// Why the customer's name and message are hidden.
    let refusal: Refused?
    /// What they wrote first.
    private let words: String
    /// What opens behind a reason, and what is open.
    let openings: [CaseOpening]
    /// Since when somebody reads it of whom it isn't proved that it is theirs.
    var joinedUnproved: PointInTime?
    /// What lies in it, or something of its customer, can't be opened; its customer works here.
    private let isDamaged: Bool, isOfStaff: Bool
    private var refused: (reason: CaseReason, why: Refused)? { work.unopened }
    var hasForm: Bool { true }

    init(_ staffCase: StaffCase, _ openings: [CaseOpening], _ work: DeskWork) {
        (summary, customer, refusal, words) = (staffCase.summary, staffCase.customer, staffCase.refusal, staffCase.words)
        (steps, unreadSteps, self.work) = (staffCase.steps, staffCase.unread, work)
        (joinedUnproved, isOfStaff) = (staffCase.joinedUnproved, staffCase.isOfStaff)
        self.openings = openings
        isDamaged = staffCase.isDamaged || openings.contains(where: \.isDamaged)
    }

    func title(_ visit: Visit) -> String { visit.say("Case \(summary.number)", id: "Pertanyaan \(summary.number)") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = DeskTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.a, .class("back"), .href(Route.desk.path), text: words.back)
            if let refused { notice(&html, refused.why, visit, words) }
            if let refused = work.refused { notice(&html, refused, visit, words) }
            if work.isNotSent { visit.note(&html, .bad, isFocused: true) { $0(.p, text: words.notSent) } }
            if let news = work.news.flatMap(words.news) { visit.note(&html, isFocused: !isAnsweredNext) { $0(.p, text: news) } }
            if isDamaged { visit.unopened(&html, words.damaged, words.damagedMeanwhile) }
            visit.errors(&html, work.faults.sentences(visit.say).map { (field: anchor($0.field), sentence: $0.sentence) })
            html(.div, .class("head")) { html in
                html(.div, .class("row apart")) { html in
                    html(.h1, text: title(visit))
                    html(.div, .class("row")) { html in
                        visit.due(&html, summary)
                        visit.deskState(&html, summary)
                    }
                }
                html(.p, .class("quiet"), text: DeskListTexts(say: visit.say).line(summary, visit))
            }
            html(.div, .class("split")) { html in
                html(.div, .class("flow")) { html in
                    if !summary.isJoined, summary.isOpen, customer != nil {
                        let made = steps.count { $0.kind == .searched && $0.who == work.member?.shown }
                        ContactSearch(
                            summary: summary, work: work, hasCaller: !hasNoNumber, left: Office.Environment.mostSearches - made
                        ).draw(&html, visit)
                    }
                    if isElsewhere { return elsewhere(&html, visit, words) }
                    html(.section, .class("card"), .labelledby("customer")) { person(&$0, visit, words) }
                    html(.section, .class("card flow"), .labelledby("message")) { html in
                        html(.h2, .id("message"), .class("t3"), text: words.wrote)
                        if customer == nil {
                            html(.p, .class("sealed")) { $0(.span, text: refusal == nil ? words.unreadable : words.hidden) }
                        } else if self.words.isEmpty {
                            html(.p, .class("quiet"), text: words.removed)
                        } else {
                            html(.p, .class("typed")) { $0(.bdi, text: visit.said(self.words, in: summary)) }
                        }
                    }
                    CaseSteps(steps: steps, unread: unreadSteps, isForPerson: false).draw(&html, visit)
                    if summary.isOpen, customer != nil {
                        DeskAnswer(
                            summary: summary, work: work, number: number, mayOpenNumber: calls.contains { $0.open != nil || $0.isOffered },
                            uncallable: uncallable, isOfStaff: isOfStaff, hasNoNumber: hasNoNumber, isFocused: isAnsweredNext
                        ).draw(&html, visit)
                    }
                }
                html(.div, .class("flow")) { html in
                    if !isElsewhere {
                        DeskOpening(
                            summary: summary, openings: openings, refused: refused, isFocused: isOpenedNext,
                            error: work.faults.sentence(for: "what", visit.say)
                        ).draw(&html, visit)
                    }
                    if summary.isOpen, summary.isJoined, customer != nil { behalf(&html, visit) }
                    if summary.isOpen, let member = work.member {
                        DeskStanding(
                            summary: summary, member: member, mayHandOn: customer != nil || summary.queue == member.role,
                            takers: work.takers
                        ).draw(&html, visit)
                    }
                    if let joinedUnproved, customer != nil {
                        ContactParting(summary: summary, since: joinedUnproved, work: work).draw(&html, visit)
                    }
                    if !isElsewhere { closing(&html, visit, words) }
                }
            }
        }
    }

    /// It was handed to a role whose work it isn't to read it: nothing was asked for, and nothing is offered that could only be refused.
    private var isElsewhere: Bool {
        guard let member = work.member, member.role == summary.queue, let refusal, refusal.entry == nil, refused == nil else {
            return false
        }
        if case .noRule = refusal.why { return refusal.missing == nil && openings.allSatisfy { $0.open == nil && !$0.isOffered } }
        return false
    }

    private func elsewhere(_ html: inout HTML, _ visit: Visit, _ words: DeskTexts) {
        html(.section, .class("card flow"), .labelledby("yours")) { html in
            html(.h2, .id("yours"), .class("t3"), text: words.yourWork)
            let fields = visit.office.fieldsOpen(to: visit.role)
            if !fields.isEmpty { html(.p, text: words.yourFields(fields)) }
            visit.formerDesk(&html, visit.role)
            html(.p, text: words.handBack)
        }
        CaseSteps(steps: steps, unread: nil, isForPerson: false).draw(&html, visit)
    }

    /// The number that is open to who calls.
    private var number: String? { calls.first { $0.open != nil }?.open?.value }
    private var calls: [CaseOpening] { openings.filter(\.reason.isToCall) }
    /// Nothing to call is stored, although it would open.
    private var hasNoNumber: Bool { !calls.isEmpty && calls.allSatisfy { $0.open == nil && !$0.isStored } }
    /// Why nobody can call who asked in a form: their number doesn't open. Whoever called was answered in the call, perhaps.
    private var uncallable: Refused? {
        guard summary.channel == .form, calls.allSatisfy({ $0.open == nil && !$0.isOffered }) else { return nil }
        return calls.compactMap(\.refusal).first
    }

    /// The next thing to do is to answer: then the keyboard is there, unless something has to be read before.
    private var isAnsweredNext: Bool {
        isQuiet && summary.isOpen && customer != nil && summary.isJoined
            && (summary.answering == .email && work.unanswerable == nil || summary.answering == .telephone && number != nil)
    }
    /// The next thing to do is to open the number.
    private var isOpenedNext: Bool { isQuiet && work.news == nil && summary.isJoined && summary.answering == .telephone && number == nil }
    private var isQuiet: Bool { refused == nil && work.refused == nil && work.faults.isEmpty && !work.isNotSent && work.findings == nil }

    /// Where the text lies that something is wrong with.
    private func anchor(_ field: String) -> String { field != "text" ? field : work.note.isEmpty ? "answer" : "note" }

    private func person(_ html: inout HTML, _ visit: Visit, _ words: DeskTexts) {
        html(.h2, .id("customer"), .class("t3 bar"), text: words.customer)
        html(.dl, .class("sum")) { html in
            html(.div) { html in
                html(.dt, text: words.name)
                if let customer, customer.value.name.isEmpty {
                    html(.dd, text: isOfStaff ? words.colleague : summary.isJoined ? words.removed : words.unknown)
                } else if let customer {
                    html(.dd) { $0(.bdi, text: customer.value.name) }
                    html(.dd) { standing(&$0, visit, "full name") }
                } else {
                    html(.dd, .class("sealed")) { $0(.span, text: refusal == nil ? words.unreadable : words.hidden) }
                    html(.dd) { html in
                        if let refusal {
                            visit.refusalChips(&html, refusal)
                            visit.whyNot(&html, refusal)
                        }
                    }
                }
            }
            for field in openings.map(\.reason.field).unique {
                html(.div) { html in
                    html(.dt, text: words.label(field))
                    self.field(&html, openings.filter { $0.reason.field == field }, visit, words)
                }
            }
        }
    }

    private func field(_ html: inout HTML, _ openings: [CaseOpening], _ visit: Visit, _ words: DeskTexts) {
        if let found = openings.first(where: { $0.open != nil }), let open = found.open {
            html(.dd, .id(of: found.reason.rawValue), .tabindex(-1)) { html in
                if open.value.isEmpty {
                    html.text(words.nothingStored)
                } else if found.reason.field == "telephone number" || found.reason == .callerAddress && !open.value.contains("@") {
                    html(.a, .href("tel:" + open.value.filter { !$0.isWhitespace })) { $0(.bdi, text: open.value) }
                } else {
                    html(.bdi, text: open.value)
                }
                html(.br)
                html(.span, .class("hint"), text: words.open(until: visit.say.time(open.until), isSeen: summary.isSeen(visit)))
            }
            html(.dd) { html in
                if let rule = visit.house.rules.reading(found.reason.field, by: visit.role, to: found.reason.purpose) {
                    visit.chip(&html, rule.address)
                }
            }
        } else if openings.contains(where: { !$0.isStored }) {
            html(.dd, text: words.nothingStored)
        } else {
            html(.dd, .class("sealed")) { $0(.span, text: openings.contains(where: \.isDamaged) ? words.unreadable : words.hidden) }
            html(.dd, .class("row")) { html in
                let isOffered = openings.contains(where: \.isOffered)
                let objections = openings.compactMap(\.refusal)
                // One reason that is good is enough; else what is in the way of the first.
                if objections.count == openings.count, let first = objections.first { html(.span) { visit.refusalChips(&$0, first) } }
                if isOffered { html(.a, .href("#open"), text: words.giveReason) }
            }
        }
    }

    private func behalf(_ html: inout HTML, _ visit: Visit) {
        let words = BehalfTexts(say: visit.say)
        html(.section, .class("card flow"), .labelledby("behalf-t")) { html in
            html(.h2, .id("behalf-t"), .class("t3"), text: words.wanted)
            html(.p, text: words.wantedLead)
            html(.a, .class("btn plain wide"), .href(Route.behalf(summary.number).path), text: words.go)
        }
    }

    private func closing(_ html: inout HTML, _ visit: Visit, _ words: DeskTexts) {
        // Who may not read the case has no say in it.
        if summary.isOpen, let refusal {
            html(.div, .class("card flow"), .labelledby("close-t")) { html in
                html(.h2, .id("close-t"), .class("t3"), text: words.settled)
                html(.p, text: summary.isResting ? words.resting : words.unclosable(visit.say.refusal(refusal)))
                html(.p) { visit.refusalChips(&$0, refusal) }
            }
        } else if summary.isOpen, customer == nil {
            html(.div, .class("card flow"), .labelledby("close-t")) { html in
                html(.h2, .id("close-t"), .class("t3"), text: words.settled)
                html(.p, text: words.unclosableUnread)
            }
        } else if summary.isOpen {
            html(.form, .class("card flow"), .post, .action(Route.closure(summary.number).path), .labelledby("close-t")) { html in
                visit.token(&html)
                html(.h2, .id("close-t"), .class("t3"), text: words.settled)
                html(.p, text: words.closing)
                html(.button, .class("btn plain wide"), text: words.close)
            }
        }
    }

    private func notice(_ html: inout HTML, _ refused: Refused, _ visit: Visit, _ words: DeskTexts) {
        visit.note(&html, .bad, isFocused: true) { html in
            html(.p) { html in
                html(.b, text: visit.say.refusal(refused) + ". ")
                html.text(visit.say("Refused: ", id: "Ditolak: ") + visit.say.cause(refused) + ".")
            }
            html(.p) { visit.refusalChips(&$0, refused) }
            visit.whyNot(&html, refused)
            if refused.entry != nil, summary.isSeen(visit) { html(.p, .class("hint"), text: words.recorded) }
        }
    }

    /// The rule by which customer service may read it, if its conditions hold.
    private func standing(_ html: inout HTML, _ visit: Visit, _ field: String) {
        if let rule = visit.house.rules.reading(field, by: visit.role) {
            visit.chip(&html, rule.address)
        } else {
            visit.chipOfNoRule(&html)
        }
    }
}

extension CaseOpening {
    /// What only lacks a condition may be asked for all the same: the attempt and its cause are the person's to see.
    var isOffered: Bool {
        if open != nil || !isStored || isDamaged { return false }
        return switch refusal?.why {
        case nil, .needs: refusal?.missing == nil
        case .noRule, .noTerm, .forbidden, .keptByLaw: false
        }
    }
}

extension CaseSummary {
    /// Whose it is has a page, and reads there what is done in it.
    func isSeen(_ visit: Visit) -> Bool { isJoined && visit.house.offers.grants(.seeing) }
}

extension StaffMember {
    /// As the persons concerned see it.
    var shown: String { "\(role) \(number)" }
}

extension Visit {
    /// The work of who looks, as the policy names it; empty: nobody of the staff.
    var role: String { session?.staff?.role ?? "" }
}

extension Sequence where Element: Hashable {
    /// Each once, in the order in which they came first.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
