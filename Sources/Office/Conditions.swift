// The conditions of the policy, each answered from rows of the office.

import Store
public import Vault

extension Environment {
    /// Every condition that this house can answer.
    public static let conditions: [any Condition] = [
        AccountActive(), AccountDeactivated(), Never(name: "account deleted"), OpenCase(), ContactInHand(),
        MessageRefused(), Asked(), StoppedOffers(), ChosenByPerson(name: "contact cut"), ChosenByPerson(name: "left out of statistics"),
        ChosenByPerson(name: "profile switched on"),
        Employed(), AdministratorsWord(), FirstInvitation(), AddressProved(), AProvedAddress(), Restricted(),
        BrowserRemembered(), PrivacySignal(),
        LegalHold(), OpenMatter(), Gag(), WayBackTold(), VerifiedCaller(), CalledBack(), ChangeAsked(), AComplaint(),
    ]
    /// Every event that this house knows of.
    public static let events: [any Event] = [MatterClosed(), Deactivated()]
}

/// The address was proved, and the account doesn't sleep; of a deleted one nothing is left to ask about.
struct AccountActive: Condition {
    let name = "account active"
    let told = [ToldState.account, .sleep]
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard try rows.exists("SELECT 1 FROM proved_address WHERE subject = \(moment.subject)") else { return Answer(false) }
        let found = try rows.first("SELECT since, ended FROM asleep WHERE subject = \(moment.subject)") {
            (since: $0.instant(0), ended: $0.instantOrNil(1))
        }
        guard let found else { return Answer(true) }
        return found.ended.map { Answer(true, lastFailed: $0) } ?? Answer(false, lastHeld: found.since)
    }
}

/// The account sleeps; in the days before a deletion too.
struct AccountDeactivated: Condition {
    let name = "account deactivated"
    let told = [ToldState.sleep]
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        let found = try rows.first("SELECT since, ended FROM asleep WHERE subject = \(moment.subject)") {
            (since: $0.instant(0), ended: $0.instantOrNil(1))
        }
        guard let found else { return Answer(false) }
        return found.ended.map { Answer(false, lastHeld: $0) } ?? Answer(true, lastFailed: found.since)
    }
}

/// The moment from which an account sleeps, as long as it does.
struct Deactivated: Event {
    let name = "your deactivation"
    func happened(to subject: Subject, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Instant? {
        try rows.first("SELECT since FROM asleep WHERE subject = \(subject) AND ended IS NULL") { $0.instant(0) }
    }
}

/// A code that went there came back: to a customer's address or number when they registered, to the address of a member of staff before they
/// had a session. A new one that waits for its code isn't proved, nor is the number of somebody who has an address.
struct AddressProved: Condition {
    let name = "this address proved"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        if let through = moment.through {
            let isByTelephone = try Environment.isByTelephone(moment.subject, in: rows)
            guard isByTelephone == (through == "telephone number") else { return Answer(false) }
        }
        // A session that ends, and a change of address that is given up, aren't entered anywhere.
        return Answer(try isProved(moment, in: rows), changes: now + .seconds(86_400))
    }

    private func isProved(_ moment: Moment, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Bool {
        let subject = moment.subject, item = moment.basis.item ?? 0
        if try rows.exists("SELECT 1 FROM address_change WHERE subject = \(subject) AND item = \(item)") { return false }
        if try rows.exists("SELECT 1 FROM proved_address WHERE subject = \(subject)") { return true }
        return try rows.exists("SELECT 1 FROM staff t JOIN session s ON s.subject = t.subject WHERE t.subject = \(subject)")
    }
}

/// A code to one of their addresses came back, so somebody can be told what happens to the account.
struct AProvedAddress: Condition {
    let name = "a proved address"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        try AddressProved().answer(moment, at: now, in: rows)
    }
}

/// True of nobody, as long as the house doesn't offer what would make it so.
struct Never: Condition {
    let name: String
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer { Answer(false) }
}

/// The use names a case of this very person, and nobody has closed it; or of the contact that became it, whose notes are on their way. To whom
/// it complains of it is none.
struct OpenCase: Condition {
    let name = "an open case"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let number = moment.basis.matter else { return Answer(false) }
        if case .staff(let subject, let role, let staff) = moment.actor {
            let member = StaffMember(subject: subject, role: role, number: staff)
            if try Complaint.concerns(member, number, in: rows) { return Answer(false) }
        }
        let whose = try rows.first(
            """
            SELECT subject FROM help_case WHERE number = \(number)
                AND NOT EXISTS (SELECT 1 FROM help_case_closed WHERE number = \(number))
            """
        ) { Subject(id: $0.identity(0)) }
        guard let whose, whose != moment.subject else { return Answer(whose != nil) }
        return Answer(try rows.exists("SELECT 1 FROM caller WHERE subject = \(moment.subject) AND number = \(number)"))
    }
}

/// The use names a contact that is this member of staff's own, open, and of nobody who is known; whoever complained of them isn't looked for.
struct ContactInHand: Condition {
    let name = "a contact in hand"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let number = moment.basis.matter, case .staff(let subject, let role, let staff) = moment.actor else { return Answer(false) }
        let member = StaffMember(subject: subject, role: role, number: staff)
        if try Complaint.keeps(member, from: moment.subject, in: rows) { return Answer(false) }
        return Answer(
            try rows.exists(
                """
                SELECT 1 FROM help_case WHERE number = \(number) AND joined = 0 AND queue = \(role) AND owner = \(staff)
                    AND NOT EXISTS (SELECT 1 FROM help_case_closed WHERE number = \(number))
                """))
    }
}

/// The person asked for it, and hasn't taken it back.
struct Restricted: Condition {
    let name = "a restriction"
    let told = [ToldState.restriction]
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        let found = try rows.first("SELECT ended FROM restriction WHERE subject = \(moment.subject)") { $0.instantOrNil(0) }
        guard let ended = found else { return Answer(false) }
        return ended.map { Answer(false, lastHeld: $0) } ?? Answer(true)
    }
}

struct Employed: Condition {
    let name = "employed"
    let told = [ToldState.account]
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        Answer(try rows.exists("SELECT 1 FROM staff WHERE subject = \(moment.subject)"))
    }
}

/// Whoever enters it is an administrator of this house at this moment.
struct AdministratorsWord: Condition {
    let name = "an administrator's word"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard case .staff(let subject, _, _) = moment.actor else { return Answer(false) }
        return Answer(try rows.exists("SELECT 1 FROM staff WHERE subject = \(subject) AND role = 'administrator'"))
    }
}

/// The one-time link that the first start printed, as long as no administrator has come in.
struct FirstInvitation: Condition {
    let name = "the first invitation"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let invitation = moment.basis.invitation, try !Environment.hasAdministrator(rows) else { return Answer(false) }
        return Answer(try rows.exists("SELECT 1 FROM invitation WHERE id = \(invitation) AND made > \(now - .seconds(86_400))"))
    }
}

/// The notice left so long ago as the policy says.
struct WayBackTold: Condition {
    let name = "way back told"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        let asked = try AskedWayBack.find(moment.subject, at: now, in: rows)
        return Answer(asked?.due.map { $0 <= now } ?? false)
    }
}

struct BrowserRemembered: Condition {
    let name = "this browser remembered"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        Answer(moment.basis.remembers)
    }
}

/// The browser says of itself that its user doesn't want to be followed.
struct PrivacySignal: Condition {
    let name = "a privacy signal"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        Answer(moment.basis.privacySignal)
    }
}

/// Somebody complained of a use by this very member of staff, under any number of theirs, or this person did of one by somebody else than
/// who looks into it; and it isn't settled.
struct AComplaint: Condition {
    let name = "a complaint"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let number = moment.basis.matter else { return Answer(false) }
        var others: SQL = ""
        if case .staff(_, let role, let staff) = moment.actor {
            others = "AND NOT \(Complaint.isThey("\(role)", "\(staff)", "q.role", "q.staff"))"
        }
        return Answer(
            try rows.exists(
                """
                SELECT 1 FROM use_complaint q WHERE q.number = \(number) AND q.settled IS NULL AND (q.subject = \(moment.subject)
                    OR EXISTS (SELECT 1 FROM staff t WHERE t.subject = \(moment.subject)
                    AND \(Complaint.isThey("t.role", "t.number", "q.role", "q.staff")))) \(others)
                """))
    }
}
